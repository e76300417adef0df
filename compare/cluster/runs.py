"""Runs of equal values in an array, and ranges of numbers one after another."""

from __future__ import annotations

import numpy as np


def runs(sorted_: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The values of an array whose equals stand together, where each begins, how many it is.

    >>> [found.tolist() for found in runs(np.array([4, 4, 9]))]
    [[4, 9], [0, 2], [2, 1]]
    """
    new = np.r_[True, sorted_[1:] != sorted_[:-1]][: len(sorted_)]
    starts = np.flatnonzero(new)
    return sorted_[starts], starts, np.diff(np.r_[starts, len(sorted_)])


def ranges(begin: np.ndarray, size: np.ndarray) -> np.ndarray:
    """The numbers from each of `begin` on, `size` of each, one range after another.

    >>> ranges(np.array([7, 0]), np.array([2, 3])).tolist()
    [7, 8, 0, 1, 2]
    """
    step = begin - (np.cumsum(size) - size)
    return np.asarray(np.arange(size.sum()) + np.repeat(step, size))
