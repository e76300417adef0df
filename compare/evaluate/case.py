"""Measure the whole flow on a case with gold: every stage, and every miss by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from compare.errors import EvaluationError
from compare.evaluate.case_gold import (
    Match,
    Miss,
    Row,
    fits,
    match,
    overlap,
    read_gold,
    share,
)
from compare.evaluate.case_tables import score_events, score_values, score_when_where
from compare.evaluate.case_verdicts import (
    score_discrepancies,
    score_independence,
    score_pairs,
    score_revisions,
)
from compare.evaluate.score import Result, precision_recall
from compare.view import Comparison

NAME = "helmand-2020"


def evaluate(data: Path, gold: Path | None = None) -> list[Result]:
    """Run a case that has a folder `gold/` and compare every table with it.

    Args:
        data: the case's folder; where it has no gold, the case
            `helmand-2020` beside the folder `gold` is used.
        gold: the folder of the project's own gold, such as `fixtures/gold`.

    Returns:
        One result a stage, and last the table of misses (stage, where, expected, found).

    Raises:
        EvaluationError: no case with gold at either place.
    """
    from compare.pipeline import run  # the whole flow; scoring tables alone does not need it

    places = [data, *([gold.parent / NAME] if gold else [])]
    for fixture in places:
        if (fixture / "gold" / "claims.csv").is_file():
            return score_case(run(fixture), fixture / "gold")
    raise EvaluationError(
        f"no gold/claims.csv in {[str(place) for place in places]}; "
        "expected a case with gold, such as fixtures/helmand-2020"
    )


def score_case(comparison: Comparison, folder: Path) -> list[Result]:
    """Compare the tables of `comparison` with the gold in `folder`."""
    gold = read_gold(folder)
    paths = dict(
        zip(comparison.documents["document_id"], comparison.documents["path"], strict=True)
    )
    misses: list[Miss] = []
    data = f"{comparison.title}: {len(paths)} documents, {len(gold['claims'])} claims in gold"
    matched = match(comparison.claims, paths, gold["claims"])
    tables = {
        "Attribution": score_attribution(comparison.claims, paths, gold["claims"], misses),
        "Of claims found: speaker, cue, kind, status": score_speakers(
            comparison, paths, matched, misses
        ),
        "Figures": score_values(comparison, matched, gold["values"], misses),
        "When and where": score_when_where(comparison, matched, gold["when_where"], misses),
        "Events (B-cubed)": score_events(comparison, matched, gold["events"], misses),
        "Judgements": score_pairs(comparison, matched, gold["pairs"], misses),
        "Discrepancies": score_discrepancies(comparison, matched, gold["discrepancies"], misses),
        "Revisions": score_revisions(comparison, matched, gold["revisions"], misses),
        "Independence": score_independence(comparison, matched, gold["independence"], misses),
    }
    tables["Misses"] = pd.DataFrame(
        [vars(miss) for miss in misses], columns=["stage", "where", "expected", "found"]
    )
    return [Result(title, data, table) for title, table in tables.items() if len(table.columns)]


def score_attribution(
    claims: pd.DataFrame, paths: dict[str, str], rows: list[Row], misses: list[Miss]
) -> pd.DataFrame:
    """Precision, recall and F1 of contents, for speech and for narration.

    A content is found where intersection over union reaches the overlap named;
    exact means the same characters. Rows of gold that are not required count
    neither as missed nor, where found, as wrong.
    """
    table = []
    for speech in (True, False):
        asked = [r for r in rows if (r["kind"] != "narration") == speech]
        said = claims[(claims["kind"] != "narration") == speech]
        for name, least in (("exact", 1.0), ("overlap 0.8", 0.8), ("overlap 0.3", 0.3)):
            found = match(said, paths, asked, least)
            optional = {i for i, row in enumerate(asked) if row["required"] == "no"}
            hits = len(set(found.by_row) - optional)
            predicted = len(said) - len(set(found.by_row) & optional)
            table.append(
                {"what": "speech" if speech else "narration", "content": name}
                | {"found": hits, "predicted": predicted, "gold": len(asked) - len(optional)}
                | precision_recall(hits, predicted, len(asked) - len(optional))
            )
            if name == "overlap 0.8":
                misses += _unmatched(said, paths, asked, found)
    return pd.DataFrame(table)


def _unmatched(
    said: pd.DataFrame, paths: dict[str, str], asked: list[Row], found: Match
) -> list[Miss]:
    lost = [row for i, row in enumerate(asked) if i not in found.by_row]
    extra = [r for r in said.to_dict("records") if r["claim_id"] not in found.by_claim]
    misses = [
        Miss("extract", _at(row), _words(row), "no such claim")
        for row in lost
        if row["required"] == "yes"
    ]
    for row in extra:
        where = f"{paths[row['document_id']]}:{row['start']}-{row['end']}"
        misses.append(Miss("extract", where, "no such claim", _words(row)))
    return misses


def _at(row: Row) -> str:
    return f"{row['document']}:{row['start']}-{row['end']}"


def _words(row: dict[Any, Any]) -> str:
    source = row["source"] if isinstance(row["source"], str) else ""
    cue = row["cue"] if isinstance(row["cue"], str) else ""
    return f"{row['kind']} [{source}] [{cue}] {row['content']}"


def score_speakers(
    comparison: Comparison, paths: dict[str, str], matched: Match, misses: list[Miss]
) -> pd.DataFrame:
    """Of the claims found at overlap 0.8, how many have the right speaker and standing."""
    claims = comparison.claims.set_index("claim_id", drop=False)
    sources = comparison.sources.set_index("claim_id")
    checks: list[tuple[str, str, Callable[[Any, Any, Row], tuple[bool, object]]]] = [
        ("content exact", "extract", lambda c, s, g: (c["content"] == g["content"], c["content"])),
        ("kind", "extract", lambda c, s, g: (fits(c["kind"], g["kind"]), c["kind"])),
        ("source overlaps", "extract", lambda c, s, g: (_meets(c, g, "source"), c["source"])),
        ("source exact", "", lambda c, s, g: (fits(c["source"], g["source"]), c["source"])),
        ("cue", "extract", lambda c, s, g: (_meets(c, g, "cue"), c["cue"])),
        ("status", "extract", lambda c, s, g: (fits(c["status"], g["status"]), c["status"])),
        ("actor", "resolve", lambda c, s, g: (fits(s["actor"], g["actor"]), s["actor"])),
        ("camp", "resolve", lambda c, s, g: (fits(s["camp"], g["camp"]), s["camp"])),
        ("role", "resolve", lambda c, s, g: (fits(s["role"], g["role"]), s["role"])),
        ("parent", "extract", lambda c, s, g: _parent(c, claims, g)),
    ]
    marks: dict[str, list[bool]] = {name: [] for name, _, _ in checks}
    for i, claim_id in sorted(matched.by_row.items()):
        row = matched.rows[i]
        claim, source = claims.loc[claim_id], sources.loc[claim_id]
        for name, stage, check in checks:
            right, found = check(claim, source, row)
            marks[name].append(right)
            if not right and stage:
                key = "parent_content" if name == "parent" else name.split(" ")[0]
                where = f"{name} of {_at(row)} “{row['content'][:60]}”"
                misses.append(Miss(stage, where, row[key], str(found)))
    return pd.DataFrame([share(name, right) for name, right in marks.items()])


def _meets(claim: Any, row: Row, part: str) -> bool:
    """Whether source or cue overlaps gold's by at least one character, or both are missing."""
    at = claim[f"{part}_start"]
    if not row[part] or pd.isna(at):
        return not row[part] and pd.isna(claim[part])
    start = int(row[f"{part}_start"])
    span = int(at), int(claim[f"{part}_end"])
    return overlap(span, (start, start + len(row[part]))) > 0


def _parent(claim: Any, claims: pd.DataFrame, row: Row) -> tuple[bool, object]:
    parent = claim["parent_claim_id"]
    if pd.isna(parent) or not row["parent_content"]:
        return pd.isna(parent) and not row["parent_content"], parent
    outer = claims.loc[parent]
    span = int(outer["start"]), int(outer["end"])
    right = overlap(span, (int(row["parent_start"]), int(row["parent_end"]))) >= 0.8
    return right, outer["content"]
