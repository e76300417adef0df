"""What a number counts, told from the words next to it: a count, or an age, a date, a name, ..."""

from __future__ import annotations

import re

from compare.numbers.days import ORDINAL, dated
from compare.numbers.lists import word_list
from compare.numbers.words import NUMBER_WORDS, Token, lower_at

_TIME = word_list("time")
_AGE = re.compile(
    r"[\s-]{1,3}(?:years?|months?|days?|weeks?)[\s-]{1,3}(?:olds?|of age)\b|\s?yo\b", re.I
)
_AGES = re.compile(rf"\s(?:and|or)\s\d{{1,3}}(?:{_AGE.pattern})", re.I)
"""`68` in "68 and 48-years-old"."""
_PAIR = re.compile(r",\s\d\d?\sand\s\d\d?,(?!\srespectively)")
"""`his brothers, 17 and 22, were arrested`."""
_LENGTH = word_list("length")
_MONEY = word_list("money")
_SIGNS = frozenset("$€£؋₹¥")
_NAMED = word_list("named")
_PRONOUN_AFTER = word_list("pronoun_after")
_PRONOUN_BEFORE = word_list("pronoun_before")
_FRACTION = word_list("fraction")
_VERSUS = word_list("versus")
_UNSEPARATED = 7
"""So many digits without a separator are an identifier and not a count."""
_PARENTS = word_list("parents")
_DAYS = word_list("month_days")
_DYING = frozenset(("die", "dies", "died", "dead", "dying"))


def skipped(tokens: list[Token], i: int) -> int:
    """One past a run of digits that is no number at all (a phone number, a table), else 0.

    >>> from compare.numbers.words import tokenize
    >>> skipped(tokenize("0799 123 456 rang"), 0)
    3
    """
    groups, at = 1, i + 1
    while at < len(tokens):
        step = at
        while step < len(tokens) and step - at < 2 and tokens[step].lower in ("-", ",", ".", "/"):
            step += 1
        if step >= len(tokens) or not tokens[step].digits:
            break
        if step - at == 0 and tokens[step].start - tokens[at - 1].end > 1:
            break
        groups, at = groups + 1, step + 1
    return at if groups >= 3 else 0


def kind_of(text: str, tokens: list[Token], i: int, past: int, exact: bool) -> str:
    """The kind of the number in `tokens[i:past]`; `exact` is a number without a range.

    >>> from compare.numbers.words import tokenize
    >>> kind_of("12-year-old", tokenize("12-year-old"), 0, 1, True)
    'age'
    """
    first, last = tokens[i], tokens[past - 1]
    before, after = lower_at(tokens, i - 1), lower_at(tokens, past)
    second = lower_at(tokens, past + 1)
    glued_left = i > 0 and tokens[i - 1].end == first.start
    glued_right = past < len(tokens) and tokens[past].start == last.end
    young = first.digits and len(first.lower) <= 2
    if _AGE.match(text, last.end) or (young and _AGES.match(text, last.end)):
        return "age"
    if _aged(text, tokens, i, past, exact):
        return "age"
    ends = not after.isalpha() or "\n" in text[last.end : tokens[past].start]
    dying = lower_at(tokens, i - 2) in _DYING and lower_at(tokens, i - 4) != "number"
    if before == "at" and dying and ends:
        return "age"
    if (before == "of" and lower_at(tokens, i - 2) in _PARENTS) or (
        before in ("how", "as", "too") and first.lower == "many"
    ):
        return "other"
    if after in ("%", "percent", "percentage") or (after == "per" and second == "cent"):
        return "percent"
    if before in _SIGNS or after in _MONEY or after in _SIGNS or before in ("usd", "eur", "afs"):
        return "money"
    if first.lower.isdecimal() and len(first.lower) >= _UNSEPARATED:
        return "name"
    if glued_right and after in ORDINAL and last.digits:
        return "name"
    if glued_right and last.digits and after.isalpha() and after not in ("killed", "wounded"):
        return (
            "time"
            if after in _TIME
            else "name"
            if len(after) > 2 or after not in _LENGTH
            else "distance"
        )
    if glued_left and first.digits and (before.isalpha() or before in "#/"):
        return "name"
    if (
        glued_left
        and before in "-–_/"
        and i > 1
        and tokens[i - 2].end == tokens[i - 1].start
        and (tokens[i - 2].lower.isalpha() and tokens[i - 2].lower not in NUMBER_WORDS)
    ):
        return "name"
    if _clock(tokens, i, past):
        return "time"
    if exact and _titled(text, tokens, i, past):
        return "name"
    if _score(tokens, i, past) or _compounded(tokens, past, exact):
        return "other"
    if dated(tokens, i, past, first, exact):
        return "date"
    hyphen = 1 if after in ("-", "–") and glued_right else 0
    word, following = lower_at(tokens, past + hyphen), lower_at(tokens, past + hyphen + 1)
    if word in _TIME or (
        following in _TIME
        and word not in NUMBER_WORDS
        and word.isalpha()
        and word in _TIME_ADJECTIVES
    ):
        return "time"
    if word in _LENGTH or word == "square" or (word == "nautical"):
        return "distance"
    if word in _FRACTION and word != "half":
        return "fraction"
    if (
        exact
        and (
            (before in _NAMED and past - i == 1)
            or (before == "." and lower_at(tokens, i - 2) in ("no", "nos"))
        )
        and (first.digits or before in ("article", "phase", "resolution"))
    ):
        return "name"
    if exact and first.digits and before == "district" and lower_at(tokens, i - 2) == "police":
        return "name"
    if (
        past - i == 1
        and first.lower == "one"
        and (after in _PRONOUN_AFTER or before in _PRONOUN_BEFORE)
    ):
        return "pronoun"
    if after in _VERSUS:
        return "other"
    return "list" if _listed(text, tokens, i, past) else "count"


