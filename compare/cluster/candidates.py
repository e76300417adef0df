"""Which pairs of claims are held against each other, and those that can join two clusters.

Clusters merge by the mean score over the pairs across them, so two claims' events can merge
only where some pair of theirs reaches the threshold. These strong pairs are found once, a block
of claims at a time, and are all that is kept; of events, which become stories, only the most
that lies across two of them is. Any other score is worked out when a mean asks for it.
`Bound` rules most pairs out before they are scored in full. None of it changes the result.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from compare.cluster.bound import SCORES, Bound
from compare.cluster.neighbours import Block, cosines, window_blocks
from compare.cluster.profile import REACH, Profile
from compare.cluster.score import probability, term_values

FAINT = 0.005
"""A pair that scores below this for event and story alike counts as 0: most pairs do."""
_CHUNK = 1 << 16


@dataclass(frozen=True)
class Links:
    """Pairs of row numbers, left < right, and their scores."""

    left: np.ndarray
    right: np.ndarray
    event: np.ndarray
    story: np.ndarray

    def only(self, kept: np.ndarray) -> Links:
        """These of them (bool)."""
        return Links(self.left[kept], self.right[kept], self.event[kept], self.story[kept])


class Candidates:
    """Pairs near in time and topic, and those close by each other in one document."""

    def __init__(
        self,
        profile: Profile,
        *,
        window_days: float,
        late_days: float,
        min_cosine: float,
        decay_days: float,
    ) -> None:
        """The keywords are those of `cluster_events`."""
        self._profile, self._decay = profile, decay_days
        self._window, self._floor = window_days, min_cosine
        since = np.where(profile.stated, profile.begin, profile.begin - late_days)
        self._begin = np.where(np.isnan(since), -np.inf, since)
        self._end = np.where(np.isnan(profile.end), np.inf, profile.end)
        self._bound = Bound(profile, decay_days)

    def pairs(self) -> tuple[np.ndarray, np.ndarray]:
        """All of them, int (m,) each, left < right. Memory grows with their number."""
        found = [self._beside()]
        for block in self._blocks():
            left, right = block.pairs(block.hits)
            keep = cosines(self._profile.vectors, left, right) >= self._floor
            found.append((left[keep], right[keep]))
        return np.concatenate([f[0] for f in found]), np.concatenate([f[1] for f in found])

    def score(self, left: np.ndarray, right: np.ndarray) -> Links:
        """The scores of any pairs, left < right; 0 where they are none of these, or faint."""
        found = np.zeros((2, len(left)))
        for at in range(0, len(left), _CHUNK):
            a, b = left[at : at + _CHUNK], right[at : at + _CHUNK]
            cosine = cosines(self._profile.vectors, a, b)
            near = self._in_window(a, b) & (cosine >= self._floor)
            keep = np.flatnonzero(near | self._is_beside(a, b))
            terms = term_values(self._profile, a[keep], b[keep], cosine[keep],
                                decay_days=self._decay)  # fmt: skip
            both = np.stack([probability(terms, which) for which in SCORES])
            found[:, at + keep] = np.where(both.max(axis=0, initial=0) >= FAINT, both, 0.0)
        return Links(left, right, found[0], found[1])

    def most(self, rows: np.ndarray, columns: np.ndarray, which: str) -> float:
        """At least the sum of the scores of all pairs of rows with columns, at less cost."""
        return self._bound.total(rows, columns, which)

    def terms(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        """`term_values` of pairs."""
        cosine = cosines(self._profile.vectors, left, right)
        return term_values(self._profile, left, right, cosine, decay_days=self._decay)

    def strong(self, least: float) -> Links:
        """Every pair that scores at least `least` for an event that it may be in."""
        found = [self._strong(*self._beside(), least)]
        # Claims of different provinces are in no event together.
        for block in self._blocks(self._profile.labels[0]):
            left, right = block.pairs(self._bound.passing(block, least))
            found.append(self._strong(left, right, least))
        return Links(*(np.concatenate([getattr(f, name) for f in found])
                       for name in ("left", "right", "event", "story")))  # fmt: skip

    def across(
        self, cluster: np.ndarray, least: float
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Two clusters, x < y, whose mean score for a story may reach `least`; their sum at most.

        `cluster` is the smallest row number in the cluster of each row, int (n,).
        """
        return self._bound.across(
            cluster, self._begin, self._end, window_days=self._window, least=least
        )

    def _strong(self, left: np.ndarray, right: np.ndarray, least: float) -> Links:
        may = self._profile.joins(left, right)
        found = self.score(left[may], right[may])
        return found.only(found.event >= least)

    def _blocks(self, group: np.ndarray | None = None) -> Iterator[Block]:
        """Blocks of what may be a pair; none lies close by in one document."""
        p = self._profile
        for block in window_blocks(p.vectors, self._begin, self._end, group=group,
                                   window_days=self._window, min_cosine=self._floor):  # fmt: skip
            left, right = block.pairs(block.hits)
            yield block.only(~self._is_beside(left, right))

    def _beside(self) -> tuple[np.ndarray, np.ndarray]:
        """Pairs up to `REACH` claims apart in one document, whatever they say."""
        p = self._profile
        order = np.lexsort((p.order, p.document))
        steps = [(order[:-step], order[step:]) for step in range(1, min(REACH, len(order) - 1) + 1)]
        first = np.concatenate([order[:0], *(np.minimum(a, b) for a, b in steps)])
        second = np.concatenate([order[:0], *(np.maximum(a, b) for a, b in steps)])
        keep = p.document[first] == p.document[second]
        return first[keep], second[keep]

    def _is_beside(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        p = self._profile
        near = np.abs(p.order[left] - p.order[right]) <= REACH
        return np.asarray(near & (p.document[left] == p.document[right]))

    def _in_window(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        gap = np.maximum(self._begin[left] - self._end[right], self._begin[right] - self._end[left])
        return np.asarray(gap <= self._window)
