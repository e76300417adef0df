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

from compare.cluster.merging import Merging, Most, Scores, fitting


def link_clusters(
    size: int,
    left: np.ndarray,
    right: np.ndarray,
    score: np.ndarray,
    *,
    threshold: float,
    labels: Sequence[np.ndarray] = (),
    together: np.ndarray | None = None,
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
        together: int (size,), clusters to start from; None starts from single rows.
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
    # From single rows on, what may never be in one cluster bears on no merge.
    if together is None:
        keep = fitting(labels, left, right)
        left, right, score = left[keep], right[keep], score[keep]
    start = np.arange(size) if together is None else _smallest(together)
    merging = Merging(start, labels, threshold, rest, most)
    return merging.run(left, right, score.astype(np.float64)), merging.near


def _smallest(cluster: np.ndarray) -> np.ndarray:
    """Name each cluster by its smallest row number."""
    _, first, inverse = np.unique(cluster, return_index=True, return_inverse=True)
    return np.asarray(first[inverse], dtype=np.int64)
