"""What is known of each claim for linking: time, place, kind, actors, words, context."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from compare.cluster import kinds, words
from compare.cluster.grid import Rows, on_grid
from compare.cluster.locate import Located, locate
from compare.cluster.runs import runs

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

REACH, FADE = 3, 0.6
"""How far the context of a claim reaches in its document, and how it fades a claim."""
SHORT = 4.0
"""Content words up to which a claim leans on its neighbours ("the toll is 15")."""
LONG = 30.0
"""Content words from which a claim is no sentence: the opening of an article."""
NEAR = 300
"""Characters around a claim whose words say which single incident it speaks of."""
_ROWS = 1 << 14
"""Rows whose context is worked out at a time, in float64."""
_DAY = np.timedelta64(1, "D")
_NEWS = 7
"""Days before a document came out in which a day that it states is that of its news."""
_LATELY = 3
"""The same for what it tells undated beside such a day."""


@dataclass(frozen=True)
class Profile:
    """Arrays over claims, row i is claims row i."""

    claim_id: np.ndarray
    vectors: Rows
    """int16 (n, dim), unit rows on the grid."""
    document: np.ndarray
    """int (n,), number of the document."""
    order: np.ndarray
    """int (n,), rank of the claim inside its document, by offset."""
    context: Rows
    """The same of the claim with those around it in its document."""
    begin: np.ndarray
    """float (n,), days since 1970; NaN where undated."""
    end: np.ndarray
    stated: np.ndarray
    """bool (n,): the claim or its sentence says when; otherwise only its document is dated."""
    timely: np.ndarray
    """bool (n,): its document says somewhere on which of the last days its news was."""
    located: Located
    kind: np.ndarray
    """float (n, kinds), unit rows or zeros."""
    typed: np.ndarray
    """bool (n,): the kind comes from figures, not from words alone."""
    question: np.ndarray
    """int (n,), index in `kinds.QUESTIONS`, -1 for none."""
    actors: csr_matrix
    words: csr_matrix
    names: csr_matrix
    brevity: np.ndarray
    """float (n,) in (0, 1]: a short claim ("the toll is 15") leans on those around it."""
    leaning: np.ndarray
    """bool (n,): too short to stand alone, and its document tells of it in a longer claim."""
    position: np.ndarray
    """bool (n,): it tells of no incident: it takes a position, or describes a place."""
    incident: np.ndarray
    """bool (n,): it states a figure or a fact about an incident."""

    labels: tuple[np.ndarray, ...]
    """int (n,) each: other labels of one kind, -1 apart, keep claims in different events."""

    @property
    def aside(self) -> np.ndarray:
        """bool (n,): in no event by its own score."""
        return np.asarray(self.position | self.leaning)

    @cached_property  # asked for every block of pairs
    def long(self) -> np.ndarray:
        """bool (n,): more than a sentence."""
        return np.asarray(self.brevity <= 1 / (1 + LONG / SHORT))

    def only(self, rows: np.ndarray) -> Profile:
        """That of the claims `rows`, in this order."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        labels = tuple(kind[rows] for kind in found.pop("labels"))
        parts = {name: found.pop(name).only(rows) for name in ("located", "vectors", "context")}
        return Profile(
            labels=labels, **parts, **{name: value[rows] for name, value in found.items()}
        )


def profile_claims(
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    values: pd.DataFrame,
    assertions: pd.DataFrame,
    when_where: pd.DataFrame,
    vectors: np.ndarray,
) -> Profile:
    """Read the tables of a case into the arrays that linking needs.

    Args:
        claims, documents, values, assertions, when_where: tables of these names.
        vectors: float32 (n_claims, dim), row i is claims row i.
    """
    ids = claims["claim_id"].to_numpy(dtype=object)
    place = when_where.set_index("claim_id").reindex(ids)
    document = pd.Categorical(claims["document_id"], sorted(set(claims["document_id"]))).codes
    known: dict[str, str] = {}  # a word is kept once, however often it is said
    bags = [
        [known.setdefault(t, t) for t in words.tokens(text)] for text in claims["content"].tolist()
    ]
    told = [[t for t in bag if t.lower() not in words.STOPPED] for bag in bags]
    begin, end = _days(place["begin"]), _days(place["end"])
    ends = np.where(np.isnan(end), begin, np.maximum(begin, end - 1e-6))
    stated = place["date_from"].isin(("claim", "sentence")).to_numpy(dtype=bool)
    published = _days(
        documents.set_index("document_id")["published"].reindex(claims["document_id"])
    )
    begin = _since(np.asarray(document), stated, begin, published)
    facts = kinds.facts(ids, values, assertions)
    length = np.array([len(bag) for bag in told], dtype=np.float64)
    located = locate(place)
    typed = np.array([bool(fact.kinds) for fact in facts], dtype=bool)
    question = kinds.questions(
        bags, _around(claims, documents), facts, located.area, located.somewhere
    )
    position = kinds.takes_position(claims, bags, facts)
    position |= kinds.describes(bags, facts, located.somewhere)
    located, adds_up = located.forgetting(kinds.deals(bags, question)), kinds.adds_up(question)
    order = _ranks(document, claims["start"].to_numpy(dtype=np.int64))
    every = np.arange(len(ids))
    return Profile(
        claim_id=ids,
        vectors=Rows(on_grid(vectors), every),
        document=np.asarray(document, dtype=np.int64),
        order=order,
        context=Rows(_context(vectors, np.asarray(document, dtype=np.int64), order), every),
        begin=begin,
        end=ends,
        stated=stated,
        timely=_timely(np.asarray(document), stated, begin, published),
        located=located,
        kind=kinds.kind_rows(bags, facts, np.asarray(document), order),
        typed=typed,
        question=question,
        actors=words.weigh(_actors(ids, values, assertions)),
        words=words.weigh([[words.stem(t) for t in bag] for bag in told]),
        names=words.weigh([[words.stem(t) for t in bag if words.is_name(t)] for bag in told]),
        brevity=1 / (1 + length / SHORT),
        leaning=(length <= SHORT)
        & (question < 0)
        & np.isin(document, np.asarray(document)[(length > SHORT) & ~position]),
        position=position,
        incident=np.array([fact.incident for fact in facts], dtype=bool),
        labels=(*located.labels(adds_up, adds_up & typed), question),
    )


