"""What a judge returns, and the sentences it is told in."""

from __future__ import annotations

from typing import NamedTuple

from compare.judge.sides import DAY, Side

RANK = {
    "conflict": 0,
    "agree": 1,
    "refines": 2,
    "compatible": 3,
    "unsure": 4,
    "not-comparable": 5,
}
"""Which of several rulings on one aspect is shown: the one that says most."""

CLOSE = 1e-5
"""A number so near a threshold may fall on either side on another machine."""


class Ruling(NamedTuple):
    """A relation with its cause, how sure it is (0 to 1), and why, in a sentence.

    `near` is true where a number it rests on lies within 1e-5 of a threshold.
    """

    relation: str
    cause: str
    score: float
    reason: str
    near: bool = False


def tempered(ruling: Ruling, a: Side, b: Side) -> Ruling:
    """A ruling in the light of how firmly the two claims stand.

    A side that could not confirm leaves the matter open (unsure, cause status); one
    that gave no comment says nothing to compare; agreement with a hedged account is
    only compatible, and a conflict with it less sure.
    """
    for one, other in ((a, b), (b, a)):
        if one.standing == "no-comment":
            return Ruling(
                "not-comparable",
                "status",
                0.9,
                f"{one.who} does not comment on what {other.who} says",
            )
    if ruling.relation in ("not-comparable", "unsure"):
        return ruling
    loose = [s for s in (a, b) if s.standing == "unconfirmed"]
    if loose:
        return Ruling(
            "unsure", "status", 0.8, f"{loose[0].who} has not confirmed it: {ruling.reason}"
        )
    hedged = [s for s in (a, b) if s.standing == "hedged"]
    if not hedged:
        return ruling
    note = f"{ruling.reason} ({hedged[0].who} puts it with reserve)"
    if ruling.relation == "agree" and len(hedged) == 1:
        return Ruling("compatible", "status", ruling.score - 0.1, note)
    return Ruling(ruling.relation, ruling.cause, ruling.score - 0.1, note)


def gap_days(a: Side, b: Side) -> float | None:
    """Days between the windows in which two claims place what happened; 0 where they meet.

    Windows that only touch lie a window apart: two days following each other one day,
    two months a month. None where one of the claims names no time of its own.
    """
    if a.begin is None or a.end is None or b.begin is None or b.end is None:
        return None
    apart = max(a.begin, b.begin) - min(a.end, b.end)
    if apart < 0:
        return 0.0
    return (apart + min(a.end - a.begin, b.end - b.begin)) / DAY


def age_days(a: Side, b: Side) -> float | None:
    """Days from the publication of `a` to that of `b`; None where one is undated."""
    if a.published is None or b.published is None:
        return None
    return (b.published - a.published) / DAY
