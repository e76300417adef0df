"""Statements against interest: what a party admits at its own cost."""

from __future__ import annotations

from compare.judge.sides import Side

_OWN = {
    "taliban": "fighters", "andsf": "forces", "government": "forces", "us": "forces",
    "nato": "forces",
}  # fmt: skip
_LOSSES = frozenset((
    "killed", "wounded", "killed-or-wounded", "killed-and-wounded", "captured", "surrendered",
    "missing",
))  # fmt: skip
_SIDE = {"taliban": "taliban", "andsf": "state", "government": "state", "us": "state"}
_STATE = frozenset(("andsf", "forces", "government"))
_LOST = frozenset(("withdrew", "lost", "surrendered", "failed"))


def against_interest(side: Side, aspect: str) -> str:
    """A note where a party reports its own losses or its own retreat, else "".

    It is a mark for the reader, not a measure of trust.
    """
    own = _OWN.get(side.camp)
    if own and aspect in _LOSSES and any(
        f.aspect == aspect and f.population == own and f.low > 0 for f in side.figures
    ):  # fmt: skip
        return f"{side.actor} reports losses of its own side, against its interest"
    mine = _SIDE.get(side.camp)
    if mine and aspect == "outcome":
        for fact in side.facts:
            if fact.aspect != "outcome" or fact.predicate not in _LOST or fact.denied:
                continue
            if fact.agent == side.camp or (mine == "state" and fact.agent in _STATE):
                return f"{side.actor} reports a setback of its own side, against its interest"
    return ""
