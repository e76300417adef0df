"""The gold of a case: what it holds, how a cell is met, how claims are matched to it."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from compare.errors import EvaluationError

Row = dict[str, str]
FILES = (
    "claims",
    "values",
    "when_where",
    "events",
    "discrepancies",
    "pairs",
    "revisions",
    "independence",
)
OVERLAP = 0.8
"""Least intersection over union at which a claim is the gold's claim."""


@dataclass(frozen=True)
class Miss:
    """One thing that came out otherwise than gold says, for the reader who will mend it."""

    stage: str
    where: str
    expected: str
    found: str


@dataclass
class Match:
    """Which claims are which rows of gold; both ways, by claim id and by row number."""

    rows: list[Row]
    by_row: dict[int, str] = field(default_factory=dict)
    by_claim: dict[str, int] = field(default_factory=dict)
    overlap: dict[int, float] = field(default_factory=dict)

    def claim(self, document: str, start: str, end: str = "") -> str | None:
        """The claim that is gold's claim there, if one is."""
        for i, row in enumerate(self.rows):
            if (row["document"], row["start"]) == (document, start) and end in ("", row["end"]):
                return self.by_row.get(i)
        return None

    def named(self, name: str) -> str | None:
        """The claim of a name such as `documents/a.md:3-40`."""
        document, _, span = name.rpartition(":")
        start, _, end = span.partition("-")
        return self.claim(document, start, end)


def read_gold(folder: Path) -> dict[str, list[Row]]:
    """The tables of a gold folder by name; one that a case does not have is empty.

    Raises:
        EvaluationError: there is no `claims.csv`.
    """
    if not (folder / "claims.csv").is_file():
        raise EvaluationError(
            f"no gold in {str(folder)!r}; expected claims.csv, as in fixtures/helmand-2020/gold"
        )
    tables: dict[str, list[Row]] = {}
    for name in FILES:
        path = folder / f"{name}.csv"
        tables[name] = []
        if path.is_file():
            with path.open(encoding="utf-8", newline="") as file:
                tables[name] = list(csv.DictReader(file))
    return tables


def plain(words: object) -> str:
    """Words for comparison: no case, no accents, no punctuation; a missing cell is "".

    >>> plain("Sayed  Mohammad Rāmin,"), plain(None)
    ('sayed mohammad ramin', '')
    """
    if words is None or words is pd.NA or words is pd.NaT:
        return ""
    letters = unicodedata.normalize("NFKD", str(words)).casefold()
    kept = "".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c))
    return " ".join(kept.split())


def fits(found: object, gold: str) -> bool:
    """Whether a cell is one of gold's answers (`a|b`; `*` takes any that is there).

    >>> fits("us", "us|nato"), fits(None, "us"), fits(81.0, "80|81"), fits(4, "*"), fits("", "a|")
    (True, False, True, True, True)
    """
    if gold == "*":
        return True
    if isinstance(found, float) and found.is_integer():
        found = int(found)
    return plain(found) in {plain(answer) for answer in gold.split("|")}


def overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Intersection over union of two half-open spans.

    >>> overlap((0, 10), (5, 10)), overlap((0, 5), (5, 9))
    (0.5, 0.0)
    """
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, shared) / (max(a[1], b[1]) - min(a[0], b[0]))


def match(
    claims: pd.DataFrame, paths: dict[str, str], rows: list[Row], least: float = OVERLAP
) -> Match:
    """Pair claims with gold one to one, the best overlap first.

    Where several are equal, speech goes with speech and narration with
    narration, then the earlier row first.

    Args:
        claims: table `claims`.
        paths: path of each document by its id.
        rows: gold claims.
        least: least intersection over union.
    """
    found = [
        (paths[r["document_id"]], int(r["start"]), int(r["end"]), r["kind"], r["claim_id"])
        for r in claims.to_dict("records")
    ]
    pairs = []
    for i, row in enumerate(rows):
        span = int(row["start"]), int(row["end"])
        for path, start, end, kind, claim in found:
            if path == row["document"] and (share := overlap(span, (start, end))) >= least:
                alike = (kind == "narration") == (row["kind"] == "narration")
                pairs.append((-share, not alike, i, claim))
    matched = Match(rows)
    for negative, _, i, claim in sorted(pairs):
        if i not in matched.by_row and claim not in matched.by_claim:
            matched.by_row[i], matched.by_claim[claim] = claim, i
            matched.overlap[i] = -negative
    return matched


def share(name: str, right: Iterable[bool]) -> dict[str, object]:
    """A line `measure, right, of, share` for a table of shares."""
    marks = list(right)
    return {
        "measure": name,
        "right": sum(marks),
        "of": len(marks),
        "share": sum(marks) / len(marks) if marks else 0.0,
    }
