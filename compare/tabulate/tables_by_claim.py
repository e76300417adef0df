"""The tables of a case arranged by claim, as the tabulators need them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from compare import gazetteer
from compare.schema import CAMPS
from compare.tables import records

Record = dict[str, Any]
HOUSEHOLDS = frozenset(("households", "families"))
UPROOTED = frozenset(("displaced", "returned"))


@dataclass(frozen=True, slots=True)
class Case:
    """Every table by claim id."""

    claims: dict[str, Record]
    sources: dict[str, Record]
    publisher: dict[str, str]
    published: dict[str, pd.Timestamp | None]
    origin: dict[str, str]
    event: dict[str, tuple[int, int]]
    place: dict[str, str]


def known_camps(sources: pd.DataFrame, assertions: pd.DataFrame) -> set[str]:
    """Camps that speak in a case or are spoken of."""
    named = {*assertions["agent"].dropna(), *assertions["patient"].dropna()}
    return {*sources["camp"]} | (named & set(CAMPS))


def arrange(
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    sources: pd.DataFrame,
    when_where: pd.DataFrame,
    events: pd.DataFrame,
    origins: pd.DataFrame,
) -> Case:
    """Arrange the tables; a place counts where the claim or its sentence names it."""
    about = {r["document_id"]: r for r in records(documents)}
    by_claim = {r["claim_id"]: r for r in records(claims)}
    speakers = {r["claim_id"]: r for r in records(sources)}
    return Case(
        claims=by_claim,
        sources=speakers,
        publisher={c: about[r["document_id"]]["publisher"] for c, r in by_claim.items()},
        published={c: about[r["document_id"]]["published"] for c, r in by_claim.items()},
        origin={r["claim_id"]: r["origin_id"] for r in records(origins)},
        event={r["claim_id"]: (int(r["event_id"]), int(r["story_id"])) for r in records(events)},
        place={
            r["claim_id"]: r["place_id"] or ""
            for r in records(when_where)
            if r["place_from"] in ("claim", "sentence")
        },
    )


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of `values`, its unit and population as they are filed."""

    claim_id: str
    event_id: int
    aspect: str
    population: str
    unit: str
    place_id: str
    low: float | None
    high: float | None
    wording: str
    verified: bool
    scope: str
    start: int

    @property
    def key(self) -> tuple[int, str, str, str]:
        """What it counts, without where."""
        return self.event_id, self.aspect, self.population, self.unit


def figures(values: pd.DataFrame, case: Case) -> list[Figure]:
    """Figures of claims that belong to an event, in order of the table.

    People counted of whom nothing is said to have happened (`other`) are no question.
    Families and households are one unit; displaced civilians, people and those of no
    named kind are one population.
    """
    found = []
    for row in records(values):
        event = case.event[row["claim_id"]][0]
        if event == -1 or row["aspect"] == "other":
            continue
        plain = row["aspect"] in UPROOTED and row["population"] in ("civilians", "unknown")
        found.append(
            Figure(
                row["claim_id"], event, row["aspect"], "people" if plain else row["population"],
                "households" if row["unit"] in HOUSEHOLDS else row["unit"],
                row["place_id"] or case.place.get(row["claim_id"], ""),
                row["low"], row["high"], " ".join(row["wording"].split()),
                bool(row["verified"]), row["scope"], int(row["start"]),
            )
        )  # fmt: skip
    return found


def place_name(place_ids: list[str]) -> str:
    """The name of the place named most often, of equals the wider, then the first; or ""."""
    known = [p for p in place_ids if p]
    if not known:
        return ""
    best = min(set(known), key=lambda p: (-known.count(p), len(gazetteer.around(p)), p))
    return gazetteer.place(best).name
