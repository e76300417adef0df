"""Which pairs of claims are held against each other, and those that can join two clusters.

Clusters merge by the mean score over the pairs across them, so two of them can merge only
where some pair of theirs reaches the threshold. These strong pairs are found once, a block
of claims at a time, and are all that is kept; any other score is worked out when a mean asks
for it. A bound on each pair's score, from matrix products and labels, rules most pairs out
before they are scored in full. Neither changes the result.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from compare.cluster.locate import (
    INSIDE,
    OTHER_DISTRICT,
    OTHER_PROVINCE,
    SAME_DISTRICT,
    SAME_PROVINCE,
)
from compare.cluster.neighbours import MARGIN, Block, cosines, window_blocks
from compare.cluster.profile import REACH, Profile
from compare.cluster.score import TERMS, probability, term_values, weights
from compare.cluster.words import BlockProducts

FAINT = 0.005
"""A pair that scores below this for event and story alike counts as 0: most pairs do."""
SCORES = ("event", "story")
_BY_WORDS = ("words", "names", "actors")
_WITHIN = ("beside", "adjacent")
"""Terms of pairs of one document, which are scored whatever they say."""
_BOUNDED = ("cosine", "context", "place", "time", "published", *_BY_WORDS)
_SLACK = 1e-3
"""Added to bounds in log odds, for rounding in float32."""
_CHUNK = 1 << 16


@dataclass(frozen=True)
class Links:
    """Pairs of row numbers, left < right, and their scores."""

    left: np.ndarray
    right: np.ndarray
    event: np.ndarray
    story: np.ndarray


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
        self._bound = Bound(profile)

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

    def strong(self, event: float, story: float) -> Links:
        """Every pair that scores at least `event` for an event it may be in, or `story`."""
        least = {"event": event, "story": story}
        found = [self._strong(*self._beside(), least)]
        for block in self._blocks():
            left, right = block.pairs(self._bound.passing(block, least))
            found.append(self._strong(left, right, least))
        return Links(*(np.concatenate([getattr(f, name) for f in found])
                       for name in ("left", "right", "event", "story")))  # fmt: skip

    def _strong(self, left: np.ndarray, right: np.ndarray, least: Mapping[str, float]) -> Links:
        found = self.score(left, right)
        keep = found.story >= least["story"]
        rest = np.flatnonzero(~keep & (found.event >= least["event"]))
        keep[rest] = self._profile.joins(left[rest], right[rest])
        return Links(left[keep], right[keep], found.event[keep], found.story[keep])

    def _blocks(self) -> Iterator[Block]:
        """Blocks of what may be a pair; none lies close by in one document."""
        p = self._profile
        for block in window_blocks(p.vectors, self._begin, self._end,
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


class Bound:
    """The most that pairs can score, from what costs little."""

    def __init__(self, profile: Profile) -> None:
        """Weights are never below 0, so a term at its highest bounds what it gives."""
        from scipy.sparse import hstack

        self._profile = profile
        self._weights = {which: weights()[which] for which in SCORES}
        # One of the two terms of time is 0; what is left at its highest is the same for all pairs.
        self._rest = {
            which: weight["bias"] + _SLACK + max(weight["time"], weight["published"])
            + sum(weight[term] for term in TERMS if term not in (*_BOUNDED, *_WITHIN))
            for which, weight in self._weights.items()
        }  # fmt: skip
        most = {t: max(weight[t] for weight in self._weights.values()) for t in _BY_WORDS}
        bags = {"words": profile.words, "names": profile.names, "actors": profile.actors}
        self._worded = BlockProducts(
            hstack([bags[t] * most[t] for t in _BY_WORDS], "csr", np.float32),
            hstack([bags[t] for t in _BY_WORDS], "csr", np.float32),
        )

    def passing(self, block: Block, least: Mapping[str, float]) -> np.ndarray:
        """Those hits of a block that may reach the score `least` for an event or a story."""
        p, rows, columns = self._profile, block.rows, block.columns
        near = block.near + MARGIN
        may = (p.document[rows][:, None] == p.document[columns]).ravel()[block.hits]
        event, story = (
            most.ravel()[block.hits] + np.float32(self._weights[which]["cosine"]) * near
            >= np.log(least[which] / (1 - least[which]))
            for which, most in zip(SCORES, self._odds(rows, columns, *SCORES), strict=True)
        )
        may |= story
        rest = np.flatnonzero(event & ~may)
        may[rest] = p.joins(*block.pairs(block.hits[rest]))
        return np.asarray(block.hits[may])

    def total(self, rows: np.ndarray, columns: np.ndarray, which: str) -> float:
        """At least the sum of the scores of all pairs of rows with columns."""
        p = self._profile
        odds = self._odds(rows, columns, which)
        odds += np.float32(self._weights[which]["cosine"]) * (
            p.vectors[rows] @ p.vectors[columns].T
        )
        same = p.document[rows][:, None] == p.document[columns]
        return float(np.where(same, 1.0, 1 / (1 + np.exp(-odds))).sum(dtype=np.float64))

    def _odds(self, rows: np.ndarray, columns: np.ndarray, *scores: str) -> np.ndarray:
        """The highest log odds of pairs of two documents, cosine apart.

        float32 (rows, columns), after one axis for `scores` where they are several.
        """
        p = self._profile
        context = p.context[rows] @ p.context[columns].T
        worded = self._worded(rows, columns)
        place = self._place(rows, columns)
        found = [
            context * np.float32(self._weights[which]["context"])
            + worded
            + np.float32(self._weights[which]["place"]) * place
            + np.float32(self._rest[which])
            for which in scores
        ]
        return np.stack(found) if len(found) > 1 else found[0]

    def _place(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """At least the term `place`, float32 (rows, columns)."""
        found = self._profile.located
        province, district = found.province[rows][:, None], found.district[rows][:, None]
        there, within = found.province[columns], found.district[columns]
        known = (province >= 0) & (there >= 0)
        both = (district >= 0) & (within >= 0)
        value = np.where(both, np.where(district == within, SAME_DISTRICT, OTHER_DISTRICT),
                         SAME_PROVINCE)  # fmt: skip
        value = np.where(province == there, value, OTHER_PROVINCE)
        sure = found.sure.astype(np.float32)
        value = np.where(known, value, INSIDE).astype(np.float32)
        return np.asarray(value * np.minimum(sure[rows][:, None], sure[columns]))
