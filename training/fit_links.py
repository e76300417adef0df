"""Fit the weights of the link score on ECB+ train and print them for `data/links.toml`.

Run: python training/fit_links.py ../shared/data

Half of the training documents are first merged, two and two from the same
topic, into round-ups, so that standing in one document is evidence and not
proof: the articles of a case often cover several incidents. The terms time,
place and actors are not fitted, since ECB+ dates and places its documents
nowhere; their weights are set in the file by the rule it gives.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from compare.cluster.neighbours import window_neighbours
from compare.cluster.profile import profile_claims
from compare.cluster.score import TERMS, term_values
from compare.embed import embed_claims
from compare.evaluate.event_data import Items, build, ecbplus
from compare.settings import Settings
from compare.tables import empty

FITTED = ("cosine", "words", "names", "context", "adjacent", "kind")
SEED = 5


def rounded_up(items: Items) -> Items:
    """Merge half of the documents, two and two from neighbouring incidents of one topic."""
    rng = np.random.default_rng(SEED)
    path = dict(zip(items.documents["document_id"], items.documents["path"], strict=True))
    claims = items.claims
    found = zip(
        claims["document_id"].map(path),
        claims["content"],
        items.gold["incident"],
        claims["start"],
        strict=True,
    )
    rows = [
        {"document": doc, "text": text, "incident": label, "at": int(start)}
        for doc, text, label, start in found
    ]
    incident = {row["document"]: row["incident"] for row in rows}
    merged: dict[str, str] = {}
    for topic in sorted({d.split("_")[0] for d in incident}):
        sides = [
            sorted(
                d
                for d in incident
                if d.split("_")[0] == topic and incident[d].endswith("plus") is plus
            )
            for plus in (False, True)
        ]
        for side in sides:
            rng.shuffle(side)
        for a, b in zip(*sides, strict=False):
            merged[b] = a
    for row in rows:
        row["document"] = merged.get(row["document"], row["document"])
    rows.sort(key=lambda row: (row["document"], row["at"]))
    return build("round-ups", rows, ("incident",))


def pairs(items: Items) -> tuple[np.ndarray, np.ndarray]:
    """Terms of every candidate pair and whether it is one incident."""
    settings = Settings()
    vectors = embed_claims(items.claims, **settings.embed.model_dump(), cache=None)
    profile = profile_claims(
        items.claims,
        items.documents,
        empty("values"),
        empty("assertions"),
        items.when_where,
        vectors,
    )
    left, right, cosine = window_neighbours(
        vectors,
        profile.begin,
        profile.end,
        window_days=settings.cluster.window_days,
        min_cosine=settings.cluster.min_cosine,
    )
    terms = term_values(profile, left, right, cosine, decay_days=settings.cluster.decay_days)
    gold = np.array(items.gold["incident"])
    return terms, gold[left] == gold[right]


def fit(terms: np.ndarray, same: np.ndarray) -> np.ndarray:
    """Logistic regression, no weight below 0: likeness is never evidence against."""
    x = np.column_stack([np.ones(len(terms)), terms])

    def loss(weight: np.ndarray) -> tuple[float, np.ndarray]:
        odds = x @ weight
        error = 1 / (1 + np.exp(-odds)) - same
        value = np.logaddexp(0, odds).sum() - odds[same].sum() + (weight[1:] ** 2).sum() / 2
        gradient = x.T @ error
        gradient[1:] += weight[1:]
        return float(value), gradient

    bounds = [(None, None)] + [(0, None)] * terms.shape[1]
    return minimize(loss, np.zeros(x.shape[1]), jac=True, bounds=bounds).x


def main(data: Path) -> None:
    """Fit on the documents as they are and as round-ups, and print the section."""
    items = ecbplus(data, "train")
    found = [pairs(items), pairs(rounded_up(items))]
    terms = np.concatenate([t for t, _ in found])
    same = np.concatenate([s for _, s in found])
    columns = [TERMS.index(term) for term in FITTED]
    weight = fit(terms[:, columns], same)
    print(f"# {len(same)} pairs, {int(same.sum())} of one incident")
    for term, value in zip(("bias", *FITTED), weight, strict=True):
        print(f"{term} = {value:.2f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
