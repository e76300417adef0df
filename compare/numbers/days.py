"""Numbers that are days of a month, or years."""

from __future__ import annotations

from compare.numbers.lists import word_list
from compare.numbers.words import Token, lower_at

_MONTHS = word_list("months")
_YEAR_BEFORE = word_list("year_before")
_AFTER_YEAR = word_list("after_year")
_BEFORE_DAYS = frozenset(("on", "between", "from", "of", "the", "and", "to", ",", "until", "for"))
_JOINING_DAYS = frozenset(("and", "to", "or", ",", "-", "–", "through"))
ORDINAL = frozenset(("st", "nd", "rd", "th"))


def dated(tokens: list[Token], i: int, past: int, first: Token, exact: bool) -> bool:
    """Whether the number of the words `i <= n < past`, `first` of them, is a day or a year.

    `exact` where it is told without "some" or "about".

    >>> from compare.numbers.words import tokenize
    >>> told = tokenize("on 28 and 29 November 2020, 28 and 29 died")
    >>> [dated(told, n, n + 1, told[n], True) for n in (1, 3, 5, 7)]
    [True, True, True, False]
    """
    before, after = lower_at(tokens, i - 1), lower_at(tokens, past)
    if after in _MONTHS and (after != "may" or lower_at(tokens, past + 1) not in ("have", "be")):
        return True
    if after == "of" and lower_at(tokens, past + 1) in _MONTHS:
        return True
    if before in _BEFORE_DAYS and _days_to_month(tokens, i):
        return True
    two = before in _JOINING_DAYS and lower_at(tokens, i - 3) in _MONTHS and first.digits
    days = past - i == 1 and _day(first.lower) and _day(lower_at(tokens, i - 2))
    if two and days and lower_at(tokens, i - 4) in _BEFORE_DAYS and not after.isalpha():
        return True  # "between March 23 and 31"
    if before == "." and lower_at(tokens, i - 2) in _MONTHS and first.digits:
        return True
    if (
        before in _MONTHS
        and (tokens[past - 1].digits and past - i <= 3)
        and not (before == "may" and after.isalpha())
    ):
        return first.lower.isdecimal() and (int(first.lower) <= 31 or len(first.lower) == 4)
    if not (exact and past - i == 1 and first.lower.isdecimal() and len(first.lower) == 4):
        return False
    year = int(first.lower)
    if not (1900 <= year <= 2100 or 1370 <= year <= 1420):
        return False
    return before in _YEAR_BEFORE and not (
        before in ("of", "and", "to", "the", "for", "after")
        and after.isalpha()
        and after not in _AFTER_YEAR
    )


def _day(word: str) -> bool:
    return word.isdecimal() and 1 <= int(word) <= 31


def _days_to_month(tokens: list[Token], i: int) -> bool:
    """Days from word `i` on that share a month: "28 and 29 November", "5, 6 and 7 June"."""
    at = i
    while at < len(tokens) and _day(tokens[at].lower):
        at += 1
        at += lower_at(tokens, at) in ORDINAL
        if at - i > 1 and lower_at(tokens, at + (lower_at(tokens, at) == "of")) in _MONTHS:
            return True
        joined = lower_at(tokens, at) in _JOINING_DAYS
        at += joined
        at += joined and lower_at(tokens, at) in ("and", "the")
        if not joined:
            break
    return False
