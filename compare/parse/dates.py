"""Dates a text names, as intervals.

Own rules, not dateparser: it reads `Monday` as a coming day, gives every date the
clock time of the run, drops `late` and `overnight`, and finds dates in numbers.
`claim-compare evaluate when-where` measures both on the same phrases.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from compare.parse import dates_absolute, dates_relative
from compare.parse.dates_calendar import DAY, DIGITS, HOUR, precision_of
from compare.parse.dates_frame import YEARS, Frame, Interval
from compare.parse.dates_patterns import (
    AFTER_DIGITS,
    BEGIN,
    COMPILED,
    DISPATCH,
    FORM_OF,
    ON_ARABIC,
    ON_DIGIT,
)

_SAME = {
    "month_days": "days_of_month",
    "dates_us": "dates",
    "date_us": "date",
    "part_of_date": "date",
}
"""Forms that are read as another one is."""
_FUTURE = re.compile(
    r"\b(?:will|shall|due|scheduled|expected|set to|to be held|plan(?:s|ned|ning)?|is to|are to"
    r"|upcoming|going to)\b"
)
_UP_TO = re.compile(
    r"\b(?:until|till|by|before) (?:(?:early|late|mid|noon|midnight|dawn|the (?:end|start|morning"
    r"|evening|night) of|on|next|this|coming)[ -])*$",
    re.IGNORECASE,
)
"""What a date that follows is the end of; "struck by planes on Monday" is not."""
_AHEAD = re.compile(
    r"\b(?:must|should|can|could|may|might|would|ha(?:s|ve) to|needs?|deadline|ultimatum"
    r"|call(?:s|ed|ing)? (?:for|on)|demand\w*|order(?:s|ed)?|asked|urged|agree[ds]?|promis\w+"
    r"|vow\w*|pledg\w+|exten\w+|hopes?|hoped|wants?|wanted|gave|given|gives?|gets?|got)\b"
)
_OVER = re.compile(
    r"\b(?:was|were|had|did|been|fell|left|came|held out|fought|took|taken|fled|rose|went on|lost"
    r"|won|shot|hit|broke|drove|began|ran|saw|kept|made"
    r"|(?!need|inde|spee|blee|fee|see|hundr)[a-z]{2,}ed)\b"
)
"""What was over by the time of telling: "lasted until Monday", "had been retaken by Monday"."""
_SAID = re.compile(r"\b(?:said|says|told|added|announced|reported|tweeted|warned)\b")
_SINCE = re.compile(
    r"\b(?:[Ss]ince|[Ss]tarting|[Bb]eginning|[Aa]s of)(?: on| from| early| the)*\s$"
)
_ONWARD = re.compile(r",? on(?:wards?)\b")
_CLOCK = re.compile(
    r"(?P<H>\d{1,2})(?:[:.](?P<M>\d\d))? ?(?P<A>[ap]\.?m\b)?(?P<Z>.*(?:local|GMT|UTC|hours|hrs))?"
)
_LINK = re.compile(
    r"[\s,]{0,3}(?:\([^)]{0,20}\))?(?:local time)?[\s,]{0,2}(?:on|of|in|at|the)?[\s,]{0,2}"
)
_SENTENCE_END = re.compile(r"[.!?؟۔][\"'”’)]*\s|\n\n")


@dataclass(frozen=True, slots=True)
class DateMention:
    """One date in a text; offsets are code points, half-open, and so is the interval."""

    start: int
    end: int
    wording: str
    begin: datetime | None
    """First moment, naive, in the document's own time; None where nothing resolves it."""
    until: datetime | None
    """First moment after it."""
    precision: str
    """One of `schema.PRECISIONS_DATE`."""
    form: str
    """The form of `dates_patterns` it has, or `clock`."""
    alternative: tuple[datetime, datetime] | None = None
    """The other reading of `10/11/2020`."""

    @property
    def fine(self) -> bool:
        """Of a week or less."""
        return self.precision in ("hour", "day", "days", "week")


