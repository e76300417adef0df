"""What an evaluation returns, and the measures more than one of them uses."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Result:
    """One table of an evaluation: what was measured, on which data, how many."""

    title: str
    data: str
    """Data set, split and count, such as `polnear_dev, 84 articles, 6,221 attributions`."""
    table: pd.DataFrame
    publish: bool = True
    """False where it lists rows of data that may be read but not copied."""


def precision_recall(hits: int, predicted: int, gold: int) -> dict[str, float]:
    """Precision, recall and F1 in [0, 1]; an empty denominator gives 0.

    >>> precision_recall(hits=3, predicted=4, gold=6)
    {'precision': 0.75, 'recall': 0.5, 'f1': 0.6}
    """
    precision = hits / predicted if predicted else 0.0
    recall = hits / gold if gold else 0.0
    total = precision + recall
    f1 = 2 * precision * recall / total if total else 0.0
    return {"precision": precision, "recall": recall, "f1": f1}
