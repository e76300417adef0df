"""Numbers in running text as ranges: `at least nine`, `8-15`, `dozens`, `nearly 40,000`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from compare.numbers.kinds import kind_of, skipped
from compare.numbers.lists import word_list
from compare.numbers.vague import Rules, vague_rules
from compare.numbers.windows import windows
from compare.numbers.words import NUMBER_WORDS, Token, quantity, tokenize

BEFORE: dict[str, tuple[str, ...]] = {
    "at-least": (
        "at least",
        "at the very least",
        "a minimum of",
        "minimum",
        "not less than",
        "no less than",
        "not fewer than",
        "no fewer than",
        "upwards of",
        "from at least",
    ),
    "more-than": (
        "more than",
        "over",
        "above",
        "well over",
        "in excess of",
        "exceeding",
        "exceeds",
        "exceeded",
        "greater than",
        "just over",
        "surpassed",
        "topped",
        "upward of",
    ),
    "at-most": (
        "up to",
        "as many as",
        "no more than",
        "not more than",
        "at most",
        "a maximum of",
        "maximum",
        "as much as",
    ),
    "less-than": ("fewer than", "less than", "under", "below", "just under"),
    "about": (
        "about",
        "around",
        "some",
        "roughly",
        "approximately",
        "an estimated",
        "estimated",
        "approx",
        "circa",
        "or so",
        "more or less",
    ),
    "nearly": ("nearly", "almost", "close to", "approaching", "nearing", "not quite"),
}
AFTER: dict[str, tuple[str, ...]] = {
    "at-least": ("or more", "at least", "and counting", "or upwards", "+"),
    "at-most": ("or fewer", "or less", "at most", "at the most"),
    "about": ("or so",),
}
_Phrases = dict[str, list[tuple[tuple[str, ...], str]]]


def _by_first_word(bounds: dict[str, tuple[str, ...]]) -> _Phrases:
    listed = [(tuple(p.split()), rule) for rule, phrases in bounds.items() for p in phrases]
    table: _Phrases = {}
    for words, rule in sorted(listed, key=lambda item: (-len(item[0]), item[0])):
        table.setdefault(words[0], []).append((words, rule))
    return table


_BEFORE = _by_first_word(BEFORE)
_AFTER = _by_first_word(AFTER)
_BETWEEN = {"between": ("and",), "from": ("to", "-", "–", "until")}
_JOINTS = ("-", "–", "—", "to", "or")
_CHANGE = word_list("change")
_STARTS = NUMBER_WORDS | {"a", "an", "twin", "between", "from", "half"}
_LONG = 6


@dataclass(frozen=True, slots=True)
class Number:
    """One number as a range of the values its words allow, `low <= high`.

    `low` None is no lower bound stated, `high` None no upper bound. `kind` is
    `count` unless the words around say age, date, time, distance, money,
    percent, name, fraction or list.
    """

    low: float | None
    high: float | None
    rule: str
    start: int
    end: int
    kind: str = "count"


def find_numbers(
    text: str,
    *,
    vague: Mapping[str, tuple[float, float | None]],
    about: float,
    nearly: float,
    kinds: frozenset[str] = frozenset({"count"}),
) -> list[Number]:
    """Every number of `text` whose kind is in `kinds`, in order, spans never overlapping.

    `about` and `nearly` are shares of the number: `about 200` is 180 to 220 at 0.1,
    `nearly 200` is 180 to 200. Spans are half-open code points and hold the words of
    the bound. Linear in the length of `text`.

    >>> find_numbers("at least nine died", vague={}, about=0.1, nearly=0.1)
    [Number(low=9.0, high=None, rule='at-least', start=0, end=13, kind='count')]
    >>> [(n.low, n.high) for n in find_numbers(
    ...     "8-15, dozens, nearly 40,000 and 12-year-old", vague={}, about=0.1, nearly=0.1)]
    [(8.0, 15.0), (24.0, 199.0), (36000.0, 40000.0)]
    """
    rules = vague_rules(vague)
    found: list[Number] = []
    for start, end in windows(text, rules.anchors):
        tokens = tokenize(text, start, end)
        found.extend(_in_window(text, tokens, rules, about, nearly, kinds))
    return found


_HANDED = frozenset(("hand", "hands", "handed", "handing", "turned", "turning", "gave", "given"))
"""Verbs whose "over" bounds no number: "handed over 300 prisoners"."""


def _in_window(
    text: str,
    tokens: list[Token],
    rules: Rules,
    about: float,
    nearly: float,
    kinds: frozenset[str],
) -> list[Number]:
    found: list[Number] = []
    i = 0
    while i < len(tokens):
        token = tokens[i]
        word = token.lower
        begins = token.digits or word in _STARTS or word in rules.longest or word in _BEFORE
        if not begins or (word == "over" and i and tokens[i - 1].lower in _HANDED):
            i += 1
            continue
        if token.digits and (past := skipped(tokens, i)):
            i = past
            continue
        number, past = _number(tokens, i, rules, about, nearly)
        if number is None:
            i += 1
            continue
        kind = kind_of(text, tokens, i, past, number.low == number.high)
        if kind in kinds:
            last = past - 1 if tokens[past - 1].lower == "of" else past
            span = (tokens[i].start, tokens[last - 1].end)
            found.append(Number(number.low, number.high, number.rule, *span, kind))
        i = past
    return found


def _matches(tokens: list[Token], i: int, words: tuple[str, ...]) -> bool:
    return i + len(words) <= len(tokens) and all(
        tokens[i + k].lower == word for k, word in enumerate(words)
    )


def _bound_before(tokens: list[Token], i: int) -> tuple[str, int] | None:
    for words, rule in _BEFORE.get(tokens[i].lower, ()) if i < len(tokens) else ():
        if _matches(tokens, i, words):
            return rule, i + len(words)
    return None


def _number(
    tokens: list[Token], i: int, rules: Rules, about: float, nearly: float
) -> tuple[Number | None, int]:
    opener = _BETWEEN.get(tokens[i].lower)
    if opener and i + 1 < len(tokens):
        spread = None if _changed(tokens, i) else _pair(tokens, i + 1, opener)
        return spread or (None, i)
    bounds: list[str] = []
    at = i
    while at < len(tokens) and len(bounds) < 3 and (bound := _bound_before(tokens, at)):
        bounds.append(bound[0])
        at = bound[1]
    if at >= len(tokens):
        return None, i
    if bounds and tokens[at].lower in _BETWEEN:
        spread = _pair(tokens, at + 1, _BETWEEN[tokens[at].lower])
        return spread or (None, i)
    base = _single(tokens, at, rules)
    if base is None:
        return None, i
    low, high, rule, past = base
    joined = past < len(tokens) and tokens[past].lower in _JOINTS
    spread = _pair(tokens, at, _JOINTS) if joined else None
    if spread and not (bounds and bounds[0] in ("at-least", "more-than")):
        return spread
    for words, suffix in _AFTER.get(tokens[past].lower, ()) if past < len(tokens) else ():
        if _matches(tokens, past, words):
            bounds, past = [*bounds, suffix], past + len(words)
            break
    return _bounded(low, high, rule, bounds, about, nearly), past


def _changed(tokens: list[Token], i: int) -> bool:
    return any(t.lower in _CHANGE for t in tokens[max(0, i - 4) : i])


def _single(
    tokens: list[Token], i: int, rules: Rules
) -> tuple[float | None, float | None, str, int] | None:
    if tokens[i].lower == "twin":
        return 2.0, 2.0, "exact", i + 1
    words = tuple([t.lower for t in tokens[i : i + _LONG]])
    longest = rules.longest.get(words[0], 0)
    for length in range(min(longest, len(words)), 0, -1):
        vague = rules.phrases.get(words[:length])
        if vague:
            return vague.low, vague.high, f"vague:{vague.word}", i + length
    found = quantity(tokens, i)
    if found is None:
        return None
    return found[0], found[0], "exact", found[1]


def _pair(tokens: list[Token], i: int, joints: tuple[str, ...]) -> tuple[Number, int] | None:
    """A range `X joint Y` whose first number starts at `i`."""
    i = (_bound_before(tokens, i) or ("", i))[1]
    first = quantity(tokens, i) if i < len(tokens) else None
    if first is None or first[1] + 1 >= len(tokens):
        return None
    joint = tokens[first[1]].lower
    if joint not in joints:
        return None
    after = (_bound_before(tokens, first[1] + 1) or ("", first[1] + 1))[1]
    second = quantity(tokens, after) if after < len(tokens) else None
    if second is None:
        return None
    low, high = first[0], second[0]
    if high >= 1000 * max(low, 1) or (high > 999 and low < high / 100):
        scale = 10 ** (3 * int(math.log10(high) // 3))
        low = low * scale if low * scale < high else low
    if not low < high or (joint == "or" and high > 2 * low + 1):
        return None
    if joint == "to" and "from" not in joints and _is_change(tokens, i):
        return None
    return Number(low, high, "range", 0, 0), second[1]


def _is_change(tokens: list[Token], i: int) -> bool:
    return i > 0 and tokens[i - 1].lower == "from" and _changed(tokens, i - 1)


def _bounded(
    low: float | None,
    high: float | None,
    rule: str,
    bounds: list[str],
    about: float,
    nearly: float,
) -> Number:
    if not bounds or low is None:
        return Number(low, high, rule, 0, 0)
    value = low
    step = 1.0 if value == int(value) else 0.0
    name = rule if rule.startswith("vague:") else bounds[0]
    if "at-least" in bounds or "more-than" in bounds:
        more = step if "more-than" in bounds and rule == "exact" else 0.0
        return Number(value + more, None, name, 0, 0)
    top = value if high is None else high
    if "at-most" in bounds or "less-than" in bounds:
        less = step if "less-than" in bounds and rule == "exact" else 0.0
        return Number(None, max(top - less, 0.0), name if rule != "exact" else "at-most", 0, 0)
    if rule != "exact":
        return Number(low, high, rule, 0, 0)
    share = nearly if "nearly" in bounds else about
    least, most = value * (1 - share), value if "nearly" in bounds else value * (1 + share)
    if step:
        least, most = float(math.floor(round(least, 6))), float(math.ceil(round(most, 6)))
    return Number(least, most, "nearly" if "nearly" in bounds else "about", 0, 0)