def find_dates(text: str, published: datetime | None) -> list[DateMention]:
    """The dates `text` names, in order, none inside another, in linear time.

    Relative dates, weekdays and dates without a year are resolved against
    `published`; without it their interval is None and their precision `none`.

    >>> found = find_dates("The attack late on Tuesday, six days after 8 October.",
    ...                    datetime(2020, 10, 14))
    >>> [(m.wording, str(m.begin), str(m.until)) for m in found][:1]
    [('late on Tuesday', '2020-10-13 18:00:00', '2020-10-14 00:00:00')]
    """
    plain = text.translate(DIGITS)
    day = published and published.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    if day is not None and not 1000 <= day.year <= 9000:
        day = None  # A date that is none; reckoning from it would leave the calendar.
    found: list[DateMention] = []
    anchor, last = None, 0
    for word in BEGIN.finditer(plain):
        if word.start() < last:
            continue
        mention = _at(text, plain, word.start(), word.group(), day, anchor)
        if mention is not None:
            found.append(mention)
            last = mention.end
            if mention.begin is not None and mention.form != "clock":
                anchor = mention.begin.replace(hour=0, minute=0)
    return _with_clocks(text, plain, [_open_ended(text, plain, m, day) for m in found], day)


def _at(
    text: str, plain: str, at: int, word: str, day: datetime | None, anchor: datetime | None
) -> DateMention | None:
    """The longest date that begins here."""
    if word[0].isdigit():
        forms = ON_DIGIT if AFTER_DIGITS.match(plain, at) else ()
    elif word[0].isascii():
        forms = DISPATCH.get(word.lower(), ())
    else:
        forms = ON_ARABIC if "\u0600" <= word[0] <= "\u06ff" else ()
    tried = [m for f in forms if (m := COMPILED[f].match(plain, at)) is not None]
    # Python's sort is stable, so the form that is listed first wins among equals.
    for match in sorted(tried, key=lambda m: -m.end()):
        form, end = FORM_OF[match.re], match.end()
        if end < len(plain) and plain[end - 1].isalnum() and plain[end].isalnum():
            continue
        if form == "clock":
            if _clock_of(match["C"]) is not None:
                return DateMention(at, end, text[at:end], None, None, "none", form)
            continue
        start, end = _trimmed(form, match, at, end)
        future = form in ("weekday", "weekend") and _in_future(plain, at)
        interval, precision, other = _read(form, match.groups(), Frame(day, anchor, future))
        if interval is None and day is None and form not in ("numeric", "iso", "hijri"):
            return DateMention(start, end, text[start:end], None, None, "none", form)
        if interval is not None:
            return DateMention(start, end, text[start:end], *interval, precision, form, other)
    return None


@lru_cache(maxsize=4096)
def _read(
    form: str, values: tuple[str | None, ...], frame: Frame
) -> tuple[Interval | None, str, Interval | None]:
    """The interval of a form, its precision, and the other reading of a numeric date."""
    names = COMPILED[form].groupindex
    groups = {name: value or "" for name, value in zip(names, values, strict=True)}
    name = _SAME.get(form, form)
    if (told := groups.get("Y", "")).endswith("year"):  # "11 October last year"
        if frame.published is None:
            return None, "none", None
        groups["Y"] = str(frame.published.year + YEARS[told.split()[-2]])
    module = dates_absolute if hasattr(dates_absolute, name) else dates_relative
    try:
        found: Interval | None = getattr(module, name)(groups, frame)
    except (OverflowError, ValueError):
        found = None  # Outside the years that a datetime can hold.
    if found is None or found[0] >= found[1]:
        return None, "none", None
    other = None
    if form == "numeric":
        other = dates_absolute.numeric(groups | {"A": groups["B"], "B": groups["A"]}, frame)
    return found, precision_of(*found), None if other == found else other


def _trimmed(form: str, match: re.Match[str], start: int, end: int) -> tuple[int, int]:
    """Without the preposition that was looked at, or the possessive."""
    if form == "year":
        start = match.start("Y") if match["Y"] else start
    if form == "month" and match["T"] and match["T"].lower() not in ("last", "this", "next"):
        start = match.start("MM")
    if form == "weekday" and match.group().endswith(("'s", "’s")):
        end -= 2
    return start, end


