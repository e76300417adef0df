"""The best pair of each cluster, and the pairs that are the best of both their clusters."""

from __future__ import annotations

import numpy as np

NONE = -1


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
        x, y: clusters of the pairs, x < y: of a cluster that has no best all its pairs.
        mean: of the scores across them.
        pair: int, what each is called.
        top: float by cluster, the mean of its best pair, -inf for none; changed in place.
        best: int by cluster, its best pair, `NONE` for none; changed in place.

    >>> top, best = np.full(3, -np.inf), np.full(3, NONE)
    >>> x, y, mean = np.array([0, 0, 1]), np.array([1, 2, 2]), np.array([0.5, 0.9, 0.9])
    >>> find_best(x, y, mean, np.array([7, 8, 9]), top, best)
    >>> best.tolist()
    [8, 9, 8]
    """
    for end in (x, y):
        np.maximum.at(top, end, mean)
    rows = [np.flatnonzero((mean == top[end]) & (best[end] == NONE)) for end in (x, y)]
    row, end = np.concatenate(rows), np.concatenate([x[rows[0]], y[rows[1]]])
    order = np.lexsort((y[row], x[row], end))[::-1]  # of each end, what is written last stays
    best[end[order]] = pair[row[order]]


def for_both(x: np.ndarray, y: np.ndarray, pair: np.ndarray, best: np.ndarray) -> np.ndarray:
    """Whether pairs are the best of both their clusters, bool: as `find_best`.

    >>> for_both(np.array([0, 1]), np.array([2, 2]), np.array([8, 9]), np.array([8, 9, 8])).tolist()
    [True, False]
    """
    return np.asarray((best[x] == pair) & (best[y] == pair))
