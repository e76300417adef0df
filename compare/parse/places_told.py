"""Which of the places near a claim is where what it tells happened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from compare import gazetteer
from compare.parse.places import PlaceMention, dominant, find_places

NARROWS = 30
"""Characters within which a place narrows the one before it (`Helmand's Nawa district`)."""
_SEAT = re.compile(r"\b(?:embass|consul|mission|ministry|office in|based)", re.IGNORECASE)
_DATELINE = re.compile(
    r"^[^\S\n]*[A-Z][A-Z' .-]{2,40}(?:, ?[\w .]{2,30}){0,2}(?: ?\([^)\n]{1,40}\))?"
    r" ?(?:—|–|--|-|:) ",
    re.MULTILINE,
)


def dateline_end(text: str) -> int:
    """Where the dateline (`KABUL, Oct 14 (AP) — `) ends, 0 without one.

    >>> dateline_end("KABUL (AP) — Two helicopters crashed.")
    13
    """
    found = _DATELINE.search(text[:300])
    return found.end() if found else 0


def event_place(mentions: Sequence[PlaceMention]) -> PlaceMention | None:
    """Where it happened, of the places a claim or its sentence names, None if nowhere.

    The first place with a word of place before it, else the first that is not a
    country; a country without one is an actor (`the US said`). A place that
    follows closely and lies inside it is preferred.
    """
    told = [m for m in mentions if m.locative] or [m for m in mentions if not _is_country(m)]
    if not told:
        return None
    best = next((m for m in told if not _is_country(m)), told[0])
    for other in mentions:
        close = best.end <= other.start <= best.end + NARROWS
        if close and gazetteer.relation(best.place_id, other.place_id) == "contains":
            best = other
    return best


def _is_country(mention: PlaceMention) -> bool:
    return mention.place_id is not None and gazetteer.place(mention.place_id).kind == "country"


def source_place(mentions: Sequence[PlaceMention], source: str) -> PlaceMention | None:
    """The province or district an official speaks for (`Takhar police spokesman`)."""
    if _SEAT.search(source):
        return None
    return next((m for m in mentions if m.place_id and not _is_country(m)), None)


def document_place(mentions: Sequence[PlaceMention], title: str) -> PlaceMention | None:
    """Where a whole document plays: its title, its most named province, then country."""
    in_title = event_place([m for m in find_places(title) if m.place_id]) if title else None
    if in_title is not None:
        in_title = replace(in_title, start=-1, end=-1)  # Offsets count in the text alone.
    if in_title is not None and not _is_country(in_title):
        return in_title
    for kind in ("admin1", "country"):
        most = dominant(mentions, kind)
        found = [m for m in mentions if m.place_id == most]
        inside = [
            m for m in mentions if m.place_id and most and gazetteer.contains(most, m.place_id)
        ]
        if most and (found or inside):
            return (found or inside)[0]
    return in_title