_COUNTING = frozenset(("strong", "odd", "plus", "some", "member", "person", "people", "man",
                       "woman", "and", "year", "month", "week", "day", "hour",
                       "minute"))  # fmt: skip
"""Words behind a hyphen that leave a number a count, or that its kind is told by below."""
_TIME_ADJECTIVES = word_list("time_adjectives")
_PEOPLE = frozenset(("children", "child", "boys", "girls", "people", "men", "women", "males",
                     "minors", "youths", "adults"))  # fmt: skip
_COUNTED = _PEOPLE | {"other", "others", "more"}
_AMONG_AGES = NUMBER_WORDS | {",", "and", "to", "or"}


def _aged(text: str, tokens: list[Token], i: int, past: int, exact: bool) -> bool:
    """`aged 5 and 7`, `children under 18`, and the age behind a name: `Ahmad Shah, 34, was`."""
    bound = i if tokens[i].lower in ("under", "over") else i - 1
    bounded = lower_at(tokens, bound) in ("under", "over") and tokens[past - 1].digits
    if bounded and lower_at(tokens, bound - 1) in _PEOPLE and len(tokens[past - 1].lower) <= 2:
        return True
    at = i - 1
    while at > i - 6 and at >= 0 and (tokens[at].digits or tokens[at].lower in _AMONG_AGES):
        at -= 1
    if at > 0 and tokens[at].lower == "of":
        at -= 1
    counts = lower_at(tokens, past) in _COUNTED
    if at >= 0 and tokens[at].lower in ("aged", "age", "ages") and not counts:
        return True
    if not (exact and past - i == 1 and tokens[i].digits and len(tokens[i].lower) <= 3):
        return False
    if any(m.start() < tokens[i].start < m.end() for m in _PAIR.finditer(
        text, max(0, tokens[i].start - 12), tokens[i].start + 12)):  # fmt: skip
        return True
    named = (
        i > 1
        and tokens[i - 1].lower == ","
        and text[tokens[i - 2].start].isupper()
        and (tokens[i - 2].lower.isalpha() and tokens[i - 2].lower not in _DAYS)
    )
    return named and lower_at(tokens, past) in (",", ".", ")", ";")


def _titled(text: str, tokens: list[Token], i: int, past: int) -> bool:
    """The year of an event with a name, `Euro 2016`, where no noun follows that it could count."""
    year = past - i == 1 and re.fullmatch(r"(?:19|20)\d\d", tokens[i].lower)
    named = i > 0 and text[tokens[i - 1].start].isupper() and len(tokens[i - 1].lower) > 2
    return bool(year) and named and not lower_at(tokens, past).isalpha()


def _score(tokens: list[Token], i: int, past: int) -> bool:
    """A side of a score, `3-1`, falling as no range does, or of shots made, `11-of-36`."""
    if not tokens[i].digits:
        return False
    if lower_at(tokens, past) in ("-", "–") and _touching(tokens, past):
        after = tokens[past + 1]
        return after.lower == "of" or (after.digits and _falls(tokens[i], after))
    if lower_at(tokens, i - 1) not in ("-", "–") or not _touching(tokens, i - 1):
        return False
    before = tokens[i - 2]
    return before.lower == "of" or (before.digits and _falls(before, tokens[i]))


def _falls(left: Token, right: Token) -> bool:
    short = len(left.lower) <= 3 and left.lower.isdecimal() and right.lower.isdecimal()
    return short and int(left.lower) >= int(right.lower)


def _compounded(tokens: list[Token], past: int, exact: bool) -> bool:
    """A number that only tells what kind of one thing it is: `a three-point play`, `a two-car`."""
    if not exact or lower_at(tokens, past) != "-" or not _touching(tokens, past):
        return False
    word = tokens[past + 1].lower
    counts = word in NUMBER_WORDS or word in _COUNTING or word.endswith("s")
    return word.isalpha() and not counts and len(word) > 2


def _clock(tokens: list[Token], i: int, past: int) -> bool:
    after = lower_at(tokens, past)
    if after not in (":", "a", "p") and lower_at(tokens, i - 1) != ":":
        return False
    around = ((i - 1, i - 2), (past, past + 1))
    return any(
        lower_at(tokens, sign) == ":"
        and 0 <= digit < len(tokens)
        and tokens[digit].digits
        and abs(digit - sign) == 1
        and _touching(tokens, sign)
        for sign, digit in around
    ) or (
        after in ("a", "p")
        and lower_at(tokens, past + 1) == "."
        and lower_at(tokens, past + 2) == "m"
    )


def _touching(tokens: list[Token], sign: int) -> bool:
    return (
        0 < sign < len(tokens) - 1
        and tokens[sign - 1].end == tokens[sign].start
        and tokens[sign].end == tokens[sign + 1].start
    )


def _listed(text: str, tokens: list[Token], i: int, past: int) -> bool:
    if past - i != 1 or not tokens[i].digits or lower_at(tokens, past) not in (".", ")"):
        return False
    at = tokens[i].start
    starts_line = at == 0 or text[at - 1] == "\n"
    close = tokens[past].end
    return starts_line and close < len(text) and text[close] in " \t"
