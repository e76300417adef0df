"""Dates reckoned from publication or another date, one function a form, as in `dates_absolute`."""

from __future__ import annotations

from datetime import datetime, timedelta

from compare.parse.dates_calendar import DAY, HOUR, WEEKDAYS, month_span, months_before
from compare.parse.dates_frame import (
    VAGUE,
    Frame,
    Groups,
    Interval,
    count_of,
    dated,
    month_of,
    part_of_day,
    span_of,
    weekday_of,
    whole_day,
)

UNITS = {"روز": "day", "هفته": "week", "ماه": "month", "سال": "year", "شب": "night"} | {
    "ساعت": "hour"
}


def night_weekdays(g: Groups, frame: Frame) -> Interval | None:
    """`the night of Sunday to Monday`."""
    last = weekday_of(frame, g["V"])
    return None if last is None else (last - 6 * HOUR, last + 6 * HOUR)


def weekdays(g: Groups, frame: Frame) -> Interval | None:
    """`from Monday to Wednesday`."""
    last = weekday_of(frame, g["V"])
    if last is None:
        return None
    back = (last.weekday() - WEEKDAYS[g["W"].lower()]) % 7
    return span_of(last - back * DAY, last)


def part_of_month(g: Groups, frame: Frame) -> Interval | None:
    """`late September`, `mid-October`, `early 2019`, `the end of last month`."""
    whole: Interval | None
    if g["U"]:
        which = "this" if g["T"] == "the" else g["T"]
        whole = relative_unit({"Q": "", "T": which, "U": g["U"]}, frame)
    elif g["M"]:
        first = dated(frame, month_of(g["M"]), 1, g["Y"])
        whole = None if first is None else month_span(first.year, first.month)
    else:
        whole = datetime(int(g["YY"]), 1, 1), datetime(int(g["YY"]) + 1, 1, 1)
    if whole is None:
        return None
    begin, end = whole
    part = g["Q"].lower()
    if part in ("earlier", "later") and frame.published is not None:
        return earlier_or_later(part, whole, frame.published)
    if (end - begin).days in range(28, 32):
        tenth, twentieth = begin + 10 * DAY, begin + 20 * DAY
    else:
        tenth, twentieth = begin + (end - begin) / 3, end - (end - begin) / 3
        tenth, twentieth = (t.replace(hour=0, minute=0) for t in (tenth, twentieth))
    half = begin + timedelta(days=round((end - begin).days / 2))
    if part in ("first half", "second half"):
        return (begin, half) if part == "first half" else (half, end)
    if part in ("early", "beginning", "start"):
        return begin, tenth
    return (tenth, twentieth) if part in ("mid", "middle") else (twentieth, end)


def earlier_or_later(part: str, whole: Interval, published: datetime) -> Interval | None:
    """`earlier this month` ends with the day of publication, `later` begins on it."""
    begin, end = whole
    if part.startswith("earlier") or part == "early":
        end = min(end, published + DAY)
    else:
        begin = max(begin, published)
    return (begin, end) if begin < end else None


def relative_unit(g: Groups, frame: Frame) -> Interval | None:
    """`this week`, `last month`, `earlier this year`."""
    if frame.published is None:
        return None
    shift = {"this": 0, "next": 1, "coming": 1, "same": 0}.get(g["T"].lower(), -1)
    day = frame.published
    unit = g["U"].lower()
    whole = _unit_around(day, unit, shift)
    if g["Q"] and whole is not None:
        return earlier_or_later(g["Q"].strip().lower(), whole, day)
    return whole