def _days(times: pd.Series) -> np.ndarray:
    stamps = times.to_numpy(dtype="datetime64[ms]")
    days = (stamps - np.datetime64(0, "ms")) / _DAY
    return np.where(np.isnat(stamps), np.nan, days).astype(np.float64)


def _before(published: np.ndarray, begin: np.ndarray, days: int) -> np.ndarray:
    """Whether a day is that of publication or at most so many before, bool (n,)."""
    ago = np.floor(published) - np.floor(begin)
    return np.asarray((ago >= 0) & (ago <= days))


def _timely(
    document: np.ndarray, stated: np.ndarray, begin: np.ndarray, published: np.ndarray
) -> np.ndarray:
    """Whether some claim of its document states a day of the last `_NEWS`, bool (n,)."""
    recent = stated & _before(published, begin, _NEWS)
    return np.asarray(np.bincount(document, recent, minlength=len(document))[document] > 0)


def _since(
    document: np.ndarray, stated: np.ndarray, begin: np.ndarray, published: np.ndarray
) -> np.ndarray:
    """Since when each claim may tell, days (n,).

    What a document tells undated may be of the last day it states, if that was lately, or of
    any day since.
    """
    lately = stated & _before(published, begin, _LATELY)
    last = np.full(len(document), -np.inf)
    np.maximum.at(last, document[lately], begin[lately])
    last = last[document]
    return np.where(~stated & (last < begin) & np.isfinite(last), last, begin)


def _around(claims: pd.DataFrame, documents: pd.DataFrame) -> Callable[[int], list[str]]:
    """Gives the words within `NEAR` characters of a claim by its row: those of all are many."""
    texts = dict(zip(documents["document_id"].tolist(), documents["text"].tolist(), strict=True))
    columns = [claims[name].tolist() for name in ("document_id", "start", "end")]

    def near(row: int) -> list[str]:
        document, start, end = (column[row] for column in columns)
        text = texts[document]
        return words.tokens(f"{text[max(0, start - NEAR) : start]} {text[end : end + NEAR]}")

    return near


def _ranks(document: np.ndarray, start: np.ndarray) -> np.ndarray:
    order = np.lexsort((start, document))
    ranks = np.empty(len(order), np.int64)
    _, first, sizes = runs(np.asarray(document)[order])
    ranks[order] = np.arange(len(order)) - np.repeat(first, sizes)
    return ranks


def _context(vectors: np.ndarray, document: np.ndarray, order: np.ndarray) -> np.ndarray:
    """Each vector plus those up to `REACH` claims away, weighing `FADE` a step."""
    rows = np.lexsort((order, document))
    owner, out = document[rows], np.empty(vectors.shape, np.int16)
    for at in range(0, len(rows), _ROWS):
        # Rows of a document may stand before and after the part.
        first, last = max(0, at - REACH), min(len(rows), at + _ROWS + REACH)
        part, of = vectors[rows[first:last]].astype(np.float64), owner[first:last]
        total = part.copy()
        for step in range(1, REACH + 1):
            same = (of[step:] == of[:-step])[:, None] * FADE**step
            total[step:] += same * part[:-step]
            total[:-step] += same * part[step:]
        total /= np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-9)
        out[rows[at : at + _ROWS]] = on_grid(total[at - first : at - first + _ROWS])
    return out


def _actors(ids: np.ndarray, values: pd.DataFrame, assertions: pd.DataFrame) -> list[list[str]]:
    found: dict[str, set[str]] = {claim: set() for claim in ids}
    for frame, columns in ((assertions, ("agent", "patient")), (values, ("responsible",))):
        for column in columns:
            named = frame.loc[frame[column].notna(), ["claim_id", column]]
            for claim, actor in zip(*(named[name].tolist() for name in named), strict=True):
                if claim in found:
                    found[claim].add(actor.lower())
    return [sorted(found[claim]) for claim in ids]
