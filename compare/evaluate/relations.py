"""How well pairs of claims are judged: own gold in full, other people's pairs where typed
judges apply, against cosine alone and `contrachecker` in the same run.

The gold (`fixtures/gold/relations_dev.csv`, `relations_test.csv`) was written before the
judges, shuffled with a fixed seed and split in half; the test half was not looked at
while building. Both texts of a pair go through the real flow from parsing to judging.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from compare.errors import EvaluationError
from compare.evaluate.relations_pairs import RANK, Judged, Text, judge_texts
from compare.evaluate.relations_rivals import contrachecker_says, cosine_says
from compare.evaluate.score import Result, precision_recall

_SETS = ("equate_stress", "breaking_dev", "mnli_neg_dev")
_FNC = 200
"""Headlines of fnc1 with each of the four stances that are judged, the first of each."""


def evaluate(data: Path, gold: Path) -> list[Result]:
    """Every measure of the judges, in one run.

    Args:
        data: folder of evaluation data with `inference/` and `relations/`.
        gold: folder with `relations_dev.csv` and `relations_test.csv`.

    Raises:
        EvaluationError: a file is missing.
    """
    halves = {half: read_gold(gold / f"relations_{half}.csv") for half in ("dev", "test")}
    results = []
    for half, (rows, pairs) in halves.items():
        found = judge_texts(pairs)
        about = f"relations_{half}, {len(rows)} pairs" + (", unseen" if half == "test" else "")
        results += [
            Result("Conflicts found", about, conflicts(rows, found)),
            Result("Relation in gold (rows) and found (columns)", about, confusion(rows, found)),
        ]
    dev, test = halves["dev"], halves["test"]
    answers = {
        "cosine, threshold chosen on dev": cosine_says(dev, test),
        "contrachecker 0.1.0": contrachecker_says(test[1]),
    }
    table = pd.DataFrame([
        {"method": name, **_detected(test[0], said)}
        for name, said in answers.items() if said is not None
    ])  # fmt: skip
    results.append(
        Result("Conflicts, other methods", f"relations_test, {len(test[0])} pairs", table)
    )
    return [*results, *_others(data)]


def read_gold(path: Path) -> tuple[list[dict[str, str]], list[tuple[Text, Text]]]:
    """Rows of gold and their texts.

    Raises:
        EvaluationError: there is no such file.
    """
    if not path.is_file():
        raise EvaluationError(f"no gold at {str(path)!r}; expected fixtures/gold/{path.name}")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    fields = ("text", "source", "camp", "role", "date")
    return rows, [
        (Text(*(r[f"{f}_l"] for f in fields)), Text(*(r[f"{f}_r"] for f in fields))) for r in rows
    ]


def conflicts(rows: Sequence[dict[str, str]], found: Sequence[Judged]) -> pd.DataFrame:
    """Precision, recall and F1 of the relation conflict, and how many name the right cause."""
    said = [f.relation == "conflict" for f in found]
    both = [
        f.cause in r["cause"].split("|")
        for r, f, yes in zip(rows, found, said, strict=True)
        if yes and r["relation"] == "conflict"
    ]
    right = sum(f.relation == r["relation"] for r, f in zip(rows, found, strict=True))
    return pd.DataFrame(
        [
            {
                **_detected(rows, said),
                "cause right": sum(both) / len(both) if both else 0.0,
                "relation right": right / len(rows),
            }
        ]
    )


def _detected(rows: Sequence[dict[str, str]], said: Sequence[bool]) -> dict[str, float]:
    gold = [r["relation"] == "conflict" for r in rows]
    hits = sum(g and s for g, s in zip(gold, said, strict=True))
    counts = {"gold": sum(gold), "predicted": sum(said), "hits": hits}
    return counts | precision_recall(hits, sum(said), sum(gold))


def confusion(rows: Sequence[dict[str, str]], found: Sequence[Judged]) -> pd.DataFrame:
    """One row a relation in gold, one column a relation found."""
    counts = Counter((r["relation"], f.relation) for r, f in zip(rows, found, strict=True))
    return pd.DataFrame([{"gold": g, **{p: counts[g, p] for p in RANK}} for g in RANK])


def _read(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        raise EvaluationError(
            f"no evaluation data at {str(path)!r}; expected the folder described in "
            "docs/evaluation.md, given with --data"
        )
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def _others(data: Path) -> list[Result]:
    """Where typed judges rule on other people's pairs, and how often they are right.

    A pair is covered where a judge rules agree, refines or conflict. Conflict should be
    `contradiction`; agree and refines should not be.
    """
    lines = []
    for name in _SETS:
        lines.append(_line(name, _read(data / "inference" / f"{name}.jsonl.gz")))
    relations = data / "relations"
    lines.append(_line("fever_symmetric_dev", _read(relations / "fever_symmetric_dev.jsonl.gz")))
    weaken = _read(relations / "claimdiff_weaken_train.jsonl.gz")
    lines.append(
        _line(
            "claimdiff_weaken_train",
            [
                {"premise": r["claim_a"], "hypothesis": r["claim_b"],
                 "label": "contradiction" if r["relation"] else "neutral"}
                for r in weaken
            ],
        )
    )  # fmt: skip
    lines.append(_line("fnc1, headline and opening", _fnc(relations)))
    total = sum(int(line["pairs"]) for line in lines)
    return [Result("Typed judges on other sets", f"{total:,} pairs", pd.DataFrame(lines))]


def _fnc(folder: Path) -> list[dict[str, Any]]:
    opening = {
        str(r["body_id"]): " ".join(str(r["body"]).split()[:40])
        for r in _read(folder / "fnc1_bodies.jsonl.gz")
    }
    taken: Counter[str] = Counter()
    rows = []
    for row in _read(folder / "fnc1_stances.jsonl.gz"):
        taken[row["stance"]] += 1
        if taken[row["stance"]] <= _FNC:
            label = "contradiction" if row["stance"] == "disagree" else row["stance"]
            rows.append({"premise": row["headline"], "hypothesis": opening[str(row["body_id"])],
                         "label": label})  # fmt: skip
    return rows


def _line(name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    found = judge_texts([(Text(r["premise"], "A"), Text(r["hypothesis"], "B")) for r in rows])
    against = [r["label"] == "contradiction" for r in rows]
    said = [f.relation == "conflict" for f in found]
    fits = [f.relation in ("agree", "refines") for f in found]
    hits = sum(a and s for a, s in zip(against, said, strict=True))
    sound = sum(not a and f for a, f in zip(against, fits, strict=True))
    return {
        "set": name, "pairs": len(rows), "contradictions": sum(against),
        "covered": (sum(said) + sum(fits)) / len(rows), "conflicts": sum(said),
        "precision": hits / sum(said) if sum(said) else 0.0,
        "recall": hits / sum(against) if sum(against) else 0.0,
        "agreements": sum(fits), "agreements sound": sound / sum(fits) if sum(fits) else 0.0,
    }  # fmt: skip
