"""Events that documents tell side by side, when average link has left them apart.

A claim that says little ("three were killed and seven hurt") is near its neighbours and no one
else, so the many claims of other documents keep it out of their event. Where the documents that
tell of the smaller of two events mostly tell of both, next to each other, these decide alone.
"""

from __future__ import annotations

import numpy as np

from compare.cluster.best import NONE, find_best, for_both
from compare.cluster.candidates import Candidates
from compare.cluster.labels import fitting, held_by
from compare.cluster.merging import GRAIN, NEAR
from compare.cluster.profile import Profile

LEAST, SHARE = 0.5, 0.5
"""The least mean score across two events within documents, and the least share of the smaller
one's documents that tell of both. On ECB+ train, dev and the case more is found at 0.3 and 0.4,
but in round-ups of several incidents 0.5 alone joins no more than belongs together."""


def join_beside(
    event: np.ndarray, profile: Profile, candidates: Candidates
) -> tuple[np.ndarray, np.ndarray]:
    """Merge events that documents tell side by side; of two pairs of events the likelier first.

    Args:
        event: int (n,), the smallest row number in the event of each row.
        profile, candidates: of the claims.

    Returns:
        The events, in the same way, and whether a decision lay within 1e-5 of `LEAST`, bool (n,).
    """
    left, right = candidates.beside()
    told = ~(profile.position[left] | profile.position[right])
    left, right = left[told], right[told]
    score = np.round(candidates.score(left, right, "event") / GRAIN) * GRAIN
    near = np.zeros(len(event), bool)
    while True:
        x, y, mean = _across(event, profile, left, right, score)
        close = np.abs(mean - LEAST) <= NEAR
        near |= np.isin(event, np.concatenate([x[close], y[close]]))
        likely = mean >= LEAST
        x, y, mean = x[likely], y[likely], mean[likely]
        if not len(x):
            return event, near
        pair, best = np.arange(len(x)), np.full(len(event), NONE)
        find_best(x, y, mean, pair, np.full(len(event), -np.inf), best)
        into, chosen = np.arange(len(event)), for_both(x, y, pair, best)
        into[y[chosen]] = x[chosen]
        event = into[event]


def _across(
    event: np.ndarray, profile: Profile, left: np.ndarray, right: np.ndarray, score: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Events x < y that may merge, and the mean score of the pairs across them."""
    size = len(event)
    one, other = event[left], event[right]
    cross = one != other
    x, y = (f(one[cross], other[cross]) for f in (np.minimum, np.maximum))
    key, at = np.unique(x * size + y, return_inverse=True)
    mean = np.bincount(at, score[cross], len(key)) / np.bincount(at, minlength=len(key))
    both = np.bincount(
        np.unique(at * size + profile.document[left[cross]]) // size, minlength=len(key)
    )
    x, y = np.divmod(key, max(size, 1))
    stands = ~profile.position
    telling = np.bincount(
        np.unique(event[stands] * size + profile.document[stands]) // size, minlength=size
    )
    held = [held_by(kind, event) for kind in profile.labels]
    kept = both >= SHARE * np.minimum(telling[x], telling[y])
    kept &= fitting(held, x, y)
    return x[kept], y[kept], mean[kept]
