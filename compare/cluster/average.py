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

from compare.cluster.merging import NEAR, Merging, Most, Scores


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
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    # From single rows on, what may never be in one cluster bears on no merge.
    if together is None:
        keep = fitting(labels, left, right)
        left, right, score = left[keep], right[keep], score[keep]
    start = np.arange(size) if together is None else together.astype(np.int64)
    start = _smallest(start)
    score = score.astype(np.float64)
    strong = score >= threshold - NEAR
    if together is None:
        rows, columns = left[strong], right[strong]
    else:  # a strong mean needs a strong pair, so clusters merge inside these components only
        own = np.flatnonzero(start != np.arange(size))
        rows = np.concatenate([left[strong], own])
        columns = np.concatenate([right[strong], start[own]])
    graph = coo_matrix((np.ones(len(rows), np.int8), (rows, columns)), shape=(size, size))
    component = connected_components(graph, directed=False)[1]
    inside = component[left] == component[right]
    left, right, score = left[inside], right[inside], score[inside]
    cluster, near = start.copy(), np.zeros(size, bool)
    easy = _complete(component, left, score, threshold, labels, together)
    members = np.flatnonzero(easy[component])
    if len(members):
        first = np.full(component.max() + 1, size)
        np.minimum.at(first, component[members], members)
        cluster[members] = first[component[members]]
    hard = ~easy[component[left]]
    left, right, score = left[hard], right[hard], score[hard]
    order = np.lexsort((right, left, component[left]))
    left, right, score = left[order], right[order], score[order]
    cuts = np.flatnonzero(np.diff(component[left])) + 1
    rows_of = np.argsort(component, kind="stable")
    sizes = np.bincount(component)
    ends = np.cumsum(sizes)
    for part in np.split(np.arange(len(left)), cuts) if len(left) else ():
        which = component[left[part[0]]]
        rows = rows_of[ends[which] - sizes[which] : ends[which]]
        group = Merging(rows, start, labels, threshold, rest, most)
        group.run(left[part], right[part], score[part])
        for head, merged in group.members.items():
            cluster[list(merged)] = head
        near[list(group.near)] = True
    return _smallest(cluster), near


def fitting(labels: Sequence[np.ndarray], left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """bool: pairs whose labels are alike in every kind, or -1 in one of them."""
    found = np.ones(len(left), bool)
    for kind in labels:
        one, other = kind[left], kind[right]
        found &= (one == other) | (one == -1) | (other == -1)
    return found


def _smallest(cluster: np.ndarray) -> np.ndarray:
    """Name each cluster by its smallest row number."""
    _, first, inverse = np.unique(cluster, return_index=True, return_inverse=True)
    return np.asarray(first[inverse], dtype=np.int64)


def _complete(
    component: np.ndarray,
    left: np.ndarray,
    score: np.ndarray,
    threshold: float,
    labels: Sequence[np.ndarray],
    together: np.ndarray | None,
) -> np.ndarray:
    """Which components hold every pair, all clearly above the threshold: one cluster each."""
    sizes = np.bincount(component)
    if together is not None or labels:
        return np.zeros(len(sizes), bool)
    clear = np.bincount(component[left[score > threshold + NEAR]], minlength=len(sizes))
    return np.asarray((clear == sizes * (sizes - 1) // 2) & (sizes > 1))
