"""What one speaker tells of an event in one document, taken together.

Whoever tells that a road was closed and opened again does not contradict an account of its
closing alone; and who says that no attack happened that week, of an event whose attack the
same account tells, speaks of other days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from compare.judge.sides import Fact, Side, Told


def told(fact: Fact) -> Told:
    """A fact by its aspect, family, whether it is denied and, where that is at issue, its doer.

    >>> told(Fact("occurrence", "raid", "attack", True, "us", None, "raided"))
    ('occurrence', 'attack', True, None)
    """
    doer = fact.agent if fact.aspect == "responsibility" else None
    return fact.aspect, fact.family, fact.denied, doer


def gather(sides: Mapping[str, Side], events: Mapping[str, tuple[int, int]]) -> None:
    """Give every side the facts of its whole account: same event, document and speaker."""
    accounts: defaultdict[tuple[int, str, str], set[Told]] = defaultdict(set)
    keys = {
        claim_id: (events[claim_id][0], side.document_id, side.actor_id)
        for claim_id, side in sides.items()
        if events[claim_id][0] != -1
    }
    for claim_id, key in keys.items():
        accounts[key].update(told(fact) for fact in sides[claim_id].facts)
    for claim_id, key in keys.items():
        sides[claim_id].account = frozenset(accounts[key])


def tells_otherwise(side: Side, fact: Fact) -> bool:
    """Whether an account that denies a deed also states one of its kind, or the reverse.

    Who denies to have done it and says that the other side did, or that it was done, tells of
    no other deed.
    """
    done = fact.aspect == "responsibility"
    return any(
        other[:3] == (fact.aspect, fact.family, not fact.denied)
        and (fact.agent == other[3] or (not done and None in (fact.agent, other[3])))
        for other in side.account
    )


def tells(side: Side, fact: Fact) -> bool:
    """Whether an account holds a fact of this kind too."""
    return told(fact) in side.account
