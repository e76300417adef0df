"""Days, months and years: Gregorian and Solar Hijri, and how fine an interval is."""

from __future__ import annotations

from datetime import date, datetime, timedelta

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
HIJRI_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "hamal farvardin حمل فروردین وری",
            "sawr saur thawr ordibehesht ثور اردیبهشت غویی",
            "jawza jauza khordad جوزا خرداد غبرگولی",
            "saratan tir سرطان تیر چنگاښ",
            "asad mordad اسد مرداد زمری",
            "sunbula sonbola shahrivar سنبله شهریور وږی",
            "mizan mehr میزان مهر تله",
            "aqrab aban عقرب آبان لړم",
            "qaws qows azar قوس آذر لیندۍ",
            "jadi dey جدی دی مرغومی",
            "dalwa dalw bahman دلو بهمن سلواغه",
            "hut hoot esfand حوت اسفند کب",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon دوشنبه دوشنبې",
            "tuesday tue tues سه‌شنبه سهشنبه سه_شنبه",
            "wednesday wed چهارشنبه",
            "thursday thu thur thurs پنجشنبه پنج‌شنبه",
            "friday fri جمعه",
            "saturday sat شنبه",
            "sunday sun یکشنبه یک‌شنبه",
        )
    )
    for name in names.split()
}
DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
"""Persian and Arabic digits to ASCII, one for one, so that offsets hold."""

_BREAKS = (
    *(-61, 9, 38, 199, 426, 686, 756, 818, 1111, 1181, 1210, 1635, 2060, 2097, 2192),
    *(2262, 2324, 2394, 2456, 3178),
)
"""Years in which the 33-year cycle of the Solar Hijri leap years shifts (Borkowski)."""


def hijri_new_year(year: int) -> date:
    """The Gregorian day of 1 Hamal (Nowruz) of a Solar Hijri year.

    Source: K. M. Borkowski, "The Persian calendar for 3000 years", Earth, Moon and
    Planets 74 (1996) 223-230, in the form that jalaali-js uses.

    Raises:
        ValueError: the year is not in 1 to 3177.

    >>> hijri_new_year(1399).isoformat(), hijri_new_year(1400).isoformat()
    ('2020-03-20', '2021-03-21')
    """
    if not 1 <= year < _BREAKS[-1]:
        raise ValueError(f"Solar Hijri year {year} is out of range; expected 1 to 3177")
    gregorian, leaps, last = year + 621, -14, _BREAKS[0]
    jump = 0
    for mark in _BREAKS[1:]:
        jump = mark - last
        if year < mark:
            break
        leaps += jump // 33 * 8 + jump % 33 // 4
        last = mark
    since = year - last
    leaps += since // 33 * 8 + (since % 33 + 3) // 4
    if jump % 33 == 4 and jump - since == 4:
        leaps += 1
    gregorian_leaps = gregorian // 4 - (gregorian // 100 + 1) * 3 // 4 - 150
    return date(gregorian, 3, 1) + timedelta(days=19 + leaps - gregorian_leaps)


def hijri_month(year: int, month: int) -> tuple[date, date]:
    """First day of a Solar Hijri month and of the month after it.

    >>> [d.isoformat() for d in hijri_month(1399, 7)]
    ['2020-09-22', '2020-10-22']
    """
    first = hijri_new_year(year)
    begin = first + timedelta(days=31 * min(month - 1, 6) + 30 * max(month - 7, 0))
    if month == 12:
        return begin, hijri_new_year(year + 1)
    return begin, begin + timedelta(days=31 if month <= 6 else 30)


def from_hijri(year: int, month: int, day: int) -> date:
    """The Gregorian day of a Solar Hijri date.

    Raises:
        ValueError: there is no such day.

    >>> from_hijri(1399, 7, 21).isoformat()
    '2020-10-12'
    """
    if not 1 <= month <= 12:
        raise ValueError(f"Solar Hijri month {month}; expected 1 to 12")
    begin, end = hijri_month(year, month)
    found = begin + timedelta(days=day - 1)
    if day < 1 or found >= end:
        raise ValueError(f"Solar Hijri {year}-{month} has no day {day}")
    return found


def month_span(year: int, month: int, months: int = 1) -> tuple[datetime, datetime]:
    """From the first of a month to the first of the month `months` later.

    >>> month_span(2020, 12)[1].isoformat()
    '2021-01-01T00:00:00'
    """
    last = year * 12 + month - 1 + months
    return datetime(year, month, 1), datetime(last // 12, last % 12 + 1, 1)


def months_before(day: datetime, months: int) -> datetime:
    """The same day of the month some months earlier, or that month's last day.

    >>> months_before(datetime(2020, 3, 31), 1).isoformat()
    '2020-02-29T00:00:00'
    """
    at = day.year * 12 + day.month - 1 - months
    first = datetime(at // 12, at % 12 + 1, 1)
    last = month_span(first.year, first.month)[1] - DAY
    return min(first + timedelta(days=day.day - 1), last)


def precision_of(begin: datetime, end: datetime) -> str:
    """How fine an interval is, one of `schema.PRECISIONS_DATE`; a night is a day.

    >>> precision_of(datetime(2020, 10, 11), datetime(2020, 10, 15))
    'days'
    """
    length = end - begin
    if length <= HOUR:
        return "hour"
    for most, name in ((1, "day"), (6, "days"), (8, "week"), (31, "month"), (366, "year")):
        if length <= timedelta(days=most):
            return name
    return "none"
