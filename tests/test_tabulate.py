"""Rows of discrepancies and revision series from pairs of texts in one event."""

import numpy as np
import pandas as pd

import compare
from compare import parse
from compare.evaluate.relations_pairs import Text, tables_of
from compare.judge import judge_pairs
from compare.settings import Settings, chosen
from compare.tables import from_rows
from compare.tabulate import compare_verdicts, tabulate_discrepancies, tabulate_revisions

SETTINGS = Settings()


def tabulated(*texts: Text, score: float = 0.6) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Discrepancies and revisions of texts forced into one event, each its own origin."""
    odd = [*texts, *([Text("Nothing.", "Nobody")] if len(texts) % 2 else [])]
    case = tables_of(list(zip(odd[::2], odd[1::2], strict=True)))
    claims, documents, sources = case["claims"], case["documents"], case["sources"]
    values, assertions, when_where = (
        parse.parse_values(claims, documents, **chosen(parse.parse_values, SETTINGS, "parse")),
        parse.parse_assertions(claims, documents, sources, model=SETTINGS.parse.model),
        parse.parse_when_where(
            claims, documents, **chosen(parse.parse_when_where, SETTINGS, "parse")
        ),
    )
    events = case["events"].assign(event_id=1, story_id=1)
    origins = from_rows(
        "origins",
        [
            {"claim_id": c, "origin_id": a, "how": "own"}
            for c, a in zip(sources["claim_id"], sources["actor_id"], strict=True)
        ],
    )
    vectors = np.full((len(claims), 4), 0.5, dtype=np.float32)
    judged = judge_pairs(
        claims, documents, sources, values, assertions, when_where, events, vectors,
        **chosen(judge_pairs, SETTINGS, "judge"),
    )  # fmt: skip
    rows = tabulate_discrepancies(
        claims, documents, sources, values, assertions, when_where, events, origins, judged,
        dispute_score=score,
    )  # fmt: skip
    series = tabulate_revisions(claims, documents, sources, values, when_where, events)
    return rows, series


def row(rows: pd.DataFrame, aspect: str, unit: str = "people", population: str = "") -> pd.Series:
    kept = rows[(rows["aspect"] == aspect) & (rows["unit"] == unit)]
    kept = kept[kept["population"] == population] if population else kept
    assert len(kept) == 1
    return kept.iloc[0]


AUTHORITIES = Text("35,000 people were displaced in Helmand", "Authorities", "local")
DIRECTOR = Text("30,000 people were displaced in Helmand", "Director", "local", date="2020-10-13")
THOUSANDS = Text("thousands of people were displaced in Helmand", "UNAMA", "un")
ARMY = Text("Two soldiers were killed", "Army", "andsf")


def test_a_disputed_row_keeps_every_figure_and_marks_silence() -> None:
    rows, _ = tabulated(AUTHORITIES, DIRECTOR, THOUSANDS, ARMY)
    found = row(rows, "displaced")
    assert (found["verdict"], found["cause"]) == ("disputed", "value")
    assert (found["low"], found["high"]) == (2000, 1999999)
    assert (found["n_outlets"], found["n_speakers"], found["n_independent"]) == (3, 3, 3)
    assert found["local"] == (
        "Authorities: 35,000 displaced (12 Oct); Director: 30,000 displaced (13 Oct)"
    )
    assert found["un"] == "UNAMA: thousands displaced (12 Oct)"
    assert (found["andsf"], found["taliban"]) == ("silent", "")


def test_households_and_districts_keep_their_own_rows() -> None:
    rows, _ = tabulated(
        AUTHORITIES,
        Text("5,000 households were displaced in Helmand", "OCHA", "un"),
        Text("3,000 people were displaced in Nawa district of Helmand", "Elders", "local"),
    )
    displaced = rows[rows["aspect"] == "displaced"]
    assert sorted(
        zip(displaced["unit"], displaced["place"], displaced["verdict"], strict=True)
    ) == [
        ("households", "Helmand", "single-source"),
        ("people", "Helmand", "single-source"),
        ("people", "Nawa", "single-source"),
    ]


def test_a_growing_count_is_a_series_and_not_a_dispute() -> None:
    counts = [
        Text(f"{n} displaced people have been verified", "OCHA", "un", date=f"2020-10-{day}")
        for n, day in (("1,051", 14), ("3,520", 18), ("4,522", 19))
    ]
    rows, series = tabulated(*counts)
    assert (row(rows, "displaced")["verdict"], row(rows, "displaced")["cause"]) == (
        "revised",
        "revision",
    )
    assert series[["step", "low", "change"]].values.tolist() == [
        [1, 1051.0, "first"],
        [2, 3520.0, "up"],
        [3, 4522.0, "up"],
    ]


def test_reprints_do_not_change_a_verdict() -> None:
    once, _ = tabulated(AUTHORITIES, DIRECTOR)
    again, _ = tabulated(AUTHORITIES, DIRECTOR, *[DIRECTOR] * 6)
    told = ["verdict", "cause", "n_independent", "low", "high"]
    assert row(once, "displaced")[told].tolist() == row(again, "displaced")[told].tolist()


def test_moving_the_threshold_is_told_as_a_changed_verdict() -> None:
    before, _ = tabulated(AUTHORITIES, DIRECTOR)
    after, _ = tabulated(AUTHORITIES, DIRECTOR, score=1.0)
    changed = compare_verdicts(before, after)
    assert changed[["aspect", "before", "after"]].values.tolist() == [
        ["displaced", "disputed", "unclear"]
    ]
    assert compare_verdicts(before, before).empty


def test_a_case_whose_claims_make_no_row_has_an_empty_table(tmp_path):
    (tmp_path / "documents").mkdir()
    text = "---\npublisher: P\npublished: 2025-03-04\n---\nGunmen stormed it, residents said.\n"
    (tmp_path / "documents" / "a.md").write_text(text, encoding="utf-8")
    case = compare.run(tmp_path)
    assert case.claims["content"].tolist() == ["Gunmen stormed it"]
    assert len(case.discrepancies) == 0
