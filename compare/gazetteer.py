"""Places, their names and what lies in what.

Data: `data/gazetteer/places.csv.gz`, built by `training/build_gazetteer.py` from
GeoNames (https://www.geonames.org, CC BY 4.0) with hand-written spellings; see
`data/gazetteer/README.md`. Countries hold first-level divisions (`admin1`,
provinces), these hold districts (`admin2`, Afghanistan only), cities and
localities. A place id is a GeoNames id as text, or the project's own, such as
`af-helmand-marja`, where GeoNames has none.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from itertools import groupby
from typing import Literal

from compare.errors import TableError

Relation = Literal["same", "contains", "inside", "disjoint", "unknown"]
PRECISION = {
    "country": "country",
    "admin1": "admin1",
    "admin2": "district",
    "city": "exact",
    "locality": "exact",
}
"""Kind of place to the precision of `when_where`, after UCDP GED."""

WORD = re.compile(r"(?:[A-Z]\.){2,4}|[^\W\d_]+(?:['’ʼ‘`´ʻ][^\W\d_]+)*")
"""One word of a name; dotted initials are one word, and so is `Qal'ah`."""
LINKS = frozenset({"e", "i", "ye", "yi", "ya", "al", "el", "de", "wa", "o", "aw"})
"""Words that join the parts of a name and are written or left out at will."""
_ARABIC = str.maketrans("يىئكةۀۍېګړټډښڼژأإآ", "یییکههییگرتدشنزااا")
_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640]")


@dataclass(frozen=True, slots=True)
class Place:
    """One place. `names` holds every spelling, the first in GeoNames' own."""

    place_id: str
    name: str
    kind: str
    parent_id: str
    country: str
    population: int
    latitude: float | None
    longitude: float | None
    capital_id: str
    names: tuple[str, ...]


