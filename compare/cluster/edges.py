"""What lies across two clusters: sums of scores, and the pairs of rows that have none yet.

A round of merges touches few of many edges, so they lie in columns and change in place. The
pairs without a score are lists of blocks, all of some rows with all of others, that are joined
where edges become one.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

NONE = -1


class Blocks:
    """Lists of blocks; each block is given by the first and last of each of two chains of rows."""

    def __init__(self) -> None:
        """No block yet."""
        self._ends = np.zeros((4, 0), np.int32)
        self._next = np.zeros(0, np.int32)
        self._size = 0

    def add(self, *ends: np.ndarray) -> np.ndarray:
        """Blocks, each a list by itself, by the ends of their chains; their numbers."""
        first, self._size = self._size, self._size + len(ends[0])
        if self._size > len(self._next):
            more = max(self._size - len(self._next), len(self._next) // 2)
            self._ends = np.pad(self._ends, ((0, 0), (0, more)))
            self._next = np.pad(self._next, (0, more), constant_values=NONE)
        self._ends[:, first : self._size] = ends
        self._next[first : self._size] = NONE
        return np.arange(first, self._size)

    def join(self, last: np.ndarray, first: np.ndarray) -> None:
        """Let lists go on: the one that ends with each of `last` with that of each of `first`."""
        self._next[last] = first

    def of(self, first: np.ndarray) -> Iterator[tuple[int, int, int, int, int]]:
        """Of each list, by its first block, its place in `first` and the ends of each block."""
        place, at = np.arange(len(first)), first
        while len(at := at[held := at != NONE]):
            place = place[held]
            yield from zip(place.tolist(), *self._ends[:, at].tolist(), strict=True)
            at = self._next[at]


class Edges:
    """Columns of edges; an edge between `free` and `free` is none."""

    x: np.ndarray
    """int32: the clusters, x < y, by their smallest rows."""
    y: np.ndarray
    known: np.ndarray
    """float64: the sum of the scores known across them."""
    most: np.ndarray
    """float64: what the sum of all can come to."""
    left: np.ndarray
    """int64: how many are not known."""
    head: np.ndarray
    """int32: the first and the last block of those, `NONE` for no block."""
    tail: np.ndarray
    _COLUMNS = ("x", "y", "known", "most", "left", "head", "tail")

    def __init__(self, x: np.ndarray, y: np.ndarray, free: int) -> None:
        """Edges across which nothing lies."""
        self.x, self.y, self._free = x.astype(np.int32), y.astype(np.int32), free
        self.known, self.most = np.zeros(len(x)), np.zeros(len(x))
        self.left = np.zeros(len(x), np.int64)
        self.head, self.tail = (np.full(len(x), NONE, np.int32) for _ in range(2))

    def __len__(self) -> int:
        """Places, those of what was dropped too."""
        return len(self.x)

    def some(self, which: np.ndarray) -> Edges:
        """A copy of these."""
        found = Edges(self.x[which], self.y[which], self._free)
        for name in self._COLUMNS[2:]:
            setattr(found, name, getattr(self, name)[which])
        return found

    def put(self, where: np.ndarray, edges: Edges) -> None:
        """Write edges into the places `where`."""
        for name in self._COLUMNS:
            getattr(self, name)[where] = getattr(edges, name)

    def drop(self, which: np.ndarray) -> None:
        """Forget these; their places stay."""
        self.x[which] = self.y[which] = self._free
        self.most[which], self.left[which] = -1, 0

    def pack(self) -> None:
        """Give up the places of what was dropped."""
        kept = self.x != self._free
        for name in self._COLUMNS:
            setattr(self, name, getattr(self, name)[kept])
