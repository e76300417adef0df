"""Wording: two accounts in the same words but for numbers or a negation."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import lru_cache
from typing import NamedTuple

from compare.judge.lexicon import load
from compare.judge.rulings import Ruling
from compare.judge.sides import Side
from compare.numbers import Number, find_numbers

_KINDS = frozenset((
    "count", "age", "date", "time", "distance", "money", "percent", "name", "fraction", "list",
    "pronoun", "other",
))  # fmt: skip
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)?|\x00")
_STAMP = re.compile(r"\b(?:last )?(?:updated|published|posted|modified)\b.*\d\d?[:.]\d\d")
"""When a page was written, which differs from page to page."""
_INFINITE = float("inf")


class Words(NamedTuple):
    """A text as its words with a blank for each number, its negations apart."""

    frame: tuple[str, ...]
    numbers: tuple[Number, ...]
    negations: int


@lru_cache(maxsize=100_000)
def read(text: str) -> Words:
    """The words, numbers and negations of a text in lower case.

    >>> words = read("two men aren't there")
    >>> " ".join(words.frame).replace(chr(0), "#"), words.negations
    ('# men are there', 1)
    """
    plain = text.replace("’", "'").replace("\x00", " ")
    numbers = tuple(find_numbers(plain, vague={}, about=0.0, nearly=0.0, kinds=_KINDS))
    for number in reversed(numbers):
        plain = f"{plain[: number.start]} \x00 {plain[number.end :]}"
    plain = re.sub(r"\b(?:cannot|can't)\b", "can not", plain).replace("won't", "will not")
    negators = load().negators
    tokens = _TOKEN.findall(re.sub(r"n't\b", " not", plain))
    return Words(
        tuple(t for t in tokens if t not in negators),
        numbers,
        sum(t in negators for t in tokens),
    )


def infer_wording(premise: str, hypothesis: str) -> str:
    """What follows from one text for another in the same words but for numbers or negations.

    Returns `contradiction`, `entailment` or `neutral`, and "" where other words differ or a
    negation and a number do together.

    >>> infer_wording("250 are employed", "less than 650 are employed")
    'entailment'
    >>> infer_wording("He isn't there", "he is there"), infer_wording("he is there", "he left")
    ('contradiction', '')
    """
    left, right = (read(" ".join(text.casefold().split())) for text in (premise, hypothesis))
    if left.frame != right.frame or not left.frame:
        return ""
    found = {_follows(x, y) for x, y in zip(left.numbers, right.numbers, strict=True)}
    if left.negations % 2 != right.negations % 2:
        return "" if found - {"entailment"} else "contradiction"
    return next((one for one in ("contradiction", "neutral") if one in found), "entailment")


def _follows(x: Number, y: Number) -> str:
    (low_x, high_x), (low_y, high_y) = _range(x), _range(y)
    if low_y <= low_x and high_x <= high_y:
        return "entailment"
    return "contradiction" if max(low_x, low_y) > min(high_x, high_y) else "neutral"


def _range(number: Number) -> tuple[float, float]:
    low = -_INFINITE if number.low is None else number.low
    return low, _INFINITE if number.high is None else number.high


def judge_wording(a: Side, b: Side) -> Ruling | None:
    """The same words, but for numbers or a negation: then these decide.

    With the numbers left out and negations set apart, both accounts must read the same
    word for word. A negation in one alone is a denial. Numbers are compared in order as
    ranges: any two without a common value conflict, all alike agree, else they fit by their
    bounds. Any other difference in wording is left to the inference model, and what one
    denies and the other says, as "responsibility for the attack", is no agreement.
    """
    if a.actor_id == b.actor_id or (a.status == "denied") != (b.status == "denied"):
        return None
    a, b = sorted((a, b), key=lambda side: side.order)
    both = {infer_wording(a.text, b.text), infer_wording(b.text, a.text)}
    if "" in both:
        return None
    if _STAMP.search(a.text):
        return None
    tale = f"{a.who} and {b.who} use the same words"
    if "contradiction" not in both:
        if both == {"entailment"}:
            return Ruling("agree", "", 0.85, tale)
        return Ruling("compatible", "bound", 0.85, f"{tale}, with numbers that fit together")
    left, right = read(a.text), read(b.text)
    for x, y in zip(left.numbers, right.numbers, strict=True):
        if _follows(x, y) == "contradiction":
            told = f"“{a.text[x.start : x.end]}” against “{b.text[y.start : y.end]}”"
            return Ruling("conflict", "value", 0.85, f"{tale}, {told}: no number fits both")
    return Ruling("conflict", "denial", 0.85, f"{tale}, one with a negation")


def differs(a: Side, b: Side, known: Set[str]) -> bool:
    """Whether each account has words of weight that the other lacks.

    Words of both in any form, light words, and those in `known` (the words in which the shared
    fact is told) carry no difference; a detail that only one side adds is none either.

    """
    left, right = (_weighty(side.text) for side in (a, b))
    leave = {stem(word) for text in known for word in text.casefold().split()}
    return bool(left - right - leave) and bool(right - left - leave)


@lru_cache(maxsize=100_000)
def _weighty(text: str) -> frozenset[str]:
    words, light = read(text), _light()
    told = {stem(w) for w in words.frame if w != "\x00"} - light
    return frozenset(told | {f"{low:g} {high:g}" for low, high in map(_range, words.numbers)})


@lru_cache(maxsize=1)
def _light() -> frozenset[str]:
    return frozenset(stem(word) for word in load().light)


def stem(word: str) -> str:
    """A word without the commonest endings, rough and on the safe side.

    >>> stem("rockets") == stem("rocket"), stem("stopped") == stem("stop")
    (True, False)
    """
    for ending in ("'s", "ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
