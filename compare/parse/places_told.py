"""Which of the places near a claim is where what it tells happened."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from compare import gazetteer
from compare.parse.places import PlaceMention, dominant, find_places
from compare.parse.places_words import KNOWN_STATES

NARROWS = 30
"""Characters within which a place narrows the one before it (`Helmand's Nawa district`)."""
_SEAT = re.compile(r"\b(?:embass|consul|mission|ministry|office in|based)", re.IGNORECASE)
AGREEING = 2
"""Documents that must decide a homonym before others follow them."""
_SIGNED = re.compile(
    r"\b(?:signed|reached|sealed|struck|agreed|concluded|brokered|negotiated|accord|agreement|deal)"
    r"(?: (?:last|in|on|this) \w+(?: \d{4})?)? (?:in|of|at) (?:the )?$"
)
"""What was signed in Doha did not happen there now."""
_MET = re.compile(
    r"\b(?:met|meet|meets|meeting|meetings|talks|summit|visit|visited|negotiat\w+)\b[^.!?\n]{0,60}"
    r" (?:in|at) (?:the )?$"
)
"""Where people met is no place of what they spoke about."""
_TOLD_IN = re.compile(
    r"\b(?:reporters|journalists|conference|interview|speaking) (?:\w+ ){0,2}(?:in|at) (?:the )?$"
)
"""Nor is where they spoke."""
_OFFICIALS_IN = re.compile(
    r"\b(?:officials?|sources?|diplomats?|analysts?) (?:in|at) (?:the )?$", re.IGNORECASE
)
_BACKERS_IN = re.compile(
    r"\b(?:supporters|backers|sponsors|patrons|masters|handlers|allies|sanctuar\w+"
    r"|safe havens?) (?:\w+ )?in (?:the )?$",
    re.IGNORECASE,
)
"""Nor is where those live who are blamed for it."""
_BOUND_FOR = re.compile(
    r"\b(?:road|highway|route|motorway)s? (?:\w+ ){0,3}(?:to|towards?) (?:the )?$", re.IGNORECASE
)
"""Nor is where a road leads."""
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


_ALL_KNOWN = ("country", "admin1")


def find_scenes(text: str, *, title: str = "") -> list[PlaceMention]:
    """The places a text names, but for capitals named for who rules there.

    >>> [m.wording for m in find_scenes("Khartoum denied the attack in El Fasher.")]
    ['El Fasher']
    """
    return [m for m in find_places(text, title=title) if not m.ruling]


def event_place(mentions: Sequence[PlaceMention], text: str) -> PlaceMention | None:
    """Where it happened, of the places a claim or its sentence names, None if nowhere.

    The first place with a word of place before it, else the first that is not a
    country; a country without one is an actor (`the US said`), and the place
    where an agreement was signed names the agreement, the place a road leads to the road. A
    place that stands close by and lies inside the one found is preferred.
    """
    mentions = _without(_locally(mentions, text), text, _SIGNED, _BOUND_FOR, _TOLD_IN, _BACKERS_IN)
    told = [m for m in mentions if m.locative] or [m for m in mentions if not _is_country(m)]
    if not told:
        return None
    best = next((m for m in told if not _is_country(m)), told[0])
    for other in mentions:
        gap = max(other.start - best.end, best.start - other.end)
        if gap <= NARROWS and gazetteer.relation(best.place_id, other.place_id) == "contains":
            best = other
    return best


def _without(
    mentions: Iterable[PlaceMention], text: str, *said: re.Pattern[str]
) -> list[PlaceMention]:
    """The places before which none of these patterns is said."""
    before = ((m, text[max(0, m.start - 90) : m.start]) for m in mentions)
    return [m for m, words in before if not any(p.search(words) for p in said)]


def countries_of(mentions: Iterable[PlaceMention]) -> dict[gazetteer.Place, set[str]]:
    """The countries a text speaks of, and the places by which it does."""
    found: defaultdict[gazetteer.Place, set[str]] = defaultdict(set)
    for mention in mentions:
        country = gazetteer.country(mention.place_id) if mention.place_id else None
        if country is not None and mention.place_id is not None:
            found[country].add(mention.place_id)
    return found


def fits_document(
    mention: PlaceMention, spoken_of: Mapping[gazetteer.Place, Collection[str]]
) -> bool:
    """Whether what else a text names lets the place be what it is taken for.

    Of towns abroad the gazetteer knows the large ones alone. So one whose country is not spoken
    of, in a text that names another, may be a namesake, and so may a town of the United States
    (or of `KNOWN_STATES`) in a text that names another state. `spoken_of` is `countries_of` the
    text.

    >>> of = find_scenes("A driver was arrested in Queens, New York. It was in Richmond Hill.")
    >>> [(m.wording, fits_document(m, countries_of(of))) for m in of]
    [('Queens', True), ('New York', True), ('Richmond Hill', False)]
    >>> of = find_scenes("He was held in Huntsville, and ran off near Beaumont, Texas.")
    >>> [(m.wording, fits_document(m, countries_of(of))) for m in of]
    [('Huntsville', False), ('Beaumont', True), ('Texas', True)]
    """
    if mention.place_id is None or gazetteer.place(mention.place_id).kind in _ALL_KNOWN:
        return True
    country = gazetteer.country(mention.place_id)
    if country is None or country.country == "AF" or country.capital_id == mention.place_id:
        return True
    others = [p for p in spoken_of.get(country, ()) if p != mention.place_id]
    if others:
        states = [p for p in others if gazetteer.place(p).kind == "admin1"]
        home = gazetteer.province(mention.place_id)
        near = any(gazetteer.province(p) == home for p in others)
        return near or not states or country.country not in KNOWN_STATES
    return not any(other != country for other in spoken_of)


def homonyms_of(mentions: Iterable[PlaceMention]) -> set[tuple[str, str]]:
    """The homonyms of a document: all readings, joined by blanks, and the one it takes or ""."""
    return {(" ".join(m.homonyms), m.place_id or "") for m in mentions if len(m.homonyms) > 1}


def readings_in_case(documents: Iterable[tuple[str, str]]) -> dict[str, str]:
    """For each set of readings of a homonym, the one the documents of a case settle on.

    `documents` are the `homonyms_of` each. At least `AGREEING` of them must
    decide the name, and nearly all of them (85 in 100) alike.
    """
    count: dict[str, Counter[str]] = {}
    for homonyms, place_id in documents:
        if not place_id:
            continue
        count.setdefault(homonyms, Counter())[place_id] += 1
    settled_on = {}
    for homonyms, readings in sorted(count.items()):
        (first, most), total = readings.most_common(1)[0], readings.total()
        if most >= AGREEING and most >= 0.85 * total:
            settled_on[homonyms] = first
    return settled_on


def settled(mentions: Sequence[PlaceMention], known: Mapping[str, str]) -> list[PlaceMention]:
    """The mentions, ambiguous ones read as the case reads them."""
    return [
        replace(m, place_id=known[" ".join(m.homonyms)], how="case")
        if m.place_id is None and " ".join(m.homonyms) in known
        else m
        for m in mentions
    ]


def _is_country(mention: PlaceMention) -> bool:
    return mention.place_id is not None and gazetteer.place(mention.place_id).kind == "country"


def _locally(mentions: Iterable[PlaceMention], text: str) -> list[PlaceMention]:
    """The places but for capitals whose officials speak: they speak for the country."""
    return [m for m in mentions if not _is_capital(m) or _without([m], text, _OFFICIALS_IN)]


def _is_capital(mention: PlaceMention) -> bool:
    country = gazetteer.country(mention.place_id) if mention.place_id else None
    return country is not None and country.capital_id == mention.place_id


def source_place(mentions: Sequence[PlaceMention], source: str) -> PlaceMention | None:
    """The province or district an official speaks for (`Takhar police spokesman`)."""
    if _SEAT.search(source):
        return None
    return next((m for m in mentions if m.place_id and not _is_country(m)), None)


def document_place(mentions: Sequence[PlaceMention], title: str, text: str) -> PlaceMention | None:
    """Where a whole document plays: title, most named province, country, first place."""
    in_title = event_place([m for m in find_scenes(title) if m.place_id], title) if title else None
    mentions = _without(_locally(mentions, text), text, _MET, _BOUND_FOR, _TOLD_IN, _BACKERS_IN)
    if in_title is not None:
        in_title = replace(in_title, start=-1, end=-1)  # Offsets count in the text alone.
    if in_title is not None and not _is_country(in_title):
        return in_title or event_place(mentions, text)
    for kind in ("admin1", "country"):
        most = dominant(mentions, kind)
        # A country named without a word of place acts: "Iran had nothing to do with it".
        found = [m for m in mentions if m.place_id == most and (m.locative or kind != "country")]
        inside = [
            m
            for m in mentions
            if m.place_id and m.place_id != most and most and gazetteer.contains(most, m.place_id)
        ]
        if most and (found or inside):
            return (found or inside)[0]
    return in_title or event_place(mentions, text)
