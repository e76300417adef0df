"""Whether a text is about Afghanistan, whose actors the registry holds, or about elsewhere."""

from __future__ import annotations

from compare.resolve.lexicon import lexicon
from compare.resolve.names import words
from compare.resolve.registry import Registry

_ALLIES = frozenset(
    ["us", "usa", "american", "british", "uk", "britain", "european", "pakistan", "pakistani",
     "qatar", "qatari", "german", "germany"]
)  # fmt: skip
"""Countries so present in accounts of the Afghan war that naming them says nothing."""
_SHARE = 3
"""How often other countries are named to one mention of Afghanistan in a text on elsewhere."""


def about_home(text: str, registry: Registry) -> bool | None:
    """Whether a text is about Afghanistan; None where it names no country.

    >>> from compare.resolve.registry import registry
    >>> about_home("The Sudanese army denied it.", registry(None))
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
    foreign = [w.folded for w in items if w.folded in lexicon().foreign and w.text != "us"]
    if not home:
        return False if foreign else None
    return sum(w not in _ALLIES for w in foreign) < _SHARE * home
