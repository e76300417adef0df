"""Counts that grow as days pass."""

from __future__ import annotations

import re

from compare.judge.rulings import Ruling, age_days, gap_days
from compare.judge.sides import Figure, Side

_RISEN = re.compile(r"\b(?:rose|risen|climbed|grown|increased|jumped) to (?:[a-z]+ ){0,3}$")

_ANEW = re.compile(
    r"\b(?:now|initial|initially|first|earlier|previous|previously|so far|later|revised|updated"
    r"|corrected|lowered|raised|rose|risen|climbed|grown|increased|jumped|up from|down from)\b"
)


def days_apart(a: Side, b: Side, tale: str, growth_days: float) -> Ruling | None:
    """Unsure, where accounts of no known day are told so far apart that a count may have grown."""
    age = age_days(a, b)
    if gap_days(a, b) is not None or (a.single and b.single):
        return None
    if age is None or abs(age) <= growth_days:
        return None
    why = f"told {abs(age):.0f} days apart, perhaps of different days"
    return Ruling("unsure", "time", 0.5, f"{tale}: {why}")


def told_to_rise(side: Side, figure: Figure) -> bool:
    """Whether a claim says that a count has risen to its figure: "the toll climbed to 1,150"."""
    return _RISEN.search(side.text.partition(figure.wording.lower())[0]) is not None


def told_anew(a: Side, b: Side) -> bool:
    """Whether two claims may be one count and its revision, and not two counts of one account.

    In one text a speaker who counts 28 killed on a day and 85 in all has revised nothing,
    unless the words say so: "it now puts the toll at 85".
    """
    if a.document_id != b.document_id:
        return True
    return any(_ANEW.search(side.text) is not None for side in (a, b))