@dataclass(slots=True)
class Node:
    """One word along a name: the words that may follow, and the places that end here."""

    following: dict[str, Node] = field(default_factory=dict)
    ends: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All places by id, and a tree of their names, one level a word."""

    places: dict[str, Place]
    tree: Node
    spellings: dict[str, tuple[str, ...]]
    """Afghan names by their `sound`, for spellings nobody listed."""


def fold(word: str) -> str:
    """A word as names are matched: no case, no diacritics, one form a letter.

    >>> fold("Gāh"), fold("Qal‘ah"), fold("U.S."), fold("قندھار") == fold("قندھار")
    ('gah', 'qalah', 'U.S.', True)
    """
    if word.isascii() and word.isalpha():
        # "US" and "us" are two words, "KABUL" and "Kabul" one.
        return word if 1 < len(word) <= 3 and word.isupper() else word.lower()
    if "." in word:
        return word
    flat = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    flat = _MARKS.sub("", unicodedata.normalize("NFC", flat)).translate(_ARABIC)
    flat = re.sub("['’ʼ‘`´ʻ]", "", flat)
    return flat if len(flat) <= 3 and flat.isascii() and flat.isupper() else flat.casefold()


def words_of(name: str) -> list[str]:
    """The folded words of a name without the links between its parts.

    >>> words_of("Nahr-e-Saraj") == words_of("Nahr Saraj") == ["nahr", "saraj"]
    True
    """
    words = [fold(m.group()) for m in WORD.finditer(name)]
    kept = [w for i, w in enumerate(words) if i == 0 or w not in LINKS]
    return kept if len(kept) > 1 or len(words) == 1 else words


_SOUNDS = [
    *(("kh", "x"), ("gh", "k"), ("g", "k"), ("q", "k"), ("sh", "s"), ("ch", "c"), ("ts", "c")),
    *(("zh", "z"), ("j", "z"), ("ow", "u"), ("aw", "u"), ("au", "u"), ("ao", "u"), ("o", "u")),
    *(("w", "u"), ("v", "u"), ("ay", "i"), ("ai", "i"), ("ey", "i"), ("ei", "i"), ("y", "i")),
    *(("e", "i"), ("h", "")),
]
"""How Latin spellings of Dari and Pashto sounds differ, applied in this order."""


@lru_cache(maxsize=65_536)
def _sound_of(word: str) -> str:
    for letters, to in _SOUNDS:
        word = word.replace(letters, to)
    return word


def sound(words: Iterable[str]) -> str:
    """A key that spellings of one Dari or Pashto name share, from its folded words.

    >>> sound(words_of("Nawa-i-Barakzayi")) == sound(words_of("Nawa-e-Barakzaiy"))
    True
    >>> sound(["qunduz"]) == sound(["kondoz"]), sound(["farah"]) == sound(["faryab"])
    (True, False)
    """
    return "".join(letter for letter, _ in groupby("".join(map(_sound_of, words))))


@lru_cache(maxsize=1)
def load() -> Gazetteer:
    """The shipped gazetteer, read once.

    >>> load().places["1140043"].name
    'Helmand'
    """
    packed = files("compare").joinpath("data", "gazetteer", "places.csv.gz").read_bytes()
    rows = csv.DictReader(io.StringIO(gzip.decompress(packed).decode(), newline=""))
    places = {r["place_id"]: _place(r) for r in rows}
    tree, sounds = Node(), dict[str, dict[str, None]]()
    for place_id, place in places.items():
        for words in sorted({tuple(words_of(n)) for n in place.names}):
            _plant(tree, words, place_id)
            joined = "".join(words)
            if place.country == "AF" and len(words) > 1 and len(joined) > 5:
                _plant(tree, (joined,), place_id)  # Lashkar Gah, Lashkargah
        if place.country == "AF" and place.kind != "country":
            spelt = (words_of(n) for n in place.names if n.isascii() and len(n) > 6)
            for key in sorted({sound(words) for words in spelt}):
                sounds.setdefault(key, {})[place_id] = None
    return Gazetteer(places, tree, {k: tuple(v) for k, v in sounds.items() if len(k) > 4})


def _place(row: dict[str, str]) -> Place:
    at = [float(row[c]) if row[c] else None for c in ("latitude", "longitude")]
    return Place(
        row["place_id"],
        row["name"],
        row["kind"],
        row["parent_id"],
        row["country"],
        int(row["population"] or 0),
        at[0],
        at[1],
        row["capital_id"],
        tuple(row["names"].split("|")),
    )


def _plant(tree: Node, words: tuple[str, ...], place_id: str) -> None:
    node = tree
    for word in words:
        node = node.following.setdefault(word, Node())
    if words and place_id not in node.ends:
        node.ends.append(place_id)


def place(place_id: str) -> Place:
    """The place with this id.

    Raises:
        TableError: the gazetteer has no such id.
    """
    found = load().places.get(place_id)
    if found is None:
        raise TableError(
            f"place_id {place_id!r} is not in the gazetteer; expected an id from "
            "compare/data/gazetteer/places.csv.gz"
        )
    return found


@lru_cache(maxsize=100_000)
def around(place_id: str) -> tuple[str, ...]:
    """The place itself and the places it lies in, from small to large.

    A town that bears the name of a district of its province lies in that district.

    >>> [place(p).name for p in around("af-helmand-marja")]
    ['Marja', 'Helmand', 'Afghanistan']
    """
    chain, at = [place_id], place(place_id)
    if at.kind == "city" and at.country == "AF":
        chain += _namesake_district(at)
    while at.parent_id:
        at = place(at.parent_id)
        chain.append(at.place_id)
    return tuple(chain)


def _namesake_district(town: Place) -> list[str]:
    names = {tuple(words_of(n)) for n in town.names}
    return [
        p.place_id
        for p in _districts(town.parent_id)
        if names & {tuple(words_of(n)) for n in p.names}
    ][:1]


@lru_cache(maxsize=64)
def _districts(province_id: str) -> tuple[Place, ...]:
    every = load().places.values()
    return tuple(p for p in every if p.kind == "admin2" and p.parent_id == province_id)


def contains(outer: str, inner: str) -> bool:
    """Whether `inner` lies in `outer`; a place lies in itself.

    >>> contains("1140043", "af-helmand-marja"), contains("af-helmand-marja", "1140043")
    (True, False)
    """
    return outer in around(inner)


def relation(left: str | None, right: str | None) -> Relation:
    """How two places lie to each other, seen from the left one.

    `unknown` where an id is missing. Two places in one district, neither of
    which holds the other, are disjoint.

    >>> relation("1140043", "1134720"), relation("1134720", "1140043")
    ('contains', 'inside')
    >>> relation("1140043", "1123230"), relation(None, "1140043")
    ('disjoint', 'unknown')
    """
    if not left or not right:
        return "unknown"
    if left == right:
        return "same"
    if contains(left, right):
        return "contains"
    return "inside" if contains(right, left) else "disjoint"


def province(place_id: str) -> Place | None:
    """The first-level division a place lies in, or is.

    >>> province("1134720").name
    'Helmand'
    """
    return next((place(p) for p in around(place_id) if place(p).kind == "admin1"), None)


def country(place_id: str) -> Place | None:
    """The country a place lies in, or is.

    >>> country("1134720").name
    'Afghanistan'
    """
    return next((place(p) for p in around(place_id) if place(p).kind == "country"), None)


def precision(place_id: str) -> str:
    """How exact the place is, one of `schema.PRECISIONS_PLACE`.

    >>> precision("1140043"), precision("1134720")
    ('admin1', 'exact')
    """
    return PRECISION[place(place_id).kind]
