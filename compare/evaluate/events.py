"""Linking against known events, beside other ways to group the same claims.

See `compare.evaluate.event_data` for what counts as a claim and as an event.
The toolkit runs at the thresholds of `Settings`, once on the claims and the days
of publication alone, which is all that the others have, and once as it does in a
run, with the figures, facts, times and places that it reads in the texts. Every
other method is given the threshold that serves it best on the very data it is
measured on, so the comparison favours them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from compare.cluster import cluster_events
from compare.embed import embed_claims
from compare.evaluate import linkers
from compare.evaluate.event_case import case
from compare.evaluate.event_data import (
    Items,
    as_read,
    ecbplus,
    ecbplus_articles,
    news_clusters,
)
from compare.evaluate.partitions import apart, b_cubed, measures
from compare.evaluate.score import Result
from compare.settings import Settings
from compare.tables import empty

COSINES = tuple(round(0.2 + 0.025 * i, 3) for i in range(29))
OVERLAPS = tuple(round(0.02 * i, 2) for i in range(1, 26))
SMALLEST = tuple(range(2, 9))
CURVE = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7)


def evaluate(data: Path, gold: Path) -> list[Result]:
    """Tables of B-cubed, CoNLL average, pairwise F1 and adjusted Rand, one a data set and gold.

    Args:
        data: folder of evaluation data with `events/`.
        gold: the project's own gold, `fixtures/gold`; the case lies beside it.

    Raises:
        EvaluationError: the data is missing or malformed.
    """
    results = []
    sets = (
        ecbplus(data, "train"),
        ecbplus(data, "dev"),
        ecbplus_articles(data, "dev"),
        news_clusters(data),
        case(gold.parent / "helmand-2020"),
    )
    for items in sets:
        vectors = embed(items)
        results += [_compared(items, vectors, kind) for kind in items.gold]
        if not items.name.endswith("_train"):  # the threshold is chosen on the others
            results.append(_curve(items, vectors))
    return results


def embed(items: Items) -> np.ndarray:
    """Vectors of the claims with the default encoder."""
    return embed_claims(items.claims, **Settings().embed.model_dump(), cache=None)


def link(items: Items, vectors: np.ndarray, **changed: float) -> list[int]:
    """Event of each claim by the toolkit, noise apart."""
    chosen = {**Settings().cluster.model_dump(), **changed}
    events = cluster_events(
        items.claims,
        items.documents,
        empty("sources"),
        items.values,
        items.assertions,
        items.when_where,
        vectors,
        **chosen,
    )
    return apart([int(x) for x in events["event_id"]])


def _compared(items: Items, vectors: np.ndarray, kind: str) -> Result:
    gold = items.gold[kind]

    def score(labels: Sequence[int]) -> float:
        return b_cubed(apart(list(labels)), gold)["f1"]

    cosine = np.clip(vectors @ vectors.T, -1, 1).astype(np.float64)
    overlap = linkers.tfidf(items.claims["content"].tolist())
    others = {
        "community_detection": linkers.best(
            lambda t: linkers.community(vectors, t), COSINES, score
        ),
        "HDBSCAN": linkers.best(lambda t: linkers.density(vectors, t), SMALLEST, score),
        "embedding, average link": linkers.best(
            lambda t: linkers.average(cosine, t), COSINES, score
        ),
        "TF-IDF, average link": linkers.best(
            lambda t: linkers.average(overlap, t), OVERLAPS, score
        ),
    }
    rows: list[dict[str, object]] = [
        {
            "method": "claim-compare",
            "threshold": Settings().cluster.event_threshold,
            **measures(link(items, vectors), gold),
        }
    ]
    if not len(items.values):
        rows.append(
            {
                "method": "the same, with what it reads",
                "threshold": Settings().cluster.event_threshold,
                **measures(link(as_read(items), vectors), gold),
            }
        )
    for name, (threshold, labels) in others.items():
        rows.append({"method": name, "threshold": threshold, **measures(apart(labels), gold)})
    if items.lemma:
        same = measures(items.lemma, gold)
        rows.append({"method": "same head lemma, topic given", "threshold": None, **same})
    return Result(
        f"Same event: {items.name}, {kind}",
        f"{items.name}, {len(items.claims)} claims, {len(set(gold))} groups",
        pd.DataFrame(rows),
    )


def _curve(items: Items, vectors: np.ndarray) -> Result:
    """Precision against recall as the event threshold moves."""
    gold = items.gold["incident"]
    rows = []
    for threshold in CURVE:
        found = b_cubed(link(items, vectors, event_threshold=threshold), gold)
        rows.append({"event_threshold": threshold, **{k: round(v, 4) for k, v in found.items()}})
    return Result(
        f"Trade of the event threshold: {items.name}",
        f"{items.name}, {len(items.claims)} claims",
        pd.DataFrame(rows),
    )
