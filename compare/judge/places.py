"""Places: whether two figures are of one place, or one place holds the other; whose people."""

from __future__ import annotations

import re
from functools import lru_cache

from compare import gazetteer
from compare.judge.populations import ARMED
from compare.judge.sides import Figure, Side
from compare.states import state_of

_OWN_LOSSES = re.compile(
    r"\b(?:its|our|their) (?:own )?(?:death toll|toll|losses|casualties|fatalities|dead)\b"
)
relation = lru_cache(maxsize=100_000)(gazetteer.relation)


@lru_cache(maxsize=10_000)
def named(wording: str) -> tuple[str, ...]:
    """Every place a wording may name.

    >>> len(named("Helmand")) >= 1, named("Nowhere at all")
    (True, ())
    """
    node = gazetteer.load().tree
    for word in gazetteer.words_of(wording):
        if word not in node.following:
            return ()
        node = node.following[word]
    return tuple(sorted(node.ends))


def lie_of_places(a: Side, x: Figure, b: Side, y: Figure) -> str:
    """How the place of one figure lies to that of the other, as `gazetteer.relation`.

    A name that several places bear is read as one of them that lies with the other
    account's place, if any does: "Nawa" beside "Helmand" is the Nawa in Helmand.
    """
    place_x, place_y = x.place_id or a.place_id, y.place_id or b.place_id
    if place_x and place_y:
        return relation(place_x, place_y)
    if not a.place_wording or not b.place_wording:
        return "unknown"
    if a.place_wording.lower() == b.place_wording.lower():
        return "same"
    found = {
        relation(left, right)
        for left in ((place_x,) if place_x else named(a.place_wording))
        for right in ((place_y,) if place_y else named(b.place_wording))
    }
    return next((r for r in ("same", "inside", "contains", "disjoint") if r in found), "unknown")


def people_apart(a: Side, x: Figure, b: Side, y: Figure) -> tuple[bool, int]:
    """Whether two figures count people of two countries; else +1 where x counts some of y's.

    People of the country where it happened are nobody apart from the others there; nor
    are soldiers whose place is not known, who are most often at home.
    """
    left, right = counted(a, x, b, y)
    if left == right:
        return False, 0
    if (left, right) != (x.nation, y.nation):
        return True, 0
    told = [(left, x, a), (right, y, b)]
    nations = [nation if nation and not _at_home(nation, f, s) else "" for nation, f, s in told]
    if all(nations):
        return nations[0] != nations[1], 0
    return False, bool(nations[0]) - bool(nations[1])


def counted(a: Side, x: Figure, b: Side, y: Figure) -> tuple[str, str]:
    """The countries whose people two figures count, "" where not told.

    Of two governments that each tell a toll, one of which says that it is its own, each
    counts its own people; and so does an army that says "two soldiers were killed" beside
    another's, or beside "43 Chinese soldiers".
    """
    one, other = state_of(a.actor), state_of(b.actor)
    if one and other and one != other:
        if any(_OWN_LOSSES.search(side.text) for side in (a, b)):
            return x.nation or one, y.nation or other
        if not (x.nation or y.nation) and _own_soldiers(a, x) and _own_soldiers(b, y):
            return one, other
    left = one if y.nation not in ("", one) and _own_soldiers(a, x) else ""
    right = other if x.nation not in ("", other) and _own_soldiers(b, y) else ""
    return x.nation or left, y.nation or right


def _own_soldiers(side: Side, figure: Figure) -> bool:
    """Whether a state that counts soldiers counts its own: it does not say who killed them."""
    soldiers = figure.population == "unknown" and any(
        f.population == "forces" for f in side.figures
    )
    return figure.doer is None and (figure.population == "forces" or soldiers)


def _at_home(nation: str, figure: Figure, side: Side) -> bool:
    place_id = figure.place_id or side.place_id
    if place_id is None:
        return figure.population in ARMED
    return gazetteer.place(place_id).country in _codes(nation)


@lru_cache(maxsize=512)
def _codes(country: str) -> frozenset[str]:
    found = (gazetteer.place(place_id) for place_id in named(country))
    return frozenset(place.country for place in found if place.kind == "country")


def place_name(side: Side, figure: Figure) -> str:
    """The name of a figure's place, or as it is written, or ""."""
    if figure.place_id:
        return gazetteer.place(figure.place_id).name
    return side.place or side.place_wording
