"""Positions: who condemns, supports, demands or rejects what."""

from __future__ import annotations

from compare.judge.lexicon import Lexicon
from compare.judge.rulings import Ruling
from compare.judge.sides import Fact, Side


def judge_positions(a: Side, x: Fact, b: Side, y: Fact, lexicon: Lexicon) -> Ruling | None:
    """What they want: for and against one thing is a conflict of positions.

    Condemning and rejecting are against; supporting, welcoming, demanding and committing
    are for. Two for, or two against, one thing agree; condemning two opposed parties
    conflicts; positions on different things are not comparable.
    """
    if a.actor_id == b.actor_id:
        return None
    if (b.order, y.wording) < (a.order, x.wording):
        a, x, b, y = b, y, a, x
    sign_x, sign_y = (lexicon.stance.get(f.predicate, 0) * (-1 if f.denied else 1) for f in (x, y))
    tale = (
        f"{a.who}: {x.predicate} {x.patient or ''}".rstrip()
        + f"; {b.who}: {y.predicate} {y.patient or ''}".rstrip()
    )
    if x.patient is None or y.patient is None:
        return None
    topic = x.patient == y.patient or x.patient.split()[-1] == y.patient.split()[-1]
    if not topic and lexicon.is_party(x.patient) and lexicon.is_party(y.patient):
        topic = lexicon.same_party(x.patient, y.patient)
    if topic:
        if sign_x == sign_y:
            return Ruling("agree", "", 0.85, f"{tale}: the same position")
        return Ruling("conflict", "position", 0.85, f"{tale}: for and against")
    if sign_x < 0 and sign_y < 0 and lexicon.opposed(x.patient, y.patient):
        return Ruling("conflict", "position", 0.7, f"{tale}: each condemns the other side")
    return Ruling("not-comparable", "position", 0.8, f"{tale}: different things")
