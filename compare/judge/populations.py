"""Who is counted: which population lies inside which."""

from __future__ import annotations

from functools import lru_cache

_INSIDE = {
    "children": frozenset(("civilians", "people")),
    "women": frozenset(("civilians", "people")),
    "staff": frozenset(("civilians", "people")),
    "civilians": frozenset(("people",)),
    "fighters": frozenset(("people",)),
    "forces": frozenset(("people",)),
    "people": frozenset[str](),
}
CIVIL = frozenset(("civilians", "children", "women", "staff"))
ARMED = frozenset(("fighters", "forces"))
UPROOTED = frozenset(("displaced", "returned"))
"""Aspects whose people are civilians whether or not the words say so."""
GROWING = UPROOTED | {"infected"}
"""What is counted anew for weeks, and mostly grows."""
_PLAIN = frozenset(("people", "unknown", "civilians"))


@lru_cache(maxsize=4096)
def lie(a: str, b: str, aspect: str) -> str:
    """How population `a` lies to `b`: same, inside, contains or apart.

    An unnamed population may be anybody, and so counts as people.

    >>> lie("children", "civilians", "killed"), lie("fighters", "civilians", "killed")
    ('inside', 'apart')
    >>> lie("unknown", "fighters", "killed"), lie("civilians", "people", "displaced")
    ('contains', 'same')
    >>> lie("unknown", "fighters", "released")
    'same'
    """
    if aspect in UPROOTED and a in _PLAIN and b in _PLAIN:
        return "same"
    if aspect == "released" and "unknown" in (a, b):
        return "same"  # "its prisoners" are those whom the other names
    a, b = ("people" if x == "unknown" else x for x in (a, b))
    if a == b:
        return "same"
    if b in _INSIDE[a]:
        return "inside"
    return "contains" if a in _INSIDE[b] else "apart"


@lru_cache(maxsize=4096)
def narrower(a: str, b: str) -> str:
    """The population that says more; of two apart the one that sorts first.

    >>> narrower("people", "children"), narrower("unknown", "people")
    ('children', 'people')
    """
    if "unknown" in (a, b):
        return b if a == "unknown" else a
    return min((a, b), key=lambda x: (-len(_INSIDE[x]), x))
