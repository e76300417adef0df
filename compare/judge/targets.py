"""What was hit or carried: of civil life by one account, military by the other."""

from __future__ import annotations

from compare.judge.lexicon import Lexicon
from compare.judge.places import relation
from compare.judge.rulings import Ruling, gap_days
from compare.judge.sides import Fact, Side
from compare.states import shown

_STRIKE, _CARGO = "strike", "cargo"
_CIVILIAN = frozenset(
    (
        "wedding", "funeral", "clinic", "hospital", "school", "madrasa", "seminary", "mosque",
        "church", "market", "bazaar", "house", "home", "shelter", "university", "kindergarten",
        "nursery", "theatre", "theater", "bakery", "hotel", "restaurant", "shop", "farm", "bus",
        "ambulance", "playground", "orphanage", "supermarket", "mall", "cinema", "cemetery", "silo",
        "water", "power", "electricity", "grain",
        "mourner", "pilgrim", "worshipper", "farmer", "shepherd",
    )
)  # fmt: skip
_MILITARY = frozenset(
    (
        "base", "hideout", "checkpoint", "outpost", "barracks", "bunker", "stronghold", "arsenal",
        "garrison", "airbase", "trench", "launcher", "radar", "headquarters", "position",
    )
)  # fmt: skip
_EITHER = frozenset(
    ("compound", "building", "centre", "center", "camp", "vehicle", "facility", "site", "depot",
     "gathering", "meeting", "target", "factory", "cave", "tunnel", "convoy", "training")
)  # fmt: skip
"""Military only where it is said whose or what for: "a Taliban compound", "an arms depot"."""
_ARMS = frozenset(("arm", "arms", "weapon", "weapons", "ammunition", "munition", "missile",
                   "rocket", "explosive", "explosives", "military", "training",
                   "command"))  # fmt: skip


def kind_of_target(label: str | None, lexicon: Lexicon) -> str:
    """`civilian` or `military`, or "" where a label tells neither or both.

    >>> from compare.judge.lexicon import load
    >>> [kind_of_target(label, load()) for label in ("wedding party", "taliban base", "village")]
    ['civilian', 'military', '']
    >>> kind_of_target("taliban compound", load()), kind_of_target("compound", load())
    ('military', '')
    """
    words = set((label or "").split())
    civilian = not words.isdisjoint(_CIVILIAN)
    military = not words.isdisjoint(_MILITARY) or (
        not words.isdisjoint(_EITHER)
        and (not words.isdisjoint(_ARMS) or lexicon.party_in(label or "") is not None)
    )
    if civilian == military:
        return ""
    return "civilian" if civilian else "military"


def judge_targets(
    a: Side, x: Fact, b: Side, y: Fact, window_days: float, lexicon: Lexicon
) -> Ruling | None:
    """What a strike hit: "a wedding" against "a Taliban base" is a conflict over the target.

    Both tell of a strike (from the air, by shelling or bombing), of one time, one place as far as
    is known, and one doer as far as is said. Two civilian targets, or two military ones, are no
    conflict: one strike may hit several. Nor is it one where a claim names things of both kinds.
    """
    if a.actor_id == b.actor_id or x.denied or y.denied or {x.family, y.family} != {_STRIKE}:
        return None
    kinds = [kind_of_target(fact.patient, lexicon) for fact in (x, y)]
    if sorted(kinds) != ["civilian", "military"]:
        return None
    others = [_MILITARY if kind == "civilian" else _CIVILIAN for kind in kinds]
    if _speaks_of(others[0], a) or _speaks_of(others[1], b):
        return None
    doers = [fact.agent if lexicon.is_party(fact.agent) else None for fact in (x, y)]
    if not lexicon.same_party(*doers):
        return None
    if not _one_scene(a, b, window_days):
        return None
    pairs = sorted(
        zip((a, b), (x, y), kinds, strict=True), key=lambda p: (p[0].order, p[1].wording)
    )
    told = [f"{side.who}: “{fact.wording}” {_named(fact)}, a {kind} target"
            for side, fact, kind in pairs]  # fmt: skip
    return Ruling("conflict", "target", 0.7, "; ".join(told))


def judge_cargo(a: Side, x: Fact, b: Side, y: Fact, window_days: float) -> Ruling | None:
    """What was aboard: arms or armed men by one account, food, fuel or people by the other.

    Not a conflict where one account tells of both.
    """
    if a.actor_id == b.actor_id or x.denied or y.denied or {x.family, y.family} != {_CARGO}:
        return None
    if x.patient == y.patient or not _one_scene(a, b, window_days):
        return None
    if any(len({f.patient for f in side.facts if f.family == _CARGO}) > 1 for side in (a, b)):
        return None
    pairs = sorted(zip((a, b), (x, y), strict=True), key=lambda p: (p[0].order, p[1].wording))
    told = [f"{side.who}: “{fact.wording}” {fact.patient}" for side, fact in pairs]
    return Ruling("conflict", "target", 0.7, "; ".join(told))


def _one_scene(a: Side, b: Side, window_days: float) -> bool:
    """Whether two accounts may tell of one place and one time, as far as they say."""
    apart = gap_days(a, b)
    near = apart is None or apart <= window_days
    return near and relation(a.place_id, b.place_id) != "disjoint"


def _speaks_of(things: frozenset[str], side: Side) -> bool:
    words = {word.strip(".,;:'’\"“”").removesuffix("s") for word in side.text.split()}
    return not words.isdisjoint({thing.removesuffix("s") for thing in things})


def _named(fact: Fact) -> str:
    return " ".join(map(shown, (fact.patient or "").split()))
