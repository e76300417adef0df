"""How well one grouping of the same items matches another.

Groupings are sequences of labels, one an item. Labels only say which items go
together; noise must be given labels of its own (`apart` does that).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from math import comb

import numpy as np

Labels = Sequence[Hashable]


def apart(labels: Sequence[int], noise: int = -1) -> list[int]:
    """Give each noise item a label of its own.

    >>> apart([5, -1, -1, 5])
    [5, -2, -3, 5]
    """
    return [-2 - labels[:i].count(noise) if x == noise else x for i, x in enumerate(labels)]


def _table(predicted: Labels, gold: Labels) -> Counter[tuple[Hashable, Hashable]]:
    return Counter(zip(predicted, gold, strict=True))


def _f1(precision: float, recall: float) -> float:
    total = precision + recall
    return 2 * precision * recall / total if total else 0.0


def _triple(precision: float, recall: float) -> dict[str, float]:
    return {"precision": precision, "recall": recall, "f1": _f1(precision, recall)}


def b_cubed(predicted: Labels, gold: Labels) -> dict[str, float]:
    """Mean over items of the share of its group that belongs there (Bagga and Baldwin 1998).

    >>> b_cubed([1, 1, 1], [1, 1, 2])["recall"]
    1.0
    """
    if not len(predicted):
        return _triple(0.0, 0.0)
    table, p, g = _table(predicted, gold), Counter(predicted), Counter(gold)
    precision = sum(n * n / p[a] for (a, _), n in table.items()) / len(predicted)
    recall = sum(n * n / g[b] for (_, b), n in table.items()) / len(predicted)
    return _triple(precision, recall)


def muc(predicted: Labels, gold: Labels) -> dict[str, float]:
    """Links kept over links needed (Vilain et al. 1995); groupings of singletons give 0.

    >>> muc([1, 1, 2, 2], [1, 1, 1, 1])["precision"]
    1.0
    """
    table = _table(predicted, gold)

    def side(of: Labels, which: int) -> float:
        parts = Counter(pair[which] for pair in table)
        sizes = Counter(of)
        total = sum(n - 1 for n in sizes.values())
        return sum(n - parts[label] for label, n in sizes.items()) / total if total else 0.0

    return _triple(side(predicted, 0), side(gold, 1))


def ceaf_e(predicted: Labels, gold: Labels) -> dict[str, float]:
    """Best one-to-one match of groups by their overlap F1 (Luo 2005, entity-based).

    >>> round(ceaf_e([1, 1, 2], [1, 1, 1])["precision"], 3)
    0.4
    """
    from scipy.optimize import linear_sum_assignment

    if not len(predicted):
        return _triple(0.0, 0.0)
    p, g = Counter(predicted), Counter(gold)
    row = {label: i for i, label in enumerate(p)}
    column = {label: i for i, label in enumerate(g)}
    score = np.zeros((len(p), len(g)))
    for (a, b), n in _table(predicted, gold).items():
        score[row[a], column[b]] = 2 * n / (p[a] + g[b])
    total = float(score[linear_sum_assignment(-score)].sum())
    return _triple(total / len(p), total / len(g))


def conll(predicted: Labels, gold: Labels) -> float:
    """Mean F1 of MUC, B-cubed and CEAF-e, the CoNLL 2012 score.

    >>> conll([1, 1, 2], [5, 5, 6])
    1.0
    """
    return float(np.mean([f(predicted, gold)["f1"] for f in (muc, b_cubed, ceaf_e)]))


def pairwise(predicted: Labels, gold: Labels) -> dict[str, float]:
    """Precision and recall over pairs of items in one group.

    >>> pairwise([1, 1, 1], [1, 1, 2])["f1"]
    0.5
    """

    def pairs(counts: Counter[tuple[Hashable, Hashable]] | Counter[Hashable]) -> int:
        return sum(comb(n, 2) for n in counts.values())

    both = pairs(_table(predicted, gold))
    p, g = pairs(Counter(predicted)), pairs(Counter(gold))
    return _triple(both / p if p else 0.0, both / g if g else 0.0)


def adjusted_rand(predicted: Labels, gold: Labels) -> float:
    """Rand index corrected for chance (Hubert and Arabie 1985): 1 equal, 0 as by chance.

    >>> adjusted_rand([1, 1, 2, 2], [3, 3, 4, 4])
    1.0
    """
    both = sum(comb(n, 2) for n in _table(predicted, gold).values())
    p = sum(comb(n, 2) for n in Counter(predicted).values())
    g = sum(comb(n, 2) for n in Counter(gold).values())
    every = comb(len(predicted), 2)
    expected = p * g / every if every else 0.0
    most = (p + g) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


def measures(predicted: Labels, gold: Labels) -> dict[str, float]:
    """All measures of one grouping, rounded to four places.

    >>> measures([1, 2], [1, 2])["b_cubed_f1"]
    1.0
    """
    b3 = b_cubed(predicted, gold)
    found = {
        "b_cubed_precision": b3["precision"],
        "b_cubed_recall": b3["recall"],
        "b_cubed_f1": b3["f1"],
        "conll": conll(predicted, gold),
        "pairwise_f1": pairwise(predicted, gold)["f1"],
        "adjusted_rand": adjusted_rand(predicted, gold),
    }
    return {name: round(value, 4) for name, value in found.items()}
