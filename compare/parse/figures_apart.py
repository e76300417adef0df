"""Counted phrases that are no figure: the whole a part is taken from, a share, a speaker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from compare.numbers.lists import word_list
from compare.parse.figures_phrases import Counted

_SAYING = word_list("saying")
_LIKELY = frozenset(("likely", "possibly", "probably", "perhaps", "maybe"))
_WHOLE_BEFORE = word_list("whole_before")


def set_apart(lower: Sequence[str], counted: Sequence[Counted]) -> list[Counted]:
    """Mark what is no figure: the 5 in "two of the 5", the 3 in "3 officials said"."""
    out: list[Counted] = []
    shares = _shares(lower, counted)
    for c in counted:
        whole = any(o.first < c.first < o.past for o in out)
        before = lower[c.first - 3] if c.first > 2 else ""
        before = "" if lower[c.first - 4 : c.first - 2] == ["every", "one"] else before
        if list(lower[max(0, c.first - 2) : c.first]) in (["of", "the"], ["of", "its"]):
            whole = whole or before in _WHOLE_BEFORE or c.first == 2
        # "Of 57 migrants, 45 drowned".
        opens = list(lower[max(0, c.first - 2) : c.first]) == ["out", "of"] or (
            c.first == 1 and lower[0] == "of"
        )
        whole = whole or opens
        family = lower[c.past - 1] == "family" and c.number.high == 1
        whole = whole or (family and lower[max(0, c.first - 1)] in ("of", "from"))
        said = c.past < len(lower) and lower[c.past] in _SAYING and c.noun is not None
        told = lower[c.first - 2 : c.first] == ["according", "to"]
        year = c.noun is None and bool(c.group) and _looks_like_year(c)
        speaks = said or told
        beyond = bool(out) and _beyond(lower, c)
        out.append(
            replace(
                c,
                context=whole or speaks or year or beyond,
                population="" if speaks else c.population,
            )
        )
    return [replace(c, context=True) if k in shares else c for k, c in enumerate(out)]


def _shares(lower: Sequence[str], counted: Sequence[Counted]) -> set[int]:
    """Which say a share: "one in ten of the hostages", "two in every five children"."""
    found: set[int] = set()
    for k, (c, o) in enumerate(pairwise(counted)):
        if list(lower[c.past : o.first]) not in (["in"], ["in", "every"], ["out", "of"]):
            continue
        people = o.noun is not None and o.noun.kind in ("person", "family")
        whole = people or lower[o.noun_first : o.noun_first + 1] == ["of"]
        some, all_ = c.number.high or 0, o.number.low or 0
        if c.noun is None and whole and 0 < some < all_:
            found |= {k, k + 1} if lower[c.past] == "in" else {k + 1}
    return found


def _beyond(lower: Sequence[str], c: Counted) -> bool:
    """Whether more are only held likely, beyond a count: "12 died, and likely many more"."""
    more = c.noun is None and "more" in lower[c.first : c.past + 1]
    return more and lower[c.first - 1] in _LIKELY


def _looks_like_year(c: Counted) -> bool:
    """A bare 2010 before a noun that counts nobody: the 2010 season."""
    low = c.number.low
    return (
        low is not None
        and low == c.number.high
        and 1900 <= low <= 2100
        and (c.number.end - c.number.start == 4)
    )
