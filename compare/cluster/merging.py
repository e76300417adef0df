"""The merges of average link, a round at a time.

In a round, any two clusters that are best for each other merge. Under average link this comes
to what merging the best pair of all, one at a time, comes to: what two clusters become together
is no nearer to a third than the nearer of them was (reciprocal nearest neighbours, Sumengen et
al. 2021, https://arxiv.org/abs/2105.11653).

Scores that were not given are asked for last: only where, were they all as high as they can be,
two clusters would be best for each other. Until then they are kept as blocks of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from compare.cluster.best import AT_ONCE, NONE, find_best, for_both
from compare.cluster.edges import Blocks, Edges
from compare.cluster.labels import fitting, held_by
from compare.cluster.runs import runs

Scores = Callable[[np.ndarray, np.ndarray], np.ndarray]
Every = Callable[[np.ndarray, np.ndarray], np.ndarray]
Piece = tuple[int, np.ndarray, np.ndarray]
"""An edge, and rows of which all of the first with all of the second are pairs across it."""
MANY = 1024
"""Pairs of some rows with some others above which all their scores at once cost less than each."""
NEAR = 1e-5
"""A decision this close to its threshold is marked: vectors shift by about 1e-7."""
SOON = 512
"""Pairs that are scored before they must be: nearly all will have to be, and a round costs more."""
MERGES = 1 << 14
"""Clusters that are merged at a time: what lies across them is copied on the way."""
GRAIN = 2.0**-30
"""Scores are whole multiples of it, so their sums do not depend on the order of adding."""


class Merging:
    """Clusters, what lies across them, and who merges next."""

    def __init__(
        self,
        start: np.ndarray,
        labels: Sequence[np.ndarray],
        threshold: float,
        rest: Scores | None = None,
        every: Every | None = None,
    ) -> None:
        """`start` is the smallest row of each row's cluster; the others as in `link_groups`."""
        size = len(start)
        self._threshold, self._rest, self._every = threshold, rest, every
        self._unseen = 0.0
        self._held = [held_by(kind, start) for kind in labels]
        # One more than there are rows stands for no cluster.
        self._size = np.r_[np.bincount(start, minlength=size), 1]
        # The rows of a cluster are a chain. Two chains become one by hanging the second on the
        # first, which leaves either to be read as it was.
        order = np.argsort(start, kind="stable")
        self._next, self._end = np.zeros(size, np.int64), np.zeros(size, np.int64)
        self._next[order[:-1]] = order[1:]
        self._end[start[order]] = order
        self._into = start.copy()
        # The best open edge of each cluster, and its mean.
        self._best, self._top = np.full(size + 1, NONE, np.int32), np.full(size + 1, -np.inf)
        self._second = np.full(size + 1, NONE)
        self._chains: dict[tuple[int, int], np.ndarray] = {}
        self._edges, self._blocks = Edges(start[:0], start[:0], size), Blocks()
        self.near = np.zeros(size, bool)

    def run(self) -> np.ndarray:
        """Merge until no two clusters reach the threshold; the smallest row in each row's."""
        asked = np.unique(self._into)
        while len(best := self._best_of(asked)):
            both = for_both(self._edges.x, self._edges.y, best, self._best)
            if not both.any():
                break
            left = self._edges.left[best]
            soon = (left > 0) & (np.cumsum(np.where(both, 0, left)) <= SOON)
            changed = [self._settle(best[soon | (both & (left > 0))])]
            merge = best[both & (left == 0)]
            changed += [self._merge(merge[at : at + MERGES]) for at in range(0, len(merge), MERGES)]
            asked = np.unique(self._into[np.concatenate(changed)])
        while (self._into != self._into[self._into]).any():
            self._into = self._into[self._into]
        return self._into

    def bounded(self, x: np.ndarray, y: np.ndarray, most: np.ndarray, least: float) -> None:
        """Begin from the most that lies across two clusters; others have a mean below `least`.

        The arrays are not copied, and written to.
        """
        self._unseen = least
        self._edges = edges = Edges(x, y, len(self._into), most)
        edges.left = self._size[x] * self._size[y]

    def scored(self, left: np.ndarray, right: np.ndarray, score: np.ndarray) -> None:
        """Begin from the scores of pairs of clusters that are one row each."""
        fits = fitting(self._held, left, right)
        self._edges = edges = Edges(left[fits], right[fits], len(self._into))
        edges.known = np.round(score[fits] / GRAIN) * GRAIN
        edges.most = edges.known.copy()

    def _pairs(self, which: np.ndarray) -> np.ndarray:
        """How many pairs of rows lie across these edges."""
        found: np.ndarray = self._size[self._edges.x[which]] * self._size[self._edges.y[which]]
        return found

    def _best_of(self, asked: np.ndarray) -> np.ndarray:
        """Edges that may reach the threshold and are the best of one of the clusters `asked`.

        Only edges of the clusters `asked` are looked at: the best of no other has changed. A
        cluster that reaches the threshold with no other does with no two of them merged, so it
        is left out.
        """
        edges, best, top = self._edges, self._best, self._top
        moved = edges.pack()
        if moved is not None:
            best[:] = np.where(best == NONE, NONE, moved[best])
        at = edges.of(asked)
        best[asked], top[asked] = NONE, -np.inf
        mean, open_ = self._means(at)
        find_best(edges.x, edges.y, mean[open_], at[open_], top, best)
        over = (best[edges.x[at]] == NONE) | (best[edges.y[at]] == NONE)
        near = over & (edges.left[at] == 0) & (mean >= self._threshold - NEAR)
        self._mark(at[near])
        edges.drop(at[over])
        first = np.unique(best[asked])
        return np.asarray(first[first != NONE])

    def _means(self, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The most that the mean across these edges can be, and whether it may be enough."""
        mean, open_ = np.empty(len(at)), np.empty(len(at), bool)
        for begin in range(0, len(at), AT_ONCE):
            part = slice(begin, begin + AT_ONCE)
            which = at[part]
            mean[part] = self._edges.most[which] / self._pairs(which)
            sure = self._edges.left[which] == 0
            open_[part] = mean[part] >= np.where(sure, self._threshold, self._threshold - NEAR)
        return mean, open_

    def _mark(self, which: np.ndarray) -> None:
        for end in (self._edges.x, self._edges.y):
            for head in end[which].tolist():
                self.near[self._chain(head, int(self._end[head]))] = True

    def _settle(self, which: np.ndarray) -> np.ndarray:
        """Know what lies across these; the clusters whose best may be another now."""
        edges, found = self._edges, np.zeros(len(which))
        self._begin(edges, which)
        for pieces in self._pieces(edges.head[which]):
            found += self._scored(pieces, len(which))
        edges.known[which] += found
        edges.most[which], edges.left[which] = edges.known[which], 0
        edges.head[which] = edges.tail[which] = NONE
        return np.concatenate([edges.x[which], edges.y[which]])

    def _pieces(self, heads: np.ndarray) -> Iterator[list[Piece]]:
        """The rows of lists of blocks, of some `AT_ONCE` pairs at a time; a large piece alone."""
        held: list[Piece] = []
        size = 0
        for edge, x, x_end, y, y_end in self._blocks.of(heads):
            one, other = self._chain(x, x_end), self._chain(y, y_end)
            step = max(1, AT_ONCE // len(other))
            for at in range(0, len(one), step):
                piece = edge, one[at : at + step], other
                pairs = len(piece[1]) * len(other)
                if self._every is not None and pairs >= MANY:
                    yield [piece]
                    continue
                held.append(piece)
                size += pairs
                if size >= AT_ONCE:
                    yield held
                    held, size = [], 0
        if held:
            yield held

    def _scored(self, pieces: list[Piece], edges: int) -> np.ndarray:
        """The sums of the scores of pieces, by edge."""
        assert self._rest is not None
        if len(pieces) == 1 and self._every is not None:
            at, rows, columns = pieces[0]
            found = np.zeros(edges)
            found[at] = np.round(self._every(rows, columns) / GRAIN).sum() * GRAIN
            return found
        one = np.concatenate([np.repeat(a, len(b)) for _, a, b in pieces])
        other = np.concatenate([np.tile(b, len(a)) for _, a, b in pieces])
        score = self._rest(np.minimum(one, other), np.maximum(one, other))
        edge = np.repeat([edge for edge, _, _ in pieces], [len(a) * len(b) for _, a, b in pieces])
        return np.bincount(edge, np.round(score / GRAIN) * GRAIN, edges)

    def _merge(self, which: np.ndarray) -> np.ndarray:
        """Merge the clusters of these edges, no cluster twice; those whose best may be another."""
        edges = self._edges
        x, y = edges.x[which], edges.y[which]
        mean = edges.known[which] / self._pairs(which)
        self._mark(which[mean < self._threshold + NEAR])
        self._into[y] = x
        for held in self._held:
            held[x] = np.where(held[x] == -1, held[y], held[x])
        touched = edges.of(np.concatenate([x, y]))
        ends = (edges.x[touched], edges.y[touched])
        changed = [end[self._best[end] == touched] for end in ends]
        self._second[x] = y
        self._add_up(touched, np.sort(x))
        self._second[x] = NONE
        self._next[self._end[x]] = y
        self._end[x] = self._end[y]
        self._size[x] += self._size[y]
        self._chains.clear()
        return np.concatenate([x, *changed])

    def _add_up(self, touched: np.ndarray, merged: np.ndarray) -> None:
        """Replace the edges `touched` by those of the clusters `merged`, in order.

        What lies across two halves that no edge joins is not known yet.
        """
        old = self._edges.some(touched)
        self._begin(old, np.arange(len(old)))
        one, other = self._into[old.x], self._into[old.y]
        half = (one != old.x).astype(np.int64), (other != old.y).astype(np.int64)
        swap = one > other
        x, y = np.where(swap, other, one), np.where(swap, one, other)
        slot = np.where(swap, 2 * half[1] + half[0], 2 * half[0] + half[1])
        order = np.argsort(x << 32 | y, kind="stable")
        key = (x << 32 | y)[order]
        _, starts, size = runs(key)
        new = Edges(x[order][starts], y[order][starts], len(self._into))
        for name in ("known", "most", "left"):
            setattr(new, name, np.add.reduceat(getattr(old, name)[order], starts))
        self._string(old, order, new, np.repeat(np.arange(len(new)), size))
        seen = np.bitwise_or.reduceat((1 << slot)[order], starts)
        for n in range(4 if self._rest is not None else 0):
            ends = [end if first else self._second[end]
                    for end, first in ((new.x, n < 2), (new.y, n % 2 == 0))]  # fmt: skip
            lack = np.flatnonzero((ends[0] >= 0) & (ends[1] >= 0) & (seen >> n & 1 == 0))
            a, b = ends[0][lack], ends[1][lack]
            pairs = self._size[a] * self._size[b]
            new.left[lack] += pairs
            new.most[lack] += pairs * self._unseen
            block = self._whole(a, b)
            self._blocks.join(block, new.head[lack])
            new.head[lack] = block
            new.tail[lack] = np.where(new.tail[lack] == NONE, block, new.tail[lack])
        kept = np.flatnonzero((new.x != new.y) & fitting(self._held, new.x, new.y))
        places = touched[order[starts[kept]]]
        self._edges.put(places, new.some(kept), merged)
        given_up = np.ones(len(touched), bool)
        given_up[order[starts[kept]]] = False
        self._edges.drop(touched[given_up])

    def _string(self, old: Edges, order: np.ndarray, new: Edges, of: np.ndarray) -> None:
        """String the lists of blocks of edges in `order` together where they are one, `of`."""
        listed = old.head[order] != NONE
        which, of = order[listed], of[listed]
        begins = np.r_[True, of[1:] != of[:-1]][: len(of)]
        ends = np.r_[of[1:] != of[:-1], True][: len(of)]
        self._blocks.join(old.tail[which][~ends], old.head[which][~begins])
        new.head[of[begins]] = old.head[which][begins]
        new.tail[of[ends]] = old.tail[which][ends]

    def _begin(self, edges: Edges, which: np.ndarray) -> None:
        """Give what edges begin with, all pairs of their clusters, a block once it is asked for."""
        bare = which[(edges.left[which] > 0) & (edges.head[which] == NONE)]
        edges.head[bare] = edges.tail[bare] = self._whole(edges.x[bare], edges.y[bare])

    def _whole(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """The blocks of all pairs of the clusters x with those y."""
        return self._blocks.add(x, self._end[x], y, self._end[y])

    def _chain(self, first: int, last: int) -> np.ndarray:
        """The rows of a chain, from its first to its last."""
        found = self._chains.get((first, last))
        if found is None:
            rows, row = [first], first
            while row != last:
                row = int(self._next[row])
                rows.append(row)
            found = self._chains[first, last] = np.array(rows)
        return found
