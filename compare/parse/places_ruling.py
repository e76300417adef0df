"""Names of places that stand for who rules there: `Khartoum denied`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from compare import gazetteer
from compare.parse import places_words as words
from compare.parse.places_tokens import Match, Token, glued


def stands_for_state(tokens: Sequence[Token], match: Match) -> bool:
    """A capital that speaks, rules or is accused is the name of a government, not a scene.

    So is the Kremlin or the Pentagon wherever no word of place stands before it.
    """
    if _palaces() & set(match.candidates):
        return not match.locative
    if not capitals() & set(match.candidates):
        return False
    left = [t.folded for t in tokens[max(0, match.first - 2) : match.first]]
    if len(left) == 2 and left[1] == "in" and left[0] in words.RULING:
        return True
    before = left[-1] if left and tokens[match.first].glued else ""
    if before in words.ADDRESSED:
        return True
    if match.locative or before in words.PREPOSITIONS:
        return False
    here = match.last
    if glued(tokens, here) and tokens[here].folded in words.RULING:
        return True
    while glued(tokens, here) and tokens[here].folded in words.BEFORE_SPEAKING:
        here += 1
    return glued(tokens, here) and tokens[here].folded in words.SPEAKING


@lru_cache(maxsize=1)
def capitals() -> frozenset[str]:
    """Ids of the capitals of countries."""
    places = gazetteer.load().places.values()
    return frozenset(p.capital_id for p in places if p.kind == "country")


@lru_cache(maxsize=1)
def _palaces() -> frozenset[str]:
    """Localities within capitals, all seats of those who rule; the Pentagon lies just outside."""
    places = gazetteer.load().places.values()
    within = {p.place_id for p in places if p.kind == "locality" and p.parent_id in capitals()}
    return frozenset(within | {"us-virginia-pentagon"})
