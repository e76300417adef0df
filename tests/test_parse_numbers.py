"""Numbers in running text: what is read, what is not, and that reading stays linear."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from compare.errors import SettingsError
from compare.numbers import find_numbers, format_number

RULES = {"vague": {}, "about": 0.1, "nearly": 0.1}

READ = [
    ("at least nine died", 9, None, "at-least", "at least nine"),
    ("more than 80 rebels", 81, None, "more-than", "more than 80"),
    ("more than a hundred families", 101, None, "more-than", "more than a hundred"),
    ("over two dozen guards", 25, None, "more-than", "over two dozen"),
    ("100+ killed", 100, None, "at-least", "100+"),
    ("30 or more civilians", 30, None, "at-least", "30 or more"),
    ("up to 60 killed", None, 60, "at-most", "up to 60"),
    ("fewer than ten", None, 9, "at-most", "fewer than ten"),
    ("nearly 40,000 fled", 36000, 40000, "nearly", "nearly 40,000"),
    ("nearly half a million", 450000, 500000, "nearly", "nearly half a million"),
    ("about 5,000 households", 4500, 5500, "about", "about 5,000"),
    ("an estimated 10,000", 9000, 11000, "about", "an estimated 10,000"),
    ("between eight and 15", 8, 15, "range", "between eight and 15"),
    ("8-15 soldiers", 8, 15, "range", "8-15"),
    ("eight to 15 soldiers", 8, 15, "range", "eight to 15"),
    ("8 or 9 dead", 8, 9, "range", "8 or 9"),
    ("35,000-40,000 people", 35000, 40000, "range", "35,000-40,000"),
    ("dozens of people", 24, 199, "vague:dozens", "dozens"),
    ("scores of rebels", 40, 199, "vague:scores", "scores"),
    (
        "hundreds of thousands fled",
        200000,
        1999999,
        "vague:hundreds of thousands",
        "hundreds of thousands",
    ),
    ("several hundred families", 300, 999, "vague:several hundred", "several hundred"),
    ("half a million people", 500000, 500000, "exact", "half a million"),
    ("half a dozen civilians", 6, 6, "exact", "half a dozen"),
    ("1.2 million people", 1200000, 1200000, "exact", "1.2 million"),
    ("1.2m people", 1200000, 1200000, "exact", "1.2m"),
    ("35 thousand people", 35000, 35000, "exact", "35 thousand"),
    (
        "one million two hundred thousand",
        1200000,
        1200000,
        "exact",
        "one million two hundred thousand",
    ),
    ("one hundred and twenty rebels", 120, 120, "exact", "one hundred and twenty"),
    ("twenty-three police", 23, 23, "exact", "twenty-three"),
    ("twin blasts", 2, 2, "exact", "twin"),
    ("۸۰ killed", 80, 80, "exact", "۸۰"),
    ("٢٠ soldiers", 20, 20, "exact", "٢٠"),
    ("In 2019, 3,403 civilians", 3403, 3403, "exact", "3,403"),
    ("home to 120 , 000 people", 120000, 120000, "exact", "120 , 000"),
    ("killed 2000 people", 2000, 2000, "exact", "2000"),
]

NO_COUNT = """The 215th Corps|a 59 - year - old woman|fell 2 , 000ft|she dies at 91.|dies at 91
A 12-year-old boy|10yo killed|Resolution 2513 was adopted
40 kilometres away|began at 14:30|at 01:15 local time|Article 5 was invoked|$3 million
the $2m clinic
35 years old|children aged 5 and 7|Ahmad Shah, 34, was there|One of the houses|One should not
Police District 9|Call 0799 123 456 for help|12 September 2020|26-28 October|between 4 and 5 June
Oct. 21, 2011|since 2001|40 percent|15% voted|two sides met|A-29 squadron|in PD3 of Kabul
Highway 601|three days|two long weeks|at 8 p.m.|5 degrees|two-thirds|no one|two years ago
a mother of 12|how many people|won by 91-73|a 3-1 win|made 11-of-36 shots|at the age of 91
at Euro 2016, he won|a three-point play|http://x.org/2013/09166103""".replace("\n", "|").split("|")


@pytest.mark.parametrize(("text", "low", "high", "rule", "wording"), READ)
def test_reads(text, low, high, rule, wording):
    [number] = find_numbers(text, **RULES)
    assert (number.low, number.high, number.rule) == (low, high, rule)
    assert text[number.start : number.end] == wording


@pytest.mark.parametrize("text", NO_COUNT)
def test_is_no_count(text):
    assert find_numbers(text, **RULES) == []


def test_other_kinds_can_be_asked_for():
    kinds = frozenset({"percent", "money", "age"})
    found = find_numbers("15% of $30 for a 12-year-old and 9 men", **RULES, kinds=kinds)
    assert [(n.low, n.kind) for n in found] == [(15, "percent"), (30, "money"), (12, "age")]


def test_change_from_one_number_to_another_is_no_range():
    found = find_numbers("the toll rose from 5 to 10", **RULES)
    assert [(n.low, n.high) for n in found] == [(5, 5), (10, 10)]


def test_a_case_sets_its_own_range_for_a_word():
    [number] = find_numbers("dozens died", vague={"dozens": (12, None)}, about=0.1, nearly=0.1)
    assert (number.low, number.high, number.rule) == (12, None, "vague:dozens")


def test_a_range_upside_down_is_refused():
    with pytest.raises(SettingsError, match="'dozens' has the range"):
        find_numbers("dozens died", vague={"dozens": (12, 3)}, about=0.1, nearly=0.1)


@given(st.integers(2, 10**9))
def test_formatting_then_parsing_gives_the_number_back(value):
    [number] = find_numbers(f"killed {format_number(value)} people", **RULES)
    assert (number.low, number.high) == (value, value)


PIECES = (
    "at least|more than|up to|nearly|about|between|and|or|5|12|1,204|8-15|dozens|several|few|two|"
    "hundred|thousand|million|half a|dozen|killed|people|in|of the|,|.|-|(|2019|%|$|km|from|to|one|"
    "۸۰|twenty-three|1.2m|no|many|scores"
)
WORDS = st.sampled_from(PIECES.split("|"))


@settings(max_examples=300)
@given(st.lists(WORDS, max_size=25).map(" ".join) | st.text(max_size=200))
@example("5 at least at least between")
def test_every_range_is_ordered_and_every_span_in_order(text):
    found = find_numbers(text, **RULES)
    last = 0
    for number in found:
        assert number.low is None or number.high is None or number.low <= number.high
        assert last <= number.start < number.end <= len(text)
        last = number.end


@pytest.mark.parametrize(
    "unit",
    ["9", "1,", "one ", "at least ", "between ", "1-", "twenty-", "more than over ", "5 to "],
)
def test_a_long_text_takes_time_in_proportion(unit, in_proportion):
    assert in_proportion(lambda text: find_numbers(text, **RULES), unit)
