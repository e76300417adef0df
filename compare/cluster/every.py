"""The scores of all of some claims with all of others, at less cost than pair by pair.

Places and times take few values, so what they give is worked out once for each two of them.
Of two claims of one document, which are few, the score is that of the pair.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from compare.cluster.grid import all_products
from compare.cluster.locate import place_term
from compare.cluster.score import FIGHTING, RUNNING, time_terms, weights

if TYPE_CHECKING:
    from compare.cluster.profile import Profile

BY_WORDS = ("words", "names", "actors")
"""Terms whose values are products of bags of words."""
Pairs = Callable[[np.ndarray, np.ndarray], np.ndarray]


class Every:
    """Scores for an event or a story, `which`."""

    def __init__(
        self, profile: Profile, which: str, decay_days: float, near: Pairs, score: Pairs
    ) -> None:
        """`near` tells whether pairs are near in time, `score` scores them."""
        from scipy.sparse import hstack

        weight = weights()[which]
        self.which, self._profile, self._weight = which, profile, weight
        self._decay, self._near, self._score = decay_days, near, score
        bags = [getattr(profile, term) for term in BY_WORDS]
        self._words = hstack(bags, "csr")
        self._weighed = hstack(
            [bag * weight[term] for bag, term in zip(bags, BY_WORDS, strict=True)], "csr"
        )
        found, question = profile.located, profile.question
        self._places = kinds_of(found.country, found.joint(), found.district, found.capital,
                                found.sure)  # fmt: skip
        self._times = kinds_of(profile.begin, profile.end, profile.stated, profile.timely,
                               question == RUNNING, question == FIGHTING,
                               profile.long)  # fmt: skip

    def __call__(self, rows: np.ndarray, columns: np.ndarray, floor: float) -> np.ndarray:
        """float64 (rows, columns); 0 below the least cosine `floor` and out of the window."""
        p, weight = self._profile, self._weight
        cosine = all_products(p.vectors, rows, columns)
        odds = np.asarray((self._weighed[rows] @ self._words[columns].T).todense())
        odds += weight["context"] * all_products(p.context, rows, columns).astype(np.float64)
        if weight["cosine"]:
            odds += weight["cosine"] * cosine.astype(np.float64)
        alike = p.kind[rows] @ p.kind[columns].T
        alike += np.outer(p.typed[rows], p.typed[columns]) * (alike - 1)
        odds += weight["kind"] * alike
        odds += looked_up(self._place, self._places, rows, columns)
        odds += looked_up(self._time, self._times, rows, columns) + weight["bias"]
        np.exp(-odds, out=odds)
        odds += 1
        np.reciprocal(odds, out=odds)
        odds[cosine < floor] = 0
        one, other = np.nonzero(p.document[rows][:, None] == p.document[columns])
        if len(one):
            a, b = rows[one], columns[other]
            odds[one, other] = self._score(np.minimum(a, b), np.maximum(a, b))
        return odds

    def _place(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        one, other = np.repeat(rows, len(columns)), np.tile(columns, len(rows))
        value = self._weight["place"] * place_term(self._profile.located, one, other)
        return value.reshape(len(rows), len(columns))

    def _time(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """What time gives; -inf where they are not near."""
        one, other = np.repeat(rows, len(columns)), np.tile(columns, len(rows))
        told, out = time_terms(self._profile, one, other, self._decay)
        value = self._weight["time"] * told + self._weight["published"] * out
        value[~self._near(one, other)] = -np.inf
        return value.reshape(len(rows), len(columns))


Kinds = tuple[np.ndarray, np.ndarray]
"""The kind of each claim, and a claim of each kind."""


def kinds_of(*columns: np.ndarray) -> Kinds:
    """Claims of one kind have one value in every column; NaN counts as -inf."""
    table = np.nan_to_num(np.column_stack(columns).astype(np.float64), nan=-np.inf)
    _, first, kind = np.unique(table, axis=0, return_index=True, return_inverse=True)
    return kind.ravel(), first


def looked_up(
    value: Callable[[np.ndarray, np.ndarray], np.ndarray],
    kinds: Kinds,
    rows: np.ndarray,
    columns: np.ndarray,
) -> np.ndarray:
    """`value` of all rows with all columns, worked out once for each two kinds."""
    of, first = kinds
    (one, at), (other, place) = (
        np.unique(of[claims], return_inverse=True) for claims in (rows, columns)
    )
    return value(first[one], first[other])[:, place][at]
