"""How well pairs of claims are judged: own gold in full, other people's pairs, and beside it
cosine alone, an inference model alone and `contrachecker`, on the same pairs.

The gold (`fixtures/gold/relations_dev.csv`, `relations_test.csv`) was written before the
judges, shuffled with a fixed seed and split in half; the test half was not looked at
while building. Both texts of a pair go through the real flow from parsing to judging.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from compare.errors import EvaluationError
from compare.evaluate.relations_inference import inference_alone, three_way
from compare.evaluate.relations_pairs import RANK, Judged, Text, judge_parsed, parse_texts
from compare.evaluate.relations_rivals import Half, contrachecker_says, cosine_says
from compare.evaluate.relations_sets import RELATIONS, Row, read_set
from compare.evaluate.score import Result, precision_recall
from compare.judge.inference import SHIPPED
from compare.settings import Settings

STRESS = ("breaking_dev", "equate_stress", "mnli_neg_dev")


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
        found = judge_parsed(parse_texts(pairs, Settings()), Settings())
        about = f"relations_{half}, {len(rows)} pairs" + (", unseen" if half == "test" else "")
        results += [
            Result("Conflicts found", about, conflicts(rows, found)),
            Result("Relation in gold (rows) and found (columns)", about, confusion(rows, found)),
        ]
    against = [row["relation"] == "conflict" for row in halves["test"][0]]
    results.append(
        Result(
            "Conflicts, by method",
            f"relations_test, {len(against)} pairs, unseen",
            by_method(against, halves["test"][1], halves["dev"]),
        )
    )
    tables = []
    for name in (*STRESS, *RELATIONS):
        rows_of = read_set(data, name)
        if not any(row.label == "contradiction" for row in rows_of):
            continue
        table = by_method(
            [row.label == "contradiction" for row in rows_of], _texts(rows_of), halves["dev"]
        )
        tables.append(table.assign(set=name, pairs=len(rows_of)))
    others = pd.concat(tables)
    columns = ["set", "pairs", *(c for c in others if c not in ("set", "pairs"))]
    return [
        *results,
        Result("Conflicts on other people's pairs, by method",
               "gold: contradiction, refuted, weakened or disagreeing", others[columns]),
        *three_way(data),
    ]  # fmt: skip


def _texts(rows: Sequence[Row]) -> list[tuple[Text, Text]]:
    return [(Text(row.premise, "A"), Text(row.hypothesis, "B")) for row in rows]


def by_method(
    against: Sequence[bool], pairs: Sequence[tuple[Text, Text]], dev: Half
) -> pd.DataFrame:
    """Precision, recall and F1 of conflicts, one row a method, all on the same pairs.

    Args:
        against: whether each pair should be a conflict.
        pairs: the pairs.
        dev: gold on which the threshold of cosine is chosen.
    """
    settings = Settings()
    parsed = parse_texts(pairs, settings)
    asking, alone = (
        settings.model_copy(
            update={"judge": settings.judge.model_copy(update={"inference_model": model})}
        )
        for model in (SHIPPED, None)
    )
    said: dict[str, list[bool] | None] = {
        "typed judges and inference": _conflict(judge_parsed(parsed, asking)),
        "typed judges alone": _conflict(judge_parsed(parsed, alone)),
        "inference alone": inference_alone([(a.text, b.text) for a, b in pairs]),
        "cosine, threshold chosen on own dev": cosine_says(dev, pairs),
        "contrachecker 0.1.0": contrachecker_says(pairs),
    }
    return pd.DataFrame([
        {"method": name, **_detected(against, answers)}
        for name, answers in said.items() if answers is not None
    ])  # fmt: skip


def _conflict(found: Sequence[Judged]) -> list[bool]:
    return [one.relation == "conflict" for one in found]


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
    said = _conflict(found)
    gold = [r["relation"] == "conflict" for r in rows]
    both = [
        f.cause in r["cause"].split("|")
        for r, f, yes in zip(rows, found, said, strict=True)
        if yes and r["relation"] == "conflict"
    ]
    right = sum(f.relation == r["relation"] for r, f in zip(rows, found, strict=True))
    return pd.DataFrame(
        [
            {
                **_detected(gold, said),
                "cause right": sum(both) / len(both) if both else 0.0,
                "relation right": right / len(rows),
            }
        ]
    )


def _detected(gold: Sequence[bool], said: Sequence[bool]) -> dict[str, float]:
    hits = sum(g and s for g, s in zip(gold, said, strict=True))
    counts = {"gold": sum(gold), "predicted": sum(said), "hits": hits}
    return counts | precision_recall(hits, sum(said), sum(gold))


def confusion(rows: Sequence[dict[str, str]], found: Sequence[Judged]) -> pd.DataFrame:
    """One row a relation in gold, one column a relation found."""
    counts = Counter((r["relation"], f.relation) for r, f in zip(rows, found, strict=True))
    return pd.DataFrame([{"gold": g, **{p: counts[g, p] for p in RANK}} for g in RANK])
