"""Average link over a sparse graph of scored pairs, with pairs that must stay apart.

Two clusters merge while the mean score over *all* pairs across them, a pair
without a score counting 0, is at least the threshold. One vague claim near two
unlike incidents cannot chain them: the pairs between the incidents pull the
mean down. The best pair of clusters goes first, ties by row number, so the
result does not depend on the order of the input (UPGMA, Sokal and Michener
1958, on the sparse graph).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from compare.cluster.merging import Every, Merging, Scores


def link_clusters(
    size: int,
    left: np.ndarray,
    right: np.ndarray,
    score: np.ndarray,
    *,
    threshold: float,
    labels: Sequence[np.ndarray] = (),
) -> tuple[np.ndarray, np.ndarray]:
    """Cluster `size` rows by their scored pairs.

    Args:
        size: number of rows.
        left, right: int (m,), row numbers of each pair, left < right, no pair twice.
        score: float (m,), in [0, 1], higher is closer.
        threshold: least mean score of a merge, in (0, 1].
        labels: arrays of int (size,); two clusters that hold different labels
            other than -1 in one of them never merge.

    Returns:
        cluster of each row (int64, the smallest row number in it) and whether a
        decision about it lay within 1e-5 of the threshold (bool).

    >>> link_clusters(4, np.array([0, 1, 2]), np.array([1, 2, 3]), np.array([0.9, 0.6, 0.9]),
    ...               threshold=0.5)[0].tolist()
    [0, 0, 2, 2]
    """
    merging = Merging(np.arange(size), labels, threshold)
    merging.scored(left, right, score.astype(np.float64))
    return merging.run(), merging.near


def link_groups(
    start: np.ndarray,
    across: Callable[[], tuple[np.ndarray, np.ndarray, np.ndarray]],
    *,
    threshold: float,
    least: float,
    labels: Sequence[np.ndarray] = (),
    rest: Scores,
    every: Every | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Merge clusters further, by scores that are asked for where they matter.

    Args:
        start: int (n,), the cluster of each row, named by the smallest row number in it.
        across: gives two clusters x < y, int (m,) each, and at least the sum of the scores of
            all pairs across them, float (m,). Asked once, and written to: these are large.
        threshold, labels: as in `link_clusters`.
        least: across other clusters the mean score is below it; at most
            `threshold - NEAR`. With a lower one more are given and fewer asked for.
        rest: the score of any pair by its row numbers, the smaller first.
        every: what `rest` gives for all pairs of some rows with some others, float
            (rows, others), where that costs less.

    Returns:
        As `link_clusters`.

    >>> start, score = np.array([0, 0, 2]), np.array([[0, 0, 0.9], [0, 0, 0.3], [0, 0, 0]])
    >>> link_groups(start, lambda: (np.array([0]), np.array([2]), np.array([2.0])), threshold=0.5,
    ...             least=0.4, rest=lambda a, b: score[a, b])[0].tolist()
    [0, 0, 0]
    """
    merging = Merging(start, labels, threshold, rest, every)
    merging.bounded(*across(), least)
    return merging.run(), merging.near
