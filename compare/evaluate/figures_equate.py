"""Number inference (EQUATE): what ranges alone decide between two texts."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pandas as pd

from compare.evaluate.score import Result
from compare.numbers import Number, find_numbers

_ALL = frozenset(
    (
        "count",
        "age",
        "date",
        "time",
        "distance",
        "money",
        "percent",
        "name",
        "fraction",
        "list",
        "pronoun",
        "other",
    )
)
_INFINITE = float("inf")
_MOST = 6
"""So many numbers of a premise are combined at most."""


def _numbers(text: str) -> list[Number]:
    return find_numbers(text, vague={}, about=0.0, nearly=0.0, kinds=_ALL)


def relation(premise: Number, hypothesis: Number) -> str:
    """How a number of the hypothesis stands to the one of the premise it replaces.

    Entailment where every value the premise allows is allowed by the hypothesis,
    contradiction where none is, neutral otherwise.

    >>> [relation(_numbers("13")[0], _numbers(h)[0]) for h in ("less than 20", "more than 13")]
    ['entailment', 'contradiction']
    """
    a = _closed(premise)
    b = _closed(hypothesis)
    if b[0] <= a[0] and a[1] <= b[1]:
        return "entailment"
    return "contradiction" if a[1] < b[0] or b[1] < a[0] else "neutral"


def _closed(number: Number) -> tuple[float, float]:
    low = -_INFINITE if number.low is None else number.low
    return low, _INFINITE if number.high is None else number.high


def stress(rows: list[dict[str, Any]]) -> Result:
    """Labels decided by comparing the numbers of both texts in order, three-way.

    A pair is answered where both texts hold equally many numbers; other words are not
    looked at, since this set changes numbers only.
    """
    answers = [_stress(row["premise"], row["hypothesis"]) for row in rows]
    return Result(
        "Number inference by ranges",
        f"equate_stress, all {len(rows)} pairs, three-way",
        _by_label(rows, answers),
    )


def _stress(premise: str, hypothesis: str) -> str:
    left, right = _numbers(premise), _numbers(hypothesis)
    if not left or len(left) != len(right):
        return ""
    found = {relation(a, b) for a, b in zip(left, right, strict=True)}
    return next(label for label in ("contradiction", "neutral", "entailment") if label in found)


def arithmetic(rows: list[dict[str, Any]]) -> Result:
    """Labels of word problems: entailed where the hypothesis' number can be worked out.

    The last number of the hypothesis is looked for among sums and differences of the
    premise's numbers and products and quotients of two; which of them the story asks
    for is not looked at. This is what figures without a reading of the story can do.
    """
    answers = [_arithmetic(row["premise"], row["hypothesis"]) for row in rows]
    return Result(
        "Word problems by arithmetic on the numbers",
        f"equate_awp, all {len(rows)} pairs, two-way",
        _by_label(rows, answers),
    )


def _arithmetic(premise: str, hypothesis: str) -> str:
    given = [n.low for n in _numbers(premise) if n.low is not None][:_MOST]
    asked = [n.low for n in _numbers(hypothesis) if n.low is not None]
    if not given or not asked:
        return ""
    reached: set[float] = set()
    for size in range(1, len(given) + 1):
        for chosen in combinations(given, size):
            sums = {0.0}
            for value in chosen:
                sums = {s + sign * value for s in sums for sign in (1, -1)}
            reached |= sums
    for a, b in combinations(given, 2):
        reached |= {a * b, *(x / y for x, y in ((a, b), (b, a)) if y)}
    near = any(abs(value - asked[-1]) < 0.01 for value in reached)
    return "entailment" if near else "contradiction"


def _by_label(rows: list[dict[str, Any]], answers: list[str]) -> pd.DataFrame:
    table = []
    for label in ("all", *sorted({row["label"] for row in rows})):
        chosen = [
            (row["label"], answer)
            for row, answer in zip(rows, answers, strict=True)
            if label in ("all", row["label"])
        ]
        answered = [pair for pair in chosen if pair[1]]
        right = sum(gold == answer for gold, answer in answered)
        table.append(
            {
                "label": label,
                "pairs": len(chosen),
                "coverage": len(answered) / len(chosen),
                "accuracy where answered": right / max(len(answered), 1),
                "accuracy over all": right / len(chosen),
            }
        )
    return pd.DataFrame(table)
