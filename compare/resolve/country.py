"""Whether a text is about Afghanistan, whose actors the registry holds, or about elsewhere."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from compare import gazetteer
from compare.resolve.bodies import bodies
from compare.resolve.lexicon import lexicon
from compare.resolve.names import Word, fold, key, words
from compare.resolve.registry import Registry, shipped
from compare.states import states

_ALLIES = frozenset(
    ["us", "usa", "american", "british", "uk", "britain", "european", "qatar", "qatari", "german",
     "germany"]
)  # fmt: skip
"""Countries so present in accounts of the Afghan war that naming them says nothing."""
AFGHAN = ("afghan", "kabul", "taliban", "taleban")
"""How words on the country begin; "Pakistani Taliban" are others."""
_CODES = frozenset(["AF", "US", "GB", "QA", "DE"])
"""Countries whose cities say nothing either, and Afghanistan itself."""
_LARGE = 500_000
"""People of a city that is known by name alone."""
_LONG = 5
"""Letters of such a name."""
_TOWN = 50_000
"""People of a town that is known by name where the text says that something is in it."""
_IN = frozenset(["in", "near", "outside", "around"])
_SHARE = 3
"""How often other countries are named to one mention of Afghanistan in a text on elsewhere."""


def about_home(text: str, registry: Registry) -> bool | None:
    """Whether a text is about Afghanistan; None where it names no country that tells.

    >>> from compare.resolve.registry import registry
    >>> about_home("The Sudanese army denied it.", registry(None))
    False
    >>> about_home("Khartoum denied it.", registry(None))
    False
    >>> about_home("Clinics in Goma were full.", registry(None))
    False
    >>> about_home("Fighting went on in Helmand, US forces said.", registry(None))
    True
    """
    told = words(text)
    items = [w for w in told if w.capital]
    home = sum(
        _afghan(last, w) or (w.folded,) in registry.provinces
        for last, w in pairwise([*items[:1], *items])
    )
    foreign = [w.folded for w in items if w.folded in _away() and w.text != "us"]
    foreign += [
        w.folded
        for last, w in pairwise(told)
        if w.capital and last.folded in _IN and w.folded in _towns() and w.folded not in _away()
    ]
    telling = sum(w not in _ALLIES for w in foreign)
    if not home:
        return False if telling else None
    return telling < _SHARE * home


def _afghan(last: Word, word: Word) -> bool:
    others = last.folded.startswith("pakistan") and word.start - last.end == 1
    return word.folded.startswith(AFGHAN) and not others


@lru_cache(maxsize=1)
def _away() -> frozenset[str]:
    return lexicon().foreign | _capitals() | _cities() | _bodies()


def _bodies() -> frozenset[str]:
    """Forces and groups of other wars that go by one word: Hamas, the IDF."""
    named = (key(n) for b in bodies() if b.kind != "publisher" for n in (b.actor, *b.aliases))
    alone = frozenset(words[0] for words in named if len(words) == 1)
    # The Islamic State is at war in Afghanistan too.
    return alone - frozenset(w for row in shipped() for n in row.aliases for w in key(n))


def _cities() -> frozenset[str]:
    """Large cities that are known by name alone; shorter ones are words too: Hail, Hue."""
    return frozenset(n for n in _named(_LARGE) if len(n) >= _LONG)


@lru_cache(maxsize=1)
def _towns() -> frozenset[str]:
    return _named(_TOWN)


def _named(least: int) -> frozenset[str]:
    """Cities of at least so many and of one word that no place in Afghanistan is called."""
    places = gazetteer.load().places.values()
    at_home = {fold(name) for place in places if place.country == "AF" for name in place.names}
    large = (p for p in places if p.kind == "city" and p.population >= least)
    told = (n for p in large if p.country not in _CODES for n in (p.name, *p.names))
    return frozenset(n for n in map(fold, told) if n.isalpha()) - at_home


def _capitals() -> frozenset[str]:
    """Capitals of one word of states whose mention says something."""
    abroad = [s for s in states() if s.state != "afghan"]
    told = [s for s in abroad if not {key(n)[0] for n in (*s.names, *s.adjectives)} & _ALLIES]
    return frozenset(key(seat)[0] for s in told for seat in s.seats if len(key(seat)) == 1)
