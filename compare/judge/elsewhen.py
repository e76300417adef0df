"""Background: what a sentence tells of another time or another case than its account is about."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import lru_cache

import pandas as pd

from compare.judge.sides import DAY, Side, plain

RECENT_DAYS = 45
"""A stated time that lies no further before publication is that of the news itself."""
_MONTH = (
    r"(?:january|february|april|june|july|august|september|october|november|december"
    r"|(?:(?<=in )|(?<=last )|(?<=since ))(?:may|march))"
)
_COUNT = r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|several|some|many|few|\d+)"
_CASE = (
    r"(?:incidents?|attacks?|cases?|crash(?:es)?|accidents?|shootings?|bombings?|blasts?|explosions?"
    r"|raids?|strikes?|quakes?|earthquakes?|fires?|clash(?:es)?|disasters?|episodes?|killings?)"
)
_CONTRAST = r"\bin (?:\w+ )?contrast (?:to|with)\b"
_TIMES = (
    # A month without its day, with or without the year.
    rf"\b{_MONTH}\b(?! \d{{1,2}}\b)(?:,? (?:of )?(?:19|20)\d\d)?",
    r"\b(?:in|since|of|back in|from|during|early|late|the|summer|winter|spring|autumn|fall)"
    r" (?:mid-)?((?:19|20)\d\ds?)\b(?!-)",
    r"\b(?:last|the previous|that|this|earlier this|later that) (?:year|month|decade|century"
    r"|summer|winter|spring|autumn)\b",
    rf"\b{_COUNT} (?:and a half )?(?:years?|months?|decades?|centur(?:y|ies))"
    r" (?:ago|earlier|before|prior|after)\b",
    r"\b(?:years|months|decades|centuries) (?:ago|earlier)\b",
)
_OTHERS = (
    _CONTRAST,
    rf"\ba (?:similar|separate|different|previous|earlier|second|unrelated) (?:\w+ )?{_CASE}\b",
    rf"\b(?:similar|previous|earlier|unrelated) (?:\w+ )?{_CASE}\b",
    rf"\b(?:in|of|since) another (?:\w+ )?{_CASE}\b",
)
_ELSEWHEN, _OTHER = (re.compile("|".join(forms)) for forms in (_TIMES, _OTHERS))
_GOES_ON = re.compile(r"(?:it|that|this|they|those|both)\b")


@lru_cache(maxsize=100_000)
def named(text: str) -> frozenset[str]:
    """The times and the comparisons by which a text in lower case sets what it tells apart.

    Days, weekdays and clock times are those of news and set nothing apart; months, years and
    "a similar case" do.

    >>> sorted(named("in february a quake killed 612, as another did two years earlier"))
    ['february', 'two years earlier']
    >>> named("on 14 february 12 were killed"), sorted(named("in a separate attack, two died"))
    (frozenset(), ['a separate attack'])
    """
    times = [m.group() for m in _ELSEWHEN.finditer(text) if not _day_before(text, m.start())]
    return frozenset([*times, *(m.group() for m in _OTHER.finditer(text))])


def _day_before(text: str, start: int) -> bool:
    return bool(re.search(r"\d(?:st|nd|rd|th)? (?:of )?$", text[max(0, start - 8) : start]))


def find_apart(claims: pd.DataFrame, values: pd.DataFrame) -> pd.DataFrame:
    """Claims that are set apart, see `named`, from the whole of their documents.

    A sentence that goes on with "it" or "they" is about what the one right before it tells.

    Returns:
        claim_id; `apart`, the words that set it apart, a line each; and whether its document
        tells a figure of one of its aspects `plainly`, in a claim that is not set apart.
    """
    aspects: defaultdict[str, set[str]] = defaultdict(set)
    for claim_id, aspect in zip(values["claim_id"], values["aspect"], strict=True):
        aspects[claim_id].add(aspect)
    told = claims.sort_values(["document_id", "start", "end"], kind="stable")
    columns = (told[k].tolist() for k in ("claim_id", "document_id", "start", "end", "content"))
    apart: dict[str, tuple[str, frozenset[str]]] = {}
    plainly: set[tuple[str, str]] = set()
    last, until, before = "", 0, frozenset[str]()
    for claim_id, document_id, start, end, content in zip(*columns, strict=True):
        text = plain(content)
        found = named(text)
        goes_on = document_id == last and 0 <= start - until <= 4
        if not found and before and goes_on and _GOES_ON.match(text):
            found = before
        if found:
            apart[claim_id] = document_id, found
        else:
            plainly |= {(document_id, aspect) for aspect in aspects.get(claim_id, ())}
        last, until, before = document_id, end, found
    rows = [
        (claim_id, "\n".join(sorted(found)),
         any((document_id, aspect) in plainly for aspect in aspects.get(claim_id, ())))
        for claim_id, (document_id, found) in sorted(apart.items())
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["claim_id", "apart", "plainly"]).astype(
        {"claim_id": "string", "apart": "string", "plainly": "boolean"}
    )


def mark_background(
    sides: Mapping[str, Side],
    events: Mapping[str, tuple[int, int]],
    plainly: Collection[str] = frozenset(),
) -> None:
    """Mark what is set apart in a document that also tells its like without being set apart.

    Its like is what belongs to the same event, or a figure of the same aspect. Of claims in
    `plainly` it is known that their documents do.
    """
    plain: set[tuple[str, int | str]] = set()

    def event_of(claim_id: str) -> int | str:
        return claim_id if events[claim_id][0] == -1 else events[claim_id][0]

    for claim_id, side in sides.items():
        if not side.apart:
            plain |= {(side.document_id, f.aspect) for f in side.figures}
            plain |= {(side.document_id, event_of(claim_id)) for _ in side.facts[:1]}
    for claim_id, side in sides.items():
        like = {event_of(claim_id), *(f.aspect for f in side.figures)}
        side.background = bool(side.apart) and (
            claim_id in plainly or any((side.document_id, x) in plain for x in like)
        )


def elsewhen(a: Side, b: Side) -> str:
    """What sets one of two accounts apart from the other, "" where nothing does.

    Neither a time that both name, nor times that can be laid side by side (see
    `rulings.gap_days`), nor one shortly before publication sets apart what is told. Of a
    sentence that tells of several times ("31,000 died in 2003 and 600 in February") it is not
    known which of its figures is of the one that both name.
    """
    for one, other in ((a, b), (b, a)):
        contrast = next((x for x in sorted(one.apart) if re.fullmatch(_CONTRAST, x)), None)
        if contrast and one.background and contrast not in other.apart:
            return f"{one.who} tells of it “{contrast}” another"
    if a.begin is not None and b.begin is not None:
        return ""
    if a.place_id and a.place_id == b.place_id:
        return ""
    for one, other in ((a, b), (b, a)):
        if not one.background or _recent(one):
            continue
        if one.apart.isdisjoint(other.apart):
            return f"{one.who} tells of it as of “{min(one.apart)}”"
        times = sorted(x for x in one.apart if _ELSEWHEN.fullmatch(x))
        if len(times) > 1 and not one.apart <= other.apart:
            return f"{one.who} tells of several times, “{times[0]}” and “{times[1]}”"
    return ""


def _recent(side: Side) -> bool:
    if side.end is None or side.published is None:
        return False
    return side.end > side.published - RECENT_DAYS * DAY
