"""The most that pairs of claims can score, from what costs little: matrix products and labels."""

from __future__ import annotations

import numpy as np

from compare.cluster.locate import (
    INSIDE,
    OTHER_DISTRICT,
    OTHER_PROVINCE,
    SAME_DISTRICT,
    SAME_PROVINCE,
)
from compare.cluster.neighbours import COLUMNS, MARGIN, ROWS, Block
from compare.cluster.profile import Profile
from compare.cluster.score import TERMS, time_terms, weights
from compare.cluster.words import BlockProducts

SCORES = ("event", "story")
_BY_WORDS = ("words", "names", "actors")
_WITHIN = ("beside", "adjacent")
"""Terms of pairs of one document, which are scored whatever they say."""
_BOUNDED = ("cosine", "context", "place", "time", "published", *_BY_WORDS)
_SLACK = 1e-3
"""Added to bounds in log odds, for rounding in float32."""
_SUMMED = 1 + 1e-5
"""Times a sum of scores in float32, for the same."""


class Bound:
    """The most that pairs can score, from what costs little."""

    def __init__(self, profile: Profile, decay_days: float) -> None:
        """Weights are never below 0, so a term at its highest bounds what it gives."""
        from scipy.sparse import hstack

        self._profile, self._decay = profile, decay_days
        self._weights = {which: weights()[which] for which in SCORES}
        # One of the two terms of time is 0; what is left at its highest is the same for all pairs.
        self._rest = {
            which: weight["bias"] + _SLACK + max(weight["time"], weight["published"])
            + sum(weight[term] for term in TERMS if term not in (*_BOUNDED, *_WITHIN))
            for which, weight in self._weights.items()
        }  # fmt: skip
        bags = {"words": profile.words, "names": profile.names, "actors": profile.actors}
        plain = hstack([bags[t] for t in _BY_WORDS], "csr", np.float32)
        self._worded = {
            which: BlockProducts(
                hstack([bags[t] * weight[t] for t in _BY_WORDS], "csr", np.float32), plain
            )
            for which, weight in self._weights.items()
        }

    def passing(self, block: Block, least: float) -> np.ndarray:
        """Those hits of a block that may reach the score `least` for an event."""
        p, rows, columns, weight = self._profile, block.rows, block.columns, self._weights["event"]
        least = np.log(least / (1 - least))
        odds = self._odds(rows, columns, "event").ravel()[block.hits]
        odds += np.float32(weight["cosine"]) * (block.near + MARGIN)
        same = (p.document[rows][:, None] == p.document[columns]).ravel()[block.hits]
        may = np.flatnonzero(same | (odds >= least))
        # What is left is few enough to look at its times.
        time, published = time_terms(p, *block.pairs(block.hits[may]), self._decay)
        told = weight["time"] * time + weight["published"] * published
        late = odds[may] + told - max(weight["time"], weight["published"]) < least
        return np.asarray(block.hits[may[same[may] | ~late]])

    def total(self, rows: np.ndarray, columns: np.ndarray, which: str) -> float:
        """At least the sum of the scores of all pairs of rows with columns."""
        return float(self._scores(rows, columns, which).sum(dtype=np.float64))

    def across(
        self,
        cluster: np.ndarray,
        begin: np.ndarray,
        end: np.ndarray,
        *,
        window_days: float,
        least: float,
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """`Candidates.across`, of claims that last from begin to end."""
        first, last = (np.full(len(cluster), far) for far in (np.inf, -np.inf))
        np.minimum.at(first, cluster, begin)
        np.maximum.at(last, cluster, end)
        order = np.lexsort((np.arange(len(cluster)), cluster, first[cluster]))
        heads, starts, size = _runs(cluster[order])
        first, last = first[cluster[order]], last[cluster[order]]
        at = np.repeat(np.arange(len(heads)), size)
        keys, sums = [np.zeros(0, np.int64)], [np.zeros(0)]
        for a in range(0, len(order), ROWS):
            b = min(a + ROWS, len(order))
            stop = int(np.searchsorted(first, last[a:b].max() + window_days, side="right"))
            for c in range(a, max(stop, b), COLUMNS):
                d = min(c + COLUMNS, max(stop, b))
                x, y = np.arange(at[a], at[b - 1] + 1), np.arange(at[c], at[d - 1] + 1)
                score = self._scores(order[a:b], order[c:d], "story")
                score = np.add.reduceat(score, np.maximum(starts[y], c) - c, axis=1)
                total = np.add.reduceat(score, np.maximum(starts[x], a) - a, axis=0) * _SUMMED
                # What a block holds no more than a part of is added up first.
                cut_x, cut_y = ((starts[k] < p) | (starts[k] + size[k] > q)
                                for k, p, q in ((x, a, b), (y, c, d)))  # fmt: skip
                kept = total >= least * size[x][:, None] * size[y]
                one, other = np.nonzero((x[:, None] < y) & (kept | cut_x[:, None] | cut_y))
                keys.append(x[one] * len(heads) + y[other])
                sums.append(total[one, other].astype(np.float64))
        key, place = np.unique(np.concatenate(keys), return_inverse=True)
        most = np.bincount(place, np.concatenate(sums), len(key))
        x, y = np.divmod(key, max(len(heads), 1))
        kept = most >= least * size[x] * size[y]
        x, y = heads[x[kept]], heads[y[kept]]
        return np.minimum(x, y), np.maximum(x, y), most[kept]

    def _scores(self, rows: np.ndarray, columns: np.ndarray, which: str) -> np.ndarray:
        """At least the scores of pairs, float32 (rows, columns)."""
        p = self._profile
        odds = self._odds(rows, columns, which)
        weight = self._weights[which]["cosine"]
        if weight:
            odds += np.float32(weight) * (p.vectors[rows] @ p.vectors[columns].T)
        odds[p.document[rows][:, None] == p.document[columns]] = np.inf
        np.negative(odds, out=odds)
        np.exp(odds, out=odds)
        odds += 1
        return np.asarray(np.reciprocal(odds, out=odds))

    def _odds(self, rows: np.ndarray, columns: np.ndarray, which: str) -> np.ndarray:
        """The highest log odds of pairs of two documents, cosine apart: float32 (rows, columns)."""
        p, weight = self._profile, self._weights[which]
        odds = p.context[rows] @ p.context[columns].T
        odds *= np.float32(weight["context"])
        odds += self._worded[which](rows, columns)
        place = self._place(rows, columns)
        place *= np.float32(weight["place"])
        odds += place
        odds += np.float32(self._rest[which])
        return np.asarray(odds)

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


def _runs(sorted_: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The values of an array whose equals stand together, where each begins, how many it is."""
    new = np.r_[True, sorted_[1:] != sorted_[:-1]][: len(sorted_)]
    starts = np.flatnonzero(new)
    return sorted_[starts], starts, np.diff(np.r_[starts, len(sorted_)])
