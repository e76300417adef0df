"""Counts of a part: some of those hit, or all of one class among them."""

from __future__ import annotations

from compare.judge.populations import lie
from compare.judge.sides import Figure, Side

PARTS = frozenset(("subset", "share"))
"""Scopes of counts that are no total."""


def scope_in(side: Side, figure: Figure) -> str:
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
