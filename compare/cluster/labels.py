"""Labels of claims and clusters.

Labels of one kind keep apart what holds others: alike, or -1 in one, they may share an event.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def held_by(kind: np.ndarray, cluster: np.ndarray) -> np.ndarray:
    """The label that each cluster holds, int (n,) by the smallest row in it, -1 for none.

    >>> held_by(np.array([-1, 4, -1]), np.array([0, 0, 2])).tolist()
    [4, 4, -1]
    """
    found, known = kind.copy(), kind != -1
    found[cluster[known]] = kind[known]
    return found


def fitting(labels: Sequence[np.ndarray], left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """bool: pairs whose labels are alike in every kind, or -1 in one of them."""
    found = np.ones(len(left), bool)
    for kind in labels:
        one, other = kind[left], kind[right]
        found &= (one == other) | (one == -1) | (other == -1)
    return found


def named(cluster: np.ndarray) -> np.ndarray:
    """Clusters named by the smallest row number in each, int64 (n,).

    >>> named(np.array([7, 3, 7])).tolist()
    [0, 1, 0]
    """
    _, first, again = np.unique(cluster, return_index=True, return_inverse=True)
    return np.asarray(first[again], dtype=np.int64)
