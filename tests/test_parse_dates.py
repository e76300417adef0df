"""Dates: exact intervals, what is no date, the calendar, and any text at all."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.parse.dates import find_dates
from compare.parse.dates_calendar import from_hijri, hijri_month, hijri_new_year, precision_of
from compare.schema import PRECISIONS_DATE

THURSDAY = datetime(2020, 10, 22)
PIECES = (
    "on Monday late 11 - 14 to October 2020 since the night of 3 days ago last next week "
    "week early 01:15 at pm ۲۱ میزان ۱۳۹۹ دیروز between and , . 30 February 9999 0 year "
    "in recent 1/2/2020 00:00 31 months decade 999 earlier"
)


@pytest.mark.parametrize(
    ("text", "wording", "begin", "until", "precision"),
    [
        ("on Monday", "Monday", "2020-10-19", "2020-10-20", "day"),
        ("on Thursday", "Thursday", "2020-10-22", "2020-10-23", "day"),
        ("last Thursday", "last Thursday", "2020-10-15", "2020-10-16", "day"),
        ("next Monday", "next Monday", "2020-10-26", "2020-10-27", "day"),
        ("they will meet on Monday", "Monday", "2020-10-26", "2020-10-27", "day"),
        ("in the first nine months of 2020", "the first nine months of 2020", "2020-01-01",
         "2020-10-01", "year"),
        ("the third quarter of this year", "the third quarter of this year", "2020-07-01",
         "2020-10-01", "year"),
        ("in October last year", "October last year", "2019-10-01", "2019-11-01", "month"),
        ("on 11 October last year", "11 October last year", "2019-10-11", "2019-10-12", "day"),
        ("it was struck by planes on Monday", "Monday", "2020-10-19", "2020-10-20", "day"),
        ("gunmen stormed it before dawn on Monday", "Monday", "2020-10-19", "2020-10-20", "day"),
        ("hours before talks on Friday, it fell", "Friday", "2020-10-16", "2020-10-17", "day"),
        ("the city fell by Monday", "Monday", "2020-10-19", "2020-10-20", "day"),
        ("By Monday 40 bodies had been found", "Monday", "2020-10-19", "2020-10-20", "day"),
        ("they were held until Monday", "Monday", "2020-10-19", "2020-10-20", "day"),
        ("troops must leave by Monday", "Monday", "2020-10-26", "2020-10-27", "day"),
        ("aid is to arrive before noon on Monday", "Monday", "2020-10-26", "2020-10-27", "day"),
        ("they were given until Monday", "Monday", "2020-10-26", "2020-10-27", "day"),
        ("the fighting lasted until Monday", "Monday", "2020-10-19", "2020-10-20", "day"),
        ("it had been retaken by Monday", "Monday", "2020-10-19", "2020-10-20", "day"),
        ("the truce holds until Monday", "Monday", "2020-10-26", "2020-10-27", "day"),
        ("he said on Monday he will go", "Monday", "2020-10-19", "2020-10-20", "day"),
        ("overnight Monday", "overnight Monday", "2020-10-19T18", "2020-10-20T06", "day"),
        ("late on Tuesday", "late on Tuesday", "2020-10-20T18", "2020-10-21", "day"),
        ("six days ago", "six days ago", "2020-10-16", "2020-10-17", "day"),
        ("A year ago", "A year ago", "2019-01-01", "2020-01-01", "year"),
        ("this week", "this week", "2020-10-19", "2020-10-26", "week"),
        ("in recent weeks", "in recent weeks", "2020-09-25", "2020-10-23", "month"),
        ("late September", "late September", "2020-09-21", "2020-10-01", "month"),
        ("mid-October", "mid-October", "2020-10-11", "2020-10-21", "month"),
        ("since 11 October", "since 11 October", "2020-10-11", "2020-10-23", "month"),
        ("from 11 to 14 October", "from 11 to 14 October", "2020-10-11", "2020-10-15", "days"),
        ("11-12 October", "11-12 October", "2020-10-11", "2020-10-13", "days"),
        ("the night of 13-14 October", "the night of 13-14 October", "2020-10-13T18",
         "2020-10-14T06", "day"),
        ("in October 2020", "October 2020", "2020-10-01", "2020-11-01", "month"),
        ("earlier this month", "earlier this month", "2020-10-01", "2020-10-23", "month"),
        ("between 5 and 11 October", "between 5 and 11 October", "2020-10-05", "2020-10-12",
         "week"),
        ("the next day after 9 October", None, None, None, None),
        ("on 28 December", "28 December", "2020-12-28", "2020-12-29", "day"),
        ("on 28 March", "28 March", "2020-03-28", "2020-03-29", "day"),
        ("۲۱ میزان ۱۳۹۹", "۲۱ میزان ۱۳۹۹", "2020-10-12", "2020-10-13", "day"),
        ("1 Jadi 1399", "1 Jadi 1399", "2020-12-21", "2020-12-22", "day"),
        ("شش روز پیش", "شش روز پیش", "2020-10-16", "2020-10-17", "day"),
        ("at 01:15 local time on Wednesday", "at 01:15 local time on Wednesday",
         "2020-10-21T01:15", "2020-10-21T02:15", "hour"),
        ("12 a.m. Thursday", "12 a.m. Thursday", "2020-10-22T00", "2020-10-22T01", "hour"),
    ],
)  # fmt: skip
def test_intervals(text: str, wording: str | None, begin: str, until: str, precision: str) -> None:
    found = find_dates(text, THURSDAY)
    if wording is None:
        assert [m.wording for m in found] == ["9 October"]
        return
    assert [(m.wording, m.begin, m.until, m.precision) for m in found] == [
        (wording, datetime.fromisoformat(begin), datetime.fromisoformat(until), precision)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "He may go.",
        "They march on.",
        "2000 people fled",
        "the second attack",
        "52-48",
        "a 24-year-old farmer",
        "12.50 dollars",
        "The May family",
        "Article 2015",
        "in 24 hours",
        "99/99/2020",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert [m.wording for m in find_dates(text, THURSDAY)] == []


def test_a_time_of_day_belongs_to_the_day_told_before() -> None:
    found = find_dates("It was on Wednesday night. Later it said 14:30 local time.", THURSDAY)
    assert [m.begin for m in found] == [
        datetime(2020, 10, 21, 18),
        datetime(2020, 10, 21, 14, 30),
    ]


def test_relative_to_the_date_before() -> None:
    found = find_dates("It fell on 10 October; the next day it was retaken.", THURSDAY)
    assert [str(m.begin)[:10] for m in found] == ["2020-10-10", "2020-10-11"]


def test_day_and_month_that_can_be_swapped_keep_both_readings() -> None:
    (found,) = find_dates("10/11/2020", THURSDAY)
    assert (found.begin, found.alternative) == (
        datetime(2020, 11, 10),
        (datetime(2020, 10, 11), datetime(2020, 10, 12)),
    )
    assert find_dates("31/12/2019", THURSDAY)[0].alternative is None


def test_without_a_day_of_publication_only_whole_dates_resolve() -> None:
    found = find_dates("on Monday, and on 3 May 2019", None)
    assert [(m.wording, m.begin, m.precision) for m in found] == [
        ("Monday", None, "none"),
        ("3 May 2019", datetime(2019, 5, 3), "day"),
    ]


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (1357, "1978-03-21"),
        (1375, "1996-03-20"),
        (1379, "2000-03-20"),
        (1391, "2012-03-20"),
        (1399, "2020-03-20"),
        (1400, "2021-03-21"),
        (1403, "2024-03-20"),
        (1404, "2025-03-21"),
        (1408, "2029-03-20"),
    ],
)
def test_nowruz(year: int, day: str) -> None:
    assert hijri_new_year(year).isoformat() == day


@given(st.integers(1, 3176), st.integers(1, 12))
def test_solar_hijri_months_follow_each_other(year: int, month: int) -> None:
    begin, end = hijri_month(year, month)
    assert (end - begin).days in (29, 30, 31)
    after = hijri_month(year + month // 12, month % 12 + 1) if year < 3176 else (end, end)
    assert after[0] == end
    assert from_hijri(year, month, (end - begin).days) == end - timedelta(days=1)


def test_solar_hijri_refuses_what_is_no_day() -> None:
    with pytest.raises(ValueError, match="no day 30"):
        from_hijri(1400, 12, 30)
    assert from_hijri(1399, 12, 30) == date(2021, 3, 20)


@given(
    st.lists(
        st.sampled_from(PIECES.split()),
        max_size=12,
    ).map(" ".join)
    | st.text(max_size=80)
)
@settings(max_examples=400, deadline=None)
def test_spans_and_intervals_hold_for_any_text(text: str) -> None:
    last = 0
    for published in (THURSDAY, datetime(1, 1, 1), datetime(9999, 12, 31), None):
        last = 0
        for mention in find_dates(text, published):
            assert last <= mention.start < mention.end <= len(text)
            assert text[mention.start : mention.end] == mention.wording
            assert mention.precision in PRECISIONS_DATE
            last = mention.end
            if mention.begin is not None and mention.until is not None:
                assert mention.begin < mention.until
                assert mention.precision == precision_of(mention.begin, mention.until)
            else:
                assert mention.precision == "none"


@pytest.mark.parametrize(
    "piece", ["a", "1", " ", "\n", "(", "from 1 to ", "in the past ", "since ", "11" + " " * 50]
)
def test_a_long_text_takes_time_in_proportion(
    piece: str, in_proportion: Callable[..., bool]
) -> None:
    assert in_proportion(lambda text: find_dates(text, THURSDAY), piece)
