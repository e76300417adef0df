"""Dates that name a day, a month or a year: one function a form of `dates_patterns`.

Each takes the groups of its pattern and the `Frame` it is read in and returns
`(begin, end)`, half-open, or None where the words do not make a date.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from compare.parse.dates_calendar import (
    DAY,
    HIJRI_MONTHS,
    HOUR,
    from_hijri,
    hijri_month,
    month_span,
)
from compare.parse.dates_frame import (
    AHEAD,
    Frame,
    Groups,
    Interval,
    count_of,
    dated,
    month_of,
    number_of,
    part_of_day,
    span_of,
    valid_day,
    whole_day,
)

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


def iso(g: Groups, frame: Frame) -> Interval | None:
    """`2020-10-14`, `2020-10-14T09:30`."""
    day = valid_day(int(g["Y"]), int(g["M"]), int(g["D"]))
    if day is None:
        return None
    if g["H"]:
        begin = day + timedelta(hours=int(g["H"]), minutes=int(g["MIN"]))
        return begin, begin + HOUR
    return whole_day(day)


def numeric(g: Groups, frame: Frame) -> Interval | None:
    """`14/10/2020`: day first unless only month first makes a date."""
    year = int(g["Y"]) + (0 if len(g["Y"]) == 4 else 2000)
    first, second = int(g["A"]), int(g["B"])
    found = valid_day(year, second, first) or valid_day(year, first, second)
    return None if found is None else whole_day(found)


def hijri(g: Groups, frame: Frame) -> Interval | None:
    """`21 Mizan 1399`, `میزان ۱۳۹۹`."""
    month = HIJRI_MONTHS[g["M"].lower()]
    try:
        if g.get("D"):
            day = from_hijri(int(g["Y"]), month, number_of(g["D"]))
            return whole_day(datetime(day.year, day.month, day.day))
        begin, end = hijri_month(int(g["Y"]), month)
    except ValueError:
        return None
    return datetime(begin.year, begin.month, begin.day), datetime(end.year, end.month, end.day)


def hijri_numeric(g: Groups, frame: Frame) -> Interval | None:
    """`1399/07/21`."""
    try:
        day = from_hijri(int(g["Y"]), int(g["M"]), int(g["D"]))
    except ValueError:
        return None
    return whole_day(datetime(day.year, day.month, day.day))


def hijri_day(g: Groups, frame: Frame) -> Interval | None:
    """`21 Mizan`, in the year of publication or the one before."""
    if frame.published is None:
        return None
    for year in (
        frame.published.year - 620,
        frame.published.year - 621,
        frame.published.year - 622,
    ):
        found = hijri(g | {"Y": str(year)}, frame)
        if found is not None and found[0] <= frame.published + AHEAD:
            return found
    return None


def night_between(g: Groups, frame: Frame) -> Interval | None:
    """`the night of 13-14 October`."""
    last = dated(frame, month_of(g["M"]), number_of(g["E"]), g["Y"])
    first = number_of(g["D"])
    if last is None or (last - DAY).day != first:
        return None
    return last - 6 * HOUR, last + 6 * HOUR


def days_of_month(g: Groups, frame: Frame) -> Interval | None:
    """`from 11 to 14 October`, `October 11-14`."""
    last = dated(frame, month_of(g["M"]), number_of(g["E"]), g["Y"])
    first = None if last is None else valid_day(last.year, last.month, number_of(g["D"]))
    return span_of(first, last)


def dates(g: Groups, frame: Frame) -> Interval | None:
    """`28 September to 3 October`."""
    last = dated(frame, month_of(g["L"]), number_of(g["E"]), g["Y"])
    if last is None:
        return None
    month = month_of(g["M"])
    year = g["X"] or str(last.year if month <= last.month else last.year - 1)
    return span_of(dated(frame, month, number_of(g["D"]), year), last)


def months(g: Groups, frame: Frame) -> Interval | None:
    """`from June to September`."""
    last = dated(frame, month_of(g["L"]), 1, g["Y"])
    if last is None:
        return None
    month = month_of(g["M"])
    year = int(g["X"] or (last.year if month <= last.month else last.year - 1))
    return datetime(year, month, 1), month_span(last.year, last.month)[1]


def years(g: Groups, frame: Frame) -> Interval | None:
    """`between 2001 and 2014`, `2019-20`."""
    first, last = g["X"] or g["XX"], g["Y"] or g["YY"]
    last = first[:2] + last if len(last) == 2 else last
    if int(last) <= int(first):
        return None
    return datetime(int(first), 1, 1), datetime(int(last) + 1, 1, 1)


def date(g: Groups, frame: Frame) -> Interval | None:
    """`14 October`, `Oct. 14, 2020`, `late on 14 October`."""
    day = dated(frame, month_of(g["M"] or g["MM"]), number_of(g["D"] or g["DD"]), g["Y"])
    words = g.get("P") or g.get("Q") or ""
    return None if day is None else part_of_day(day, words)


def week_of(g: Groups, frame: Frame) -> Interval | None:
    """`the week of 5 October`, `week ending 11 October`."""
    found = date(g, frame)
    if found is None:
        return None
    return found[0], found[0] + 7 * DAY


def month_year(g: Groups, frame: Frame) -> Interval | None:
    """`October 2020`."""
    return month_span(int(g["Y"]), month_of(g["M"]))


def month(g: Groups, frame: Frame) -> Interval | None:
    """`in October`, `last October`."""
    number = month_of(g["M"] or g["MM"])
    first = dated(frame, number, 1)
    if first is None or frame.published is None:
        return None
    if g["Y"]:
        return month_span(int(g["Y"]), number)
    which = g["T"].lower()
    if which == "last" and first.replace(day=1) >= frame.published.replace(day=1):
        first = first.replace(year=first.year - 1)
    if which == "next" and first <= frame.published:
        first = first.replace(year=first.year + 1)
    return month_span(first.year, first.month)


def months_of_year(g: Groups, frame: Frame) -> Interval | None:
    """`the first nine months of 2020`, `the last two months of last year`."""
    months = count_of(g["N"])[0]
    if not 1 <= months <= 12:
        return None
    first = 1 if g["Q"].lower() in ("first", "opening") else 13 - months
    return month_span(int(g["Y"]), first, months)


def quarter(g: Groups, frame: Frame) -> Interval | None:
    """`the third quarter of 2020`."""
    number = ("first", "second", "third", "fourth", "last").index(g["Q"].lower())
    return month_span(int(g["Y"]), 1 + 3 * min(number, 3), 3)


def season(g: Groups, frame: Frame) -> Interval | None:
    """`last summer`, `spring 2020`, northern seasons."""
    start = SEASONS[(g["A"] or g["B"]).lower()]
    if g["Y"]:
        return month_span(int(g["Y"]), start, 3)
    if frame.published is None:
        return None
    year, which = frame.published.year, g["T"].lower()
    begin, end = month_span(year, start, 3)
    if which == "last" and end > frame.published:
        begin, end = month_span(year - 1, start, 3)
    if which == "next" and begin <= frame.published:
        begin, end = month_span(year + 1, start, 3)
    return begin, end


def year(g: Groups, frame: Frame) -> Interval | None:
    """`in 2019`, `(2019)`."""
    number = int(g["Y"] or g["YY"] or g["YYY"])
    return datetime(number, 1, 1), datetime(number + 1, 1, 1)
