"""The words a reader sees for the codes in the tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from compare.schema import ASSERTION_ASPECTS

CAMP = {
    "taliban": "Taliban", "andsf": "Afghan forces", "government": "Government",
    "local": "Local authorities and residents", "us": "United States", "nato": "NATO",
    "embassy": "Embassies", "un": "United Nations", "ngo": "NGOs", "media": "Media",
    "other": "Others", "unknown": "Unidentified",
}  # fmt: skip
VERDICT = {
    "disputed": "Disputed", "agreed": "Agreed", "revised": "Revised",
    "single-source": "Single source", "unclear": "Unclear",
}  # fmt: skip
VERDICT_ABOUT = {
    "disputed": "Independent accounts that cannot all be right.",
    "agreed": "Independent accounts that fit together. Agreement is not truth.",
    "revised": "One source changed its own figure; a growing count is not a contradiction.",
    "single-source": "One independent origin only, however many outlets carried it.",
    "unclear": "The accounts differ, or may differ, but the words do not settle it.",
}
# A shape and a word go with every colour, so that nothing rests on colour alone.
MARK = {"disputed": "◆", "agreed": "●", "revised": "▲", "single-source": "○", "unclear": "◌"}
CAUSE = {
    "value": "different figures", "bound": "different bounds", "category": "different categories",
    "population": "different populations", "unit": "different units", "place": "different places",
    "time": "different times", "revision": "a later figure from the same source",
    "denial": "one account denies what another states", "target": "what was hit",
    "responsibility": "who is responsible",
    "outcome": "how it ended", "position": "positions taken", "status": "how sure the speaker is",
    "wording": "wording", "transcription": "a figure probably miscopied",
}  # fmt: skip
_QUESTION = {
    "occurrence": "Did it happen", "responsibility": "Who is responsible",
    "outcome": "How it ended", "victim": "Who was hit", "position": "Positions taken",
    "text": "What is said",
}  # fmt: skip
_ASPECT = {
    "killed-or-wounded": "killed or wounded", "killed-and-wounded": "killed and wounded",
    "other": "other figures",
}  # fmt: skip


def question(row: Mapping[str, Any]) -> str:
    """What a row of `discrepancies` asks, without its place.

    >>> question({"aspect": "killed", "population": "children", "unit": "people"})
    'Children killed'
    >>> question({"aspect": "displaced", "population": "people", "unit": "households"})
    'Households displaced'
    """
    aspect = str(row["aspect"])
    if aspect in (*ASSERTION_ASPECTS, "text"):
        people = str(row["population"])
        return _QUESTION[aspect] + (f": {people}" if people not in ("", "unknown") else "")
    people, unit = str(row["population"]), str(row["unit"])
    counted = unit if unit not in ("", "people") else people
    verb = _ASPECT.get(aspect, aspect)
    if counted in ("", "unknown"):
        return f"{verb.capitalize()} (of whom is not stated)"
    if counted == verb:
        return verb.capitalize()
    return f"{counted.capitalize()} {verb}"


def number(value: float) -> str:
    """A figure with thousands separated, without a needless decimal point.

    >>> number(35000.0), number(1.5)
    ('35,000', '1.5')
    """
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,g}"


def figure(low: float | None, high: float | None) -> str:
    """A range in figures; a missing end is *no bound*, not zero.

    >>> figure(80, None), figure(36000, 40000), figure(9, 9), figure(None, 5), figure(None, None)
    ('80 or more', '36,000–40,000', '9', 'up to 5', 'no figure')
    """
    if low is None and high is None:
        return "no figure"
    if high is None:
        return f"{number(low or 0)} or more"
    if low is None:
        return f"up to {number(high)}"
    return number(low) if low == high else f"{number(low)}–{number(high)}"


def by_rule(rule: str) -> bool:
    """Whether a range was set by the written rule for vague words, not by the source.

    >>> by_rule("vague:thousands"), by_rule("at-least")
    (True, False)
    """
    return rule.startswith("vague:")


def day(moment: Any) -> str:
    """A date as `13 October 2020`, or `no date`.

    >>> day(pd.Timestamp("2020-10-13")), day(None)
    ('13 October 2020', 'no date')
    """
    if moment is None or pd.isna(moment):
        return "no date"
    stamp = pd.Timestamp(moment)
    return f"{stamp.day} {stamp.month_name()} {stamp.year}"


def days(begin: Any, end: Any) -> str:
    """The half-open interval `begin <= t < end` as days a reader would write.

    >>> days(pd.Timestamp("2020-10-11"), pd.Timestamp("2020-10-13"))
    '11–12 October 2020'
    >>> days(pd.Timestamp("2020-09-30"), pd.Timestamp("2020-10-02"))
    '30 September – 1 October 2020'
    """
    if begin is None or pd.isna(begin):
        return "no date"
    first = pd.Timestamp(begin)
    last = first if end is None or pd.isna(end) else pd.Timestamp(end) - pd.Timedelta("1ms")
    if first.date() == last.date():
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    if first.year == last.year:
        return f"{first.day} {first.month_name()} – {day(last)}"
    return f"{day(first)} – {day(last)}"


def plural(count: int, noun: str) -> str:
    """`1 claim`, `2 claims`.

    >>> plural(1, "claim"), plural(1200, "claim")
    ('1 claim', '1,200 claims')
    """
    return f"{count:,} {noun}" + ("" if count == 1 else "s")
