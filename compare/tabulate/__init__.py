"""What all accounts of an event come to: one row a question, every source in its own words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

import pandas as pd

from compare.schema import ASSERTION_ASPECTS, CAMPS
from compare.states import shown
from compare.tables import from_rows, records
from compare.tabulate.groups import Row, group_facts, group_figures
from compare.tabulate.revisions import tabulate_revisions
from compare.tabulate.tables_by_claim import (
    Case,
    Figure,
    Record,
    arrange,
    figures,
    known_camps,
)
from compare.tabulate.verdicts import compare_verdicts, verdict

__all__ = [
    "compare_verdicts",
    "known_camps",
    "mark_silent",
    "tabulate_discrepancies",
    "tabulate_revisions",
]

SILENT = "silent"
_WHOLE = frozenset(("killed-or-wounded", "killed-and-wounded"))
_HARM = _WHOLE | {"killed", "wounded"}
_PAIR = ("claim_id_l", "claim_id_r", "event_id", "aspect", "population", "relation", "cause",
         "score", "reviewed")  # fmt: skip
"""What is asked of a judgement here: there are millions in a large case."""


def tabulate_discrepancies(
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    sources: pd.DataFrame,
    values: pd.DataFrame,
    assertions: pd.DataFrame,
    when_where: pd.DataFrame,
    events: pd.DataFrame,
    origins: pd.DataFrame,
    judgements: pd.DataFrame,
    *,
    dispute_score: float,
    camps: Collection[str] | None = None,
) -> pd.DataFrame:
    """One row a question about an event, with what each camp says and a verdict.

    Args:
        claims: table `claims`.
        documents: table `documents`.
        sources: table `sources`.
        values: table `values`.
        assertions: table `assertions`.
        when_where: table `when_where`.
        events: table `events`.
        origins: table `origins`, so that reprints and one speaker in many outlets count once.
        judgements: table `judgements`.
        dispute_score: least score of a conflict that makes a row disputed, in [0, 1].
        camps: those the case knows, of itself `known_camps`; none where the tables are a
            part of it, whose rows are given to `mark_silent` together.

    Returns:
        Table `discrepancies`. `low` and `high` are the least and the most that any source
        says, never an average. A camp the case knows that says nothing on a row is
        `silent`; one the case does not know is "".

    >>> from compare.tables import empty
    >>> names = ["claims", "documents", "sources", "values", "assertions", "when_where",
    ...     "events", "origins", "judgements"]
    >>> tabulate_discrepancies(*(empty(n) for n in names), dispute_score=0.6).shape
    (0, 26)
    """
    case = arrange(claims, documents, sources, when_where, events, origins)
    pairs = records(judgements[[*_PAIR]])
    by_event: defaultdict[int, list[Record]] = defaultdict(list)
    by_aspect: defaultdict[str, list[Record]] = defaultdict(list)
    for pair in pairs:
        if pair["aspect"] in (*ASSERTION_ASPECTS, "text"):
            by_aspect[pair["aspect"]].append(pair)
        else:
            by_event[int(pair["event_id"])].append(pair)
    counted: defaultdict[int, list[Figure]] = defaultdict(list)
    for figure in figures(values, case):
        counted[figure.event_id].append(figure)
    rows: list[Row] = []
    for event in sorted(counted):
        hit = [p for p in by_aspect["victim"] if int(p["event_id"]) == event]
        found = group_figures(counted[event], by_event[event])
        for row in found:
            if row.aspect == "killed":
                row.claim_ids |= _deniers(row, hit)
            row.pairs = _among(row, [*by_event[event], *hit])
        rows += found
    for aspect in (*ASSERTION_ASPECTS, "text"):
        found = group_facts(aspect, by_aspect[aspect], case)
        for row in found:
            row.pairs = _among(row, by_aspect[aspect])
        rows += found
    facts: defaultdict[str, list[Record]] = defaultdict(list)
    for fact in records(assertions):
        facts[fact["claim_id"]].append(fact)
    numbers: defaultdict[str, list[Figure]] = defaultdict(list)
    for event in counted:
        for figure in counted[event]:
            numbers[figure.claim_id].append(figure)
    told = [_record(row, case, facts, numbers, dispute_score) for row in rows]
    known = known_camps(sources, assertions) if camps is None else camps
    return mark_silent(from_rows("discrepancies", told), known)


def mark_silent(discrepancies: pd.DataFrame, camps: Collection[str]) -> pd.DataFrame:
    """Table `discrepancies` with `silent` where one of `camps` says nothing on a row.

    >>> from compare.tables import empty
    >>> mark_silent(empty("discrepancies"), ["un"]).shape
    (0, 26)
    """
    # Nothing that is said is empty: a speaker is named.
    columns = {camp: discrepancies[camp].replace("", SILENT) for camp in CAMPS if camp in camps}
    return discrepancies.assign(**columns)


def _among(row: Row, pairs: list[Record]) -> list[Record]:
    """Judgements between claims of a row on its question, or on a part of it."""
    related = {row.aspect}
    own = {f.claim_id for f in row.figures}
    if row.aspect in _WHOLE:
        related |= _WHOLE
    people = {row.population} | ({"people", "unknown"} if row.unit else set())
    return [
        p
        for p in pairs
        if (p["aspect"] in related or _bears(p, row, own))
        and {p["claim_id_l"], p["claim_id_r"]} <= row.claim_ids
        and (row.aspect not in ("victim",) or p["population"] in people)
    ]


def _deniers(row: Row, hit: list[Record]) -> set[str]:
    """Claims without a figure that deny that any of a row's people were hit."""
    own = {f.claim_id for f in row.figures}
    found: set[str] = set()
    for pair in hit:
        both = {pair["claim_id_l"], pair["claim_id_r"]}
        denial = (pair["relation"], pair["cause"]) == ("conflict", "denial")
        if denial and pair["population"] == row.population and both & own:
            found |= both
    return found


