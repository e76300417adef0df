"""Average link over a sparse graph of scored pairs, with pairs that must stay apart.

Two clusters merge while the mean score over *all* pairs across them, a pair
without a score counting 0, is at least the threshold. One vague claim near two
unlike incidents cannot chain them: the pairs between the incidents pull the
mean down. The best pair of clusters goes first, ties by row number, so the
result does not depend on the order of the input (UPGMA, Sokal and Michener
1958, on the sparse graph).
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

Rows = tuple[int, ...]
Scores = Callable[[np.ndarray, np.ndarray], np.ndarray]
Most = Callable[[np.ndarray, np.ndarray], float]
PAYS = 4
"""Pairs from which a bound on their sum costs less than their scores."""
NEAR = 1e-5
"""A decision this close to its threshold is marked: vectors shift by about 1e-7."""


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
    for kind in labels if together is None else ():
        a, b = kind[left], kind[right]
        keep = (a == b) | (a == -1) | (b == -1)
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
        group = _Group(rows, start, labels, threshold, rest, most)
        group.run(left[part].tolist(), right[part].tolist(), score[part].tolist())
        for head, merged in group.members.items():
            cluster[list(merged)] = head
        near[list(group.near)] = True
    return _smallest(cluster), near


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


class _Open(NamedTuple):
    """All pairs of some rows with some others, whose scores were not asked for yet."""

    rows: Rows
    others: Rows
    most: float
    """What they can come to."""
    tight: bool = False


class _Sum(NamedTuple):
    """The scores across two clusters, as far as they are known."""

    exact: float
    open: tuple[_Open, ...] = ()

    def __add__(self, other: object) -> _Sum:
        """Of two clusters with one and the same third."""
        if not isinstance(other, _Sum):
            return NotImplemented
        return _Sum(self.exact + other.exact, self.open + other.open)


class _Group:
    """Average link inside one connected component.

    Scores that were not given are asked for last: only where, were they all as high as they
    can be, two clusters would come first.
    """

    def __init__(
        self,
        rows: np.ndarray,
        start: np.ndarray,
        labels: Sequence[np.ndarray],
        threshold: float,
        rest: Scores | None,
        most: Most | None,
    ) -> None:
        self.threshold, self.rest, self.most = threshold, rest, most
        self.head = {int(row): int(start[row]) for row in rows}
        members: dict[int, list[int]] = {}
        for row in rows.tolist():
            members.setdefault(self.head[row], []).append(row)
        self.members: dict[int, Rows] = {head: tuple(rows_) for head, rows_ in members.items()}
        self.labels = {
            head: [{int(kind[r]) for r in rows_} - {-1} for kind in labels]
            for head, rows_ in self.members.items()
        }
        self.sums: dict[int, dict[int, _Sum]] = {head: {} for head in self.members}
        self.heap: list[tuple[float, int, int, int]] = []
        self.near: set[int] = set()

    def run(self, left: list[int], right: list[int], score: list[float]) -> None:
        """Merge until no two clusters reach the threshold."""
        given: dict[tuple[int, int], tuple[float, int]] = {}
        for a, b, value in zip(left, right, score, strict=True):
            x, y = sorted((self.head[a], self.head[b]))
            if x != y:
                total, count = given.get((x, y), (0.0, 0))
                given[x, y] = total + value, count + 1
        for (x, y), (total, count) in sorted(given.items()):
            if not self._apart(x, y):
                found = self._unknown(x, y, total, count)
                self.sums[x][y] = self.sums[y][x] = found
                self._offer(x, y)
        while self.heap:
            _, x, y, size = heapq.heappop(self.heap)
            alive = x in self.members and y in self.members
            if not alive or size != len(self.members[x]) + len(self.members[y]):
                continue
            if self.sums[x][y].open:
                self.sums[x][y] = self.sums[y][x] = self._settled(self.sums[x][y])
                self._offer(x, y)
            else:
                self._merge(x, y)

    def _unknown(self, x: int, y: int, total: float = 0.0, count: int = 0) -> _Sum:
        """The sum across two clusters of which `count` pairs, of sum `total`, were given."""
        left = len(self.members[x]) * len(self.members[y]) - count
        if self.rest is None or not left:
            return _Sum(total)
        most = total + left * (self.threshold - NEAR)
        return _Sum(0.0, (_Open(self.members[x], self.members[y], most),))

    def _settled(self, found: _Sum) -> _Sum:
        """The same, known better: bounded tightly first, then exactly."""
        assert self.rest is not None
        if self.most is not None and not all(block.tight for block in found.open):
            return _Sum(found.exact, tuple(self._tight(block) for block in found.open))
        one = np.concatenate([np.repeat(b.rows, len(b.others)) for b in found.open])
        other = np.concatenate([np.tile(b.others, len(b.rows)) for b in found.open])
        scores = self.rest(np.minimum(one, other), np.maximum(one, other))
        return _Sum(found.exact + float(scores.sum()))

    def _tight(self, block: _Open) -> _Open:
        if self.most is None or block.tight or len(block.rows) * len(block.others) < PAYS:
            return block._replace(tight=True)
        most = self.most(np.array(block.rows), np.array(block.others))
        return block._replace(most=min(most, block.most), tight=True)

    def _offer(self, x: int, y: int) -> None:
        found = self.sums[x][y]
        total = found.exact + sum(block.most for block in found.open)
        mean = total / (len(self.members[x]) * len(self.members[y]))
        if not found.open and abs(mean - self.threshold) < NEAR:
            self.near.update(self.members[x], self.members[y])
        if mean >= self.threshold - (NEAR if found.open else 0):
            size = len(self.members[x]) + len(self.members[y])
            heapq.heappush(self.heap, (-mean, x, y, size))

    def _apart(self, x: int, y: int) -> bool:
        return any(a and b and a != b for a, b in zip(self.labels[x], self.labels[y], strict=True))

    def _merge(self, x: int, y: int) -> None:
        for a, b in zip(self.labels[x], self.labels.pop(y), strict=True):
            a |= b
        near = sorted({*self.sums[x], *self.sums[y]} - {x, y})
        totals = {z: self._across(x, z) + self._across(y, z) for z in near if not self._apart(x, z)}
        for gone in (x, y):
            for z in self.sums.pop(gone):
                self.sums.get(z, {}).pop(gone, None)
        self.members[x] += self.members.pop(y)
        self.sums[x] = totals
        for z, total in totals.items():
            self.sums[z][x] = total
            self._offer(min(x, z), max(x, z))

    def _across(self, x: int, z: int) -> _Sum:
        return self.sums[x][z] if z in self.sums[x] else self._unknown(x, z)
