"""Where two claims agree or conflict, and why.

Claims of one event that speak of the same thing are compared by one judge an aspect;
what each judge does stands in its own description. Every pair gets a relation, a cause,
a score and a reason. The order of claims changes nothing.

Typed evidence comes first. A deed or a head count in common says little of two sentences:
where each has words of weight that the other lacks, agreement on it is told as compatible
only. Where typed evidence says nothing or that little, wording and numbers are compared, and
then, where one is set, an inference model is asked, which may cast doubt on that little and on
nothing else.

What an account tells, beside its news, of another year or another case ("in February 2003", "a
similar attack") is background and contradicts no account of that news.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np
import pandas as pd

from compare.judge import inference
from compare.judge.accounts import gather
from compare.judge.compare_claims import Finding, beside_text, compare_claims, slight
from compare.judge.elsewhen import find_apart, mark_background
from compare.judge.figures import Limits
from compare.judge.interests import against_interest
from compare.judge.lexicon import load
from compare.judge.pairs import Pair, alike, candidates
from compare.judge.rulings import CLOSE, Ruling, tempered
from compare.judge.sides import Side, build
from compare.judge.slips import slips_explained
from compare.tables import check_vectors, from_rows

__all__ = ["find_apart", "judge_pairs"]

_EVERY = 100
_AT_ONCE = 50_000
"""Rows of judgements that are held as such; a table takes a fifth of the room."""


def judge_pairs(
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    sources: pd.DataFrame,
    values: pd.DataFrame,
    assertions: pd.DataFrame,
    when_where: pd.DataFrame,
    events: pd.DataFrame,
    vectors: np.ndarray | None,
    *,
    apart: pd.DataFrame | None = None,
    near_bounds: float,
    window_days: float,
    growth_days: float,
    slip_days: float,
    conflict_score: float,
    inference_model: str | None,
    inference_labels: tuple[str, ...],
    inference_confidence: float,
    inference_cosine: float,
    inference_neighbours: int,
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
        vectors: float32 (n_claims, dim), row i for row i of `claims`; they may be left out
            where no inference model is asked.
        apart: claims set apart, see `find_apart`, where the tables are a part of the case.
        near_bounds: two bounds such as "at least 80" and "more than 85" agree if their
            numbers lie within this share of the smaller one.
        window_days: times of happening further apart are different happenings.
        growth_days: from here on a later, larger displacement may have grown.
        slip_days: publications within which equal digits with zeros lost are a slip.
        conflict_score: a conflict less sure than this is told as unsure, in [0, 1].
        inference_model: a cross-encoder for pairs on which typed evidence says nothing or
            little, or None.
        inference_labels: what its outputs mean, in order; empty reads it from its config.
        inference_confidence: least probability on which it rules, in [0, 1].
        inference_cosine: least cosine of a pair that it is asked about.
        inference_neighbours: so many of its event's closest claims a claim is held against.
        progress: told how many claims of how many have been held against those after them.

    Returns:
        Table `judgements`.

    Raises:
        TableError: `vectors` does not fit `claims`, or is left out where it is needed.
        ModelError: the inference model cannot be used.
    """
    if vectors is not None or inference_model is not None:
        vectors = check_vectors(
            np.zeros((0, 0), np.float32) if vectors is None else vectors, claims
        )
    lexicon = load()
    sides = build(claims, documents, sources, values, assertions, when_where, lexicon)
    limits = Limits(near_bounds, window_days, growth_days, slip_days)
    placed = {
        row["claim_id"]: (int(row["event_id"]), int(row["story_id"]))
        for row in events.to_dict("records")
    }
    apart = find_apart(claims, values) if apart is None else apart
    for claim_id, words in zip(apart["claim_id"], apart["apart"], strict=True):
        sides[claim_id].apart = frozenset(words.split("\n"))
    mark_background(sides, placed, set(apart["claim_id"][apart["plainly"]]))
    gather(sides, placed)
    position = {claim_id: n for n, claim_id in enumerate(sorted(sides))}

    def judged() -> Iterator[tuple[Pair, list[Finding]]]:
        done = -_EVERY
        for (left, right), topics in candidates(sides, placed):
            if position[left] >= done + _EVERY:
                done = position[left]
                progress(done, len(sides))
            yield (
                (left, right),
                compare_claims(sides[left], sides[right], topics, limits, lexicon),
            )

    findings: Iterable[tuple[Pair, list[Finding]]] = judged()
    if inference_model is not None and vectors is not None:
        found = dict(findings)
        settled = {pair for pair, findings in found.items() if not all(map(slight, findings))}
        asked = alike(sides, placed, claims, vectors, settled,
                      least=inference_cosine, most=inference_neighbours,
                      window_days=window_days)  # fmt: skip
        contents = dict(zip(claims["claim_id"], claims["content"], strict=True))
        rulings = inference.ask_model(
            [(sides[left], sides[right]) for left, right in asked],
            [(contents[left], contents[right]) for left, right in asked],
            model=inference_model, labels=inference_labels, confidence=inference_confidence,
        )  # fmt: skip
        for pair, ruling in zip(asked, rulings, strict=True):
            ruled = tempered(ruling, sides[pair[0]], sides[pair[1]])
            found[pair] = beside_text(found.get(pair, []), ruled)
        findings = sorted(found.items())
    parts, rows = [], list[dict[str, object]]()
    for (left, right), several in findings:
        event = placed[left][0] if placed[left][0] == placed[right][0] else -1
        rows += [_row(sides[left], sides[right], event, f, conflict_score) for f in several]
        if len(rows) >= _AT_ONCE:
            parts.append(from_rows("judgements", rows))
            rows = []
    progress(len(sides), len(sides))
    parts.append(from_rows("judgements", rows))
    return slips_explained(pd.concat(parts, ignore_index=True))


def _row(a: Side, b: Side, event: int, finding: Finding, least: float) -> dict[str, object]:
    ruling = finding.ruling
    conflicts = ruling.relation == "conflict"
    near = ruling.near or (conflicts and abs(ruling.score - least) <= CLOSE)
    if conflicts and ruling.score < least:
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
