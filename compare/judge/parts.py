"""Counts of a part: some of those hit, or all of one class among them."""

from __future__ import annotations

import re
from functools import lru_cache

from compare.judge.populations import lie
from compare.judge.sides import Figure, Side

PARTS = frozenset(("subset", "share"))
"""Scopes of counts that are no total."""
_HOUSE = "(hospital|clinic|morgue|mortuary|infirmary)"
_RECEIVED = re.compile(rf"\b(?:receiv|treat|admit)\w*\b|\bto (?:[\w'-]+ ){{0,4}}{_HOUSE}s?\b")
_WARD = re.compile(rf"\b(?:(the|our|this|that|its) )?((?:[\w'-]+ )?){_HOUSE}\b")
_UNKNOWN = frozenset(("a", "an", "another", "one", "any", "each", "every", "in", "to", "at", "from",
                      "by", "of", "and", "local", "nearby"))  # fmt: skip
"""Words before a hospital of which it is not known which one it is."""


def scopes_in(a: Side, x: Figure, b: Side, y: Figure) -> tuple[str, str]:
    """What two figures count, as `_scope_in`, where one of them may count a hospital's.

    Two counts of one hospital, or a hospital's that is the count of all, count the same people.
    """
    scopes = _scope_in(a, x), _scope_in(b, y)
    received = _received(a, x), _received(b, y)
    if all(received) and wards(a.text) & wards(b.text):
        return "total", "total"
    if any(received) and "total" in scopes and (x.low, x.high) == (y.low, y.high):
        return "total", "total"
    return scopes


@lru_cache(maxsize=10_000)
def wards(text: str) -> frozenset[str]:
    """The hospitals that a text in lower case names or points at, not "a hospital".

    >>> sorted(wards("the clinic and mercy hospital took in 12, a hospital 30"))
    ['clinic', 'mercy hospital']
    """
    told = ((m[1], m[2].strip(), m[3]) for m in _WARD.finditer(text))
    return frozenset(
        f"{name} {ward}".strip()
        for pointed, name, ward in told
        if name not in _UNKNOWN and (pointed or name)
    )


def _received(side: Side, figure: Figure) -> bool:
    return figure.scope == "subset" and _RECEIVED.search(side.text) is not None


def _scope_in(side: Side, figure: Figure) -> str:
    """What a figure counts, in its claim: of a class within a larger count, the class in full.

    "29 people were killed, among them five attackers" tells how many attackers were; "12
    fighters, including two commanders" how many commanders, but not how many fighters; and
    "including a child" leaves open whether there were others.
    """
    if figure.scope != "subset" or (figure.low == 1 and figure.high == 1):
        return figure.scope
    around = (f for f in side.figures if f.scope == "total" and f.aspect == figure.aspect)
    told = any(lie(figure.population, f.population, f.aspect) == "inside" for f in around)
    return "total" if told else figure.scope


def but_for_fighters(side: Side, total: Figure, other: Figure) -> Figure | None:
    """The fighters without whom one account's total is the other's: seven with two attackers, five.

    Only where both numbers are exact and the other does not count fighters.
    """
    exact = total.low == total.high and other.low == other.high
    if not exact or other.population == "fighters":
        return None
    return next(
        (
            part
            for part in side.figures
            if part.population == "fighters" and part.aspect == total.aspect
            and part.low == part.high == total.low - other.low > 0
        ),
        None,
    )  # fmt: skip
