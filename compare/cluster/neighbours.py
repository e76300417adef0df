"""Every pair of claims close in time and in topic, exactly, in bounded memory.

The claims are sorted by time and multiplied block by block, each block against
the claims its window reaches. A first product in bfloat16 keeps whatever could
reach the threshold (the rounding error is bounded, so nothing is lost); the
survivors' cosines are then computed in float32.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from compare.processor import native_bfloat16

if TYPE_CHECKING:
    import torch

Pairs = tuple[np.ndarray, np.ndarray, np.ndarray]

ROWS, COLUMNS = 1024, 8192
"""Shape of one block of the product: 16 MB in bfloat16."""
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
    order = np.lexsort((np.arange(len(begin)), begin))
    parts = list(
        _blocks(vectors[order], begin[order], end[order], window_days, min_cosine)
        if len(order)
        else ()
    )
    if not parts:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32)
    first, second = (order[np.concatenate([p[k] for p in parts])] for k in (0, 1))
    cosine = np.concatenate([p[2] for p in parts])
    left, right = np.minimum(first, second), np.maximum(first, second)
    sort = np.lexsort((right, left))
    return left[sort], right[sort], cosine[sort]


def _blocks(
    vectors: np.ndarray, begin: np.ndarray, end: np.ndarray, window: float, floor: float
) -> Iterator[Pairs]:
    above = _products(vectors, floor - MARGIN)
    for a in range(0, len(vectors), ROWS):
        b = min(a + ROWS, len(vectors))
        stop = int(np.searchsorted(begin, end[a:b].max() + window, side="right"))
        stop = max(b, stop)
        for c in range(a, stop, COLUMNS):
            d = min(c + COLUMNS, stop)
            hits = above(slice(a, b), slice(c, d))
            left, right = hits // (d - c) + a, hits % (d - c) + c
            keep = (right > left) & (begin[right] - end[left] <= window)
            left, right = left[keep], right[keep]
            cosine = cosines(vectors, left, right)
            keep = cosine >= floor
            if keep.any():
                yield left[keep], right[keep], cosine[keep]


def _products(vectors: np.ndarray, least: float) -> Callable[[slice, slice], np.ndarray]:
    """Where in a flat block of rows by columns the products of vectors may reach `least`."""
    if len(vectors) < 4 * ROWS:  # not worth loading torch
        return lambda rows, columns: np.flatnonzero(vectors[rows] @ vectors[columns].T >= least)
    import torch

    rough = _quicker(torch.from_numpy(vectors))

    def above(rows: slice, columns: slice) -> np.ndarray:
        with torch.inference_mode():
            return _above(torch.mm(rough[rows], rough[columns].t()).view(-1), least)

    return above


def _above(products: torch.Tensor, least: float) -> np.ndarray:
    """Where the products reach `least`.

    Bits of bfloat16 numbers above 0 are in the order of the numbers, and numpy
    scans 16-bit integers several times faster than torch scans bfloat16.
    """
    import torch

    if products.dtype != torch.bfloat16 or least <= 0:
        return np.flatnonzero(products.float().numpy() >= least)
    bound = torch.tensor(least).bfloat16()
    bits = products.view(torch.int16).numpy()
    return np.flatnonzero(bits >= int(bound.view(torch.int16)) - 1)


def cosines(vectors: np.ndarray, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Dot products of the paired rows, float32 (m,), a bounded block at a time."""
    out = np.empty(len(left), np.float32)
    for at in range(0, len(left), 8192):
        part = slice(at, at + 8192)
        out[part] = np.einsum("ij,ij->i", vectors[left[part]], vectors[right[part]])
    return out


def _quicker(whole: torch.Tensor) -> torch.Tensor:
    """The vectors in the number format this processor multiplies faster; the result is the same."""
    return whole.bfloat16() if native_bfloat16() else whole
