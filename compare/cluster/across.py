"""Which clusters may merge: the most that lies across any two of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from compare.cluster.bound import Bound
from compare.cluster.labels import fitting, held_by
from compare.cluster.neighbours import Window
from compare.cluster.runs import runs

_SUMMED = 1 + 1e-5
"""Times a sum of scores in float32, for rounding."""


def most_across(
    bound: Bound,
    cluster: np.ndarray,
    begin: np.ndarray,
    end: np.ndarray,
    *,
    rows: np.ndarray,
    labels: Sequence[np.ndarray],
    window_days: float,
    least: float,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Two clusters whose mean score may reach `least`, and at least the sum of their scores.

    Every pair of rows is looked at once, a block at a time, and only such sums are kept.

    Args:
        bound: of the score.
        cluster: int (n,), the smallest row number in the cluster of each row.
        begin, end: float (n,), days; undated rows last from -inf to inf.
        rows: int (m,), the rows to look at: all of a cluster, or none.
        labels: as in `link_clusters`; those of the first kind save most work.
        window_days: as in `window_neighbours`.
        least: the mean to reach, in (0, 1].

    Returns:
        Clusters x < y, int32 (k,) each, and the sums, float64 (k,).
    """
    first, last = (np.full(len(cluster), far) for far in (np.inf, -np.inf))
    np.minimum.at(first, cluster, begin)
    np.maximum.at(last, cluster, end)
    held = [held_by(kind, cluster) for kind in labels]
    rows = rows[np.argsort(cluster[rows], kind="stable")]
    owner = cluster[rows]
    group = held[0][owner] if held else np.zeros(len(owner), np.int64)
    window = Window(first[owner], last[owner], window_days, group)
    order, group = rows[window.order], group[window.order]
    heads, starts, size = runs(cluster[order])
    at = np.repeat(np.arange(len(heads)), size)
    ends = starts + size
    whole, cut = _Sums(), _Sums()
    for block in window.blocks():
        (a, b), (c, d) = ((side.start, side.stop) for side in block)
        x, y = (np.arange(int(at[p]), int(at[q - 1]) + 1) for p, q in ((a, b), (c, d)))
        score = bound.scores(*(order[side] for side in block))
        score = np.add.reduceat(score, np.maximum(starts[y], c) - c, axis=1)
        total = np.add.reduceat(score, np.maximum(starts[x], a) - a, axis=0) * _SUMMED
        kept = total >= least * size[x][:, None] * size[y]
        # What a block holds no more than a part of is added up in the end.
        cut_x, cut_y = ((starts[k] < p) | (ends[k] > q) for k, p, q in ((x, a, b), (y, c, d)))
        in_part = cut_x[:, None] | cut_y
        apart = x[:, None] < y if group[a] == group[c] else True  # else both ways round
        for sums, these in ((whole, kept & ~in_part & apart), (cut, in_part & apart)):
            left, right = np.nonzero(these)
            fits = fitting(held, heads[x[left]], heads[y[right]])
            left, right = left[fits], right[fits]
            sums.add(x[left], y[right], total[left, right])
    x, y, most = cut.columns()
    key, place = np.unique(x.astype(np.int64) * len(heads) + y, return_inverse=True)
    most = np.bincount(place, most, len(key))
    x, y = np.divmod(key, max(len(heads), 1))
    kept = most >= least * size[x] * size[y]
    whole.add(x[kept], y[kept], most[kept])
    x, y, most = whole.columns()
    one, other = (heads.astype(np.int32)[side] for side in (x, y))
    return np.minimum(one, other), np.maximum(one, other), most


class _Sums:
    """Pairs of clusters with a sum each, some tens of millions, a column at a time."""

    def __init__(self) -> None:
        """None yet."""
        self._lists: list[list[np.ndarray]] = [
            [np.zeros(0, kind)] for kind in (np.int32, np.int32, np.float64)
        ]

    def add(self, *columns: np.ndarray) -> None:
        """More pairs."""
        for held, column in zip(self._lists, columns, strict=True):
            held.append(column.astype(held[0].dtype))

    def columns(self) -> list[np.ndarray]:
        """Both clusters and the sum of each pair; none is left here."""
        return [np.concatenate(self._lists.pop(0)) for _ in range(3)]
