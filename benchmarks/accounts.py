"""Made-up accounts of made-up events, varied as real ones are, for measuring at any size.

    python benchmarks/accounts.py DIR --documents 1000

Events happen in districts of the shipped gazetteer, some a day. Several outlets
tell of each, over some days, in their own words, figures, order and quotations;
some deny, some repeat another's text. Everything follows from the seed, and
document n is the same however many are made.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from compare import gazetteer

if TYPE_CHECKING:
    import pandas as pd

SEED = 9
A_DAY = 91
"""Documents published a day: 100,000 in three years."""
ACCOUNTS = 5
"""Documents that open with one event."""
FIRST = date(2018, 1, 1)

OUTLETS = ("Ariana Wire", "Khaama Daily", "Northern Monitor", "Civic Times", "Kabul Ledger",
           "Radio Shamal", "Valley Post", "Helmand Voice", "Frontier Mail", "Herat Chronicle",
           "Relief Bulletin", "Reuters", "AFP", "Xinhua", "BBC", "Pajhwok Afghan News",
           "TOLOnews", "Voice of Jihad", "UNAMA", "OCHA")  # fmt: skip
GIVEN = ("Abdul", "Mohammad", "Attaullah", "Gul", "Hamid", "Karim", "Nazir", "Omar", "Rahim",
         "Sayed", "Zabihullah", "Farid", "Jawad", "Latif", "Mirwais", "Shafiq")  # fmt: skip
FAMILY = ("Ahmadi", "Rezai", "Afghan", "Stanekzai", "Noori", "Wardak", "Popal", "Safi", "Amiri",
          "Barakzai", "Hotak", "Qaderi", "Sultani", "Zahir", "Miakhel", "Tokhi")  # fmt: skip
OFFICES = ("a spokesman for the {p} governor", "{p} police chief", "a member of the {p} council",
           "head of the {d} hospital", "a resident of {d}", "a doctor in {d}",
           "district governor of {d}", "a displaced farmer from {d}")  # fmt: skip
BODIES = ("The Ministry of Defence", "The Taliban", "The United Nations", "The Interior Ministry",
          "The Afghan Independent Human Rights Commission", "The US military", "OCHA")  # fmt: skip
SAYS = ("said", "told reporters", "confirmed", "claimed", "added", "reported", "announced",
        "insisted", "stated", "told {o} by telephone")  # fmt: skip
TOLD = {
    "strike": (
        "an air strike hit {x} in {d}", "{n} civilians were killed in the air strike in {d}",
        "at least {n} people, {m} of them children, died when aircraft bombed {x}",
        "the strike in {d} killed {n} Taliban fighters and no civilians",
        "{m} wounded people were taken to hospital after the strike",
        "the bombing destroyed {x} and damaged houses nearby"),
    "displacement": (
        "about {t} people have fled {d}", "{t} families were displaced from {d} since {w}",
        "more than {t} residents left their homes in {d} because of the fighting",
        "the displaced families of {d} are living in schools and in the open",
        "{t} people had been registered as displaced in {p} by {w}",
        "the road from {d} is full of families who carry what they can"),
    "ambush": (
        "gunmen ambushed a police convoy in {d}", "{m} policemen were killed in the ambush in {d}",
        "the attackers seized {m} vehicles and withdrew towards the hills",
        "{n} Taliban were killed and {m} wounded when forces repelled the attack on {d}",
        "the ambush lasted for {m} hours", "security forces lost {m} men in {d}"),
    "bombing": (
        "a car bomb went off near {x} in {d} on {w}", "{n} people were killed by the blast in {d}",
        "between {m} and {n} people were wounded in the explosion",
        "nobody has claimed responsibility for the bombing", "the explosion shattered windows "
        "across the bazaar of {d}", "the Taliban carried out the bombing near {x}"),
    "crash": (
        "two helicopters collided in {d} on {w}", "{m} soldiers died in the helicopter crash",
        "the crash in {d} was caused by a technical fault",
        "the helicopters were carrying wounded soldiers out of {d}",
        "all {m} people on board were killed", "the wreck was found in the hills above {d}"),
    "talks": (
        "elders of {d} met both sides on {w}", "a truce of {m} days was agreed for {d}",
        "prisoners will be exchanged, {m} from each side",
        "the talks on {d} ended without a result",
        "the truce in {d} was broken within hours",
        "{m} delegates came from {p} to speak about {d}"),
}  # fmt: skip
THINGS = ("a madrasa", "a mosque", "a clinic", "the bazaar", "a wedding", "a checkpoint",
          "the main bridge", "the bus station", "a school", "a granary")  # fmt: skip
EXTRA = ("The weather has been cold for the season.", "Prices of flour and fuel went up again.",
         "The province has seen heavy fighting since last summer.", "Phone lines were down.",
         "Shops reopened in the afternoon, but schools stayed closed.",
         "The Red Crescent sent {m} lorries with blankets to {d}.",
         "{m} similar incidents were recorded in {p} this month.",
         "Local journalists could not reach the area.")  # fmt: skip


class Event(NamedTuple):
    """What happened, which no account knows in full."""

    number: int
    kind: str
    district: str
    province: str
    day: date
    killed: int
    fled: int
    thing: str


def districts() -> list[tuple[str, str]]:
    """District and province names of the gazetteer, sorted."""
    found = set()
    for place in gazetteer.load().places.values():
        province = gazetteer.province(place.place_id)
        if place.kind == "admin2" and province is not None:
            found.add((place.name, province.name))
    return sorted(found)


def event(number: int, where: list[tuple[str, str]]) -> Event:
    """Event `number`."""
    rng = random.Random(f"{SEED} event {number}")
    district, province = rng.choice(where)
    day = FIRST + timedelta(days=number * ACCOUNTS // A_DAY)
    return Event(number, rng.choice(sorted(TOLD)), district, province, day,
                 rng.randint(2, 90), rng.randint(2, 400) * 100, rng.choice(THINGS))  # fmt: skip


def person(rng: random.Random) -> str:
    """A name; some thousand are possible."""
    return f"{rng.choice(GIVEN)} {rng.choice(GIVEN)} {rng.choice(FAMILY)}"


def document(number: int, where: list[tuple[str, str]]) -> str:
    """Document `number` with front matter: one event at length, often another in short."""
    main, outlet, day, parts = told(number, where)
    said = [f"{text} {aside}" if aside else text for _, text, aside in parts]
    body = "\n\n".join(" ".join(said[n : n + 2]) for n in range(0, len(said), 2))
    title = f"{main.kind.capitalize()} in {main.district}, {main.province}"
    return f"---\npublisher: {outlet}\npublished: {day}\ntitle: {title}\n---\n{body}\n"


def told(
    number: int, where: list[tuple[str, str]]
) -> tuple[Event, str, date, list[tuple[int, str, str]]]:
    """Main event, outlet and day of document `number`, and its parts.

    Of each part the number of its event, what it tells of it, and an aside, often "".
    """
    rng = random.Random(f"{SEED} document {number}")
    main = event(number // ACCOUNTS, where)
    outlet = rng.choice(OUTLETS)
    day = main.day + timedelta(days=rng.choice((0, 0, 1, 1, 2, 3, 5)))
    parts = [(main.number, *tell(main, day, outlet, rng)) for _ in range(rng.randint(5, 8))]
    if main.number and rng.random() < 0.4:
        other = event(main.number - rng.randint(1, min(main.number, 20)), where)
        parts += [(other.number, *tell(other, day, outlet, rng)) for _ in range(rng.randint(1, 3))]
    return main, outlet, day, parts


def events_of(claims: pd.DataFrame, documents: pd.DataFrame) -> list[int]:
    """The number of the event that each claim of a made-up case is about, -1 for an aside."""
    where, spans = districts(), {}
    for path, document_id, text in documents[["path", "document_id", "text"]].itertuples(
        index=False
    ):
        at, found = 0, []
        for number, *said in told(int(Path(path).stem), where)[3]:
            for part, event_number in zip(said, (number, -1), strict=True):
                at = text.index(part, at)
                found += [(at, event_number)] if part else []
                at += len(part)
        spans[document_id] = found
    return [
        max((at, number) for at, number in spans[document_id] if at <= start)[1]
        for document_id, start in zip(claims["document_id"], claims["start"], strict=True)
    ]


def tell(what: Event, day: date, outlet: str, rng: random.Random) -> tuple[str, str]:
    """A sentence on an event, by a body, a person or the outlet itself, and an aside or ""."""
    n = max(1, round(what.killed * rng.choice((1, 1, 1, 0.9, 0.5, 1.4))))
    t = max(100, round(what.fled * rng.choice((1, 1, 1.1, 0.6, 2)), -2))
    spoken = day - timedelta(days=rng.randint(0, 3))
    words = {"d": what.district, "p": what.province, "x": what.thing, "n": n, "o": outlet,
             "m": max(2, n // rng.randint(2, 5)), "t": f"{t:,}",
             "w": rng.choice((f"{spoken:%A}", f"{spoken.day} {spoken:%B}"))}  # fmt: skip
    told = rng.choice(TOLD[what.kind]).format(**words)
    said = rng.choice(SAYS).format(**words)
    office = rng.choice(OFFICES).format(**words)
    way = rng.random()
    if way < 0.3:
        sentence = f"{rng.choice(BODIES)} said on {words['w']} that {told}."
    elif way < 0.5:
        sentence = f"{person(rng)}, {office}, said that {told}."
    elif way < 0.65:
        sentence = f"“{told[0].upper()}{told[1:]},” {person(rng)}, {office}, {said}."
    elif way < 0.72:
        sentence = f"{rng.choice(BODIES)} denied that {told}."
    elif way < 0.8:
        sentence = f"According to {person(rng)}, {office}, {told}."
    else:
        sentence = f"{told[0].upper()}{told[1:]}."
    aside = rng.choice(EXTRA).format(**words) if rng.random() < 0.35 else ""
    return sentence, aside


def documents(first: int, last: int) -> Iterator[tuple[str, str]]:
    """File names and texts of the documents from `first` up to `last`, not included."""
    where = districts()
    for number in range(first, last):
        yield f"{number:07}.md", document(number, where)


def write_case(root: Path, size: int) -> Path:
    """A case folder of `size` documents; those already there are left alone."""
    folder = root / "documents"
    folder.mkdir(parents=True, exist_ok=True)
    (root / "case.toml").write_text('title = "Made-up accounts"\n', encoding="utf-8")
    for name, text in documents(len(list(folder.iterdir())), size):
        (folder / name).write_text(text, encoding="utf-8")
    return root


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", type=Path)
    parser.add_argument("--documents", type=int, default=1000)
    arguments = parser.parse_args()
    print(write_case(arguments.root, arguments.documents))
