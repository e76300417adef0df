"""Average link over a sparse graph of scored pairs, with pairs that must stay apart.

Two clusters merge while the mean score over *all* pairs across them, a pair
without a score counting 0, is at least the threshold. One vague claim near two
unlike incidents cannot chain them: the pairs between the incidents pull the
mean down. The best pair of clusters goes first, ties by row number, so the
result does not depend on the order of the input (UPGMA, Sokal and Michener
1958, on the sparse graph).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from compare.cluster.merging import Merging, Most, Scores


def link_clusters(
    size: int,
    left: np.ndarray,
    right: np.ndarray,
    score: np.ndarray,
    *,
    threshold: float,
    labels: Sequence[np.ndarray] = (),
    rest: Scores | None = None,
    most: Most | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Cluster `size` rows by their scored pairs.

    Args:
        size: number of rows.
        left, right: int (m,), row numbers of each pair, left < right, no pair twice.
        score: float (m,), in [0, 1], higher is closer.
        threshold: least mean score of a merge, in (0, 1].
        labels: arrays of int (size,); two clusters that hold different labels
            other than -1 in one of them never merge.
        rest: the score of any pair by its row numbers, the smaller first, where only those
            that reach `threshold - NEAR` are given; None takes pairs not given for 0.
        most: at least the sum of the scores of all pairs of some rows with some others, where
            that costs less than `rest`; it changes no result.

    Returns:
        cluster of each row (int64, the smallest row number in it) and whether a
        decision about it lay within 1e-5 of the threshold (bool).

    >>> link_clusters(4, np.array([0, 1, 2]), np.array([1, 2, 3]), np.array([0.9, 0.6, 0.9]),
    ...               threshold=0.5)[0].tolist()
    [0, 0, 2, 2]
    """
    merging = Merging(np.arange(size), labels, threshold, rest, most)
    merging.scored(left, right, score.astype(np.float64))
    return merging.run(), merging.near


def link_groups(
    start: np.ndarray,
    x: np.ndarray,
    y: np.ndarray,
    at_most: np.ndarray,
    *,
    threshold: float,
    labels: Sequence[np.ndarray] = (),
    rest: Scores,
    most: Most | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Merge clusters further, by scores that are asked for where they matter.

    Args:
        start: int (n,), the cluster of each row, named by the smallest row number in it.
        x, y: int (m,), clusters, x < y, that may reach the threshold; others do not.
        at_most: float (m,), at least the sum of the scores of all pairs across them.
        threshold, labels, rest, most: as in `link_clusters`.

    Returns:
        As `link_clusters`.

    >>> start, score = np.array([0, 0, 2]), np.array([[0, 0, 0.9], [0, 0, 0.3], [0, 0, 0]])
    >>> link_groups(start, np.array([0]), np.array([2]), np.array([2.0]), threshold=0.5,
    ...             rest=lambda a, b: score[a, b])[0].tolist()
    [0, 0, 0]
    """
    merging = Merging(start, labels, threshold, rest, most)
    merging.bounded(x, y, at_most)
    return merging.run(), merging.near
