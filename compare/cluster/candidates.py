"""Which pairs of claims are held against each other, and those that can join two clusters.

Clusters merge by the mean score over the pairs across them, so two claims' events can merge
only where some pair of theirs reaches the threshold. The most that lies across two of them is found
and kept where it may; any score is worked out when a mean asks for it.
`Bound` rules most pairs out before they are scored in full. None of it changes the result.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import numpy as np

from compare.cluster.across import most_across
from compare.cluster.bound import Bound
from compare.cluster.every import Every
from compare.cluster.grid import STEPS, products
from compare.cluster.labels import fitting
from compare.cluster.neighbours import COLUMNS, window_neighbours
from compare.cluster.profile import REACH, Profile
from compare.cluster.score import probability, term_values

_CHUNK = 1 << 16


class Links(NamedTuple):
    """Pairs of row numbers, left < right, and their scores."""

    left: np.ndarray
    right: np.ndarray
    score: np.ndarray

    def only(self, kept: np.ndarray) -> Links:
        """These of them (bool)."""
        return Links(self.left[kept], self.right[kept], self.score[kept])


_NONE = Links(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))


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
        late = np.where(profile.stated | profile.timely, 0.0, late_days)
        since = profile.begin - late
        self._begin = np.where(np.isnan(since), -np.inf, since)
        self._end = np.where(np.isnan(profile.end), np.inf, profile.end)
        self._last: Bound | None = None
        self._every: Every | None = None

    def pairs(self) -> tuple[np.ndarray, np.ndarray]:
        """All of them, int (m,) each, left < right. Memory grows with their number."""
        first, second = self.beside()
        left, right, _ = window_neighbours(
            self._profile.vectors[:].astype(np.float32) / STEPS, self._begin, self._end,
            window_days=self._window, min_cosine=self._floor,
        )  # fmt: skip
        apart = ~self._is_beside(left, right)
        return np.concatenate([first, left[apart]]), np.concatenate([second, right[apart]])

    def score(self, left: np.ndarray, right: np.ndarray, which: str) -> np.ndarray:
        """The scores of any pairs, left < right, for an event or a story; 0 for none of these."""
        found = np.zeros(len(left))
        for at in range(0, len(left), _CHUNK):
            a, b = left[at : at + _CHUNK], right[at : at + _CHUNK]
            cosine = products(self._profile.vectors, a, b)
            near = self._in_window(a, b) & (cosine >= self._floor)
            keep = np.flatnonzero(near | self._is_beside(a, b))
            terms = term_values(self._profile, a[keep], b[keep], cosine[keep],
                                decay_days=self._decay)  # fmt: skip
            found[at + keep] = probability(terms, which)
        return found

    def every(self, rows: np.ndarray, columns: np.ndarray, which: str) -> np.ndarray:
        """The same of all of some rows with all of others, float64 (rows, columns)."""
        if self._every is None or self._every.which != which:
            self._every = Every(self._profile, which, self._decay, self._in_window,
                                partial(self.score, which=which))  # fmt: skip
        return self._every(rows, columns, self._floor)

    def terms(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        """`term_values` of pairs."""
        cosine = products(self._profile.vectors, left, right)
        return term_values(self._profile, left, right, cosine, decay_days=self._decay)

    def alike(self, left: np.ndarray, right: np.ndarray, least: float) -> Links:
        """Pairs of one of `left` with a later one of `right` that score `least` for an event.

        Both take a position or neither does, and their labels fit.
        """
        bound, odds = self._bound("event"), np.log(least / (1 - least))
        p, found = self._profile, [_NONE]
        for at in range(0, len(left), COLUMNS):
            part = left[at : at + COLUMNS]
            other, one = np.nonzero(bound.odds(right, part) >= odds)
            a, b = part[one], right[other]
            may = (a < b) & (p.position[a] == p.position[b]) & fitting(p.labels, a, b)
            a, b = a[may], b[may]
            links = Links(a, b, self.score(a, b, "event"))
            found.append(links.only(links.score >= least))
        return Links(*map(np.concatenate, zip(*found, strict=True)))

    def across(
        self, cluster: np.ndarray, least: float, which: str
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Two clusters, x < y, whose mean score may reach `least`, and the most their sum can be.

        `cluster` is the smallest row number in the cluster of each row, int (n,). For an event
        only clusters that it may hold together are given.
        """
        held = ~self._profile.aside if which == "event" else np.ones(len(cluster), bool)
        bound, self._last = self._bound(which), None  # asked for once, and large
        return most_across(
            bound, cluster, self._begin, self._end, rows=np.flatnonzero(held),
            labels=self.labels(which), window_days=self._window, least=least,
        )  # fmt: skip

    def labels(self, which: str) -> tuple[np.ndarray, ...]:
        """What keeps clusters apart: int (n,) each, as in `link_groups`."""
        return self._profile.labels if which == "event" else ()

    def borne(self, least: float) -> Links:
        """Pairs of a leaning claim with another of its document, that score at least `least`."""
        p = self._profile
        order = np.argsort(p.document, kind="stable")
        last = np.cumsum(np.bincount(p.document))
        short = np.flatnonzero(p.leaning)
        rows = [order[last[d - 1] if d else 0 : last[d]] for d in p.document[short].tolist()]
        one = np.repeat(short, [len(r) for r in rows])
        other = np.concatenate([one[:0], *rows])
        stands = ~p.leaning[other]
        left, right = (f(one, other)[stands] for f in (np.minimum, np.maximum))
        fits = fitting(p.labels, left, right)
        left, right = left[fits], right[fits]
        found = Links(left, right, self.score(left, right, "event"))
        return found.only(found.score >= least)

    def _bound(self, which: str) -> Bound:
        if self._last is None or self._last.which != which:
            self._last = None  # one of them may be large
            self._last = Bound(self._profile, which, self._decay)
        return self._last

    def beside(self) -> tuple[np.ndarray, np.ndarray]:
        """Pairs up to `REACH` claims apart in one document, whatever they say."""
        p = self._profile
        order = np.lexsort((p.order, p.document))
        steps = [(order[:-step], order[step:]) for step in range(1, min(REACH, len(order) - 1) + 1)]
        first = np.concatenate([order[:0], *(np.minimum(a, b) for a, b in steps)])
        second = np.concatenate([order[:0], *(np.maximum(a, b) for a, b in steps)])
        keep = self._is_beside(first, second)
        return first[keep], second[keep]

    def _is_beside(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        p = self._profile
        near = np.abs(p.order[left] - p.order[right]) <= REACH
        return np.asarray(near & (p.document[left] == p.document[right]))

    def _in_window(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        gap = np.maximum(self._begin[left] - self._end[right], self._begin[right] - self._end[left])
        return np.asarray(gap <= self._window)
