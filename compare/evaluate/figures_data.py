"""What the evaluation of figures reads: gold phrases and rows of evaluation data."""

from __future__ import annotations

import csv
import gzip
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compare.errors import EvaluationError

Tuple = tuple[str, str, float | None, float | None, str]
"""A figure as it is scored: aspect, population, low, high, unit."""


@dataclass(frozen=True)
class Phrase:
    """One gold phrase and every figure it states, which may be none."""

    phrase_id: str
    phenomenon: str
    text: str
    figures: tuple[Tuple, ...]


def read_phrases(path: Path) -> list[Phrase]:
    """Gold phrases of a CSV file with one row a figure, in the order of the file.

    Raises:
        EvaluationError: the file is missing.
    """
    if not path.is_file():
        raise EvaluationError(f"gold phrases {path} not found; run from the project's folder")
    phrases: dict[str, Phrase] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = row["phrase_id"]
            known = phrases.get(key, Phrase(key, row["phenomenon"], row["text"], ()))
            figures = known.figures
            if row["aspect"]:
                low, high = (float(v) if v else None for v in (row["low"], row["high"]))
                figures += ((row["aspect"], row["population"], low, high, row["unit"]),)
            phrases[key] = Phrase(key, known.phenomenon, known.text, figures)
    return list(phrases.values())


def read_rows(data: Path, name: str) -> list[dict[str, Any]]:
    """The rows of `data/name`, a gzipped file of one JSON object a line.

    Raises:
        EvaluationError: the file is missing or holds something else.
    """
    path = data / name
    if not path.is_file():
        raise EvaluationError(
            f"evaluation data {path} not found; pass the folder that holds {name} with --data"
        )
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            return [json.loads(line) for line in file]
    except (OSError, ValueError) as error:
        raise EvaluationError(f"{path} is not gzipped JSON lines: {error}") from error
