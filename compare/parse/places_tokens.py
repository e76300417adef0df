"""The words of a text, and those of them that name a place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from compare.gazetteer import WORD, fold
from compare.parse import places_words as words

GAP = re.compile(r"[\s\-‐‑–/.'’‘`]{1,3}")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """One word of the text."""

    start: int
    end: int
    folded: str
    raw: str
    glued: bool
    """Only a space or a hyphen stands between it and the word before."""

    @property
    def capital(self) -> bool:
        """Written with a capital, or in a script without case."""
        return not self.raw[0].islower()


@dataclass(frozen=True, slots=True)
class Match:
    """Words `first` to `last` (excluded) as a name of the places `candidates`."""

    first: int
    last: int
    candidates: tuple[str, ...]
    locative: bool
    how: str


def tokens_of(text: str) -> list[Token]:
    """The words of a text, the possessive cut off.

    >>> [t.raw for t in tokens_of("Helmand’s U.S. base")]
    ['Helmand', 'U.S.', 'base']
    """
    found: list[Token] = []
    last = 0
    for match in WORD.finditer(text):
        raw, end = match.group(), match.end()
        if _POSSESSIVE.search(raw) and len(raw) > 2:
            raw, end = raw[:-2], end - 2
        gap = text[last : match.start()]
        glued = bool(found) and GAP.fullmatch(gap) is not None and "\n\n" not in gap
        glued = glued and not ("." in gap and " " in gap and len(found[-1].raw) > 2)
        lower = raw.lower()
        folded = lower if lower in words.IN_CAPITALS else fold(raw)
        found.append(Token(match.start(), end, folded, raw, glued))
        last = end
    return found


def glued(tokens: Sequence[Token], at: int) -> bool:
    """Whether there is a word `at` and only a space or a hyphen stands before it."""
    return at < len(tokens) and tokens[at].glued
