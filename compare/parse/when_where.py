"""Where and when what each claim tells happened."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

import pandas as pd

from compare import gazetteer, tables
from compare.parse.dates import DateMention, find_dates
from compare.parse.dates_calendar import DAY
from compare.parse.dates_told import TOLD, event_date, of_a_picture
from compare.parse.places import PlaceMention, find_places
from compare.parse.places_told import (
    countries_of,
    dateline_end,
    document_place,
    event_place,
    find_scenes,
    fits_document,
    homonyms_of,
    readings_in_case,
    settled,
    source_place,
)

_END = re.compile(r"[.!?؟۔]+[\"'”’»)]*\s+(?=[\"'“‘«(]*[^\Wa-z])|\n\s*\n")
_SHORT = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|Maj|Capt|Cmdr|Sen|Rep|Gov|St|No|Prof|Jan|Feb|Mar"
    r"|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|[ap]\.m|U\.S|U\.K)\.$"
)


_Mention = TypeVar("_Mention", PlaceMention, DateMention)


@dataclass(frozen=True, slots=True)
class _Read:
    """One document as far as time and place need it."""

    text: str
    published: datetime | None
    edges: list[int]
    places: list[PlaceMention]
    dates: list[DateMention]
    whole: PlaceMention | None


def parse_when_where(
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    sentences_back: int,
    readings: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Table `when_where`, one row a claim of `claims`.

    A homonym that its document leaves open is read as the other documents of the
    case read it, where they agree. The place is the claim's own, else that of its
    sentence outside the speaker, else the place the speaker stands for, else the
    nearest of `sentences_back` sentences before, else the document's: its title, the
    province it names most, the country, or the first place in it.
    The time is the claim's own, else that of its sentence where it is not the
    statement's, else, for an event spoken of as known (`the strike`), the last
    one told before; else the day of publication. Offsets are code points of the
    document, half-open; times are naive, in the document's own time, half-open.
    A place read in the title has no offsets.

    Args:
        claims: table `claims`.
        documents: table `documents`, holding every document of `claims`.
        sentences_back: how many sentences before a claim may give its place.
        readings: what the case settles homonyms on, where `documents` are a part of it;
            see `settle_homonyms`.

    >>> from compare.tables import from_rows
    >>> documents = from_rows("documents", [dict(document_id="d", path="a.txt", publisher="P",
    ...     published="2020-10-14", language="en", note="",
    ...     text="Zwak said on Monday that 20 died in Nawa in Helmand on Sunday.")])
    >>> claims = from_rows("claims", [dict(claim_id="d:25-61", document_id="d", start=25, end=61,
    ...     content="20 died in Nawa in Helmand on Sunday", kind="indirect", status="asserted",
    ...     source="Zwak", source_start=0, source_end=4, cue="said", cue_start=5, cue_end=9)])
    >>> found = parse_when_where(claims, documents, sentences_back=3).iloc[0]
    >>> found.place, found.admin1, str(found.begin.date()), found.date_wording
    ('Nawa', 'Helmand', '2020-10-11', 'Sunday')
    """
    rows: list[dict[str, object]] = []
    texts = {d.document_id: _read(d) for d in documents.itertuples()}
    known = settle_homonyms(find_homonyms(documents)) if readings is None else readings
    for document_id, told in claims.groupby("document_id", sort=True):
        read = texts[str(document_id)]
        read = replace(read, places=settled(read.places, known))
        # Where the document says that something happened, and of which countries it speaks.
        scenes = {_province(m) for m in read.places if m.locative} - {None}
        spoken_of = countries_of(read.places)
        before: DateMention | None = None
        ordered: Any = told.sort_values(["start", "end"])
        for claim in ordered.itertuples():
            span = int(claim.start), int(claim.end)
            place, place_from, sure = _place(read, claim, span, sentences_back)
            sure = sure or _province(place) in scenes
            sure = sure and place is not None and fits_document(place, spoken_of)
            date, date_from = _date(read, claim, span, before)
            before = date if date is not None and date.fine else before
            named = [m.place_id for m in _within(read.places, *span) if m.place_id]
            rows.append(
                {"claim_id": claim.claim_id, "mentioned_place_ids": " ".join(dict.fromkeys(named))}
                | _place_cells(place, place_from, sure)
                | _date_cells(date, date_from, read.published)
            )
    return tables.from_rows("when_where", rows)


def find_homonyms(documents: pd.DataFrame) -> pd.DataFrame:
    """How each document reads its homonyms: homonyms, place_id, "" where it leaves them open."""
    found = [pair for d in documents.itertuples() for pair in sorted(homonyms_of(_places(d)))]
    return pd.DataFrame(found, columns=["homonyms", "place_id"], dtype="string")


def settle_homonyms(found: pd.DataFrame) -> dict[str, str]:
    """What all documents of a case, see `find_homonyms`, settle each homonym on."""
    return readings_in_case(zip(found["homonyms"], found["place_id"], strict=True))


def _title(document: Any) -> str:
    return "" if pd.isna(document.title) else str(document.title)


def _places(document: Any) -> list[PlaceMention]:
    line = dateline_end(document.text)
    return [m for m in find_places(document.text, title=_title(document)) if m.start >= line]


def _read(document: Any) -> _Read:
    text, title = str(document.text), _title(document)
    published = None if pd.isna(document.published) else document.published.to_pydatetime()
    line = dateline_end(text)
    every = find_scenes(text, title=title)
    dates = [
        d for d in find_dates(text, published) if d.start >= line and not of_a_picture(text, d)
    ]
    places = [m for m in every if m.start >= line]
    edges = sentence_starts(text)
    return _Read(
        text, published, edges, places, dates, document_place(places or every, title, text)
    )


