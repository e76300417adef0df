"""How likely two claims are about one event: a sum of named terms, each with its weight.

The score is logistic, so every term's contribution is in log odds and a link,
or a near miss, can be explained term by term.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

import numpy as np

from compare.cluster.grid import products
from compare.cluster.kinds import QUESTIONS
from compare.cluster.locate import place_term
from compare.cluster.profile import Profile
from compare.cluster.words import row_products
from compare.errors import ModelError

TERMS = (
    "cosine", "words", "names", "context", "beside", "adjacent", "time", "published",
    "place", "kind", "actors",
)  # fmt: skip
"""Every term, in [-1, 1] (time and published from -3); what is not known counts 0. `context` is of
two documents, `beside` of one, where the same claims stand around both."""

RUNNING, SLOWER = QUESTIONS.index("displacement"), 4.0
"""People displaced are counted up over weeks, so their counts stay near for longer."""

LONGER = 3.0
"""The opening of an article tells of weeks more than a sentence does: so much slower are two of
them apart. Of 1, 1.5, 2, 2.5, 3, 3.5 and 4 the best on the news clusters; no other set has any."""

FIGHTING, SHARPER = QUESTIONS.index("combat"), 3.0
"""The fighting of another week is another fight: its gap in time counts three times."""


@lru_cache(maxsize=1)
def weights() -> dict[str, dict[str, float]]:
    """Weights of the scores `event` and `story`: one a term, and the `bias`.

    Raises:
        ModelError: `data/links.toml` lacks a term.

    >>> sorted(weights())
    ['event', 'story']
    """
    text = files("compare").joinpath("data/links.toml").read_text(encoding="utf-8")
    found = tomllib.loads(text)
    for name in ("event", "story"):
        missing = {"bias", *TERMS} - set(found.get(name, {}))
        if missing:
            raise ModelError(
                f"data/links.toml [{name}] lacks {sorted(missing)}; run training/fit_links.py"
            )
    return found


def term_values(
    profile: Profile, left: np.ndarray, right: np.ndarray, cosine: np.ndarray, *, decay_days: float
) -> np.ndarray:
    """The terms of each pair, float64 (m, terms), columns as in `TERMS`."""
    same = profile.document[left] == profile.document[right]
    steps = np.abs(profile.order[left] - profile.order[right])
    short = profile.brevity
    alike = np.einsum("ij,ij->i", profile.kind[left], profile.kind[right])
    context = products(profile.context, left, right)
    told, out = time_terms(profile, left, right, decay_days)
    # What a document tells undated beside what it dates may be of the same day.
    out = np.where(same, np.maximum(out, 0.0), out)
    return np.column_stack(
        [
            cosine.astype(np.float64),
            row_products(profile.words, left, right),
            row_products(profile.names, left, right),
            np.where(same, 0.0, context),
            np.where(same, context, 0.0),
            np.where(same, np.exp(-(steps - 1) / 2) * np.maximum(short[left], short[right]), 0.0),
            told,
            out,
            place_term(profile.located, left, right),
            np.where(profile.typed[left] & profile.typed[right], 2 * alike - 1, alike),
            row_products(profile.actors, left, right),
        ]
    )


def time_terms(
    profile: Profile, left: np.ndarray, right: np.ndarray, decay_days: float
) -> tuple[np.ndarray, np.ndarray]:
    """`time` and `published`: 1 on one day, towards -1 as the days between grow; one of them is 0.

    A document can tell of what happened long before it came out, never of what
    came after. So where the later of two claims is dated by its document only,
    the gap counts as one of publications; otherwise the dates are stated and
    count as `time`.
    """
    first = np.where(profile.begin[left] <= profile.begin[right], left, right)
    second = np.where(first == left, right, left)
    gap = np.maximum(np.floor(profile.begin[second]) - np.floor(profile.end[first]), 0)
    faded = np.exp(-gap / pace(profile, left, right, decay_days))
    value = np.where(np.isnan(gap), 0.0, 2 * faded - 1)
    fighting = (profile.question[left] == FIGHTING) & (profile.question[right] == FIGHTING)
    value = np.where(fighting & (value < 0), SHARPER * value, value)
    sure = np.where(gap > 0, profile.stated[second], profile.stated[left] & profile.stated[right])
    return np.where(sure, value, 0.0), np.where(sure, 0.0, value)


def pace(profile: Profile, left: np.ndarray, right: np.ndarray, decay_days: float) -> np.ndarray:
    """Days over which the nearness in time of each pair falls to 1/e, float64 of their shape."""
    running = (profile.question[left] == RUNNING) & (profile.question[right] == RUNNING)
    long = profile.long[left] & profile.long[right]
    return decay_days * np.where(running, SLOWER, 1.0) * np.where(long, LONGER, 1.0)


def probability(terms: np.ndarray, which: str) -> np.ndarray:
    """Score of each pair in [0, 1]: logistic in the terms."""
    weight = weights()[which]
    odds = terms @ np.array([weight[term] for term in TERMS]) + weight["bias"]
    return np.asarray(1 / (1 + np.exp(-odds)))
