"""Occurrence: whether a deed happened at all."""

from __future__ import annotations

from dataclasses import replace

from compare.judge.accounts import tells_otherwise
from compare.judge.lexicon import ANYBODY, Lexicon
from compare.judge.rulings import Ruling, gap_days
from compare.judge.sides import Fact, Side
from compare.states import shown

_HOMES = frozenset(("camp", "village", "market", "hospital", "school", "mosque", "church", "clinic",
                    "house", "home", "shelter", "neighbourhood", "neighborhood", "bazaar",
                    "street"))  # fmt: skip
"""Who denies an attack on civilians denies one on where they live, and the other way round."""
_SHIPS = frozenset(("destroyer", "frigate", "corvette", "warship", "tanker", "freighter", "carrier",
                    "cruiser", "submarine", "ferry", "trawler", "boat", "yacht"))  # fmt: skip
_KINDS = {
    "ship": _SHIPS | {"vessel"},
    "vessel": _SHIPS | {"ship"},
    "aircraft": frozenset(("plane", "jet", "warplane", "helicopter", "drone", "airliner",
                            "aeroplane", "airplane")),
    "people": frozenset(("victim",)),
    "prisoner": frozenset(("detainee", "inmate", "captive")),
    "detainee": frozenset(("prisoner", "inmate", "captive")),
    "student": frozenset(("pupil", "boy", "girl", "child", "schoolboy", "schoolgirl",
                          "schoolchild")),
    "child": frozenset(("boy", "girl", "baby", "infant", "toddler", "pupil")),
    "vehicle": frozenset(("car", "truck", "lorry", "bus", "van", "jeep", "ambulance", "convoy")),
}  # fmt: skip
"""What a general word may stand for."""
_DOWN = frozenset(("shot", "shoot", "shoots", "shooting", "brought", "bring", "downed", "downing",
                   "lost", "lose", "loses", "losing"))  # fmt: skip
_CHANCE = frozenset(("accident", "own-hand"))
"""What is told in place of a doer where nobody else did it."""
_COLLIDED = frozenset(("collided", "collide", "collides", "collision"))
"""Aircraft that fell by touching each other were not shot down."""
_MEANT = _DOWN | frozenset(("bomb", "bombing", "bomber", "bombed", "strike", "attack", "attacked",
                            "missile", "rocket", "mine", "drone", "sabotage", "sabotaged",
                            "arson", "beaten", "stabbed", "murdered", "tortured", "strangled",
                            "poisoned", "assassinated"))  # fmt: skip
"""Words of what somebody did on purpose, though they do not say who."""

_WEAPONS = frozenset(("shell", "shelling", "bomb", "bombing", "missile", "rocket", "strike",
                      "airstrike", "drone", "mine", "artillery", "explosive", "sabotage",
                      "arson"))  # fmt: skip
"""What does harm and is nobody: somebody fired or laid it."""
_RUINED = frozenset(("blast", "strike", "burning", "destruction", "damage"))
"""What a thing may come to by a fault, or by what is done to it."""
_BY_SOMEBODY = frozenset(("killing", "crash", "destruction", "poisoning"))
"""Deeds that are meant where somebody did them."""

_ATTACKS = frozenset(("strike", "blast", "shooting", "burning", "chemical attack"))
"""Deeds that are attacks on what they hit."""

_GOES_IN = frozenset(("enter", "visit"))
_INSIDE = frozenset(("attack", "theft", "burning", "destruction"))
"""Deeds done by those who go in, told of a building."""

_ANYONE = frozenset(("man", "people", "person", "member"))
"""A doer told like this may be of any party."""
_MANY = frozenset((None, "people", "civilian", "child", "woman", "man", "resident", "villager",
                   "forces", "fighters", "taliban"))  # fmt: skip
"""Whom a killing is told of at large, and not of one who is known."""


def same_thing(x: str | None, y: str | None) -> bool:
    """Whether two labels may mean one thing: equal, sharing their head, or one missing."""
    if x is None or y is None or x == y:
        return True
    left, right = x.split()[-1], y.split()[-1]
    if right in _KINDS.get(left, ()) or left in _KINDS.get(right, ()):
        return True
    at_home = "civilian" in (left, right) and not _HOMES.isdisjoint((left, right))
    return left == right or at_home


def _downed(fact: Fact) -> bool:
    """Whether an aircraft is told to have been brought down, not to have crashed by itself."""
    return fact.wording.lower() in _DOWN or fact.agent not in (None, "accident")


def _by_chance(fact: Fact) -> bool:
    """Whether a deed is told as nobody's: an accident, or one's own hand."""
    return fact.agent in _CHANCE or fact.wording.lower() in _COLLIDED


def _meant(fact: Fact) -> bool:
    """Whether a deed is told as meant; killing and downing also where somebody did it."""
    if fact.agent is None:
        return fact.wording.lower() in _MEANT
    meant = fact.family in _BY_SOMEBODY or _by_weapon(fact)
    return meant and fact.agent not in _CHANCE


def _by_weapon(fact: Fact) -> bool:
    return fact.agent is not None and fact.agent.split()[-1] in _WEAPONS


def deed(fact: Fact) -> str:
    """A deed in words: `violation of agreement by US`."""
    told = fact.predicate
    if told == "presence" and fact.agent:
        return f"presence of {shown(fact.agent)}" + (f" at {fact.patient}" if fact.patient else "")
    if fact.patient:
        told += f" of {shown(fact.patient)}"
    return f"{told} by {shown(fact.agent)}" if fact.agent else told


