"""The inference model on labelled pairs: alone, beside what wording and numbers decide, and both.

The label of a pair is the likeliest of premise to hypothesis, as such sets are scored. Where a
set is two-way, contradiction and neutral both count as not entailed.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from compare.evaluate.relations_sets import HALVED, INFERENCE, RELATIONS, Row, held_out, read_set
from compare.evaluate.score import Result
from compare.judge.inference import LABELS, SHIPPED, probabilities
from compare.judge.wording import infer_wording
from compare.settings import Settings

CONFUSIONS = ("snli_test", "breaking_dev", "equate_stress", "mnli_neg_dev")

TRAINED_ON = (
    "snli_dev", "cad_premise_train", "cad_hypothesis_train", "lingnli_train_a", "lingnli_train_b",
    "lingnli_train_c", "semiauto_wiki_train", "semiauto_simwiki_train",
    "semiauto_translate_train", "conjnli_train_auto",
)  # fmt: skip


def _model() -> str:
    return Settings().judge.inference_model or SHIPPED


def inference_alone(pairs: Sequence[tuple[str, str]]) -> list[bool]:
    """Conflict where contradiction is the likeliest label in both directions."""
    labels = Settings().judge.inference_labels
    scores = probabilities(
        [*pairs, *((right, left) for left, right in pairs)], model=_model(), labels=labels
    )
    against = scores.argmax(axis=1) == LABELS.index("contradiction")
    return [bool(yes) for yes in against[: len(pairs)] & against[len(pairs) :]]


def three_way(data: Path) -> list[Result]:
    """Accuracy on every labelled set, and which labels are taken for which on some.

    Raises:
        EvaluationError: a file is missing.
    """
    lines: list[dict[str, Any]] = []
    confusions: list[Result] = []
    shared = _training_texts(data)
    for name in (*INFERENCE, *RELATIONS):
        rows = read_set(data, name)
        if name in HALVED and not Settings().judge.inference_model:
            rows = [row for row in rows if held_out(row.premise)]
            name = f"{name}, half not trained on"
        model, typed = answers(rows)
        lines.append(_accuracies(name, rows, model, typed))
        if name == "snli_test":
            apart = [
                i for i, r in enumerate(rows)
                if r.premise not in shared and r.hypothesis not in shared
            ]  # fmt: skip
            lines.append(_accuracies(
                "snli_test, texts apart from training", [rows[i] for i in apart],
                [model[i] for i in apart], [typed[i] for i in apart],
            ))  # fmt: skip
        if name.split(",")[0] in CONFUSIONS:
            confusions.append(Result(
                "Label in gold (rows), by the model alone (columns)",
                f"{name}, {len(rows):,} pairs", _confusion(rows, model),
            ))  # fmt: skip
    total = sum(int(line["pairs"]) for line in lines)
    return [
        Result("Inference, share of labels right", f"{total:,} pairs", pd.DataFrame(lines)),
        *confusions,
    ]


def answers(rows: Sequence[Row]) -> tuple[list[str], list[str]]:
    """Labels by the model, and by wording and numbers where these decide, else ""."""
    scores = probabilities(
        [(row.premise, row.hypothesis) for row in rows],
        model=_model(), labels=Settings().judge.inference_labels,
    )  # fmt: skip
    model = [LABELS[i] for i in np.argmax(scores, axis=1)]
    return model, [infer_wording(row.premise, row.hypothesis) for row in rows]


def _accuracies(
    name: str, rows: Sequence[Row], model: Sequence[str], typed: Sequence[str]
) -> dict[str, Any]:
    two = any(row.label == "not_entailment" for row in rows)

    def right(row: Row, answer: str) -> bool:
        return answer == row.label or (
            row.label == "not_entailment" and answer in ("contradiction", "neutral")
        )

    answered = [right(r, t) for r, t in zip(rows, typed, strict=True) if t]
    return {
        "set": name, "pairs": len(rows), "ways": 2 if two else 3,
        "model": sum(map(right, rows, model)) / len(rows),
        "decided by wording and numbers": len(answered) / len(rows),
        "right where decided": sum(answered) / len(answered) if answered else None,
        "both": sum(right(r, t or m) for r, m, t in zip(rows, model, typed, strict=True))
        / len(rows),
    }  # fmt: skip


def _confusion(rows: Sequence[Row], found: Sequence[str]) -> pd.DataFrame:
    table = pd.crosstab(
        pd.Series([row.label for row in rows], name="gold"), pd.Series(list(found), name="found")
    )
    return table.reindex(columns=list(LABELS), fill_value=0).reset_index()


def _training_texts(data: Path) -> set[str]:
    """Every premise and hypothesis of the sets the shipped model was trained on."""
    rows = [row for name in TRAINED_ON for row in read_set(data, name)]
    for name in HALVED:
        rows += [row for row in read_set(data, name) if not held_out(row.premise)]
    return {text for row in rows for text in (row.premise, row.hypothesis)}
