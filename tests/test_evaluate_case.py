"""The case's score is full on tables made from its gold, and drops where a table is spoilt."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from compare.errors import EvaluationError
from compare.evaluate.case import evaluate, score_case
from compare.evaluate.case_gold import read_gold
from compare.read import read_case
from compare.schema import CAMPS
from compare.settings import Settings
from compare.tables import empty, from_rows
from compare.view import Comparison

CASE = Path(__file__).parent.parent / "fixtures" / "helmand-2020"
GOLD = read_gold(CASE / "gold")
Row = dict[str, Any]


def first(cell: str) -> str:
    return cell.split("|")[0]


def day(cell: str) -> pd.Timestamp | None:
    return None if first(cell) in ("", "*") else pd.Timestamp(first(cell))


def number(cell: str, otherwise: float | None) -> float | None:
    return otherwise if first(cell) == "*" else float(first(cell)) if first(cell) else None


@pytest.fixture(scope="module")
def perfect() -> Comparison:
    """A comparison whose tables say exactly what gold says."""
    case = read_case(CASE)
    ids = dict(zip(case.documents["path"], case.documents["document_id"], strict=True))

    def claim_id(row: Row) -> str:
        return f"{ids[row['document']]}:{row['start']}-{row['end']}"

    def named(name: str) -> str:
        document, _, span = name.rpartition(":")
        return f"{ids[document]}:{span}"

    claims: list[Row] = []
    sources: list[Row] = []
    for row in GOLD["claims"]:
        claim: Row = {
            "claim_id": claim_id(row),
            "document_id": ids[row["document"]],
            "start": int(row["start"]),
            "end": int(row["end"]),
            "content": row["content"],
            "kind": first(row["kind"]),
            "status": first(row["status"]),
        }
        for part in ("source", "cue"):
            if row[part]:
                at = int(row[f"{part}_start"])
                claim |= {part: row[part], f"{part}_start": at, f"{part}_end": at + len(row[part])}
        if row["parent_start"]:
            span = {"start": row["parent_start"], "end": row["parent_end"]}
            claim["parent_claim_id"] = claim_id(row | span)
        claims.append(claim)
        name = first(row["actor"])
        actor = {"actor_id": name, "actor": name, "mention": name}
        sources.append(
            {"claim_id": claim["claim_id"], "source": row["source"], "score": 1.0, "how": "alias"}
            | actor
            | {"camp": first(row["camp"]), "role": first(row["role"])}
        )
    starts = {(r["document"], r["start"]): claim_id(r) for r in GOLD["claims"]}
    values = [
        {
            "claim_id": starts[row["document"], row["content_start"]],
            "aspect": first(row["aspect"]),
            "population": first(row["population"]),
            "group": "",
            "low": number(row["low"], 3.0),
            "high": number(row["high"], None),
            "unit": first(row["unit"]),
            "wording": row["wording"],
            "rule": "exact",
            "verified": False,
            "scope": "total",
            "start": int(row["start"]),
            "end": int(row["start"]) + len(row["wording"]),
        }
        for row in GOLD["values"]
    ]
    told = {claim_id(row): row for row in GOLD["when_where"]}
    nowhere = {"place": "", "admin1": "", "begin": "", "end_before": ""}
    when_where = [
        {
            "claim_id": claim["claim_id"],
            "place": first(row["place"]),
            "admin1": first(row["admin1"]),
            "place_precision": "district",
            "place_from": "claim",
            "place_wording": "",
            "begin": day(row["begin"]),
            "end": day(row["end_before"]),
            "date_precision": "day",
            "date_from": "claim",
            "date_wording": "",
            "mentioned_place_ids": "",
        }
        for claim in claims
        for row in [told.get(claim["claim_id"], nowhere)]
    ]
    labels = sorted({row["event"] for row in GOLD["events"]} - {""})
    stories = sorted({row["story"] for row in GOLD["events"]})
    events = [
        {
            "claim_id": claim_id(row),
            "event_id": labels.index(row["event"]) + 1 if row["event"] else -1,
            "story_id": stories.index(row["story"]) + 1,
            "near_threshold": False,
        }
        for row in GOLD["events"]
    ]
    together = {
        frozenset(map(named, row["claims"].split(" "))): row for row in GOLD["independence"]
    }
    shared = {c: min(g) for g, row in together.items() if row["n_independent"] == "1" for c in g}
    origins = [
        {"claim_id": c["claim_id"], "origin_id": shared.get(c["claim_id"], c["claim_id"])}
        | {"how": "own"}
        for c in claims
    ]
    judgements = []
    for row in GOLD["pairs"]:
        left, right = sorted([named(row["claim_a"]), named(row["claim_b"])])
        judgements.append(
            {"claim_id_l": left, "claim_id_r": right, "event_id": 1, "aspect": first(row["aspect"])}
            | {"population": "", "relation": first(row["relation"]), "cause": first(row["cause"])}
            | {"score": 1.0, "reason": "gold", "near_threshold": False, "reviewed": False}
        )
    discrepancies = []
    for row in GOLD["discrepancies"]:
        says = {camp: "silent" if camp in row["silent"].split() else "something" for camp in CAMPS}
        discrepancies.append(
            {"event_id": labels.index(row["event"]) + 1, "aspect": first(row["aspect"])}
            | {"population": first(row["population"]), "unit": first(row["unit"])}
            | {"place": first(row["place"]), "verdict": first(row["verdict"])}
            | {"cause": first(row["cause"]), "n_outlets": 1, "n_speakers": 1, "n_independent": 1}
            | {"claim_ids": " ".join(map(named, row["claims"].split(" "))), "reviewed": False}
            | says
        )
    revisions = [
        {"actor_id": row["actor"], "event_id": labels.index(row["event"]) + 1}
        | {"aspect": row["aspect"], "population": row["population"], "unit": row["unit"]}
        | {"place": "Helmand", "step": int(row["step"]), "published": day(row["published"])}
        | {"low": number(row["low"], 450.0), "high": number(row["high"], None)}
        | {"change": "up" if row["step"] != "1" else "first", "claim_id": named(row["claim"])}
        for row in GOLD["revisions"]
    ]
    return Comparison(
        title=case.title,
        settings=Settings(),
        documents=case.documents,
        problems=case.problems,
        claims=from_rows("claims", claims),
        sources=from_rows("sources", sources),
        values=from_rows("values", values),
        assertions=empty("assertions"),
        when_where=from_rows("when_where", when_where),
        vectors=np.zeros((len(claims), 0), dtype=np.float32),
        events=from_rows("events", events),
        origins=from_rows("origins", origins),
        judgements=from_rows("judgements", judgements),
        discrepancies=from_rows("discrepancies", discrepancies),
        revisions=from_rows("revisions", revisions),
    )


def scores(comparison: Comparison) -> dict[str, pd.DataFrame]:
    return {result.title: result.table for result in score_case(comparison, CASE / "gold")}


def spoilt(comparison: Comparison, table: str, **cells: object) -> Comparison:
    """The comparison with these cells put into every row of one of its tables."""
    return dataclasses.replace(comparison, **{table: getattr(comparison, table).assign(**cells)})


def test_gold_scores_full_against_itself(perfect: Comparison) -> None:
    tables = scores(perfect)
    assert tables["Misses"].values.tolist() == []
    assert tables["Attribution"]["f1"].tolist() == [1.0] * 6
    shares = tables["Of claims found: speaker, cue, kind, status"]
    assert (shares["right"] == shares["of"]).all() and (shares["of"] == len(GOLD["claims"])).all()
    assert tables["Figures"].loc[0, "f1"] == 1.0
    assert (tables["When and where"]["share"] == 1.0).all()
    assert tables["Events (B-cubed)"]["f1"].tolist()[0] == 1.0
    assert tables["Judgements"]["share"].tolist() == [1.0, 1.0]
    assert tables["Discrepancies"]["right"].all()
    assert tables["Revisions"]["in one series"].tolist() == [6]
    assert tables["Independence"]["right"].all()


def test_main_events_join_the_incidents_of_one_event(perfect: Comparison) -> None:
    table = scores(perfect)["Events (B-cubed)"].set_index("what")
    assert table.loc["main event", "in gold"] == 6
    assert table.loc["main event", "precision"] == 1.0
    assert table.loc["main event", "recall"] < 1.0


@pytest.mark.parametrize(
    ("table", "cells", "title", "stage"),
    [
        ("sources", {"actor": "Somebody else"}, "Of claims found: speaker, cue, kind, status", ""),
        ("claims", {"status": "denied"}, "Of claims found: speaker, cue, kind, status", ""),
        ("values", {"unit": "camels"}, "Figures", "values"),
        ("when_where", {"place": "Atlantis"}, "When and where", "when_where"),
        ("events", {"event_id": 1}, "Events (B-cubed)", "events"),
        ("judgements", {"relation": "unsure", "cause": "wording"}, "Judgements", "judgements"),
        ("discrepancies", {"verdict": "agreed"}, "Discrepancies", "discrepancies"),
        ("discrepancies", {"taliban": "something"}, "Discrepancies", "discrepancies"),
        ("origins", {"origin_id": "one"}, "Independence", "origins"),
    ],
)
def test_a_spoilt_table_is_seen_and_every_miss_named(
    perfect: Comparison, table: str, cells: dict[str, object], title: str, stage: str
) -> None:
    right, wrong = scores(perfect), scores(spoilt(perfect, table, **cells))
    assert not right[title].equals(wrong[title])
    assert len(wrong["Misses"]) > 0
    assert not stage or set(wrong["Misses"]["stage"]) == {stage}


def test_a_claim_too_many_and_one_too_few_are_named(perfect: Comparison) -> None:
    claims = perfect.claims
    helicopter = claims["content"].str.startswith("Nine service members")
    shifted = claims.assign(
        start=claims["start"].mask(helicopter, claims["start"] + 60),
        content=claims["content"].mask(helicopter, claims["content"].str.slice(60)),
    )
    table = scores(dataclasses.replace(perfect, claims=shifted))
    lost = table["Misses"][table["Misses"]["stage"] == "extract"]
    assert lost["expected"].tolist()[1] == "no such claim"
    assert lost["found"].tolist()[0] == "no such claim"
    speech = table["Attribution"].set_index(["what", "content"])
    assert speech.loc[("speech", "overlap 0.8"), "found"] == 87
    assert speech.loc[("speech", "overlap 0.3"), "found"] == 88


def test_no_gold_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="expected a case with gold"):
        evaluate(tmp_path, tmp_path / "gold")
