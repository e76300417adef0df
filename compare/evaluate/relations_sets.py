"""Other people's pairs: premise, hypothesis and label, as the project reads them."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from compare.errors import EvaluationError


class Row(NamedTuple):
    """A pair with its label: contradiction, entailment, neutral or not_entailment."""

    premise: str
    hypothesis: str
    label: str


INFERENCE = (
    "snli_test", "xnli_en_dev", "sick_test", "semiauto_news_dev", "breaking_dev", "equate_stress",
    "mnli_neg_dev", "cb_dev", "rte_train", "rte1",
)  # fmt: skip
"""Files of `inference/` that are labelled pairs; `rte_train` contains `rte3_dev`."""
HALVED = ("equate_stress", "mnli_neg_dev")
"""Sets without a part for training, of which the shipped model has seen a half."""
_FNC = 200
"""Headlines of fnc1 with each of the four stances that are judged, the first of each."""
_EVIDENCE = 3
"""Sentences of a source that a claim of WiCE is held against."""


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON-lines file.

    Raises:
        EvaluationError: there is no such file.
    """
    if not path.is_file():
        raise EvaluationError(
            f"no evaluation data at {str(path)!r}; expected the folder described in "
            "docs/evaluation.md, given with --data"
        )
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def read_set(data: Path, name: str) -> list[Row]:
    """A set of `INFERENCE` or `RELATIONS` by name.

    Raises:
        EvaluationError: its file is missing.
    """
    if name in RELATIONS:
        return RELATIONS[name](data / "relations")
    return _labelled(data / "inference", name)


def held_out(premise: str) -> bool:
    """Whether a pair of a set of `HALVED` is in the half on which no model is trained.

    The checksum of the premise decides, so no premise is in both halves.
    """
    return bool(crc32(premise.encode()) % 2)


def _labelled(folder: Path, name: str) -> list[Row]:
    rows = read_rows(folder / f"{name}.jsonl.gz")
    return [Row(r["premise"], r["hypothesis"], r["label"]) for r in rows]


def _wice(folder: Path) -> list[Row]:
    """A claim of Wikipedia against the sentences of its source nearest to it in words; two-way."""
    rows = []
    for row in read_rows(folder / "wice_claim_dev.jsonl.gz"):
        claim = set(row["claim"].lower().split())
        shared = [-len(claim & set(text.lower().split())) for text in row["evidence"]]
        closest = sorted(sorted(range(len(shared)), key=lambda i: (shared[i], i))[:_EVIDENCE])
        evidence = " ".join(row["evidence"][i] for i in closest)
        label = "entailment" if row["label"] == "supported" else "not_entailment"
        rows.append(Row(evidence, row["claim"], label))
    return rows


def _claimdiff(folder: Path) -> list[Row]:
    """Claims of two outlets on one event; where B weakens A, the pair should be a conflict."""
    rows = read_rows(folder / "claimdiff_weaken_train.jsonl.gz")
    labels = ("neutral", "contradiction")
    return [Row(r["claim_a"], r["claim_b"], labels[r["relation"]]) for r in rows]


def _fnc(folder: Path) -> list[Row]:
    """A headline against the opening of a text; where they disagree, a conflict."""
    opening = {
        str(r["body_id"]): " ".join(str(r["body"]).split()[:40])
        for r in read_rows(folder / "fnc1_bodies.jsonl.gz")
    }
    labels = {"agree": "entailment", "disagree": "contradiction"}
    taken: Counter[str] = Counter()
    rows = []
    for row in read_rows(folder / "fnc1_stances.jsonl.gz"):
        taken[row["stance"]] += 1
        if taken[row["stance"]] <= _FNC:
            text = opening[str(row["body_id"])]
            rows.append(Row(text, row["headline"], labels.get(row["stance"], "neutral")))
    return rows


RELATIONS: dict[str, Callable[[Path], list[Row]]] = {
    "fever_symmetric_dev": lambda folder: _labelled(folder, "fever_symmetric_dev"),
    "healthver_dev": lambda folder: _labelled(folder, "healthver_dev"),
    "wice_claim_dev": _wice,
    "claimdiff_weaken_train": _claimdiff,
    "fnc1, headline and opening": _fnc,
}
"""Sets of `relations/` and how each is read as labelled pairs."""