def sentence_starts(text: str) -> list[int]:
    """Offsets where the sentences of a text begin, the first of them 0.

    >>> sentence_starts("Gen. Miller met him. He left.")
    [0, 21]
    """
    found = [0]
    for end in _END.finditer(text):
        if not _SHORT.search(text[max(0, end.start() - 8) : end.start() + 1]):
            found.append(end.end())
    return found


def _sentence(read: _Read, start: int, end: int) -> tuple[int, int]:
    """The sentences a span touches, from the start of the first to the end of the last."""
    first = read.edges[bisect_right(read.edges, start) - 1]
    at = bisect_right(read.edges, max(start, end - 1))
    return first, read.edges[at] if at < len(read.edges) else len(read.text)


def _within(mentions: Sequence[_Mention], start: int, end: int) -> list[_Mention]:
    """The mentions that lie in a span whole."""
    at = bisect_left(mentions, start, key=lambda m: m.start)
    until = bisect_left(mentions, end, key=lambda m: m.start)
    return [m for m in mentions[at:until] if m.end <= end]


def _speaker(claim: Any) -> tuple[int, int] | None:
    """Where the claim's source stands, None where nobody is named."""
    if pd.isna(claim.source_start) or pd.isna(claim.source_end):
        return None
    return int(claim.source_start), int(claim.source_end)


def _place(
    read: _Read, claim: Any, span: tuple[int, int], sentences_back: int
) -> tuple[PlaceMention | None, str, bool]:
    """The place of a claim, where it was read, and whether it happened there by the words."""
    own = event_place(_within(read.places, *span), read.text)
    if own is not None:
        return own, "claim", own.locative
    sentence = _sentence(read, *span)
    around = _within(read.places, *sentence)
    speaker = _speaker(claim)
    spoken: list[PlaceMention] = []
    if speaker is not None:
        spoken = [m for m in around if speaker[0] <= m.start and m.end <= speaker[1]]
    found = event_place([m for m in around if m not in spoken], read.text)
    if found is not None and not _is_country(found):
        return found, "sentence", found.locative
    stands_for = source_place(spoken, str(claim.source)) if spoken else None
    if stands_for is not None:
        return stands_for, "sentence", True
    at = bisect_right(read.edges, sentence[0]) - 1
    for back in range(1, min(sentences_back, at) + 1):
        near = _within(read.places, read.edges[at - back], read.edges[at - back + 1])
        before = event_place(near, read.text)
        if before is not None and not _is_country(before):
            return before, "document", before.locative
    if found is not None:
        return found, "sentence", found.locative
    if read.whole is None:
        return None, "none", False
    return read.whole, "document", read.whole.locative


def _province(mention: PlaceMention | None) -> gazetteer.Place | None:
    return gazetteer.province(mention.place_id) if mention and mention.place_id else None


def _is_country(mention: PlaceMention) -> bool:
    return mention.place_id is not None and gazetteer.place(mention.place_id).kind == "country"


def _date(
    read: _Read, claim: Any, span: tuple[int, int], before: DateMention | None
) -> tuple[DateMention | None, str]:
    """The date of what a claim tells, and where it was read."""
    cue = None
    if not pd.isna(claim.cue_start) and not pd.isna(claim.cue_end):
        cue = int(claim.cue_start), int(claim.cue_end)
    at = bisect_right(read.edges, span[0])
    first_end = read.edges[at] if at < len(read.edges) else len(read.text)
    found = event_date(_within(read.dates, *_sentence(read, *span)), span, cue, first_end)
    if found is not None:
        return found, "claim" if span[0] <= found.start and found.end <= span[1] else "sentence"
    if before is not None and TOLD.search(read.text, *span):
        return before, "sentence"
    return None, "document" if read.published is not None else "none"


def _place_cells(mention: PlaceMention | None, place_from: str, sure: bool) -> dict[str, object]:
    if mention is None:
        return {"place_precision": "none", "place_from": "none", "place_wording": ""}
    cells: dict[str, object] = {
        "place_precision": "none",
        "place_from": place_from,
        "place_sure": sure,
        "place_wording": mention.wording,
    }
    if mention.start >= 0:
        cells |= {"place_start": mention.start, "place_end": mention.end}
    above = _common(mention)
    cells |= {k: p.name for k, p in above.items()}
    if mention.place_id is None:
        return cells
    return cells | {
        "place_id": mention.place_id,
        "place": gazetteer.place(mention.place_id).name,
        "place_precision": gazetteer.precision(mention.place_id),
    }


def _common(mention: PlaceMention) -> dict[str, gazetteer.Place]:
    """The province and the country that every reading of a name lies in."""
    meant = [mention.place_id] if mention.place_id else mention.candidates
    found = {}
    for column, of in (("admin1", gazetteer.province), ("country", gazetteer.country)):
        readings = {of(c) for c in meant}
        only = readings.pop() if len(readings) == 1 else None
        if only is not None:
            found[column] = only
    return found


def _date_cells(
    mention: DateMention | None, date_from: str, published: datetime | None
) -> dict[str, object]:
    if mention is not None:
        return {
            "begin": mention.begin,
            "end": mention.until,
            "date_precision": mention.precision,
            "date_from": date_from,
            "date_wording": mention.wording,
            "date_start": mention.start,
            "date_end": mention.end,
        }
    cells: dict[str, object] = {"date_precision": "none", "date_from": "none", "date_wording": ""}
    if published is None:
        return cells
    day = published.replace(hour=0, minute=0, second=0, microsecond=0)
    told = {"date_precision": "day", "date_from": "document"}
    return cells | {"begin": day, "end": day + DAY} | told
