"""What is known of each claim for linking: time, place, kind, actors, words, context."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from compare.cluster import kinds, words
from compare.cluster.locate import Located, locate

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_DAY = np.timedelta64(1, "D")


@dataclass(frozen=True)
class Profile:
    """Arrays over claims, row i is claims row i."""

    claim_id: np.ndarray
    vectors: np.ndarray
    """float32 (n, dim), unit rows."""
    document: np.ndarray
    """int (n,), number of the document."""
    order: np.ndarray
    """int (n,), rank of the claim inside its document, by offset."""
    context: np.ndarray
    """float32 (documents, dim): mean vector of each document's claims, unit rows."""
    begin: np.ndarray
    """float (n,), days since 1970; NaN where undated."""
    end: np.ndarray
    dated: np.ndarray
    """float (n,): 1 where the claim or its sentence says when, 0.5 where only its document does."""
    located: Located
    kind: np.ndarray
    """float (n, kinds), unit rows or zeros."""
    actors: csr_matrix
    words: csr_matrix
    names: csr_matrix
    position: np.ndarray
    """bool (n,): the claim takes a position and tells of no incident."""
    incident: np.ndarray
    """bool (n,): it states a figure or a fact about an incident."""


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
    bags = [words.tokens(str(text)) for text in claims["content"]]
    begin, end = _days(place["begin"]), _days(place["end"])
    ends = np.where(np.isnan(end), begin, np.maximum(begin, end - 1e-6))
    dated = place["date_from"].map({"claim": 1.0, "sentence": 1.0, "document": 0.5})
    facts = kinds.facts(ids, values, assertions)
    order = _ranks(document, claims["start"].to_numpy(dtype=np.int64))
    return Profile(
        claim_id=ids,
        vectors=vectors,
        document=np.asarray(document, dtype=np.int64),
        order=order,
        context=_means(vectors, np.asarray(document, dtype=np.int64)),
        begin=begin,
        end=ends,
        dated=np.where(np.isnan(begin), 0.0, dated.fillna(0).to_numpy(dtype=np.float64)),
        located=locate(place),
        kind=kinds.kind_rows(bags, facts, np.asarray(document), order),
        actors=words.weigh(_actors(ids, values, assertions)),
        words=words.weigh([[words.stem(t) for t in bag if _content(t)] for bag in bags]),
        names=words.weigh(
            [[words.stem(t) for t in b if _content(t) and words.is_name(t)] for b in bags]
        ),
        position=kinds.takes_position(claims, facts),
        incident=np.array([fact.incident for fact in facts], dtype=bool),
    )


def _content(token: str) -> bool:
    return token.lower() not in words.STOPPED


def _days(times: pd.Series) -> np.ndarray:
    stamps = times.to_numpy(dtype="datetime64[ms]")
    days = (stamps - np.datetime64(0, "ms")) / _DAY
    return np.where(np.isnat(stamps), np.nan, days).astype(np.float64)


def _ranks(document: np.ndarray, start: np.ndarray) -> np.ndarray:
    order = np.lexsort((start, document))
    ranks = np.empty(len(order), np.int64)
    first = np.flatnonzero(np.r_[True, np.diff(np.asarray(document)[order]) != 0])
    sizes = np.diff(np.r_[first, len(order)])
    ranks[order] = np.arange(len(order)) - np.repeat(first, sizes)
    return ranks


def _means(vectors: np.ndarray, document: np.ndarray) -> np.ndarray:
    total = np.zeros((int(document.max()) + 1 if len(document) else 0, vectors.shape[1]))
    np.add.at(total, document, vectors)
    length = np.linalg.norm(total, axis=1, keepdims=True)
    return (total / np.where(length > 0, length, 1)).astype(np.float32)


def _actors(ids: np.ndarray, values: pd.DataFrame, assertions: pd.DataFrame) -> list[list[str]]:
    found: dict[str, set[str]] = {claim: set() for claim in ids}
    for frame, columns in ((assertions, ("agent", "patient")), (values, ("responsible",))):
        for column in columns:
            for claim, actor in zip(frame["claim_id"], frame[column], strict=True):
                if claim in found and not pd.isna(actor):
                    found[claim].add(str(actor).lower())
    return [sorted(found[claim]) for claim in ids]
