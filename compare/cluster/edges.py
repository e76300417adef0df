"""What lies across two clusters: sums of scores, and the pairs of rows that have none yet.

A round of merges touches few of many edges, so they lie in columns and change in place. The
pairs without a score are lists of blocks, all of some rows with all of others, that are joined
where edges become one.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from compare.cluster.best import NONE
from compare.cluster.runs import ranges

FEW = 16
"""Below one in so many, edges are looked up in lists; from there on all are looked through."""
SPARE = 2
"""Times the places of all edges: room for lists of merged clusters before all are made anew."""


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
    """Columns of edges; an edge between `free` and `free` is none.

    Which edges a cluster has is found from lists of their places. The list of a cluster that has
    not merged stays as it is, since an edge that edges become lies where one of them lay; a place
    that is given up is not used again.
    """

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
    """int32: the first and the last block of those; `NONE` where it is all, as at the beginning."""
    tail: np.ndarray
    _COLUMNS = ("x", "y", "known", "most", "left", "head", "tail")

    def __init__(
        self, x: np.ndarray, y: np.ndarray, free: int, most: np.ndarray | None = None
    ) -> None:
        """Edges across which nothing lies, or at most `most`. int32 and float64 are not copied."""
        self.x, self.y = (end.astype(np.int32, copy=False) for end in (x, y))
        self.known, self._free = np.zeros(len(x)), free
        self.most = np.zeros(len(x)) if most is None else most.astype(np.float64, copy=False)
        self.left = np.zeros(len(x), np.int64)
        self.head, self.tail = (np.full(len(x), NONE, np.int32) for _ in range(2))
        self._given_up = 0
        self._lists: Lists | None = None

    def __len__(self) -> int:
        """Places, those of what was dropped too."""
        return len(self.x)

    def some(self, which: np.ndarray) -> Edges:
        """A copy of these."""
        found = Edges(self.x[which], self.y[which], self._free)
        for name in self._COLUMNS[2:]:
            setattr(found, name, getattr(self, name)[which])
        return found

    def of(self, clusters: np.ndarray) -> np.ndarray:
        """The places, in order, of all edges of these clusters."""
        if len(clusters) * FEW < self._free:
            if self._lists is None:
                self._lists = Lists(self.x, self.y, self._free)
            if self._lists.size(clusters) * FEW < len(self):
                at = np.sort(self._lists.of(clusters))
                fresh = np.r_[True, at[1:] != at[:-1]][: len(at)]
                return np.asarray(at[fresh & (self.x[at] != self._free)])
        asked = np.zeros(self._free + 1, bool)
        asked[clusters] = True
        return np.flatnonzero(asked[self.x] | asked[self.y])

    def put(self, where: np.ndarray, edges: Edges, merged: np.ndarray) -> None:
        """Write edges into the places `where`, each that of an edge it is made of.

        `merged` are the clusters that had other edges before.
        """
        for name in self._COLUMNS:
            getattr(self, name)[where] = getattr(edges, name)
        if self._lists and not self._lists.replace(merged, where, edges.x, edges.y):
            self._lists = None

    def drop(self, which: np.ndarray) -> None:
        """Forget these, none twice; their places stay."""
        self.x[which] = self.y[which] = self._free
        self._given_up += len(which)

    def pack(self) -> np.ndarray | None:
        """Give up the places of what was dropped, where they are half of all.

        The new place of each, int32, `NONE` for what was dropped; None where nothing moves.
        """
        if 2 * self._given_up <= len(self):
            return None
        kept = self.x != self._free
        for name in self._COLUMNS:
            setattr(self, name, getattr(self, name)[kept])
        self._given_up, self._lists = 0, None
        return np.where(kept, np.cumsum(kept, dtype=np.int32) - 1, NONE)


class Lists:
    """Of each cluster a list of places; lists of merged clusters come after the first ones."""

    def __init__(self, x: np.ndarray, y: np.ndarray, free: int) -> None:
        """Of edges in places 0, 1, ...; those of the cluster `free` are left out."""
        from scipy.sparse import csr_array

        places = np.arange(len(x), dtype=np.int32)
        # A counting sort, which scipy has; an edge is in a list by either end.
        by = [csr_array((np.ones(len(x), bool), (end, places)), shape=(free + 1, len(x))).indices
              for end in (x, y)]  # fmt: skip
        self._size = np.stack([np.bincount(end, minlength=free + 1) for end in (x, y)])
        self._from = np.cumsum(self._size, axis=1) - self._size
        self._from[1] += len(x)
        self._size[:, free] = 0
        self._used = 2 * len(x)
        self._places = np.empty(self._used * SPARE, np.int32)
        np.concatenate(by, out=self._places[: self._used])

    def size(self, clusters: np.ndarray) -> int:
        """Places in their lists."""
        return int(self._size[:, clusters].sum())

    def of(self, clusters: np.ndarray) -> np.ndarray:
        """The places in their lists, some of them given up since, an edge between two twice."""
        begin, size = (lists[:, clusters].ravel() for lists in (self._from, self._size))
        return np.asarray(self._places[ranges(begin, size)])

    def replace(
        self, clusters: np.ndarray, places: np.ndarray, x: np.ndarray, y: np.ndarray
    ) -> bool:
        """Clusters (in order) have these of the edges and no other; False where room is wanting."""
        ends, at = np.concatenate([x, y]), np.concatenate([places, places])
        place = np.minimum(np.searchsorted(clusters, ends), len(clusters) - 1)
        theirs = np.flatnonzero(clusters[place] == ends)
        if self._used + len(theirs) > len(self._places):
            return False
        order = theirs[np.argsort(place[theirs], kind="stable")]
        self._places[self._used : self._used + len(order)] = at[order]
        size = np.bincount(place[theirs], minlength=len(clusters))
        self._size[:, clusters] = size, np.zeros_like(size)
        self._from[0, clusters] = self._used + np.cumsum(size) - size
        self._used += len(order)
        return True
