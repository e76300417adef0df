"""What the judges see of a claim: its speaker, its day, its place, its figures and facts."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from compare.judge.lexicon import Lexicon
from compare.states import ENEMY, nationality, people
from compare.tables import records

DAY = 86_400_000
"""Milliseconds in a day."""

_UNCONFIRMED = re.compile(
    r"\b(?:(?:could|can|was|were|is|are|has|have) ?n[o']t "
    r"(?:yet |immediately |independently |been )*"
    r"(?:confirm|verif|clear|known|established)\w*|unable to (?:confirm|verify)|unclear|unconfirmed"
    r"|no (?:independent )?confirmation"
    r"|not (?:yet |immediately )*(?:clear|known|confirmed|verified)"
    r"|(?:investigating|examining|checking) (?:whether|if|reports)|looking into"
    r"|(?:nobody|no one|no group) has claimed)\b"
)
_SILENT = re.compile(
    r"\b(?:(?:declined|refused) to comment|no comment|not (?:yet )?(?:comment|respond)\w*)\b"
)
_HEDGED = re.compile(
    r"\b(?:may have|might have|could have|may be|feared|reportedly|allegedly|initial reports"
    r"|reports suggest|possibly|perhaps|believed to)\b"
)
_SINGLE = re.compile(
    r"\b(?:(?:air|drone|missile) ?-?strike|airstrike|the strike|a strike|bombing|blast|explosion"
    r"|crash|crashed|collision|collided|night raid|the raid|ambush|shelling|bombarded|the shell"
    r"|drones? (?:killed|hit|struck))\b"
)
_DEED = re.compile(
    r"\b(?:(?:air|drone|missile)? ?-?strikes?|airstrikes?|bombings?|blasts?|explosions?|crash"
    r"|raids?|ambush|shelling|attack|bombs?)\b"
)
_OWN = frozenset(("claim", "sentence"))


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of `values`; a missing `low` is 0, a missing `high` infinity."""

    aspect: str
    population: str
    low: float
    high: float
    unit: str
    rule: str
    verified: bool
    scope: str
    wording: str
    start: int
    place_id: str | None
    nation: str = ""
    """The country whose people are counted, where the words say so."""
    doer: str | None = None
    """The party said to have done it."""
    people: str = ""
    """The people without a state, or the armed group, that is counted."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of `assertions` with the family of its predicate."""

    aspect: str
    predicate: str
    family: str
    denied: bool
    agent: str | None
    patient: str | None
    wording: str


Told = tuple[str, str, bool, str | None]
"""A fact's aspect, its family, whether it is denied and, for responsibility, its doer."""


@dataclass(slots=True)
class Side:
    """One claim as one side of a pair. Times are milliseconds since 1970, None where unknown."""

    claim_id: str
    actor_id: str
    actor: str
    body: str | None
    camp: str
    status: str
    standing: str
    single: bool
    deed: bool
    text: str
    published: int | None
    day: str
    place_id: str | None
    place: str
    place_wording: str
    begin: int | None
    end: int | None
    order: tuple[int, str]
    figures: list[Figure] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    document_id: str = ""
    account: frozenset[Told] = frozenset()
    """What its speaker tells of the event in the same document, see `compare.judge.accounts`."""
    apart: frozenset[str] = frozenset()
    """Times and cases by which it is set apart, see `compare.judge.elsewhen`."""
    background: bool = False
    """Whether its document also tells of the event without them."""

    @property
    def who(self) -> str:
        """`OCHA (13 Oct)`, or the name alone where no day is known."""
        return f"{self.actor} ({self.day})" if self.day else self.actor


def standing(status: str, content: str) -> str:
    """How firmly a claim stands: asserted, hedged, unconfirmed or no-comment.

    The claim's own words count beside its status, since a publisher may report in
    its own voice that something could not be confirmed.

    >>> standing("asserted", "It was not immediately clear who carried out the strike")
    'unconfirmed'
    >>> standing("asserted", "At least 15 people were feared dead")
    'hedged'
    """
    text = content.lower().replace("’", "'")
    if status == "no-comment" or _SILENT.search(text):
        return "no-comment"
    if status == "unconfirmed" or _UNCONFIRMED.search(text):
        return "unconfirmed"
    return "hedged" if status == "hedged" or _HEDGED.search(text) else "asserted"


