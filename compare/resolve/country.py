"""Whether a text is about Afghanistan, whose actors the registry holds, or about elsewhere."""

from __future__ import annotations

from functools import lru_cache

from compare.resolve.lexicon import lexicon
from compare.resolve.names import key, words
from compare.resolve.registry import Registry
from compare.states import states

_ALLIES = frozenset(
    ["us", "usa", "american", "british", "uk", "britain", "european", "pakistan", "pakistani",
     "qatar", "qatari", "german", "germany"]
)  # fmt: skip
"""Countries so present in accounts of the Afghan war that naming them says nothing."""
_SHARE = 3
"""How often other countries are named to one mention of Afghanistan in a text on elsewhere."""


def about_home(text: str, registry: Registry) -> bool | None:
    """Whether a text is about Afghanistan; None where it names no country that tells.

    >>> from compare.resolve.registry import registry
    >>> about_home("The Sudanese army denied it.", registry(None))
    False
    >>> about_home("Khartoum denied it.", registry(None))
    False
    >>> about_home("Fighting went on in Helmand, US forces said.", registry(None))
    True
    """
    items = [w for w in words(text) if w.capital]
    home = sum(
        w.folded.startswith(("afghan", "kabul", "taliban", "taleban"))
        or (w.folded,) in registry.provinces
        for w in items
    )
    away = lexicon().foreign | _capitals()
    foreign = [w.folded for w in items if w.folded in away and w.text != "us"]
    telling = sum(w not in _ALLIES for w in foreign)
    if not home:
        return False if telling else None
    return telling < _SHARE * home


@lru_cache(maxsize=1)
def _capitals() -> frozenset[str]:
    """Capitals of one word of states whose mention says something."""
    abroad = [s for s in states() if s.state != "afghan"]
    told = [s for s in abroad if not {key(n)[0] for n in (*s.names, *s.adjectives)} & _ALLIES]
    return frozenset(key(seat)[0] for s in told for seat in s.seats if len(key(seat)) == 1)
