"""Responsibility: who did it, to whom."""

from __future__ import annotations

from compare.judge.accounts import tells_otherwise
from compare.judge.lexicon import ANYBODY, Lexicon
from compare.judge.occurrence import deed, same_thing
from compare.judge.populations import ARMED
from compare.judge.rulings import Ruling, gap_days
from compare.judge.sides import Fact, Side
from compare.states import shown

_HARM = frozenset(("attack", "strike", "blast", "shooting", "killing", "burning", "destruction",
                   "abduction", "chemical attack"))  # fmt: skip
_ONE_DEED = frozenset(("strike", "blast", "crash", "violation", "shooting", "burning", "abduction",
                       "chemical attack"))  # fmt: skip
"""Families told of one deed at a time; attacks and clashes are many, and both sides'."""

_BOMBING = frozenset(("strike", "blast"))
_DESTROYING = _BOMBING | {"destruction"}


def judge_responsibility(
    a: Side, x: Fact, b: Side, y: Fact, window_days: float, lexicon: Lexicon
) -> Ruling | None:
    """Who did it: two accounts that name different parties for one deed conflict.

    Doer and victim are read from the sentence, active or passive, or from the noun
    ("Taliban attack", "strike by US forces"); `we` is the speaker's party, `the enemy` the
    other side. A general word fits a particular one ("soldiers" fits US forces). The deed
    is one if both name the same victim or target, or if it is of a kind told one at a
    time (a strike, a crash, a violation) and the targets do not differ; of shooting, which
    both sides do, only if neither account or both name the same target. The same doer
    affirmed by one and denied by the other is a conflict by denial, also where one tells of
    an attack and the other of a bombing, and neither says of what.
    """
    if (x.agent is None and y.agent is None) or a.actor_id == b.actor_id:
        return None
    same_family = x.family == y.family
    harm = x.family in _HARM and y.family in _HARM
    # Fighters whom fighters killed are not those whom the other side did.
    own = {lexicon.side.get(f.agent or "") for f in (x, y)} >= {lexicon.side.get(x.patient or "")}
    apart_by_side = own and x.patient in ARMED and "killing" in (x.family, y.family)
    named = x.patient is not None and _named_alike(x.patient, y.patient) and not apart_by_side
    if not same_family and not (named and harm) and not _one_happening(x, y):
        return None
    if not same_thing(x.patient, y.patient):
        return None
    apart = gap_days(a, b)
    if apart is not None and apart > window_days:
        return None
    if (b.order, y.wording) < (a.order, x.wording):
        a, x, b, y = b, y, a, x
    if lexicon.same_party(x.agent, y.agent):
        if x.denied != y.denied:
            says, denies = (b, a) if x.denied else (a, b)
            fact, denial = (y, x) if x.denied else (x, y)
            if not named and tells_otherwise(denies, denial):
                return None
            if fact.agent == ANYBODY and denial.agent != ANYBODY:
                return None  # gunmen did it: the denial says whose they were not
            if denial.agent == ANYBODY and not same_family:
                return None  # that no gunmen shot says nothing of a bomb
            if fact.agent is None and fact.family in _HARM and lexicon.is_party(denial.agent):
                return None  # who says that a bomb killed them does not say whose it was
            return Ruling(
                "conflict",
                "denial",
                0.85 if same_family else 0.7,
                f"{says.who} states the {deed(fact)}, {denies.who} denies it",
            )
        if (
            x.agent is None
            or y.agent is None
            or (x.agent != y.agent and ANYBODY in (x.agent, y.agent))
        ):
            return None
        same = ", ".join(shown(name) for name in dict.fromkeys((x.agent, y.agent)))
        told = "deny that it was" if x.denied else "name the same doer:"
        return Ruling("agree", "", 0.85, f"{a.who} and {b.who} {told} {same}")
    if x.denied or y.denied or _share_a_doer(a, x, b, y, lexicon):
        return None
    one = (same_family and x.family in _ONE_DEED) or {x.family, y.family} == _BOMBING
    # Of people killed one says that it was a crush, the other that soldiers shot them.
    chance = same_family and x.family == "killing" and "accident" in (x.agent, y.agent)
    if not (named or one or chance):
        return None
    if x.family not in lexicon.family.values():
        return None  # two may have picked up a weapon; one of them did the killing
    if x.family == "shooting" and x.patient != y.patient:
        return None  # both sides shoot: police at the gunmen, gunmen at the crowd
    return Ruling(
        "conflict",
        "responsibility",
        0.9 if named else 0.75,
        f"{a.who} holds {shown(x.agent or '')} responsible (“{x.wording}”), "
        f"{b.who} {shown(y.agent or '')} (“{y.wording}”)",
    )


def _share_a_doer(a: Side, x: Fact, b: Side, y: Fact, lexicon: Lexicon) -> bool:
    """Whether one doer of several is the other's too: "Syria or Russia" contradicts no "Russia"."""
    these, those = (
        [f.agent for f in side.facts
         if (f.aspect, f.wording, f.denied) == (one.aspect, one.wording, False)]
        for side, one in ((a, x), (b, y))
    )  # fmt: skip
    return any(lexicon.same_party(p, q) for p in these for q in those)


def _named_alike(x: str, y: str | None) -> bool:
    """Whether two labels are equal, or one is the plain word for the other: a dam, the X dam."""
    return y is not None and (x == y or x in y.split()[-1:] or y in x.split()[-1:])


def _one_happening(x: Fact, y: Fact) -> bool:
    """Whether two words may name one deed with nobody named whom it hit: attack and bombing."""
    families = {x.family, y.family}
    told = (families <= _HARM and "attack" in families) or families <= _DESTROYING
    return x.patient is None and y.patient is None and told