def judge_occurrence(
    a: Side, x: Fact, b: Side, y: Fact, window_days: float, lexicon: Lexicon
) -> Ruling | None:
    """Did it happen: a deed affirmed by one and denied by the other is a conflict.

    Deeds are the same if their words are of one family (attack, raid and ambush; air
    strike, bombing and shelling; who denies that a thing was attacked denies that it was
    shelled) and neither who did it nor to whom differs. A deed is
    denied by a negation, by a word such as "baseless", or by the attribution itself
    ("denied that"). Deeds more than a day apart are not one deed; and who denies an attack
    in an account that tells of one speaks of another, unless both name whom it hit.
    """
    if a.actor_id == b.actor_id or not one_kind(x, y):
        return None
    crossed = (x.patient, y.agent), (y.patient, x.agent)
    there = _there(a, x, b, y) or _there(b, y, a, x)
    if not (same_thing(x.patient, y.patient) or there):
        return None
    one_by_chance = _by_chance(x) != _by_chance(y)
    shelled = _by_weapon(x) or _by_weapon(y)
    # Of an accident and a deed it counts that somebody did it.
    anyone = frozenset() if one_by_chance else _ANYONE
    doers = [None if f.agent in anyone else f.agent for f in (x, y)]
    if not lexicon.same_party(*doers) and not (one_by_chance and shelled):
        return None
    if any(hit is not None and hit == doer for hit, doer in crossed):
        return None  # whom a party hit is not that party
    if x.family == "crash" and x.denied != y.denied and _downed(x) != _downed(y):
        return None  # who denies that it was shot down says that it fell by itself
    if (b.order, y.wording) < (a.order, x.wording):
        a, x, b, y = b, y, a, x
    apart = gap_days(a, b)
    words = f"{a.who}: “{x.wording}”; {b.who}: “{y.wording}”"
    if apart is not None and apart > window_days:
        return Ruling("not-comparable", "time", 0.8, f"{words}: {apart:.0f} days apart")
    known = x.patient is not None and x.patient == y.patient
    sure = 0.9 if known else 0.8
    if x.denied != y.denied:
        says, denies = (b, a) if x.denied else (a, b)
        fact, denial = (y, x) if x.denied else (x, y)
        unknown = fact.agent is None or (fact.agent == ANYBODY and denial.agent != ANYBODY)
        if not known and denial.wording.lower().startswith("target"):
            return None  # who denies that civilians were meant denies no strike
        if lexicon.is_party(denial.agent) and unknown:
            return None  # who denies that a party did it leaves open that it happened
        if (
            denial.agent is None
            and denial.patient is None
            and lexicon.is_party(fact.patient)
            and lexicon.same_party(fact.patient, denies.camp)
        ):
            return None  # who denies "the killings" does not deny that its own were killed
        if x.family == "killing" and fact.patient is None and denial.patient not in _MANY:
            return None  # who denies that the leader was killed does not deny that others were
        if not known and tells_otherwise(denies, denial):
            why = f"{denies.who} tells of one too, so “{denial.wording}” is another"
            return Ruling("not-comparable", "time", 0.7, f"{words}: {why}")
        return Ruling(
            "conflict",
            "denial",
            sure,
            f"{says.who} states the {deed(fact)} (“{fact.wording}”), {denies.who} denies it",
        )
    if not x.denied and one_by_chance and (_meant(x) or _meant(y)):
        chance, meant = ((a, x), (b, y)) if _by_chance(x) else ((b, y), (a, x))
        what = "suicide" if chance[1].agent == "own-hand" else "an accident"
        return Ruling(
            "conflict",
            "responsibility",
            sure - 0.1,
            f"{chance[0].who} tells of {what} (“{chance[1].wording}”), "
            f"{meant[0].who} of what was meant (“{meant[1].wording}”)",
        )
    both = "deny" if x.denied else "state"
    return Ruling("agree", "", sure - 0.1, f"{words}: both {both} the {deed(_shared(x, y))}")


def kin(fact: Fact) -> frozenset[str]:
    """Families besides its own whose deeds a fact may be held against, see `one_kind`."""
    if fact.denied and fact.predicate == "attack":
        return _ATTACKS
    if fact.denied and fact.predicate in _GOES_IN:
        return _INSIDE
    if fact.family == "poisoning":
        return frozenset(("killing",))
    return _RUINED if fact.family in _RUINED and _by_chance(fact) else frozenset()


def one_kind(x: Fact, y: Fact) -> bool:
    """Whether two deeds may be one: of one family, or an attack denied of what was shelled.

    And who never entered a place cannot have raided it.
    """
    if x.family == y.family:
        return True
    for families in ({"killing", "poisoning"}, _RUINED):
        # One says that he fell ill, that it burned by itself.
        if {x.family, y.family} <= families and _by_chance(x) != _by_chance(y):
            return x.patient is not None and x.patient == y.patient
    denial, fact = (x, y) if x.denied else (y, x)
    if not denial.denied or fact.denied or None in (denial.patient, fact.patient):
        return False
    if denial.predicate in _GOES_IN:
        return fact.family in _INSIDE and denial.patient == fact.patient
    return denial.predicate == "attack" and fact.family in _ATTACKS


def _there(a: Side, denial: Fact, b: Side, fact: Fact) -> bool:
    """Whether a denial of strikes on a town is of one on something there."""
    place = denial.patient is not None and denial.patient == a.place_wording.lower()
    known = a.place_id is not None and a.place_id == b.place_id
    return place and known and denial.denied and not fact.denied


def _shared(x: Fact, y: Fact) -> Fact:
    """What two accounts of a deed both say of it: neither a doer nor a target that one tells."""
    agent = x.agent if x.agent == y.agent else None
    return replace(x, agent=agent, patient=x.patient if x.patient and y.patient else None)