def _unit_around(day: datetime, unit: str, shift: int) -> Interval | None:
    """The calendar unit a day lies in, moved by `shift` units; weeks begin on Monday."""
    monday = day - day.weekday() * DAY
    if unit == "week":
        return monday + 7 * shift * DAY, monday + 7 * (shift + 1) * DAY
    if unit == "weekend":
        saturday = monday + (5 + 7 * shift) * DAY
        return saturday, saturday + 2 * DAY
    if unit == "month":
        first = months_before(day.replace(day=1), -shift)
        return month_span(first.year, first.month)
    if unit == "year":
        return datetime(day.year + shift, 1, 1), datetime(day.year + shift + 1, 1, 1)
    if unit == "night":
        return day + (18 + 24 * shift) * HOUR, day + (30 + 24 * shift) * HOUR
    return whole_day(day + shift * DAY) if unit == "day" else None


def weekend(g: Groups, frame: Frame) -> Interval | None:
    """`over the weekend`: the last one begun."""
    if frame.published is None:
        return None
    if frame.future:
        return _unit_around(frame.published, "weekend", 0 if frame.published.weekday() > 2 else 1)
    back = (frame.published.weekday() - 5) % 7
    saturday = frame.published - back * DAY
    return saturday, saturday + 2 * DAY


def _back(day: datetime, count: int, unit: str) -> datetime | None:
    """So many units before a day; negative counts lie after it."""
    try:
        if unit == "month":
            return months_before(day, count)
        if unit in ("year", "decade"):
            return months_before(day, count * (12 if unit == "year" else 120))
        days = {"week": 7, "fortnight": 14, "weekend": 7}.get(unit, 1)
        return day - count * (HOUR if unit == "hour" else days * DAY)
    except (ValueError, OverflowError):
        return None


def ago(g: Groups, frame: Frame) -> Interval | None:
    """`six days ago`: days are exact, longer units reach half a unit to either side."""
    if frame.published is None:
        return None
    return around_back(frame.published, count_of(g["N"]), g["U"].lower().rstrip("s"))


def around_back(day: datetime, count: tuple[int, int], unit: str) -> Interval | None:
    """The interval that lies `count` units before a day; negative counts lie after it."""
    least, most = count
    near, far = _back(day, least, unit), _back(day, most, unit)
    if near is None or far is None:
        return None
    near, far = max(near, far), min(near, far)
    if unit in ("day", "night"):
        return far, near + DAY
    if unit == "hour":
        return day - 12 * HOUR if abs(most) <= 12 else far, day + DAY
    if unit in ("week", "fortnight", "weekend"):
        return far - 3 * DAY, near + 4 * DAY
    if unit == "month":
        return far - 15 * DAY, near + 16 * DAY
    slack = 5 if unit == "decade" else 0
    return datetime(far.year - slack, 1, 1), datetime(near.year + slack + 1, 1, 1)


def half_ago(g: Groups, frame: Frame) -> Interval | None:
    """`half a year ago`, `half an hour ago`."""
    if frame.published is None:
        return None
    unit = g["U"].lower()
    if unit in ("hour", "day"):
        return whole_day(frame.published)
    return around_back(frame.published, (6, 6) if unit == "year" else (60, 60), "month")


def away(g: Groups, frame: Frame) -> Interval | None:
    """`two weeks earlier`: from the date mentioned before; what lies earlier, else from today."""
    sign = -1 if g["T"].lower().startswith(("later", "after")) else 1
    start = frame.anchor or (frame.published if sign > 0 else None)
    if start is None:
        return None
    least, most = count_of(g["N"])
    return around_back(start, (sign * least, sign * most), g["U"].lower().rstrip("s"))


def past(g: Groups, frame: Frame) -> Interval | None:
    """`in the past two weeks`, `over the last 24 hours`: up to the day of publication."""
    if frame.published is None:
        return None
    unit = g["U"].lower().rstrip("s")
    forward = g["T"].lower() in ("next", "coming")
    one = not g["N"] and not g["U"].endswith("s")
    most = 1 if one else count_of(g["N"])[1] if g["N"] else VAGUE["few"][1]
    unit, most = ("day", max(1, round(most / 24))) if unit == "hour" else (unit, most)
    other = _back(frame.published, -most if forward else most, unit)
    if other is None:
        return None
    return (frame.published, other + DAY) if forward else (other, frame.published + DAY)


