"""Places a text names, and which place of the gazetteer each name means.

A name that several places bear is decided, in this order, by a word beside it
(`Kandahar city`, `Nawa district`), by the place around it named in the same
sentence (`Nawa district of Helmand`), by the province or country named last
before it, by the one the document names most, and, for cities of the world, by
size. Where none of these decides it stays ambiguous: `place_id` is None and
`candidates` holds every reading.

Where a province and its capital share a name, the bare name is the province,
which holds the city, except Kabul, which is the city.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from compare import gazetteer
from compare.parse import places_words as words
from compare.parse.places_names import matches
from compare.parse.places_ruling import stands_for_state
from compare.parse.places_tokens import Match, Token, tokens_of

LARGER = 5
"""A city means the largest of its name if that is this many times the next."""
NEAR = 8
"""How many places to either side in the sentence are looked at."""
_SITE = re.compile(
    r"\s+(?:mosque|madrasa|shrine|school|hotel|square|stadium|cinema|church|college|hospital)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?؟۔])[\"'”’)]*\s+|\n+")


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """One place in a text; offsets are code points, half-open."""

    start: int
    end: int
    wording: str
    candidates: tuple[str, ...]
    """Every gazetteer id the name may mean, sorted."""
    place_id: str | None
    """The one it means, None while ambiguous."""
    locative: bool
    """A word of place before it (`in Helmand`), not `the Helmand governor`."""
    homonyms: tuple[str, ...]
    """The candidates before context narrowed them, sorted; one name, one tuple."""
    how: str
    """case, name, sound, descriptor, nearby, document, size, larger, anaphor or ambiguous."""
    ruling: bool = False
    """It names who rules there (`Khartoum denied`), not where something happened."""


def find_places(text: str, *, title: str = "") -> list[PlaceMention]:
    """The places `text` names, in order, none inside another, in linear time.

    `title` is read as context only. Words that are also names of people or
    plain English need a word of place beside them.

    >>> [(m.wording, gazetteer.place(m.place_id).name)
    ...  for m in find_places("Clashes in Nawa district of Helmand and in Lashkargah city.")]
    [('Nawa', 'Nawa'), ('Helmand', 'Helmand'), ('Lashkargah', 'Lashkargah')]
    """
    head = f"{title}\n\n" if title else ""
    whole = head + text
    tokens = tokens_of(whole)
    found = matches(whole, tokens)
    drafts = [_draft(whole, tokens, m) for m in found]
    drafts = _in_context(whole, drafts)
    around = dominant(drafts, "admin1")
    drafts = [m for m in drafts if not _of_site(whole, m, around)]
    drafts = sorted([*drafts, *_anaphors(whole, tokens, found, drafts)], key=lambda m: m.start)
    shift = len(head)
    return [
        replace(m, start=m.start - shift, end=m.end - shift) for m in drafts if m.start >= shift
    ]


def dominant(mentions: Sequence[PlaceMention], kind: str) -> str | None:
    """The place of this kind (`admin1`, `country`) around most mentions, None on a tie.

    >>> dominant(find_places("Helmand. Nawa in Helmand. Takhar."), "admin1")
    '1140043'
    """
    count: Counter[str] = Counter()
    for mention in mentions:
        if mention.place_id:
            count.update(
                p for p in gazetteer.around(mention.place_id) if gazetteer.place(p).kind == kind
            )
    best = sorted(count.items(), key=lambda item: (-item[1], item[0]))[:2]
    if not best or (len(best) == 2 and best[0][1] == best[1][1]):
        return None
    return best[0][0]


def _of_site(text: str, mention: PlaceMention, province: str | None) -> bool:
    """Whether a name is only that of a site in another province: the Said Abad mosque, in Kunduz.

    `province` is the one that the text names most.
    """
    if mention.place_id is None or province is None or not _SITE.match(text, mention.end):
        return False
    place, own = gazetteer.place(mention.place_id), gazetteer.province(mention.place_id)
    small = place.country == "AF" and place.kind in ("admin2", "locality")
    return small and own is not None and own.place_id != province


def _draft(text: str, tokens: Sequence[Token], match: Match) -> PlaceMention:
    start, end = tokens[match.first].start, tokens[match.last - 1].end
    said = _descriptor(tokens, match)
    candidates, how = sorted(match.candidates), match.how
    if said:
        fitting = [c for c in candidates if _fits(c, said)]
        if fitting and len(fitting) < len(candidates):
            candidates, how = fitting, "descriptor"
    candidates = _one_per_chain(candidates)
    homonyms = tuple(_one_per_chain(sorted(match.candidates)))
    chosen = candidates[0] if len(candidates) == 1 else None
    wording, readings = text[start:end], tuple(candidates)
    ruling = stands_for_state(tokens, match)
    return PlaceMention(
        start, end, wording, readings, chosen, match.locative, homonyms, how, ruling
    )  # fmt: skip


def _descriptor(tokens: Sequence[Token], match: Match) -> str:
    """The kind of place that the words beside the name say it is, or ""."""
    here = match.last
    if here < len(tokens) and tokens[here].glued:
        said = words.DESCRIPTORS.get(tokens[here].folded, "")
        if said and tokens[here].folded != "capital":
            return said
    here = match.first - 1
    if here >= 1 and tokens[here].folded == "of":
        return words.DESCRIPTORS.get(tokens[here - 1].folded, "")
    if here >= 0 and tokens[match.first].glued and not tokens[here].raw.isascii():
        return words.DESCRIPTORS.get(tokens[here].folded, "")
    if here >= 0 and tokens[here].folded in ("province", "district", "city", "village"):
        return words.DESCRIPTORS[tokens[here].folded]
    return ""


def _fits(place_id: str, said: str) -> bool:
    kind = gazetteer.place(place_id).kind
    return kind == said or (said == "locality" and kind == "city")


def _one_per_chain(candidates: list[str]) -> list[str]:
    """Of places that lie in each other and share a name, the one the bare name means."""
    kept: list[str] = []
    for candidate in sorted(candidates, key=_preference):
        if not any(_same_neighbourhood(candidate, other) for other in kept):
            kept.append(candidate)
    return sorted(kept)


def _same_neighbourhood(left: str, right: str) -> bool:
    """Whether one lies in the other, or both are a town and a district of one province."""
    if gazetteer.contains(left, right) or gazetteer.contains(right, left):
        return True
    a, b = gazetteer.place(left), gazetteer.place(right)
    small = {"admin2", "city", "locality"}
    if a.country != "AF" or {a.kind, b.kind} - small:
        return False
    return gazetteer.province(left) == gazetteer.province(right)


def _preference(place_id: str) -> tuple[int, str]:
    """Country capital, country, province, provincial centre, district, town."""
    place = gazetteer.place(place_id)
    country = gazetteer.country(place_id)
    if country is not None and country.capital_id == place_id:
        return (0, place_id)
    province = gazetteer.province(place_id)
    centre = province is not None and province.capital_id == place_id
    if place.country != "AF" and place.kind == "city":
        return (2, place_id)
    order = {"country": 1, "admin1": 3, "admin2": 5, "city": 6, "locality": 7}[place.kind]
    return (4 if centre else order, place_id)


def _in_context(text: str, drafts: list[PlaceMention]) -> list[PlaceMention]:
    """Decide ambiguous names by the places named around them."""
    edges = [*(m.end() for m in _SENTENCE.finditer(text)), len(text) + 1]
    sentence_of, at = [], 0
    for draft in drafts:
        while edges[at] <= draft.start:
            at += 1
        sentence_of.append(at)
    most = dominant(drafts, "admin1"), dominant(drafts, "country")
    last: dict[str, str] = {}
    done = []
    for i, draft in enumerate(drafts):
        if draft.place_id is None:
            window = range(max(0, i - NEAR), min(len(drafts), i + NEAR + 1))
            same = [drafts[j] for j in window if sentence_of[j] == sentence_of[i]]
            near = sorted(same, key=lambda other: _distance(draft, other))
            draft = _decide(draft, [m.place_id for m in near if m.place_id], last, most)
        done.append(draft)
        if draft.place_id:
            for place_id in gazetteer.around(draft.place_id):
                last[gazetteer.place(place_id).kind] = place_id
    return done


def _distance(here: PlaceMention, there: PlaceMention) -> tuple[int, int]:
    """How far a place stands from a name; of two as far, the one that follows is nearer."""
    if there.start >= here.end:
        return (there.start - here.end, 0)
    return (here.start - there.end, 1)


def _decide(
    draft: PlaceMention,
    near: Sequence[str],
    last: dict[str, str],
    most: tuple[str | None, str | None],
) -> PlaceMention:
    tried = [(p, "nearby") for p in near]
    tried += [(last[k], "nearby") for k in ("admin1",) if k in last]
    tried += [(p, "document") for p in most if p]
    for context, how in tried:
        above = context if gazetteer.place(context).kind in ("admin1", "country") else None
        for around in filter(None, (above, _province_id(context), _country_id(context))):
            fitting = [c for c in draft.candidates if gazetteer.contains(around, c)]
            if len(fitting) == 1:
                return replace(draft, place_id=fitting[0], how=how)
    return _by_size(draft)


def _province_id(place_id: str) -> str | None:
    found = gazetteer.province(place_id)
    return found.place_id if found else None


def _country_id(place_id: str) -> str | None:
    found = gazetteer.country(place_id)
    return found.place_id if found else None


def _by_size(draft: PlaceMention) -> PlaceMention:
    """A country, an Afghan province or a city far larger than the next decides by itself."""
    for kind in ("country", "admin1"):
        of_kind = [c for c in draft.candidates if gazetteer.place(c).kind == kind]
        known = [c for c in of_kind if kind == "country" or gazetteer.place(c).country == "AF"]
        if len(known) == 1:
            return replace(draft, place_id=known[0], how="larger")
    sizes = sorted(((gazetteer.place(c).population, c) for c in draft.candidates), reverse=True)
    if sizes[0][0] >= 100_000 and sizes[0][0] >= LARGER * max(1, sizes[1][0]):
        return replace(draft, place_id=sizes[0][1], how="size")
    return replace(draft, how="ambiguous")


def _anaphors(
    text: str, tokens: Sequence[Token], found: Sequence[Match], drafts: Sequence[PlaceMention]
) -> list[PlaceMention]:
    """`the province`, `the city`, `the provincial capital`: the last one named."""
    taken = {i for m in found for i in range(m.first, m.last + 1)}
    ends = sorted((m.end, m.place_id) for m in drafts if m.place_id and not m.ruling)
    made, last, at = [], dict[str, str](), 0
    for i in range(1, len(tokens)):
        token, the = tokens[i], tokens[i - 1]
        while at < len(ends) and ends[at][0] <= token.start:
            for place_id in reversed(gazetteer.around(str(ends[at][1]))):
                last[gazetteer.place(place_id).kind] = place_id
            at += 1
        kind = words.ANAPHORS.get(token.folded)
        centre = token.folded == "capital" and the.folded == "provincial"
        if centre and i >= 2:
            the = tokens[i - 2]
        if the.folded not in ("the", "this") or i in taken or not (kind or centre):
            continue
        if i + 1 < len(tokens) and tokens[i + 1].folded == "of":
            continue
        meant = last.get("admin1" if centre else str(kind))
        if meant and centre:
            meant = gazetteer.place(meant).capital_id or None
        if meant:
            start, end = the.start, token.end
            first = i - 2 if centre else i - 1
            before = tokens[first - 1].folded if first else ""
            locative = before in words.LOCATIVE or before in words.BRIDGES
            made.append(
                PlaceMention(start, end, text[start:end], (meant,), meant, locative, (), "anaphor")
            )
    return made
