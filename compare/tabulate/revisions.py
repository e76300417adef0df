"""The series of figures each source gave, in order of time."""

from __future__ import annotations

from collections import Counter, defaultdict

import pandas as pd

from compare import gazetteer
from compare.tables import from_rows
from compare.tabulate.tables_by_claim import Case, Figure, arrange, figures

_Key = tuple[str, int, str, str, str]


def tabulate_revisions(
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    sources: pd.DataFrame,
    values: pd.DataFrame,
    when_where: pd.DataFrame,
    events: pd.DataFrame,
) -> pd.DataFrame:
    """How each actor's figure on one question moved.

    A series needs figures from two days. A figure whose claim names no place joins the
    actor's series where there is only one; where an actor gives verified figures, only
    these make up the series, since an estimate beside them is another question.

    Args:
        claims: table `claims`.
        documents: table `documents`, for the days.
        sources: table `sources`, for the actors.
        values: table `values`.
        when_where: table `when_where`.
        events: table `events`.

    Returns:
        Table `revisions`: `change` compares with the step before: up, down, same, or
        refined where the new range lies within the old one.
    """
    no_origins = pd.DataFrame({"claim_id": [], "origin_id": []}, dtype="string")
    case = arrange(claims, documents, sources, when_where, events, no_origins)
    series: defaultdict[_Key, list[Figure]] = defaultdict(list)
    for figure in figures(values, case):
        actor = case.sources[figure.claim_id]["actor_id"]
        denied = case.claims[figure.claim_id]["status"] == "denied"
        new = figure.scope == "new"  # since the last count, so no step of it
        if case.published[figure.claim_id] is not None and not denied and not new:
            series[actor, *figure.key].append(figure)
    rows: list[dict[str, object]] = []
    for key in sorted(series):
        for place, given in _by_place(series[key]):
            rows += _steps(key, place, given, case)
    return from_rows("revisions", rows)


def _by_place(given: list[Figure]) -> list[tuple[str, list[Figure]]]:
    """Figures by place; those without one go where the actor has one place only."""
    known = Counter(f.place_id for f in given if f.place_id)
    alone = next(iter(known)) if len(known) == 1 else ""
    found: defaultdict[str, list[Figure]] = defaultdict(list)
    for figure in given:
        found[figure.place_id or alone].append(figure)
    return sorted(found.items())


def _steps(key: _Key, place: str, given: list[Figure], case: Case) -> list[dict[str, object]]:
    if any(f.verified for f in given):
        given = [f for f in given if f.verified]
    dated = sorted(given, key=lambda f: (case.published[f.claim_id], f.claim_id, f.start))
    distinct: list[Figure] = []
    for figure in dated:
        before = distinct[-1] if distinct else None
        if before and (figure.low, figure.high, _day(figure, case)) == (
            before.low, before.high, _day(before, case),
        ):  # fmt: skip
            continue
        distinct.append(figure)
    if len({_day(f, case) for f in distinct}) < 2:
        return []
    actor, event, aspect, population, unit = key
    return [
        {
            "actor_id": actor, "event_id": event, "aspect": aspect, "population": population,
            "unit": unit, "place": gazetteer.place(place).name if place else "", "step": i + 1,
            "published": case.published[f.claim_id], "low": f.low, "high": f.high,
            "change": _change(distinct[i - 1] if i else None, f), "claim_id": f.claim_id,
        }
        for i, f in enumerate(distinct)
    ]  # fmt: skip


def _day(figure: Figure, case: Case) -> pd.Timestamp | None:
    published = case.published[figure.claim_id]
    return None if published is None else published.normalize()


def _change(before: Figure | None, now: Figure) -> str:
    if before is None:
        return "first"
    low, old_low = now.low or 0.0, before.low or 0.0
    top = float("inf")
    high = top if now.high is None else now.high
    old_high = top if before.high is None else before.high
    if (low, high) == (old_low, old_high):
        return "same"
    if old_low <= low and high <= old_high:
        return "refined"
    return "up" if (low, high) > (old_low, old_high) else "down"
