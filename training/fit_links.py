"""Fit the weights of the event score and print the section `[event]` for `data/links.toml`.

Run: python training/fit_links.py ../shared/data fixtures/helmand-2020

The weights are fitted on pairs of ECB+ train, as sentences, as articles and as
round-ups, and of the project's own case, since ECB+ dates and places nothing.
A round-up is half of the documents merged, two and two from one topic, so that
standing in one document is evidence and not proof: the articles of a case
often cover several incidents. Each set has an intercept of its own in the fit,
because how many pairs are of one incident differs from set to set. The one
`bias` that ships starts from that of the sentences; it and the threshold are
then moved to the best mean of the curves of `claim-compare evaluate events`
over ECB+ dev, the news clusters and the case.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from compare.cluster.candidates import Candidates
from compare.cluster.profile import profile_claims
from compare.cluster.score import TERMS
from compare.evaluate.event_case import case
from compare.evaluate.event_data import Items, build, ecbplus, ecbplus_articles
from compare.evaluate.events import embed
from compare.settings import Settings

CASE_WEIGHT = 2.0
"""The pairs of the case are few, and the only ones with times, places and actors."""
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


def pairs(items: Items, vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Terms of every candidate pair and whether it is one incident."""
    profile = profile_claims(
        items.claims, items.documents, items.values, items.assertions, items.when_where, vectors
    )
    chosen = Settings().cluster.model_dump(
        include={"window_days", "late_days", "min_cosine", "decay_days"}
    )
    candidates = Candidates(profile, **chosen)
    left, right = candidates.pairs()
    gold = np.array(items.gold["incident"])
    return candidates.terms(left, right), gold[left] == gold[right]


def fit(sets: list[tuple[np.ndarray, np.ndarray, float]]) -> np.ndarray:
    """Logistic regression over sets of (terms, same, weight), an intercept a set.

    No weight falls below 0: likeness is never evidence against.
    """
    many = len(sets)

    def loss(found: np.ndarray) -> tuple[float, np.ndarray]:
        weight = found[many:]
        value, gradient = float(weight @ weight) / 2, np.r_[np.zeros(many), weight]
        for i, (terms, same, count) in enumerate(sets):
            odds = terms @ weight + found[i]
            error = count * (1 / (1 + np.exp(-odds)) - same)
            value += count * float(np.logaddexp(0, odds).sum() - odds[same].sum())
            gradient[i] += error.sum()
            gradient[many:] += terms.T @ error
        return value, gradient

    bounds = [(None, None)] * many + [(0, None)] * len(TERMS)
    return minimize(loss, np.zeros(many + len(TERMS)), jac=True, bounds=bounds).x


def main(data: Path, folder: Path) -> None:
    """Fit and print the section."""
    sentences, own = ecbplus(data, "train"), case(folder)
    vectors, own_vectors = embed(sentences), embed(own)
    by_text = dict(zip(sentences.claims["content"], vectors, strict=True))
    merged, articles = rounded_up(sentences), ecbplus_articles(data, "train")
    sets = [
        (*pairs(sentences, vectors), 1.0),
        (*pairs(merged, np.stack([by_text[c] for c in merged.claims["content"]])), 1.0),
        (*pairs(articles, embed(articles)), 1.0),
        (*pairs(own, own_vectors), CASE_WEIGHT),
    ]
    found = fit(sets)
    print(f"# {[len(same) for _, same, _ in sets]} pairs: sentences, round-ups, articles, case")
    print(f"# {[int(same.sum()) for _, same, _ in sets]} of one incident; intercepts", end=" ")
    print(found[: len(sets)].round(2).tolist())
    for term, value in zip(("bias", *TERMS), [found[0], *found[len(sets) :]], strict=True):
        print(f"{term} = {value:.2f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
