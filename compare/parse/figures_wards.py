"""Counts of a hospital or a morgue: of those who were brought to it, not of all who were hit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.numbers.lists import word_list
from compare.parse.figures_phrases import Counted

if TYPE_CHECKING:
    from compare.parse.figures_reach import Surroundings

_RECEIVED, _COUNTING = word_list("received"), word_list("counting")
_BROUGHT, _WARDS = word_list("brought"), word_list("wards")
_AUX, _JOIN = word_list("aux"), word_list("join")
_BETWEEN = word_list("before_object") | _JOIN | {"total", "so", "far"}
_WHOLE = frozenset(("the", "all", "both"))
_TOOK = frozenset(("took", "taken", "taking"))
_NEAR = 8
"""Words within which those counted are told to be brought somewhere."""


def brought_in(s: Surroundings, c: Counted) -> bool:
    """Whether a phrase counts those a hospital received: others may have gone elsewhere.

    "Received 17 bodies", "treated 22 dead and 60 wounded", "12 wounded were taken to hospital";
    but "the 12 wounded were taken to hospital" are all of them.
    """
    if s.lower[c.first - 1 : c.first] and s.lower[c.first - 1] in _WHOLE:
        return False
    return _taken_in(s, c) or _taken_to(s, c)


def _taken_in(s: Surroundings, c: Counted) -> bool:
    at = c.first
    past = {t.past: t.first for t in s.triggers if t.past <= c.first}
    past |= {other.past: other.first for other in s.counted if other.past <= c.first}
    while at > 0:
        word = s.lower[at - 1]
        if word == "in" and at > 1 and s.lower[at - 2] in _TOOK:
            return True  # "had taken in 15 dead"
        if word in _RECEIVED | _COUNTING:
            be = s.lower[at - 2] if at > 1 else ""
            own = word in _RECEIVED or not _WARDS.isdisjoint(s.lower[: at - 1])
            return own and be not in _AUX
        if word in _BETWEEN:
            at -= 1
        elif past.get(at, at) < at:
            at = past[at]
        else:
            return False
    return False


def _taken_to(s: Surroundings, c: Counted) -> bool:
    after = list(s.lower[c.past : c.past + _NEAR])
    be = next((i for i, word in enumerate(after) if word in _AUX), None)
    if be is None or any(word not in _JOIN and word != "who" for word in after[: max(be - 1, 0)]):
        return False
    told = [word for word in after[be:] if word not in _AUX]
    return bool(told) and told[0] in _BROUGHT and not _WARDS.isdisjoint(told)
