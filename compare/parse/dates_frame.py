"""What the words of dates are read against, and the pieces every form shares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from compare.parse.dates_calendar import DAY, HOUR, MONTHS, WEEKDAYS

Interval = tuple[datetime, datetime]
Groups = dict[str, str]
YEARS = {"last": -1, "this": 0, "next": 1}
"""Years told by the year of publication."""
AHEAD = timedelta(days=92)
"""A date without a year may lie so far after publication; else it is the year before."""
PARTS = {
    "early": (0, 6),
    "small": (0, 6),
    "pre-dawn": (2, 6),
    "dawn": (4, 7),
    "morning": (5, 12),
    "mid-morning": (8, 12),
    "noon": (12, 13),
    "midday": (11, 14),
    "afternoon": (12, 18),
    "evening": (17, 24),
    "dusk": (17, 20),
    "nightfall": (17, 20),
    "late": (18, 24),
    "night": (18, 30),
    "overnight": (18, 30),
    "midnight": (23, 25),
}
"""Hours of the parts of a day, from its midnight; the night runs into the next day."""

_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
)
_PERSIAN = "صفر یک دو سه چهار پنج شش هفت هشت نه ده"
NUMBERS = {word: n for n, word in enumerate(_WORDS.split())} | {"a": 1, "an": 1, "a dozen": 12}
NUMBERS |= {w: n for n, w in enumerate(_PERSIAN.split())}
VAGUE = {"few": (2, 5), "couple": (2, 2), "several": (3, 7), "some": (2, 7), "many": (5, 20)}
"""How many units vague words allow, least and most; `چند` is `several`."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a date is read against."""

    published: datetime | None
    """Day of publication, midnight."""
    anchor: datetime | None
    """First day of the date mentioned before, for `two days earlier`."""
    future: bool
    """The words before speak of what is to come."""


def whole_day(day: datetime) -> Interval:
    """The day itself."""
    return day, day + DAY


def count_of(text: str) -> tuple[int, int]:
    """Least and most of a number of units."""
    text = text.lower().removesuffix(" of")
    if text.isdigit():
        return int(text), int(text)
    if text in NUMBERS:
        return NUMBERS[text], NUMBERS[text]
    return VAGUE.get(text.removeprefix("a "), VAGUE["several"])


def number_of(text: str) -> int:
    """The number in `13th`."""
    digits = "".join(c for c in text if c.isdigit())
    return int(digits) if digits else 0


def part_of_day(day: datetime, words: str) -> Interval:
    """A part of one day; the whole day where the words name none."""
    words = (
        words.lower().strip().replace("early evening", "evening").replace("late evening", "late")
    )
    for word in words.split() if words not in PARTS else [words]:
        if word in PARTS:
            begin, end = PARTS[word]
            return day + begin * HOUR, day + end * HOUR
    return whole_day(day)


def dated(frame: Frame, month: int, day: int, year: str = "") -> datetime | None:
    """A day of a month; without a year, the nearest such day not far ahead of publication."""
    if year:
        return valid_day(int(year), month, day)
    if frame.published is None:
        return None
    latest = frame.published + AHEAD
    years = (frame.published.year + 1, frame.published.year, frame.published.year - 1)
    found = [valid_day(y, month, day) for y in (*years, years[-1] - 3)]
    return next((d for d in found if d is not None and d <= latest), None)


def valid_day(year: int, month: int, day: int) -> datetime | None:
    """The day, None where the calendar has no such day."""
    try:
        return datetime(year, month, day)
    except ValueError:
        return None


def month_of(name: str) -> int:
    """The number of a month's name or abbreviation."""
    return MONTHS[name.lower().rstrip(".")]


def span_of(first: datetime | None, last: datetime | None) -> Interval | None:
    """From one day to the end of another, None unless they are in order."""
    return None if first is None or last is None or last < first else (first, last + DAY)


def weekday_of(frame: Frame, name: str, which: str = "") -> datetime | None:
    """The day a weekday names.

    The last such day on or before publication; `last` is strictly before it,
    `next` and a sentence about the future strictly after; `this` is the one in the
    week of publication, Monday first.
    """
    if frame.published is None:
        return None
    wanted = WEEKDAYS[name.lower().rstrip(".").replace("\u200c", "").replace(" ", "")]
    back = (frame.published.weekday() - wanted) % 7
    if "week" in which:
        monday = frame.published - frame.published.weekday() * DAY
        shift = -7 if "last" in which else 7 if "next" in which else 0
        return monday + (wanted + shift) * DAY
    if "next" in which or "coming" in which:
        return frame.published + (7 - back) * DAY
    if "last" in which or "past" in which:
        return frame.published - (back or 7) * DAY
    if "this" in which:
        return frame.published + (wanted - frame.published.weekday()) * DAY
    if frame.future:
        return frame.published + (7 - back) % 7 * DAY
    return frame.published - back * DAY