def plain(content: str) -> str:
    """A claim's words in lower case with single blanks between them.

    >>> plain("The  army\\nSAID")
    'the army said'
    """
    return " ".join(content.casefold().split())


def _missing(value: Any) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or value != value


def _ms(value: Any) -> int | None:
    return None if _missing(value) else int(pd.Timestamp(value).value // 1_000_000)


def day(value: Any) -> str:
    """A day as `13 Oct`, or "" where none is known."""
    return "" if _missing(value) else f"{pd.Timestamp(value).day} {pd.Timestamp(value):%b}"


def build(
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    sources: pd.DataFrame,
    values: pd.DataFrame,
    assertions: pd.DataFrame,
    when_where: pd.DataFrame,
    lexicon: Lexicon,
) -> dict[str, Side]:
    """Every claim as a side, by claim id, with its figures and facts in order of words."""
    published = dict(zip(documents["document_id"], documents["published"], strict=True))
    speaker = {row["claim_id"]: row for row in records(sources)}
    where = {row["claim_id"]: row for row in records(when_where)}
    figures: defaultdict[str, list[Figure]] = defaultdict(list)
    for row in records(values):
        told = speaker.get(row["claim_id"])
        figures[row["claim_id"]].append(_figure(row, told["camp"] if told else "", lexicon))
    facts: defaultdict[str, list[Fact]] = defaultdict(list)
    for row in records(assertions):
        facts[row["claim_id"]].append(_fact(row, lexicon))
    sides = {}
    for row in records(claims):
        side = _side(row, speaker[row["claim_id"]], where.get(row["claim_id"]),
                     published[row["document_id"]], lexicon)  # fmt: skip
        side.figures = figures[side.claim_id]
        side.facts = facts[side.claim_id]
        sides[side.claim_id] = side
    return sides


def _side(
    row: dict[str, Any],
    speaker: dict[str, Any],
    where: dict[str, Any] | None,
    published: Any,
    lexicon: Lexicon,
) -> Side:
    place_id, place, wording, begin, end = None, "", "", None, None
    if where is not None:
        if where["place_from"] in _OWN and not _missing(where["place_id"]):
            place_id, place = str(where["place_id"]), str(where["place"])
        if where["place_from"] in _OWN:
            wording = str(where["place_wording"])
        if where["date_from"] in _OWN:
            begin, end = _ms(where["begin"]), _ms(where["end"])
    when = _ms(published)
    actor = str(speaker["actor"])
    return Side(
        claim_id=row["claim_id"], actor_id=speaker["actor_id"], actor=actor,
        body=None if _missing(speaker["organisation"]) else str(speaker["organisation"]),
        camp=speaker["camp"],
        status=row["status"], standing=standing(row["status"], row["content"]),
        single=bool(_SINGLE.search(row["content"].lower())),
        deed=bool(_DEED.search(row["content"].lower())),
        text=plain(row["content"]), published=when, day=day(published),
        place_id=place_id, place=place, place_wording=wording, begin=begin, end=end,
        order=(when if when is not None else -1, row["claim_id"]), document_id=row["document_id"],
    )  # fmt: skip


def _figure(row: dict[str, Any], camp: str, lexicon: Lexicon) -> Figure:
    doer = None if _missing(row["responsible"]) else lexicon.party_in(str(row["responsible"]))
    if doer == "enemy":
        doer = ENEMY.get(lexicon.side.get(camp, ""))
    return Figure(
        row["aspect"], row["population"],
        0.0 if _missing(row["low"]) else float(row["low"]),
        float("inf") if _missing(row["high"]) else float(row["high"]),
        row["unit"], row["rule"], bool(row["verified"]), row["scope"], row["wording"],
        int(row["start"]), None if _missing(row["place_id"]) else str(row["place_id"]),
        nationality(str(row["group"]).split()),
        doer,
        people(str(row["group"]).split()),
    )  # fmt: skip


def _fact(row: dict[str, Any], lexicon: Lexicon) -> Fact:
    predicate = row["predicate"]
    return Fact(
        row["aspect"], predicate, lexicon.family.get(predicate, predicate),
        row["polarity"] == "denied",
        None if _missing(row["agent"]) else str(row["agent"]),
        None if _missing(row["patient"]) else str(row["patient"]), row["wording"],
    )  # fmt: skip
