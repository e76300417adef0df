"""The best pair of each cluster, and the pairs that are the best of both their clusters."""

from __future__ import annotations

import numpy as np

NONE = -1
AT_ONCE = 1 << 20
"""Pairs that are looked at, or whose scores are asked for, at a time, about."""


def find_best(
    x: np.ndarray,
    y: np.ndarray,
    mean: np.ndarray,
    pair: np.ndarray,
    top: np.ndarray,
    best: np.ndarray,
) -> None:
    """Find the best pair of each cluster that has none; of equals, the one of the first rows.

    Args:
        x, y: clusters x < y by the number of a pair.
        mean: of the scores across each of `pair`.
        pair: int (m,), numbers of pairs: of a cluster that has no best all it has.
        top: float by cluster, the mean of its best pair, -inf for none; changed in place.
        best: int by cluster, its best pair, `NONE` for none; changed in place.

    >>> top, best = np.full(3, -np.inf), np.full(3, NONE)
    >>> x, y, mean = np.array([0, 0, 1]), np.array([1, 2, 2]), np.array([0.5, 0.9, 0.9])
    >>> find_best(x, y, mean, np.arange(3), top, best)
    >>> best.tolist()
    [1, 2, 1]
    """
    parts = [slice(at, at + AT_ONCE) for at in range(0, len(pair), AT_ONCE)]
    for part in parts:
        for ends in (x, y):
            np.maximum.at(top, ends[pair[part]], mean[part])
    first, at_end = [pair[:0]], [x[:0]]
    for part in parts:
        for ends in (x, y):
            end = ends[pair[part]]
            ahead = (mean[part] == top[end]) & (best[end] == NONE)
            first.append(pair[part][ahead])
            at_end.append(end[ahead])
    row, end = np.concatenate(first), np.concatenate(at_end)
    order = np.lexsort((y[row], x[row], end))[::-1]  # of each end, what is written last stays
    best[end[order]] = row[order]


def for_both(x: np.ndarray, y: np.ndarray, pair: np.ndarray, best: np.ndarray) -> np.ndarray:
    """Whether pairs are the best of both their clusters, bool: as `find_best`.

    >>> for_both(np.array([0, 1]), np.array([2, 2]), np.arange(2), np.array([0, 1, 0])).tolist()
    [True, False]
    """
    return np.asarray((best[x[pair]] == pair) & (best[y[pair]] == pair))
