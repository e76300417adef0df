"""The merges of average link inside one connected component of scored pairs.

Scores that were not given are asked for last: only where, were they all as high as they can
be, two clusters would come first. Until then the pairs across two clusters are kept as blocks
of rows, each with a bound on the sum of its scores.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

Rows = tuple[int, ...]
Scores = Callable[[np.ndarray, np.ndarray], np.ndarray]
Most = Callable[[np.ndarray, np.ndarray], float]
SIFTED = 8
"""Offers that no longer stand are thrown out when they come to one part in so many."""
PAYS = 4
"""Pairs from which a bound on their sum costs less than their scores."""
NEAR = 1e-5
"""A decision this close to its threshold is marked: vectors shift by about 1e-7."""


class _Block(NamedTuple):
    """All pairs of some rows with some others, whose scores were not asked for yet."""

    rows: Rows
    others: Rows
    most: float
    """What they can come to."""
    tight: bool = False

    def beside(self, third: Rows) -> Rows | None:
        """The rows that are held against `third`, where the block is one with just these."""
        return self.rows if self.others is third else self.others if self.rows is third else None


class _Sum(NamedTuple):
    """The scores across two clusters, as far as they are known."""

    exact: float
    most: float = 0.0
    """What the rest can come to."""
    rest: tuple[_Block, ...] = ()


def _of_both(a: _Sum, b: _Sum, third: Rows) -> _Sum:
    """The sum across two clusters taken together and one and the same third."""
    rest = a.rest + b.rest
    if len(a.rest) == len(b.rest) == 1 and not (rest[0].tight or rest[1].tight):
        one, other = rest[0].beside(third), rest[1].beside(third)
        if one is not None and other is not None:
            rest = (_Block(one + other, third, a.most + b.most),)
    return _Sum(a.exact + b.exact, a.most + b.most, rest)


def _held(members: Mapping[int, Rows], labels: Sequence[np.ndarray]) -> dict[int, tuple[int, int]]:
    """The labels of each cluster in 32 bits a kind, and those of the bits that are known.

    Clusters that merge hold the same labels of a kind or one of them none, so what both hold
    is the one number or the other.
    """
    found = dict.fromkeys(members, (0, 0))
    for n, kind in enumerate(labels):
        numbers: dict[frozenset[int], int] = {}
        for head, rows in members.items():
            names = frozenset(int(kind[row]) for row in rows) - {-1}
            if names:
                number, known = found[head]
                mine = numbers.setdefault(names, len(numbers)) << 32 * n
                found[head] = number | mine, known | 0xFFFFFFFF << 32 * n
    return found


class Merging:
    """Clusters of one component, what lies across them, and which two come next."""

    def __init__(
        self,
        rows: np.ndarray,
        start: np.ndarray,
        labels: Sequence[np.ndarray],
        threshold: float,
        rest: Scores | None,
        most: Most | None,
    ) -> None:
        """`rows` of the component; the others are those of `link_clusters`."""
        self.threshold, self.rest, self.most = threshold, rest, most
        self.head = {int(row): int(start[row]) for row in rows}
        members: dict[int, list[int]] = {}
        for row in rows.tolist():
            members.setdefault(self.head[row], []).append(row)
        self.members: dict[int, Rows] = {head: tuple(rows_) for head, rows_ in members.items()}
        self.held = _held(self.members, labels)
        self.sums: dict[int, dict[int, _Sum]] = {head: {} for head in self.members}
        self.heap: list[tuple[float, int, int, int]] = []
        self.near: set[int] = set()

    def run(self, left: np.ndarray, right: np.ndarray, score: np.ndarray) -> None:
        """Merge until no two clusters reach the threshold."""
        for x, y, total, count in self._given(left, right, score):
            if not self._apart(x, y):
                found = self._unknown(x, y, total, count)
                self.sums[x][y] = self.sums[y][x] = found
                self._offer(x, y)
        passed = 0
        while self.heap:
            offer = heapq.heappop(self.heap)
            if not self._stands(offer):
                passed += 1
                if passed > len(self.heap) // SIFTED:
                    self.heap, passed = list(filter(self._stands, self.heap)), 0
                    heapq.heapify(self.heap)
                continue
            _, x, y, _ = offer
            if self.sums[x][y].rest:
                self.sums[x][y] = self.sums[y][x] = self._settled(self.sums[x][y])
                self._offer(x, y)
            else:
                self._merge(x, y)

    def _given(
        self, left: np.ndarray, right: np.ndarray, score: np.ndarray
    ) -> Iterable[tuple[int, int, float, int]]:
        """Two clusters, the sum of the scores given across them, and how many these are."""
        heads = np.array([self.head[row] for row in (*left.tolist(), *right.tolist())])
        one, other = heads[: len(left)], heads[len(left) :]
        cross = one != other
        one, other = np.minimum(one, other)[cross], np.maximum(one, other)[cross]
        _, first, at = np.unique(one << 32 | other, return_index=True, return_inverse=True)
        total = np.bincount(at, score[cross], len(first))
        columns = one[first], other[first], total, np.bincount(at, minlength=len(first))
        return zip(*(column.tolist() for column in columns), strict=True)

    def _stands(self, offer: tuple[float, int, int, int]) -> bool:
        """Whether both clusters of an offer are as they were."""
        _, x, y, size = offer
        mine, other = self.members.get(x, ()), self.members.get(y, ())
        return bool(mine and other) and size == len(mine) + len(other)

    def _unknown(self, x: int, y: int, total: float = 0.0, count: int = 0) -> _Sum:
        """The sum across two clusters of which `count` pairs, of sum `total`, were given."""
        left = len(self.members[x]) * len(self.members[y]) - count
        if self.rest is None or not left:
            return _Sum(total)
        most = total + left * (self.threshold - NEAR)
        return _Sum(0.0, most, (_Block(self.members[x], self.members[y], most),))

    def _settled(self, found: _Sum) -> _Sum:
        """The same, known better: bounded tightly first, then exactly."""
        assert self.rest is not None
        if self.most is not None and not all(block.tight for block in found.rest):
            rest = tuple(self._tight(block) for block in found.rest)
            return _Sum(found.exact, sum(block.most for block in rest), rest)
        one = np.concatenate([np.repeat(b.rows, len(b.others)) for b in found.rest])
        other = np.concatenate([np.tile(b.others, len(b.rows)) for b in found.rest])
        scores = self.rest(np.minimum(one, other), np.maximum(one, other))
        return _Sum(found.exact + float(scores.sum()))

    def _tight(self, block: _Block) -> _Block:
        if self.most is None or block.tight or len(block.rows) * len(block.others) < PAYS:
            return block._replace(tight=True)
        most = self.most(np.array(block.rows), np.array(block.others))
        return block._replace(most=min(most, block.most), tight=True)

    def _offer(self, x: int, y: int) -> None:
        found = self.sums[x][y]
        mine, other = self.members[x], self.members[y]
        mean = (found.exact + found.most) / (len(mine) * len(other))
        if not found.rest and abs(mean - self.threshold) < NEAR:
            self.near.update(mine, other)
        if mean >= self.threshold - (NEAR if found.rest else 0):
            heapq.heappush(self.heap, (-mean, x, y, len(mine) + len(other)))

    def _apart(self, x: int, y: int) -> bool:
        (mine, known), (other, there) = self.held[x], self.held[y]
        return (mine ^ other) & known & there != 0

    def _merge(self, x: int, y: int) -> None:
        (mine, known), (other, there) = self.held[x], self.held.pop(y)
        self.held[x] = mine | other, known | there
        near = sorted({*self.sums[x], *self.sums[y]} - {x, y})
        totals = {
            z: _of_both(self._across(x, z), self._across(y, z), self.members[z])
            for z in near if not self._apart(x, z)
        }  # fmt: skip
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
