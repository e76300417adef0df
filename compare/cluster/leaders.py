"""Claims that say the same: one speaks for those that say no more.

Accounts repeat each other, in their own words or by the wire. A claim that scores high with one
that says at least as much follows it, and only those that follow none, the leaders, are held
against each other further (leader clustering, Hartigan 1975). So a report that fifty outlets
print counts once in a mean, and the pairs to look at grow with what is told, not with how often.
"""

from __future__ import annotations

import numpy as np

from compare.cluster.candidates import Candidates
from compare.cluster.merging import NEAR
from compare.cluster.profile import Profile

BLOCK = 256
"""Claims that are held against the leaders before them at a time."""


def in_order(profile: Profile) -> list[np.ndarray]:
    """Rows of one province after another, and last those of none; leaning claims left out.

    Of each, claims with the most labels come first, then those that say when, then those of
    earlier times.
    """
    province = profile.labels[0]
    unknown = np.sum([kind == -1 for kind in profile.labels], axis=0)
    order = np.lexsort((profile.begin, ~profile.stated, unknown, province, province == -1))
    order = order[~profile.leaning[order]]
    known, free = (order[side] for side in (province[order] != -1, province[order] == -1))
    return [*np.split(known, np.flatnonzero(np.diff(province[known])) + 1), free]


def follow_leaders(
    candidates: Candidates, leading: int, least: float
) -> tuple[np.ndarray, tuple[np.ndarray, ...], np.ndarray]:
    """The claim that speaks for each: of the leaders before it the likest that scores `least`.

    A leader holds the labels of those that follow it, and none with others follows it. Claims
    of position follow such claims only.

    Args:
        candidates: of claims in order.
        leading: so many of them, the first, lead already.
        least: score of an event, in (0, 1).

    Returns:
        Row numbers, int64 (n,), a leader's its own; labels, int (n,) of each kind, where a
        leader has those it holds; whether a score lay within 1e-5 of `least`, bool (n,).
    """
    labels = [kind.tolist() for kind in candidates.labels("event")]
    size = len(labels[0])
    leader, near = list(range(size)), np.zeros(size, bool)
    leaders = np.arange(leading)
    for at in range(leading, size, BLOCK):
        block = np.arange(at, min(at + BLOCK, size))
        links = candidates.alike(np.concatenate([leaders, block]), block, least - NEAR)
        close = links.score <= least + NEAR
        near[links.left[close]] = near[links.right[close]] = True
        order = np.lexsort((links.left, -links.score, links.right))
        for first, row, score in zip(*(column[order].tolist() for column in links), strict=True):
            if score < least or leader[row] != row or leader[first] != first:
                continue
            both = [(kind[first], kind[row]) for kind in labels]
            if all(one == other or -1 in (one, other) for one, other in both):
                leader[row] = first
                for kind, (one, other) in zip(labels, both, strict=True):
                    kind[first] = other if one == -1 else one
        led = np.array(leader[at : at + len(block)])
        leaders = np.concatenate([leaders, block[led == block]])
    return np.array(leader, np.int64), tuple(map(np.array, labels)), near
