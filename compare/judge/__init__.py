"""Where two claims agree or conflict, and why.

Claims of one event that speak of the same thing are compared by one judge an aspect;
what each judge does stands in its own description. Every pair gets a relation, a cause,
a score and a reason. The order of claims changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from compare.judge import inference
from compare.judge.compare_claims import Finding, compare_claims
from compare.judge.figures import Limits
from compare.judge.interests import against_interest
from compare.judge.lexicon import load
from compare.judge.pairs import Pair, candidates, within_events
from compare.judge.rulings import Ruling
from compare.judge.sides import Side, build
from compare.judge.slips import explain_by_slips
from compare.tables import check_vectors, from_rows

__all__ = ["judge_pairs"]

_EVERY = 2000
_CLOSE = 1e-5


def judge_pairs(
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    sources: pd.DataFrame,
    values: pd.DataFrame,
    assertions: pd.DataFrame,
    when_where: pd.DataFrame,
    events: pd.DataFrame,
    vectors: np.ndarray,
    *,
    near_bounds: float,
    window_days: float,
    growth_days: float,
    slip_days: float,
    conflict_score: float,
    inference_model: str | None,
    inference_labels: tuple[str, ...],
    inference_confidence: float,
    inference_cosine: float,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> pd.DataFrame:
    """Compare the claims of each event, pair by pair.

    Args:
        claims: table `claims`.
        documents: table `documents`.
        sources: table `sources`.
        values: table `values`.
        assertions: table `assertions`.
        when_where: table `when_where`.
        events: table `events`; noise (-1) is compared with nothing.
        vectors: float32 (n_claims, dim), row i for row i of `claims`.
        near_bounds: two bounds such as "at least 80" and "more than 85" agree if their
            numbers lie within this share of the smaller one.
        window_days: times of happening further apart are different happenings.
        growth_days: from here on a later, larger displacement may have grown.
        slip_days: publications within which equal digits with zeros lost are a slip.
        conflict_score: a conflict less sure than this is told as unsure, in [0, 1].
        inference_model: a CrossEncoder for pairs without typed evidence, or None.
        inference_labels: what its outputs mean, in order.
        inference_confidence: least probability on which it rules, in [0, 1].
        inference_cosine: least cosine of a pair that it is asked about.
        progress: told how many pairs of how many are done.

    Returns:
        Table `judgements`.

    Raises:
        TableError: `vectors` does not fit `claims`.
        ModelError: the inference model cannot be used.
    """
    check_vectors(vectors, claims)
    lexicon = load()
    sides = build(claims, documents, sources, values, assertions, when_where, lexicon)
    limits = Limits(near_bounds, window_days, growth_days, slip_days)
    placed = {
        row["claim_id"]: (int(row["event_id"]), int(row["story_id"]))
        for row in events.to_dict("records")
    }
    pairs = candidates(sides, placed)
    rows: list[dict[str, object]] = []
    judged: set[Pair] = set()
    for done, ((left, right), topics) in enumerate(pairs.items()):
        if done % _EVERY == 0:
            progress(done, len(pairs))
        a, b = sides[left], sides[right]
        found = compare_claims(a, b, topics, limits, lexicon)
        if found:
            judged.add((left, right))
        event = placed[left][0] if placed[left][0] == placed[right][0] else -1
        rows += [_row(a, b, event, finding, conflict_score) for finding in found]
    if inference_model is not None:
        open_pairs = [p for p in within_events(sides, placed) if p not in judged]
        asked = _alike(open_pairs, claims, vectors, inference_cosine)
        contents = dict(zip(claims["claim_id"], claims["content"], strict=True))
        rulings = inference.judge_texts(
            [(sides[left], sides[right]) for left, right in asked],
            [(contents[left], contents[right]) for left, right in asked],
            lambda texts: inference.probabilities(
                texts, model=inference_model, labels=inference_labels
            ),
            inference_confidence,
        )
        rows += [
            _row(sides[left], sides[right], placed[left][0], Finding("text", "", ruling), 0.0)
            for (left, right), ruling in zip(asked, rulings, strict=True)
        ]
    progress(len(pairs), len(pairs))
    return from_rows("judgements", explain_by_slips(rows))


def _row(a: Side, b: Side, event: int, finding: Finding, least: float) -> dict[str, object]:
    ruling = finding.ruling
    near = ruling.relation == "conflict" and abs(ruling.score - least) <= _CLOSE
    if ruling.relation == "conflict" and ruling.score < least:
        ruling = Ruling("unsure", ruling.cause, ruling.score, ruling.reason)
    notes = [n for side in sorted((a, b), key=lambda s: s.order)
             if (n := against_interest(side, finding.aspect))]  # fmt: skip
    return {
        "claim_id_l": a.claim_id, "claim_id_r": b.claim_id, "event_id": event,
        "aspect": finding.aspect, "population": finding.population, "relation": ruling.relation,
        "cause": ruling.cause, "score": round(ruling.score, 6),
        "reason": "; ".join([ruling.reason, *dict.fromkeys(notes)]), "near_threshold": near,
        "reviewed": False,
    }  # fmt: skip


def _alike(
    pairs: list[Pair], claims: pd.DataFrame, vectors: np.ndarray, least: float
) -> list[Pair]:
    row = {claim_id: i for i, claim_id in enumerate(claims["claim_id"])}
    if not pairs:
        return []
    left = vectors[[row[p[0]] for p in pairs]]
    right = vectors[[row[p[1]] for p in pairs]]
    cosine = np.einsum("ij,ij->i", left, right)
    return [pair for pair, c in zip(pairs, cosine, strict=True) if c >= least]
