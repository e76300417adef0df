"""Measures who a speaker is taken for, on gold passages written for the project.

`fixtures/gold/speakers.csv` holds invented passages with every speaker marked
in place: `[source](family;actor;camp;organisation)`. An empty source is a
speaker left out. The actor is an actor_id (alternatives by `|`), `unnamed`, or
`=2` for whoever the second mark of the passage means. An empty organisation is
not scored.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from compare.errors import EvaluationError
from compare.evaluate.score import Result
from compare.resolve import resolve_sources
from compare.settings import Settings
from compare.tables import from_rows

_MARK = re.compile(r"\[([^\]]*)\]\(([^;)]*);([^;)]*);([^;)]*);((?:[^()]|\([^()]*\))*)\)")
_COLUMNS = ["passage", "split", "published", "publisher", "text"]


@dataclass(frozen=True)
class Mark:
    """One marked speaker of a passage, with offsets in the passage's plain text."""

    passage: str
    split: str
    family: str
    source: str
    start: int
    end: int
    actor: str
    camp: str
    organisation: str


def read_marked(marked: str, passage: str, split: str) -> tuple[str, list[Mark]]:
    """The plain text of a passage and its marks.

    >>> text, marks = read_marked("[He](pronoun;omar-zwak;local;) left.", "p", "dev")
    >>> text, marks[0].source, marks[0].actor
    ('He left.', 'He', 'omar-zwak')
    """
    plain, marks, at = "", [], 0
    for found in _MARK.finditer(marked):
        plain += marked[at : found.start()]
        source, family, actor, camp, organisation = found.groups()
        start = len(plain)
        plain += source
        marks.append(
            Mark(passage, split, family, source, start, len(plain), actor, camp, organisation)
        )
        at = found.end()
    return plain + marked[at:], marks


def tables(rows: list[dict[str, str]]) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, Mark]]:
    """Documents and claims of gold passages, and the mark behind every claim id.

    A claim's content is the longer part of its sentence beside the speaker.
    """
    documents: list[dict[str, object]] = []
    claims: list[dict[str, object]] = []
    marks: dict[str, Mark] = {}
    for row in rows:
        text, found = read_marked(row["text"], row["passage"], row["split"])
        document_id = row["passage"].rjust(16, "0")
        documents.append(
            {
                "document_id": document_id,
                "path": f"{row['passage']}.txt",
                "publisher": row["publisher"],
                "published": pd.Timestamp(row["published"]) if row["published"] else None,
                "language": "en",
                "note": "",
                "text": text,
            }
        )
        for mark in found:
            start, end = _content(text, mark)
            claim_id = f"{document_id}:{start}-{end}"
            marks[claim_id] = mark
            claims.append(
                {
                    "claim_id": claim_id,
                    "document_id": document_id,
                    "start": start,
                    "end": end,
                    "content": text[start:end],
                    "kind": "indirect",
                    "source": mark.source or None,
                    "source_start": mark.start if mark.source else None,
                    "source_end": mark.end if mark.source else None,
                    "cue": None if mark.source else "adding",
                    "cue_start": None if mark.source else mark.start,
                    "cue_end": None if mark.source else mark.start + 1,
                    "status": "asserted",
                }
            )
    return from_rows("documents", documents), from_rows("claims", claims), marks


def _content(text: str, mark: Mark) -> tuple[int, int]:
    """The longer side of the sentence: what is left and right of the speaker in it."""
    begin = max(text.rfind(stop, 0, mark.start) + 2 for stop in (". ", ", "))
    begin = begin if begin > 1 else 0
    ends = [n for stop in (". ", ", [") if (n := text.find(stop, mark.end)) >= 0]
    end = min(ends, default=len(text.rstrip(".")))
    left, right = (begin, mark.start), (min(mark.end + 1, end - 1), end)
    return left if left[1] - left[0] > right[1] - right[0] else right


def evaluate(data: Path, gold: Path) -> list[Result]:
    """Share of speakers whose actor, camp and organisation are right, by family and split.

    `data` is not needed; `gold` is the folder with `speakers.csv`. Thresholds are
    the defaults of `Settings`. Accuracies lie in [0, 1]; organisation is over
    the marks that name one.

    Raises:
        EvaluationError: the gold file is missing or not in its form.
    """
    path = gold / "speakers.csv"
    if not path.is_file():
        raise EvaluationError(f"{path} is missing; it is part of the project's fixtures")
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != _COLUMNS:
            raise EvaluationError(f"{path} has the columns {reader.fieldnames}, not {_COLUMNS}")
        rows = list(reader)
    documents, claims, marks = tables(rows)
    sources = resolve_sources(claims, documents, None, **Settings().resolve.model_dump())
    scored = score(sources, marks)
    results = []
    for split, part in scored.groupby("split", sort=True):
        by = part.groupby("family", sort=True)[["actor", "camp", "organisation"]].mean()
        by.insert(0, "marks", part.groupby("family", sort=True).size())
        whole = part[["actor", "camp", "organisation"]].mean()
        by.loc["all"] = [len(part), *whole]
        results.append(
            Result(
                title=f"who the speaker is, {split}",
                data=f"speakers.csv ({split}), {part['passage'].nunique()} passages, "
                f"{len(part)} speakers",
                table=by.reset_index(),
            )
        )
    return results


def score(sources: pd.DataFrame, marks: dict[str, Mark]) -> pd.DataFrame:
    """One row a mark: whether actor, camp and organisation are right (NA where not asked)."""
    found = sources.fillna({"organisation": ""}).set_index("claim_id")
    order: dict[str, list[str]] = defaultdict(list)
    for claim_id, mark in marks.items():
        order[mark.passage].append(claim_id)
    rows = []
    for claim_id, mark in marks.items():
        got = found.loc[claim_id]
        if mark.actor.startswith("="):
            other = order[mark.passage][int(mark.actor[1:]) - 1]
            right = got["actor_id"] == found.loc[other, "actor_id"]
        elif mark.actor == "unnamed":
            right = got["actor_id"].startswith("unnamed:")
        else:
            right = got["actor_id"] in mark.actor.split("|")
        organisation = (
            bool(got["organisation"] == mark.organisation) if mark.organisation else pd.NA
        )
        rows.append(
            {
                "claim_id": claim_id,
                "passage": mark.passage,
                "split": mark.split,
                "family": mark.family,
                "source": mark.source,
                "actor": bool(right),
                "camp": got["camp"] in mark.camp.split("|"),
                "organisation": organisation,
            }
        )
    table = pd.DataFrame(rows)
    return table.astype({"actor": "float", "camp": "float", "organisation": "Float64"})
