"""One row of discrepancies laid out side by side: who says what, and who is silent."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from compare.schema import CAMPS, VERDICTS
from compare.tables import records
from compare.view.evidence import Quote, evidence
from compare.view.labels import by_rule, days, figure, plural, question
from compare.view.lookup import Lookup, Record
from compare.view.reasons import reasons

SILENT = "silent"
_NOT_A_SIDE = ("other", "unknown")
_NEGATION = re.compile(r"\b(?:no|not|none|never|nobody|nor|neither|without)\b|n['’]t\b", re.I)
CLAUSE = 130
"""Most characters of a claim set as the heading of what a source says."""


@dataclass(frozen=True)
class Statement:
    """What one actor says on a row, with every quotation of it."""

    actor: str
    actor_id: str
    organisation: str
    camp: str
    role: str
    says: str
    reads_as: str
    quotes: tuple[Quote, ...]

    @property
    def outlets(self) -> list[str]:
        """Publishers that carry it, sorted."""
        return sorted({q.publisher for q in self.quotes})


@dataclass(frozen=True)
class Side:
    """A camp and its statements on a row."""

    camp: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Position:
    """A row of discrepancies with its sides, its silent camps and its reasons."""

    row: Record
    number: int
    question: str
    place: str
    verdict: str
    cause: str
    range: str
    sides: tuple[Side, ...]
    silent: tuple[str, ...]
    accused: tuple[str, ...]
    reasons: tuple[str, ...]
    other_reasons: tuple[str, ...]
    between: str

    @property
    def longest(self) -> int:
        """Statements of the camp that makes most."""
        return max((len(side.statements) for side in self.sides), default=0)


def _clause(q: Quote) -> str:
    """The claim's own words on one line, cut around its marked words where it is long."""
    words = " ".join(q.words.split())
    if len(words) <= CLAUSE:
        return words
    wording = " ".join(str(q.facts[0]["wording"]).split())
    at = max(words.find(wording), 0)
    left = max(0, min(at - CLAUSE // 3, len(words) - CLAUSE))
    if left:
        left = words.find(" ", left, at) + 1 or at
    right = min(len(words), max(left + CLAUSE, min(at + len(wording), at + 2 * CLAUSE)))
    if right < len(words):
        right = words.rfind(" ", left + 1, right) if " " in words[left + 1 : right] else right
    return ("… " if left else "") + words[left:right] + (" …" if right < len(words) else "")


def _says(q: Quote) -> tuple[str, str]:
    """The words of the figure or fact, and how they were read where that is not the same."""
    if q.figures:
        wordings: list[str] = list(dict.fromkeys(" ".join(f["wording"].split()) for f in q.figures))
        ranges = list(dict.fromkeys(figure(f["low"], f["high"]) for f in q.figures))
        read = " and ".join(ranges)
        extra = [k for k in ("verified",) if any(f[k] for f in q.figures)]
        extra += sorted({f["scope"] for f in q.figures} - {"total"})
        same = read.replace(",", "") == " and ".join(wordings).replace(",", "")
        how = "read by rule as" if any(by_rule(f["rule"]) for f in q.figures) else "read as"
        notes = ([] if same else [f"{how} {read}"]) + extra
        return " and ".join(f"“{w}”" for w in wordings), ", ".join(notes)
    if q.facts:
        denied = q.status == "denied" and any(f["polarity"] == "denied" for f in q.facts)
        # "No civilians were hurt" denies by itself, and so does "were barred", that they were
        # let in; "the strikes broke the deal", which is denied by who speaks of it, does not.
        told = "denied: " if denied and not _NEGATION.search(q.words) else ""
        return f"{told}“{_clause(q)}”", ""
    return f"no figure or fact of this kind ({q.status})", ""


def _statements(quotes: Sequence[Quote]) -> dict[str, list[Statement]]:
    groups: defaultdict[tuple[str, str, str], list[Quote]] = defaultdict(list)
    for q in quotes:
        groups[(q.actor_id or q.actor, *_says(q))].append(q)
    sides: defaultdict[str, list[Statement]] = defaultdict(list)
    for (_, says, reads_as), same in groups.items():
        first = same[0]
        sides[first.camp].append(
            Statement(
                first.actor, first.actor_id, first.organisation, first.camp, first.role,
                says, reads_as, tuple(same),
            )
        )  # fmt: skip
    return sides


def span(figures: Sequence[Record]) -> str:
    """The figures of a row from the least to the most; never an average.

    A vague word is told by itself: the end of its range is the rule's, not its source's.

    >>> def read(wording, low, high, rule="exact"):
    ...     return {"wording": wording, "low": low, "high": high, "rule": rule}
    >>> span([read("35", 35, 35), read("thousands", 2000, 1999999, "vague:thousands")])
    'the figure 35; also “thousands”'
    >>> span([read("12", 12, 12), read("at least 10", 10, None, "at-least")])
    'least figure 10, no upper bound'
    """
    vague = [f for f in figures if by_rule(f["rule"])]
    words = " and ".join(dict.fromkeys(f"“{' '.join(f['wording'].split())}”" for f in vague))
    stated = [f for f in figures if not by_rule(f["rule"])]
    if not stated:
        return f"no figure but {words}" if words else ""
    lows = [f["low"] for f in stated if f["low"] is not None]
    low = min(lows, default=None)
    high = None if any(f["high"] is None for f in stated) else max(f["high"] for f in stated)
    if high is None:
        told = "no figure" if low is None else f"least figure {figure(low, low)}, no upper bound"
    else:
        told = f"{'the figure' if low == high else 'figures span'} {figure(low, high)}"
    return f"{told}; also {words}" if words else told


Play = Mapping[str, set[str]]
"""Camps the case is about, each with the claims that speak of it."""


def in_play(claims: pd.DataFrame, sources: pd.DataFrame, assertions: pd.DataFrame) -> Play:
    """Camps the case is about, each with the claims that speak of it without it speaking.

    A camp is in play when one of its actors speaks anywhere, or when a claim
    names it as agent or patient, or by its plain name; only such a camp can be
    *silent* in a way that tells a reader something.
    """
    camps: defaultdict[str, set[str]] = defaultdict(set)
    camps |= {camp: set() for camp in sources["camp"].unique()}
    actors = dict(zip(sources["actor_id"], sources["camp"], strict=True))
    for column in ("agent", "patient"):
        named = assertions[["claim_id", column]].dropna()
        for claim_id, name in named.itertuples(index=False, name=None):
            camp = name if name in CAMPS else actors.get(name)
            if camp:
                camps[camp].add(claim_id)
    plain = {"taliban": r"\bTaliban\b", "andsf": r"\bANDSF\b", "nato": r"\bNATO\b"}
    for camp, pattern in plain.items():
        told = claims.loc[claims["content"].str.contains(pattern, regex=True), "claim_id"]
        if len(told):
            camps[camp] |= set(told)
    return {camp: camps[camp] for camp in CAMPS if camp in camps and camp not in _NOT_A_SIDE}


def positions(look: Lookup, discrepancies: pd.DataFrame, play: Play) -> list[Position]:
    """Every row, disputed first, then in the order of events.

    Args:
        look: the tables by claim.
        discrepancies: the table of that name.
        play: as `in_play` gives it for the whole case.

    Returns:
        One `Position` a row, numbered from 1 in that order.
    """
    rows = records(discrepancies)
    rows.sort(key=lambda r: (VERDICTS.index(r["verdict"]), r["event_id"] < 0, r["event_id"]))
    found = []
    for number, row in enumerate(rows, start=1):
        sides = _statements(evidence(look, row).quotes)
        ids = set(row["claim_ids"].split())
        silent = [c for c in play if row[c] == SILENT and c not in sides]
        why = reasons(look, row)
        statements = [s for said in sides.values() for s in said]
        figures = [f for s in statements for q in s.quotes for f in q.figures]
        found.append(
            Position(
                row=row, number=number, question=question(row), place=row["place"],
                verdict=row["verdict"], cause=row["cause"],
                range=span(figures),
                sides=tuple(Side(c, tuple(sides[c])) for c in CAMPS if c in sides),
                silent=tuple(silent), accused=tuple(c for c in silent if play[c] & ids),
                reasons=why.shown, other_reasons=why.others, between=why.between,
            )
        )  # fmt: skip
    return found


@dataclass(frozen=True)
class Event:
    """One incident, as a heading and its rows."""

    event_id: int
    title: str
    about: str
    place: str
    when: str
    n_claims: int
    positions: tuple[Position, ...]
    camps: tuple[str, ...]
    silent: tuple[str, ...]


def _event(
    look: Lookup, event_id: int, rows: list[Position], held: set[str], play: Sequence[str]
) -> Event:
    """The incident `event_id`, which holds the claims `held`."""
    ids = {i for p in rows for i in p.row["claim_ids"].split()} | held
    where = [look.when_where[i] for i in sorted(ids) if i in look.when_where]
    told = [w for w in where if w["place_from"] in ("claim", "sentence")] or where
    names = Counter(w["place"] for w in told if w["place"])
    place = min(names, key=lambda n: (-names[n], n)) if names else ""
    dated = [w for w in where if w["begin"] is not None]
    dated = [w for w in dated if w["date_from"] in ("claim", "sentence")] or dated
    # The commonest day stands for the event; the rows keep every date that was given.
    spans = Counter((w["begin"], w["end"] or w["begin"]) for w in dated)
    when = days(*min(spans, key=lambda s: (-spans[s], s))) if spans else "no date"
    about = list(dict.fromkeys(p.question for p in rows if p.row["aspect"] != "text"))
    speaking = {side.camp for p in rows for side in p.sides}
    heading = "Not tied to one event" if event_id < 0 else (place or "Place not stated")
    return Event(
        event_id=event_id,
        title=heading if event_id < 0 or not spans else f"{heading}, {when}",
        about=", ".join(q[0].lower() + q[1:] for q in about[:4]) + (", …" if about[4:] else ""),
        place=place, when=when, n_claims=len(ids),
        positions=tuple(sorted(rows, key=lambda p: p.number)),
        camps=tuple(c for c in CAMPS if c in speaking),
        silent=tuple(c for c in play if c not in speaking),
    )  # fmt: skip


def by_event(look: Lookup, found: Sequence[Position], play: Iterable[str] = ()) -> list[Event]:
    """The rows of each event, events in the order of their ids, loose rows last.

    Those of the camps in `play` that speak on none of its rows are silent on it.
    """
    groups: defaultdict[int, list[Position]] = defaultdict(list)
    for position in found:
        groups[int(position.row["event_id"])].append(position)
    held: defaultdict[int, set[str]] = defaultdict(set)
    camps = list(play)
    for claim_id, event in look.events.items():
        if event["event_id"] > 0:
            held[event["event_id"]].add(claim_id)
    ordered = sorted(groups, key=lambda e: (e < 0, e))
    return [_event(look, e, groups[e], held[e], camps) for e in ordered]


def summary(
    documents: pd.DataFrame, claims: pd.DataFrame, sources: pd.DataFrame, events: pd.DataFrame
) -> str:
    """What was read, such as `3 documents of 2 publishers, 12 claims by 7 speakers, 3 events`."""
    found = events["event_id"]
    return (
        f"{plural(len(documents), 'document')} of "
        f"{plural(documents['publisher'].nunique(), 'publisher')}, "
        f"{plural(len(claims), 'claim')} by {plural(sources['actor_id'].nunique(), 'speaker')}, "
        f"{plural(found[found > 0].nunique(), 'event')}"
    )
