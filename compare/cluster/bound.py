"""The most that pairs of claims can score, a whole block of pairs at a time.

All that is a product in a score (context, cosine, words) is one product of two rows: a row holds
each part times the root of its weight, its words dealt to a few columns. Two words in one column
can only raise a product, since no word weighs below 0. Places and times take few values, so
what they give is looked up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from compare.cluster.every import BY_WORDS, kinds_of, looked_up
from compare.cluster.grid import STEPS
from compare.cluster.locate import (
    INSIDE,
    OTHER_DISTRICT,
    OTHER_PROVINCE,
    SAME_DISTRICT,
    SAME_PROVINCE,
)
from compare.cluster.neighbours import COLUMNS, MARGIN, ROUGH
from compare.cluster.profile import Profile
from compare.cluster.score import RUNNING, TERMS, pace, weights
from compare.processor import native_bfloat16

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

WORDS = 256
"""Columns that words are dealt to."""
_WITHIN = ("beside", "adjacent")
"""Terms of pairs of one document, which are never ruled out."""
_BOUNDED = ("cosine", "context", "place", "time", "published", *BY_WORDS)
_SLACK = 1e-3
"""Added to bounds in log odds, for rounding in float32."""


class Bound:
    """The most that pairs can score for an event or a story, `which`."""

    def __init__(self, profile: Profile, which: str, decay_days: float) -> None:
        """Weights are never below 0, so a term at its highest bounds what it gives."""
        weight = weights()[which]
        self.which = which
        self._profile, self._weight, self._decay = profile, weight, decay_days
        self._product = _product(profile, weight)
        self._rest = weight["bias"] + _SLACK + sum(
            weight[term] for term in TERMS if term not in (*_BOUNDED, *_WITHIN)
        )  # fmt: skip
        found = profile.located
        self._places = kinds_of(found.province, found.district, found.sure)
        self._begin, self._end = (np.floor(t).astype(np.float32)
                                  for t in (profile.begin, profile.end))  # fmt: skip
        running = profile.question == RUNNING
        self._times = kinds_of(self._begin, self._end, running, profile.long)

    def odds(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """At least the log odds of all of some claims with all of others.

        float32 (rows, columns), inf for two claims of one document.
        """
        odds = self._product(rows, columns)
        odds += looked_up(self._place, self._places, rows, columns)
        odds += looked_up(self._time, self._times, rows, columns)
        odds += np.float32(self._rest)
        document = self._profile.document
        odds[document[rows][:, None] == document[columns]] = np.inf
        return odds

    def scores(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """At least the scores, in the same shape."""
        found = self.odds(rows, columns)
        np.negative(found, out=found)
        np.exp(found, out=found)
        found += 1
        return np.asarray(np.reciprocal(found, out=found))

    def _place(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """At least what the term `place` gives, float32 (rows, columns)."""
        found = self._profile.located
        province, district = found.province[rows][:, None], found.district[rows][:, None]
        there, within = found.province[columns], found.district[columns]
        known = (province >= 0) & (there >= 0)
        both = (district >= 0) & (within >= 0)
        value = np.where(both, np.where(district == within, SAME_DISTRICT, OTHER_DISTRICT),
                         SAME_PROVINCE)  # fmt: skip
        value = np.where(province == there, value, OTHER_PROVINCE)
        value = np.where(known, value, INSIDE) * self._weight["place"]
        sure = found.sure
        return np.asarray(value * np.minimum(sure[rows][:, None], sure[columns]), np.float32)

    def _time(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """At least what `time` and `published` give, of which one is 0: float32 (rows, columns)."""
        both = self._weight["time"], self._weight["published"]
        begin, end = self._begin, self._end
        gap = np.maximum(begin[columns] - end[rows][:, None], begin[rows][:, None] - end[columns])
        days = pace(self._profile, rows[:, None], columns, self._decay)
        value = 2 * np.exp(-np.maximum(gap, 0) / days) - 1
        value *= np.where(value > 0, max(both), min(both))
        return np.asarray(np.where(np.isnan(gap), 0.0, value), np.float32)


def _product(
    profile: Profile, weight: dict[str, float]
) -> Callable[[np.ndarray, np.ndarray], np.ndarray]:
    """At least what context, cosine and words give, of all of some claims with all of others."""
    from scipy.sparse import hstack

    bags = hstack([getattr(profile, t) * np.sqrt(weight[t]) for t in BY_WORDS], "csr", np.float32)
    column = _dealt(bags)
    dense = [
        (getattr(profile, name), np.float32(np.sqrt(weight[term]) / STEPS))
        for name, term in (("context", "context"), ("vectors", "cosine"))
        if weight[term]
    ]

    size = bags.shape[0]
    wide = WORDS + sum(matrix.shape[1] for matrix, _ in dense)
    parts = [slice(at, at + COLUMNS) for at in range(0, size, COLUMNS)]

    def rows_of(part: slice) -> np.ndarray:
        return np.hstack([matrix[part] * root for matrix, root in dense]
                         + [_counted(bags[part], column)])  # fmt: skip

    if size < ROUGH or not native_bfloat16():
        exact = np.empty((size, wide), np.float32)
        for part in parts:
            exact[part] = rows_of(part)
        return lambda one, other: exact[one] @ exact[other].T
    import torch

    rough, longest = torch.empty((size, wide), dtype=torch.bfloat16), 0.0
    for part in parts:
        rows = rows_of(part)
        longest = max(longest, float(np.einsum("ij,ij->i", rows, rows).max()))
        rough[part] = torch.from_numpy(rows)

    def rounded(one: np.ndarray, other: np.ndarray) -> np.ndarray:
        with torch.inference_mode():
            found: np.ndarray = torch.mm(rough[one], rough[other].t()).float().numpy()
        found += np.float32(MARGIN * longest)
        return found

    return rounded


def _dealt(bags: csr_matrix) -> np.ndarray:
    """The column of each word, int (words,): the weightiest words share one with the least."""
    mass = np.bincount(bags.indices, bags.data.astype(np.float64) ** 2, bags.shape[1])
    column = np.empty(len(mass), np.int64)
    column[np.argsort(-mass, kind="stable")] = np.arange(len(mass)) % WORDS
    return column


def _counted(bags: csr_matrix, column: np.ndarray) -> np.ndarray:
    """Rows of words added up in their columns, float32 (rows, WORDS)."""
    row = np.repeat(np.arange(bags.shape[0]), np.diff(bags.indptr))
    size = bags.shape[0] * WORDS
    found = np.bincount(row * WORDS + column[bags.indices], bags.data, size)
    return found.reshape(-1, WORDS).astype(np.float32)
