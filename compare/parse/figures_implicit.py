"""Counts without a number word, none (`no civilians`) and one (`a child was killed`), and numbers
that are no count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.numbers.lists import word_list
from compare.numbers.vague import Vague
from compare.parse.figures_lexicon import nouns, triggers

if TYPE_CHECKING:
    from spacy.tokens import Token

_ARTICLES = frozenset(("a", "an", "another", "one"))
_POSSESSIVES = frozenset(("his", "her", "their"))
_NAMED = frozenset(("NOUN", "PROPN", "ADJ"))
_COLLECTIVE = word_list("collective")
_BARE_AFTER = word_list("bare_after")
_NO_REPORT = word_list("no_report")
_ASIDE = (("all", "but"), ("down", "from"), ("up", "from"), ("let", "alone"))
_REPORTS = frozenset(("report", "reports"))
ALL = frozenset(("all", "everyone", "everybody"))
"""All of them safe is none of them killed."""
_SAFE = frozenset(("safe", "unharmed", "unhurt", "uninjured", "alive"))
_STATES = frozenset(("be", "remain", "escape", "emerge", "free", "release", "rescue", "return"))
_HOPED = frozenset(("if", "whether", "hope", "hopes", "hoped", "hoping", "ensure", "sure", "until",
                    "pray", "wish", "not", "n't", "nearly", "almost"))  # fmt: skip
_BUT = frozenset(("but", "except"))


@dataclass(frozen=True, slots=True)
class Implicit:
    """A count in words that are no number: tokens `first:past` before the counted noun."""

    first: int
    past: int
    style: str
    """`zero`, `singular`, or `unreported` for "no reports of"."""
    nobody: bool = False
    """The words name the people themselves: nobody, no one."""


def find_implicit(
    tokens: Sequence[Token], lower: Sequence[str], covered: frozenset[int]
) -> list[Implicit]:
    """Every `no ...`, `not one`, `none of ...`, `a child` of a sentence, outside `covered`."""
    found: list[Implicit] = []
    for i in range(len(lower)):
        if i in covered or (found and i < found[-1].past):
            continue
        implicit = _zero(tokens, lower, i) or _one(tokens, lower, i, covered)
        if implicit:
            found.append(implicit)
    return found


def set_aside(before: tuple[str, ...]) -> bool:
    """Whether two words before a number say that it is not the count.

    Not, all but, down from, let alone, "to 23 from" 18. "Not one" is read as none.
    """
    denied = before[-1:] == ("not",) and before[0] not in ("if", "or")
    earlier = before[-1:] == ("from",) and before[0].replace(",", "").isdigit()
    return denied or earlier or before in _ASIDE


def unreported(rules: Mapping[tuple[str, ...], Vague]) -> Vague:
    """What "no reports of" allows by the written rule."""
    return rules["no", "reports"]


def _zero(tokens: Sequence[Token], lower: Sequence[str], i: int) -> Implicit | None:
    word = lower[i]
    after = list(lower[i + 1 : i + 4])
    if word in ALL and _BUT.isdisjoint(after[:1]) and _safe(tokens, lower, i):
        return Implicit(i, i + 1, "zero", word != "all")
    if word == "nobody":
        return Implicit(i, i + 1, "zero", True)
    if word == "none" and after[:1] == ["of"]:
        # "None of the injuries was fatal" leaves the injuries standing.
        harm = after[2:] and after[2] in triggers() and after[2] not in ("wounded", "injured")
        return None if harm else Implicit(i, i + 1, "zero")
    if word == "not" and "but" not in after:
        words = next((n for n in (1, 2) if after[:n] in (["one"], ["a", "single"])), 0)
        return Implicit(i, i + 1 + words, "zero") if words else None
    if word not in ("no", "without") or not after:
        return None
    if after[0] == "one" and after[1:2] != ["of"]:
        return Implicit(i, i + 2, "zero", True)
    for reports in range(min(2, len(after))):
        if after[reports] in _REPORTS and after[reports + 1 : reports + 2] == ["of"]:
            return Implicit(i, i + reports + 3, "unreported")
    if after[0] in _NO_REPORT:
        return None
    return Implicit(i, i + 2 if after[0] in ("any", "reported", "further") else i + 1, "zero")


def _safe(tokens: Sequence[Token], lower: Sequence[str], i: int) -> bool:
    """Whether all who are named from `i` on are told to be safe: "all its crew were unhurt"."""
    who = tokens[i]
    if who.dep_ == "quantmod":
        who = who.head  # "all 40 passengers"
    if who.dep_ in ("det", "predet", "advmod", "nummod") and who.head.pos_ in ("NOUN", "PROPN"):
        who = who.head
    verb = who.head
    if who.dep_ not in ("nsubj", "nsubjpass") or not _HOPED.isdisjoint(lower[:i]):
        return False
    well = verb.lemma_ in _STATES and any(c.lower_ in _SAFE for c in verb.children)
    saved = verb.lemma_ == "rescue" and who.dep_ == "nsubjpass"
    return (well or saved or verb.lemma_ == "survive") and all(
        c.dep_ != "neg" for c in verb.children
    )


def _one(
    tokens: Sequence[Token], lower: Sequence[str], i: int, covered: frozenset[int]
) -> Implicit | None:
    before = lower[i - 1] if i else ""
    if lower[i] in _ARTICLES or (lower[i] in _POSSESSIVES and before in ("and", ",")):
        at = i + 1
    elif _headline(tokens) and (i == 0 or before in _BARE_AFTER):
        at = i
    else:
        return None
    if (
        lower[i] == "another"
        and at < len(lower)
        and (before in triggers() or lower[at] in ("was", "were"))
        and lower[at] not in nouns()
    ):
        return Implicit(i, i + 1, "singular")
    for end in range(at, min(at + 8, len(tokens))):
        if end in covered:
            return None
        noun = nouns().get(lower[end])
        after = tokens[end + 1] if end + 1 < len(tokens) else None
        last = after is None or after.pos_ not in ("NOUN", "PROPN") or (
            after.lower_ in triggers() and after.tag_ != "NNS"  # "civilian casualties"
        )  # fmt: skip
        if noun and noun.kind == "person" and last:
            plural = tokens[end].tag_ in ("NNS", "NNPS") or lower[end] in _COLLECTIVE
            return None if plural else Implicit(i, at, "singular")
        if lower[end] in triggers() or not (
            tokens[end].pos_ in _NAMED or tokens[end].is_punct or tokens[end].like_num
        ):
            return None
    return None


def _headline(tokens: Sequence[Token]) -> bool:
    """Whether the sentence may leave out articles: no determiner before its first verb."""
    first = tokens[0]
    return (first.text[:1].isupper() and first.pos_ != "DET") or first.like_num