def _in_future(plain: str, at: int) -> bool:
    """Whether the words before, in the sentence, speak of what is to come."""
    before = plain[max(0, at - 80) : at]
    ends = [m.end() for m in _SENTENCE_END.finditer(before)]
    before = before[ends[-1] :] if ends else before
    said = [m.end() for m in _SAID.finditer(before)]
    words = before[said[-1] if said else 0 :]
    if _FUTURE.search(words):
        return True
    if (up_to := _UP_TO.search(words)) is None:
        return False
    if not words[: up_to.start()].strip():  # "By Monday evening they had left"
        words = _SENTENCE_END.split(plain[at : at + 80])[0]
    return bool(_AHEAD.search(words)) or not _OVER.search(words)


def _open_ended(text: str, plain: str, mention: DateMention, day: datetime | None) -> DateMention:
    """`since 11 October` runs to the end of the day of publication."""
    since = _SINCE.search(plain[max(0, mention.start - 24) : mention.start])
    onward = _ONWARD.match(plain, mention.end)
    if mention.begin is None or day is None or not (since or onward) or mention.form == "clock":
        return mention
    until = day + DAY
    if mention.begin >= until:
        return mention
    start = mention.start - (len(since.group()) if since else 0)
    end = onward.end() if onward else mention.end
    return replace(
        mention,
        start=start,
        end=end,
        wording=text[start:end],
        until=until,
        precision=precision_of(mention.begin, until),
    )


def _clock_of(words: str) -> timedelta | None:
    """The time of day that a clock gives, None for a bare number."""
    match = _CLOCK.match(words)
    if match is None:
        return None
    hour, minute = int(match["H"]), int(match["M"] or 0)
    half = (match["A"] or "").lower()[:1]
    if half and not 1 <= hour <= 12:
        return None
    if not half and not match["M"] and "o'clock" not in words:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return timedelta(hours=hour, minutes=minute) if hour < 24 and minute < 60 else None


def _with_clocks(
    text: str, plain: str, found: list[DateMention], day: datetime | None
) -> list[DateMention]:
    """Join each time of day to its day: beside it, in its sentence, before it, or published."""
    made: list[DateMention] = []
    skip = -1
    for i, mention in enumerate(found):
        if i == skip:
            continue
        if mention.form != "clock":
            made.append(mention)
            continue
        time = _clock_of(re.sub(r"^\D+", "", mention.wording.translate(DIGITS)))
        before = made[-1] if made else None
        after = found[i + 1] if i + 1 < len(found) else None
        start, end, base = mention.start, mention.end, day
        if after is not None and _beside(plain, mention.end, after.start, after):
            end, base, skip = after.end, after.begin, i + 1
        elif before is not None and _beside(plain, before.end, mention.start, before):
            start, base = before.start, before.begin
            made.pop()
        else:
            base = next(_days_near(plain, mention, before, after), day)
        if base is None or time is None:
            continue
        begin = base.replace(hour=0, minute=0) + time
        made.append(DateMention(start, end, text[start:end], begin, begin + HOUR, "hour", "clock"))
    return made


def _beside(plain: str, end: int, start: int, other: DateMention) -> bool:
    is_day = other.precision == "day" and other.form != "clock"
    return is_day and start - end < 40 and _LINK.fullmatch(plain, end, start) is not None


def _days_near(
    plain: str, clock: DateMention, before: DateMention | None, after: DateMention | None
) -> Iterator[datetime]:
    """Days a time may belong to, best first."""
    gaps = [(before, before.end, clock.start)] if before else []
    gaps += [(after, clock.end, after.start)] if after else []
    for other, start, end in gaps:
        if not _SENTENCE_END.search(plain, start, end):
            yield from _day_of(other)
    yield from _day_of(before)


def _day_of(mention: DateMention | None) -> Iterator[datetime]:
    if mention is not None and mention.begin and mention.precision in ("day", "hour"):
        yield mention.begin
