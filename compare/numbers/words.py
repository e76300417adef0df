"""Words and digits of one number, without bounds: `35 thousand`, `half a million`, `1.2m`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from compare.numbers.lists import word_sequence

UNITS = {word: i for i, word in enumerate(word_sequence("units"))}
TENS = {word: 10 * i for i, word in enumerate(word_sequence("tens"), start=2)}
SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
METRES = frozenset(
    ["from", "high", "deep", "long", "away", "below", "above", "wide", "tall", "down", "off", "up",
     "into", "apart", "north", "south", "east", "west", "drop", "fall", "cliff"]
)  # fmt: skip
"""Words after which `60m` was a distance."""
LETTERS = {"k": 1000, "m": 10**6, "mn": 10**6, "bn": 10**9}
GROUPS = {"dozen": 12, "score": 20, "pair": 2}
NUMBER_WORDS = frozenset(UNITS) | frozenset(TENS) | frozenset(SCALES) | {"dozen", "half"}
LONGEST = 15
"""A digit string longer than this is an identifier and not a count."""

_TOKEN = re.compile(
    r"\d{1,3}(?:(?: , |[,٬\u00a0\u2009\u202f])\d{3})+(?![\d])(?:[.٫]\d+)?"
    r"|\d+(?:[.٫]\d+)?|[^\W\d_]+|[^\w\s]|_"
)
_PLAIN = str.maketrans("٫", ".", ", ٬\u00a0\u2009\u202f")


@dataclass(frozen=True, slots=True)
class Token:
    """One word, digit string or sign; `lower` is what rules look at."""

    lower: str
    start: int
    end: int
    digits: bool


def lower_at(tokens: list[Token], i: int) -> str:
    """The word `i` in lower case, "" where there is none."""
    return tokens[i].lower if 0 <= i < len(tokens) else ""


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Words, digit strings and signs of `text[start:end]`, in order, in linear time.

    Their offsets count in the whole of `text`.

    >>> [t.lower for t in tokenize("About 1,204 people (8-15)")]
    ['about', '1,204', 'people', '(', '8', '-', '15', ')']
    """
    return [
        Token(t := m.group().lower(), m.start(), m.end(), t[0].isdecimal())
        for m in _TOKEN.finditer(text, start, len(text) if end is None else end)
    ]


def quantity(tokens: list[Token], i: int) -> tuple[float, int] | None:
    """The number whose first token is `i`, and one past its last token; None if none starts there.

    >>> quantity(tokenize("one hundred and twenty rebels"), 0)
    (120.0, 4)
    >>> quantity(tokenize("half a million people"), 0)
    (500000.0, 3)
    """
    token = tokens[i]
    if token.digits:
        return _digits(tokens, i)
    word = token.lower
    if word == "half":
        return _half(tokens, i)
    if word in ("a", "an", "one"):
        after = _word(tokens, i + 1)
        if after == "half":
            return _half(tokens, i + 1)
        if after in SCALES:
            return _spelled(tokens, i + 1)
        if after in ("dozen", "score", "pair"):
            return float(GROUPS[after]), _past_of(tokens, i + 2, after)
    if word in UNITS or word in TENS:
        return _spelled(tokens, i)
    if word == "dozen" or (word in SCALES and _word(tokens, i + 1) != "of"):
        return (12.0, i + 1) if word == "dozen" else _spelled(tokens, i)
    return None


def _word(tokens: list[Token], i: int) -> str:
    return tokens[i].lower if 0 <= i < len(tokens) else ""


def _past_of(tokens: list[Token], i: int, word: str) -> int:
    return i + 1 if word == "pair" and _word(tokens, i) == "of" else i


def _half(tokens: list[Token], i: int) -> tuple[float, int] | None:
    at = i + 1 if _word(tokens, i + 1) in ("a", "an") else i
    scale = _word(tokens, at + 1)
    if scale in SCALES or scale == "dozen":
        return (SCALES | GROUPS)[scale] / 2, at + 2
    return None


def _digits(tokens: list[Token], i: int) -> tuple[float, int] | None:
    raw = tokens[i].lower.translate(_PLAIN)
    if len(raw) > LONGEST:
        return None
    value, at = float(raw), i + 1
    after = _word(tokens, at)
    glued = at < len(tokens) and tokens[at].start == tokens[i].end
    if (
        after in LETTERS
        and glued
        and not (after == "m" and _word(tokens, at + 1) in METRES)
        and not (
            at + 1 < len(tokens)
            and after == "m"
            and tokens[at + 1].start == tokens[at].end
            and tokens[at + 1].lower.isalnum()
        )
    ):
        return value * LETTERS[after], at + 1
    if after in ("dozen", "score"):
        return value * GROUPS[after], at + 1
    while (after in SCALES and after != "hundred") or (after == "hundred" and value < 100):
        value, at = value * SCALES[after], at + 1
        after = _word(tokens, at)
    return (round(value, 6), at) if value < 10**LONGEST else None


def _spelled(tokens: list[Token], i: int) -> tuple[float, int] | None:
    total, current, at, room = 0.0, 0.0, i, 100
    if tokens[i].lower in SCALES:
        current = 1.0
    while at < len(tokens):
        word = tokens[at].lower
        if word in UNITS or word in TENS:
            value = UNITS.get(word, TENS.get(word, 0))
            if room == 0 or (room <= 10 and value >= 10) or (room == 10 and value == 0):
                break
            current, at = current + value, at + 1
            room = 10 if word in TENS else 0
            if (
                room
                and _word(tokens, at) == "-"
                and _word(tokens, at + 1) in UNITS
                and (0 < UNITS[tokens[at + 1].lower] < 10)
            ):
                current, at, room = current + UNITS[tokens[at + 1].lower], at + 2, 0
        elif word == "hundred" and (current < 100 and (current or at == i)):
            current, at, room = max(current, 1) * 100, at + 1, 100
        elif word in SCALES and word != "hundred" and current:
            total, current, at, room = total + current * SCALES[word], 0.0, at + 1, 100
        elif word in ("dozen", "score") and at > i and not total and current < 100:
            return current * GROUPS[word], at + 1
        elif (
            word == "and"
            and at > i
            and tokens[at - 1].lower in SCALES
            and room == 100
            and (_word(tokens, at + 1) in UNITS or _word(tokens, at + 1) in TENS)
        ):
            at += 1
        else:
            break
    return (total + current, at) if total + current < 10**LONGEST else None


def format_number(value: float) -> str:
    """Digits with separators, which `find_numbers` reads back as the same number.

    >>> format_number(35000), format_number(1.5)
    ('35,000', '1.5')
    """
    return f"{int(value):,}" if value == int(value) else f"{value:,.6f}".rstrip("0")