def _bears(pair: Record, row: Row, own: set[str]) -> bool:
    """Whether a conflict on another aspect touches a row's own figures: none of the whole
    against some of a part, or people hit against nobody hit."""
    if pair["relation"] != "conflict" or not own & {pair["claim_id_l"], pair["claim_id_r"]}:
        return False
    if pair["aspect"] == "victim":
        return row.aspect in _HARM and pair["population"] == row.population
    return row.aspect in _WHOLE and pair["aspect"] in ("killed", "wounded")


def _record(
    row: Row,
    case: Case,
    facts: dict[str, list[Record]],
    numbers: dict[str, list[Figure]],
    dispute_score: float,
) -> dict[str, object]:
    stands, cause = verdict(row.pairs, row.claim_ids, case, dispute_score)
    stated = [f for f in row.figures if case.claims[f.claim_id]["status"] != "denied"]
    lows = [f.low for f in stated if f.low is not None]
    highs = [f.high for f in stated]
    told: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for claim_id in sorted(row.claim_ids, key=lambda c: (_when(case, c), c)):
        says = _says(row, claim_id, case, facts, numbers)
        told[case.sources[claim_id]["camp"]][says] = None
    return {
        "event_id": row.event_id, "aspect": row.aspect, "population": row.population,
        "unit": row.unit, "place": row.place, "verdict": stands, "cause": cause,
        "n_outlets": len({case.publisher[c] for c in row.claim_ids}),
        "n_speakers": len({case.sources[c]["actor_id"] for c in row.claim_ids}),
        "n_independent": len({case.origin[c] for c in row.claim_ids}),
        "low": min(lows) if lows else None,
        "high": None if not highs or None in highs else max(h for h in highs if h is not None),
        **{
            camp: "; ".join(told[camp]) for camp in CAMPS
        },
        "claim_ids": " ".join(sorted(row.claim_ids)),
        "reviewed": any(p["reviewed"] for p in row.pairs),
    }  # fmt: skip


def _when(case: Case, claim_id: str) -> str:
    published = case.published[claim_id]
    return "9" if published is None else str(published)


def _says(
    row: Row,
    claim_id: str,
    case: Case,
    facts: dict[str, list[Record]],
    numbers: dict[str, list[Figure]],
) -> str:
    """One speaker's short text: `Ministry of Defence: 12 killed (22 Oct)`."""
    mine = [f for f in row.figures if f.claim_id == claim_id]
    if not mine and row.unit:
        mine = [f for f in numbers.get(claim_id, ()) if f.unit == row.unit]
    denies = "denies " if case.claims[claim_id]["status"] == "denied" else ""
    if mine:
        parts = [f"{denies}{f.wording} {_counted(f)}" for f in mine]
    else:
        parts = [
            ("denies " if f["polarity"] == "denied" else "")
            + " ".join(x for x in (_did(f), f["predicate"].replace("-", " "), _to(f)) if x)
            for f in facts.get(claim_id, ())
            if f["aspect"] == row.aspect
        ] or [denies.strip() or case.claims[claim_id]["status"]]
    published = case.published[claim_id]
    day = f" ({published.day} {published:%b})" if published is not None else ""
    return f"{case.sources[claim_id]['actor']}: {', '.join(dict.fromkeys(parts))}{day}"


def _did(fact: Record) -> str:
    """Who did it; of a position nobody, nor where a deed did it: "the strike hit a house"."""
    by = fact["agent"] or ""
    return "" if fact["aspect"] == "position" or fact["predicate"] in by.split() else shown(by)


def _to(fact: Record) -> str:
    return shown(fact["patient"] or "")


def _counted(figure: Figure) -> str:
    unit = "" if figure.unit in ("people", "") else f"{figure.unit} "
    verified = ", verified" if figure.verified else ""
    return f"{unit}{figure.aspect.replace('-', ' ')}{verified}"
