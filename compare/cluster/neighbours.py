"""Every pair of claims close in time and in topic, exactly, in bounded memory.

The claims are sorted by time and multiplied block by block, each block against
the claims its window reaches. A first product in bfloat16 keeps whatever could
reach the threshold (the rounding error is bounded, so nothing is lost); the
survivors' cosines are then computed in float32.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Protocol

import numpy as np

from compare.processor import native_bfloat16

Pairs = tuple[np.ndarray, np.ndarray, np.ndarray]
Block = tuple[slice, slice]


class Matrix(Protocol):
    """What gives rows of a matrix, by their numbers."""

    def __getitem__(self, rows: np.ndarray, /) -> np.ndarray:
        """A copy of them."""


ROWS, COLUMNS = 1024, 4096
"""Shape of one block of the product: 16 MB in float32."""
ROUGH = 16 * ROWS
"""Vectors from which a rough first product pays for loading torch."""
MARGIN = 0.0065
"""Bound on the bfloat16 error of a cosine of unit rows: each factor is rounded by at most
2^-9 of itself, so the sum by (2 * 2^-9 + 2^-18) * sum|x y| <= 0.0040, and the result by 2^-9."""


def window_neighbours(
    vectors: np.ndarray,
    begin: np.ndarray,
    end: np.ndarray,
    *,
    window_days: float,
    min_cosine: float,
) -> Pairs:
    """Pairs whose times are at most `window_days` apart and whose cosine is at least `min_cosine`.

    Exact: no pair is missed. Two claims are apart in time by the days between
    the end of the earlier and the begin of the later, 0 where they overlap.

    Args:
        vectors: float32 (n, dim), rows of unit length.
        begin: float64 (n,), days; NaN for undated claims, which are near everything.
        end: float64 (n,), days, `begin <= end`; NaN where `begin` is.
        window_days: largest gap, included.
        min_cosine: least cosine, in (-1, 1], included.

    Returns:
        left and right row numbers (int64, left < right, sorted) and cosine (float32).

    >>> v = np.eye(2, dtype=np.float32)[[0, 0, 1, 0]]
    >>> t = np.array([0.0, 3.0, 3.0, 30.0])
    >>> [a.tolist() for a in window_neighbours(v, t, t, window_days=7, min_cosine=0.5)]
    [[0], [1], [1.0]]
    """
    begin = np.where(np.isnan(begin), -np.inf, begin)
    end = np.where(np.isnan(end), np.inf, end)
    parts = [(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32))]
    window = Window(begin, end, window_days)
    sift = _sieve(vectors, window.order, min_cosine - MARGIN)
    for block in window.blocks():
        left, right = window.pairs(block, sift(*block))
        cosine = cosines(vectors, left, right)
        keep = cosine >= min_cosine
        parts.append((left[keep], right[keep], cosine[keep]))
    left, right, cosine = (np.concatenate([p[k] for p in parts]) for k in range(3))
    sort = np.lexsort((right, left))
    return left[sort], right[sort], cosine[sort]


class Window:
    """The pairs of claims that are near in time, as blocks of all of some with all of others.

    Undated claims last from -inf to inf. Where `group`, int (n,), is given, the two of a pair
    are of one group, or one is of group -1.
    """

    def __init__(
        self,
        begin: np.ndarray,
        end: np.ndarray,
        window_days: float,
        group: np.ndarray | None = None,
    ) -> None:
        """The arguments are those of `window_neighbours`."""
        group = np.zeros(len(begin), np.int64) if group is None else group
        self.order = np.lexsort((np.arange(len(begin)), begin, group))
        """Row numbers of the claims; blocks are places in it."""
        self._begin, self._end = begin[self.order], end[self.order]
        self._group, self._days = group[self.order], window_days

    def blocks(self) -> Iterator[Block]:
        """Blocks that hold every pair."""
        begin, end, days = self._begin, self._end, self._days
        for rows, columns in _groups(self._group):
            # The last end up to each column: what ends too early is known by it.
            until = np.maximum.accumulate(end[columns])
            for a in range(rows.start, rows.stop, ROWS):
                b = min(a + ROWS, rows.stop)
                past, next_ = begin[a:b].min() - days, end[a:b].max() + days
                since = columns.start + int(np.searchsorted(until, past))
                since = a if rows == columns else since
                stop = columns.start + int(np.searchsorted(begin[columns], next_, side="right"))
                for c in range(since, stop, COLUMNS):
                    yield slice(a, b), slice(c, min(c + COLUMNS, stop))

    def pairs(self, block: Block, hits: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Row numbers, the smaller first, of those hits in a flat block that are near in time.

        Each pair once, though a block may hold it twice.
        """
        rows, columns = block
        left, right = np.divmod(hits, columns.stop - columns.start)
        left, right = left + rows.start, right + columns.start
        keep = self._begin[right] - self._end[left] <= self._days
        keep &= self._begin[left] - self._end[right] <= self._days
        keep &= (left < right) | (self._group[left] != self._group[right])
        left, right = self.order[left[keep]], self.order[right[keep]]
        return np.minimum(left, right), np.maximum(left, right)


def _groups(group: np.ndarray) -> Iterator[Block]:
    """Each run of a sorted `group` with itself, and with that of group -1."""
    cuts = [0, *(np.flatnonzero(np.diff(group)) + 1).tolist(), len(group)]
    runs = [slice(a, b) for a, b in pairwise(cuts) if a < b]
    free = [run for run in runs if group[run.start] == -1]
    for run in runs:
        yield run, run
        yield from ((run, other) for other in free if other != run)


def _sieve(
    vectors: np.ndarray, order: np.ndarray, floor: float
) -> Callable[[slice, slice], np.ndarray]:
    """Where in the flat block some rows in `order` times some others may come to `floor`."""
    # Below 0 the bits used here have another order.
    if len(vectors) < ROUGH or floor <= 0 or not native_bfloat16():

        def exact(rows: slice, columns: slice) -> np.ndarray:
            return np.flatnonzero(vectors[order[rows]] @ vectors[order[columns]].T >= floor)

        return exact
    import torch

    rough = torch.empty(vectors.shape, dtype=torch.bfloat16)
    for at in range(0, len(order), COLUMNS):
        part = slice(at, at + COLUMNS)
        rough[part] = torch.from_numpy(vectors[order[part]])
    # A number of bfloat16 is the upper half of one of float32, and above 0 both stand in the
    # order of their bits.
    least = (int(np.float32(floor).view(np.int32)) + 0xFFFF) >> 16

    def rounded(rows: slice, columns: slice) -> np.ndarray:
        with torch.inference_mode():
            bits = torch.mm(rough[rows], rough[columns].t()).view(torch.int16).numpy()
        return np.flatnonzero(bits >= least)

    return rounded


def cosines(vectors: Matrix, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Dot products of the paired rows, float32 (m,), a bounded block at a time."""
    out = np.empty(len(left), np.float32)
    for at in range(0, len(left), 1024):  # what fits the processor's cache
        part = slice(at, at + 1024)
        one, other = (vectors[side[part]].astype(np.float32, copy=False) for side in (left, right))
        out[part] = np.einsum("ij,ij->i", one, other)
    return out
