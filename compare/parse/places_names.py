"""Names of places in a text: longest match over words, then the test of what stands beside.

Every word is looked at once from a tree of names no deeper than a dozen words,
so time grows with the length of the text and with nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from compare import gazetteer
from compare.gazetteer import LINKS, Node
from compare.parse import places_words as words
from compare.parse.places_ruling import capitals
from compare.parse.places_tokens import Match, Token, glued

_LIST_GAP = re.compile(r",? and |, |/| or ")
_DATELINE = re.compile(r"\s*(?:\(|:|—|–|--| - )")
MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class _Around:
    """What the whole text says of the names in it."""

    afghan: bool
    """It speaks of Afghanistan."""
    people: frozenset[str]


def matches(text: str, tokens: Sequence[Token]) -> list[Match]:
    """Names of places, left to right, none inside another.

    >>> from compare.parse.places_tokens import tokens_of
    >>> text = "The Taliban took Nad-e-Ali and Lashkargah city."
    >>> [text[tokens_of(text)[m.first].start:tokens_of(text)[m.last - 1].end]
    ...  for m in matches(text, tokens_of(text))]
    ['Nad-e-Ali', 'Lashkargah']
    """
    around = _Around(
        any(t.folded.startswith(words.AFGHAN) or t.folded in _provinces() for t in tokens),
        _people(tokens),
    )
    found: list[Match] = []
    at = 0
    while at < len(tokens):
        match = next(_at(text, tokens, at, found, around), None)
        if match is None:
            at += 1
        else:
            found.append(match)
            at = match.last
    return found


def _at(
    text: str, tokens: Sequence[Token], at: int, before: list[Match], around: _Around
) -> Iterator[Match]:
    if not tokens[at].capital:
        return
    for last, place_ids in _walks(tokens, at):
        kept = _plausible(text, tokens, at, last, place_ids, before, around)
        if kept is not None:
            yield kept
    if around.afghan:
        yield from _by_sound(text, tokens, at, before)


def _walks(tokens: Sequence[Token], at: int) -> list[tuple[int, list[str]]]:
    """Where a listed name that begins here may end, longest first."""
    node: Node | None = gazetteer.load().tree
    ends, here = [], at
    while here < len(tokens) and (here == at or tokens[here].glued):
        token = tokens[here]
        linking = here > at and token.folded in LINKS
        if here > at and not (token.capital or linking or token.folded in words.GENERIC):
            break
        assert node is not None
        following = node.following.get(token.folded)
        if following is None:
            if not linking:
                break
        else:
            node = following
            if node.ends:
                ends.append((here + 1, node.ends))
        here += 1
    return ends[::-1]


def _by_sound(text: str, tokens: Sequence[Token], at: int, before: list[Match]) -> Iterator[Match]:
    """Afghan names in a spelling nobody listed; only where a word of place stands beside."""
    first = tokens[at].folded
    if not first.isascii() or first in words.ALLOWED_LEFT:
        return
    known = gazetteer.load().spellings
    last = at + 1
    while last < min(at + 4, len(tokens)) and tokens[last].glued:
        last += 1
    for end in range(last, at, -1):
        if not tokens[end - 1].capital:
            continue
        part = [t.folded for t in tokens[at:end]]
        name = [w for i, w in enumerate(part) if i == 0 or w not in LINKS]
        ids = known.get(gazetteer.sound(name), ()) if sum(map(len, name)) > 5 else ()
        if ids and _beside(text, tokens, at, end, before):
            yield Match(at, end, ids, _locative(text, tokens, at, before), "sound")


def _locative(text: str, tokens: Sequence[Token], at: int, before: list[Match]) -> bool:
    """A word of place stands before the name, or before the list it is in."""
    here = at - 1
    while here >= 0 and at - here < 5 and tokens[here].folded in words.BRIDGES:
        here -= 1
    if here >= 0 and at - here <= 5 and tokens[here].folded in words.LOCATIVE:
        if here and tokens[here].folded == "from" and tokens[here - 1].folded in words.NATIVES:
            return False
        # A full stop or a paragraph ends the phrase, and `on 21 Mizan` is a date.
        return not re.search(r"[.\d]|\n\s*\n", text[tokens[here].end : tokens[at].start])
    if before and before[-1].locative:
        gap = text[tokens[before[-1].last - 1].end : tokens[at].start]
        return len(gap) < 40 and _LIST_GAP.fullmatch(_without_descriptor(gap)) is not None
    return False


def _without_descriptor(gap: str) -> str:
    return re.sub(r"^(?:['’]s)? (?:province|district|city|provinces|districts)(?=,| and)", "", gap)


def _beside(text: str, tokens: Sequence[Token], at: int, last: int, before: list[Match]) -> bool:
    """Whether what stands beside says that this is a place."""
    if last < len(tokens) and tokens[last].glued and tokens[last].folded in words.DESCRIPTORS:
        return True
    if at and tokens[at].glued and tokens[at - 1].folded in words.DESCRIPTORS:
        return True
    if _locative(text, tokens, at, before):
        return True
    if tokens[last - 1].raw.isupper() and _DATELINE.match(text, tokens[last - 1].end):
        return True
    if last < len(tokens) and tokens[last].folded == "in" and tokens[last].glued:
        last += 1
        outer = gazetteer.load().tree.following.get(
            tokens[last].folded if last < len(tokens) else ""
        )
        return outer is not None and tokens[last].capital and bool(outer.ends)
    if last < len(tokens) and text[tokens[last - 1].end : tokens[last].start] == ", ":
        outer = gazetteer.load().tree.following.get(tokens[last].folded)
        return outer is not None and tokens[last].capital and bool(outer.ends)
    return False


def _states_behind(text: str, tokens: Sequence[Token], last: int) -> list[str]:
    """States named behind a comma: a town before it lies there (`York, Maine`)."""
    if last >= len(tokens) or text[tokens[last - 1].end : tokens[last].start].strip(" ") != ",":
        return []
    ends = next((ids for _, ids in _walks(tokens, last) if tokens[last].capital), [])
    states = [p for p in map(gazetteer.place, ends) if p.kind == "admin1"]
    return [p.place_id for p in states if p.country in words.KNOWN_STATES]


def _in_any(place_id: str, around: Sequence[str]) -> bool:
    return any(gazetteer.contains(outer, place_id) for outer in around)


def _people(tokens: Sequence[Token]) -> frozenset[str]:
    """Names of places that somebody in the text bears as a surname (`Vincent Jackson`)."""
    return frozenset(
        name.folded
        for first, name in pairwise(tokens)
        if name.folded in words.GIVEN_NAMES
        and name.glued
        and name.capital
        and first.capital
        and first.folded not in words.ALLOWED_LEFT
    )


def _within(tokens: Sequence[Token], at: int) -> bool:
    """Whether `in` or `at` stands before the name, with what may stand between."""
    here = at - 1
    while here >= 0 and tokens[here + 1].glued and tokens[here].folded in words.BRIDGES:
        here -= 1
    return here >= 0 and tokens[here + 1].glued and tokens[here].folded in ("in", "at")


def _plausible(
    text: str,
    tokens: Sequence[Token],
    at: int,
    last: int,
    place_ids: list[str],
    before: list[Match],
    around: _Around,
) -> Match | None:
    """The candidates that what stands beside the name does not rule out."""
    name = " ".join(t.folded for t in tokens[at:last])
    if name in words.NEVER or (len(name) < 3 and not tokens[at].raw.isupper() and name.isascii()):
        return None
    beside = _beside(text, tokens, at, last, before)
    if (name in words.EVERYDAY and not beside) or _water(tokens, at, last) or _outlet(tokens, last):
        return None
    left = tokens[at - 1] if at and tokens[at].glued else None
    right = tokens[last] if last < len(tokens) and tokens[last].glued else None
    if left is not None and left.capital and left.folded in words.PERSON_LEFT:
        return None
    touching = bool(before) and before[-1].last == at
    dateline = tokens[last - 1].raw.isupper() and _DATELINE.match(text, tokens[last - 1].end)
    inside_name = left is not None and left.capital and not touching and not dateline
    inside_name = inside_name and left is not None and left.folded not in words.ALLOWED_LEFT
    leads_name = right is not None and right.capital and right.raw.isascii()
    leads_name = leads_name and right is not None and right.folded not in words.CALENDAR
    leads_name = leads_name and right is not None and right.folded not in words.DESCRIPTORS
    outer = _states_behind(text, tokens, last)
    kept = []
    for place_id in place_ids:
        place = gazetteer.place(place_id)
        if place.kind == "country":
            fits = name not in words.GIVEN_NAMES or not (inside_name or leads_name)
        elif place.country == "AF":
            small = place.kind != "admin1" and place.population < 100_000
            fits = around.afghan or not small or beside or last - at > 1
            person = name in words.NEED_EVIDENCE and (inside_name or leads_name)
            fits = fits and (beside or not person)
            fits = fits and (beside or not (name in words.NEED_EVIDENCE and small))
            fits = fits and (beside or len(name) > 4 or not small or not inside_name)
        else:
            large = place.population >= MILLION or place_id in capitals()
            large = large or (place.kind == "admin1" and place.country in words.KNOWN_STATES)
            large = large or place.kind == "locality"
            fits = not inside_name and not leads_name
            fits = fits and (beside or (large and name not in words.GIVEN_NAMES))
            fits = fits and (name not in around.people or bool(dateline) or _within(tokens, at))
            fits = fits and (place.kind == "admin1" or not outer or _in_any(place_id, outer))
        if fits:
            kept.append(place_id)
    if not kept:
        return None
    return Match(at, last, tuple(kept), _locative(text, tokens, at, before), "name")


def _water(tokens: Sequence[Token], at: int, last: int) -> bool:
    """Whether it is part of the name of a sea, not of a place on land."""
    if glued(tokens, last) and tokens[last].folded in words.DESCRIPTORS:
        return False
    named = at > 1 and tokens[at - 1].folded == "of" and tokens[at - 2].folded in words.WATERS
    follows = glued(tokens, last) and tokens[last].capital and tokens[last].folded in words.WATERS
    return named or follows or tokens[last - 1].folded in words.WATERS


def _outlet(tokens: Sequence[Token], last: int) -> bool:
    """Whether it is part of the name of who reports: Bakhtar news agency, the Kabul Times."""
    after = tokens[last : last + 2]
    if not glued(tokens, last):
        return False
    agency = [t.folded for t in after] == ["news", "agency"]
    return agency or (after[0].capital and after[0].folded in words.OUTLETS)


@lru_cache(maxsize=1)
def _provinces() -> frozenset[str]:
    places = gazetteer.load().places.values()
    of_afghanistan = (p for p in places if p.country == "AF" and p.kind == "admin1")
    return frozenset(gazetteer.fold(n) for p in of_afghanistan for n in p.names)