def recent(g: Groups, frame: Frame) -> Interval | None:
    """`in recent weeks`: seven days, four weeks, three months, three years."""
    if frame.published is None:
        return None
    days = {"hours": 1, "days": 7, "weeks": 28, "months": 92, "years": 3 * 365}[g["U"].lower()]
    if g["T"] == "coming":
        return frame.published, frame.published + days * DAY
    return frame.published - (days - 1) * DAY, frame.published + DAY


def relative_part(g: Groups, frame: Frame) -> Interval | None:
    """`last night`, `this morning`, `yesterday evening`."""
    if frame.published is None:
        return None
    shift = {"last": -1, "yesterday": -1, "tomorrow": 1}.get(g["T"].lower(), 0)
    return part_of_day(frame.published + shift * DAY, g["P"])


def named_day(g: Groups, frame: Frame) -> Interval | None:
    """`yesterday`, `today`, `the day before yesterday`."""
    if frame.published is None:
        return None
    word = g["T"].lower()
    shifts = {"the day before yesterday": -2, "the day after tomorrow": 2, "yesterday": -1}
    day = frame.published + shifts.get(word, 1 if word == "tomorrow" else 0) * DAY
    if word == "tonight":
        return part_of_day(day, "night")
    return part_of_day(day, g["Q"] if g["Q"].lower() in ("early", "late") else "")


def weekday(g: Groups, frame: Frame) -> Interval | None:
    """`on Monday`, `late on Tuesday`, `Tuesday night`, `last Friday`, `Monday last week`."""
    day = weekday_of(frame, g["W"], (g["T"] or g["R"]).lower().strip())
    return None if day is None else part_of_day(day, " ".join((g["Q"], g["PP"])).strip())


def relative_night(g: Groups, frame: Frame) -> Interval | None:
    """`overnight`: the night before the day of publication."""
    if frame.published is None:
        return None
    return frame.published - 6 * HOUR, frame.published + 6 * HOUR


def other_day(g: Groups, frame: Frame) -> Interval | None:
    """`the following day`, `a week earlier`: from the date mentioned before."""
    if frame.anchor is None:
        return None
    unit = (g["U"] or g["UU"] or g["UUU"]).lower()
    words = g["T"].lower()
    back = ("previous", "preceding", "earlier", "before")
    shift = -1 if any(w in words for w in back) else 0 if "same" in words else 1
    if unit == "morning":
        return part_of_day(frame.anchor + shift * DAY, unit)
    if words.startswith("a ") and unit not in ("day", "night"):
        return around_back(frame.anchor, (-shift, -shift), unit)
    return _unit_around(frame.anchor, unit, shift)


def persian_ago(g: Groups, frame: Frame) -> Interval | None:
    """`شش روز پیش`."""
    return ago({"N": g["N"], "U": UNITS[g["U"]]}, frame)


def persian_unit(g: Groups, frame: Frame) -> Interval | None:
    """`هفته گذشته`, `ماه جاری`."""
    which = {"جاری": "this", "روان": "this", "آینده": "next"}.get(g["T"], "last")
    return relative_unit({"Q": "", "T": which, "U": UNITS[g["U"]]}, frame)


def persian_day(g: Groups, frame: Frame) -> Interval | None:
    """`دیروز`, `امشب`, `پرون`."""
    if frame.published is None:
        return None
    word = g["T"]
    shifts = {"دیروز": -1, "پرون": -1, "دیشب": -1, "پریروز": -2, "فردا": 1, "سبا": 1}
    day = frame.published + shifts.get(word, 0) * DAY
    return part_of_day(day, "night") if word in ("دیشب", "امشب") else whole_day(day)


def persian_weekday(g: Groups, frame: Frame) -> Interval | None:
    """`دوشنبه شب`."""
    day = weekday_of(frame, g["W"])
    part = {"شب": "night", "صبح": "morning"}.get(g["P"].strip(), "")
    return None if day is None else part_of_day(day, part)
