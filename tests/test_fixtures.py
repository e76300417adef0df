"""The gold of the cases stands on their texts, and the case holds what it must hold."""

from __future__ import annotations

import csv
import hashlib
from functools import cache
from pathlib import Path

import pytest

from compare.read import read_case
from compare.schema import (
    CAMPS,
    CAUSES,
    FIGURE_ASPECTS,
    KINDS,
    POPULATIONS,
    RELATIONS,
    ROLES,
    STATUSES,
    VERDICTS,
)

FIXTURES = Path(__file__).parent.parent / "fixtures"
CASE, ARTICLE = FIXTURES / "helmand-2020", FIXTURES / "atnews-lashkargah"
CASES = pytest.mark.parametrize("case", [CASE, ARTICLE], ids=lambda path: path.name)


@cache
def texts(case: Path) -> dict[str, str]:
    documents = read_case(case).documents
    return dict(zip(documents["path"], documents["text"], strict=True))


def gold(case: Path, name: str) -> list[dict[str, str]]:
    with (case / "gold" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def options(cell: str) -> set[str]:
    return set(cell.split("|"))


@CASES
def test_the_article_is_the_users_byte_for_byte(case: Path) -> None:
    data = (case / "documents" / "atnews-article.txt").read_bytes()
    assert hashlib.sha256(data).hexdigest() == (
        "a7258b8b36efbba8b7271c41e18b09a812832f6092ffacc7935d872e6d5f61c1"
    )


@CASES
def test_a_case_reads_without_a_problem(case: Path) -> None:
    read = read_case(case)
    assert read.problems.values.tolist() == []
    assert read.documents["published"].notna().all()
    assert (read.documents["language"] == "en").all()


@CASES
def test_every_claim_stands_in_its_text(case: Path) -> None:
    rows = gold(case, "claims.csv")
    for row in rows:
        text, start, end = texts(case)[row["document"]], int(row["start"]), int(row["end"])
        assert text[start:end] == row["content"]
        assert row["content"] == row["content"].strip(' \n.,“”"‘')
        for part in ("source", "cue"):
            if row[part]:
                at = int(row[f"{part}_start"])
                assert text[at : at + len(row[part])] == row[part]
        if row["parent_content"]:
            outer, last = int(row["parent_start"]), int(row["parent_end"])
            assert text[outer:last] == row["parent_content"]
            assert outer <= start < end <= last
    places = [(row["document"], row["start"], row["end"]) for row in rows]
    assert len(set(places)) == len(places)


@CASES
def test_every_claim_uses_the_closed_lists(case: Path) -> None:
    for row in gold(case, "claims.csv"):
        assert options(row["kind"]) <= set(KINDS)
        assert options(row["status"]) <= set(STATUSES)
        assert options(row["camp"]) <= set(CAMPS)
        assert options(row["role"]) <= set(ROLES)
        assert (row["kind"] == "narration") == (row["source"] == "") == (row["cue"] == "")
        assert row["required"] in ("yes", "no")


def test_the_article_has_the_same_gold_in_both_cases() -> None:
    shared = [
        r for r in gold(CASE, "claims.csv") if r["document"] == "documents/atnews-article.txt"
    ]
    assert shared == gold(ARTICLE, "claims.csv")
    speakers = {r["actor"] for r in shared if r["source"] and r["required"] == "yes"}
    assert speakers == {
        "Zalmay Khalilzad",
        "Jens Stoltenberg",
        "UNAMA",
        "initial reports",
        "Ross Wilson",
        "UK Embassy in Kabul",
        "Assadullah Khalid",
    }


def test_every_figure_stands_in_its_claim() -> None:
    claims = {(r["document"], r["start"]): r for r in gold(CASE, "claims.csv")}
    for row in gold(CASE, "values.csv"):
        claim = claims[row["document"], row["content_start"]]
        at = int(row["start"])
        text = texts(CASE)[row["document"]]
        assert text[at : at + len(row["wording"])] == row["wording"]
        assert int(claim["start"]) <= at and at + len(row["wording"]) <= int(claim["end"])
        assert options(row["aspect"]) <= set(FIGURE_ASPECTS)
        assert options(row["population"]) <= set(POPULATIONS)
        if row["low"].isdigit() and row["high"].isdigit():
            assert int(row["low"]) <= int(row["high"])


@pytest.mark.parametrize("name", ["when_where.csv", "events.csv"])
def test_every_row_is_of_a_claim(name: str) -> None:
    claims = {(r["document"], r["start"], r["end"]) for r in gold(CASE, "claims.csv")}
    rows = [(r["document"], r["start"], r["end"]) for r in gold(CASE, name)]
    assert set(rows) <= claims
    assert len(set(rows)) == len(rows)
    assert name != "events.csv" or set(rows) == claims


def test_judgements_in_gold_are_of_claims_and_use_the_closed_lists() -> None:
    claims = {f"{r['document']}:{r['start']}-{r['end']}" for r in gold(CASE, "claims.csv")}
    for row in gold(CASE, "discrepancies.csv"):
        assert set(row["claims"].split(" ")) <= claims
        assert options(row["verdict"]) <= set(VERDICTS)
        assert options(row["cause"]) <= set(CAUSES)
        assert set(row["silent"].split()) <= set(CAMPS)
    for row in gold(CASE, "pairs.csv"):
        assert {row["claim_a"], row["claim_b"]} <= claims
        assert row["claim_a"] != row["claim_b"]
        assert options(row["relation"]) <= set(RELATIONS)
        assert options(row["cause"]) <= set(CAUSES)
    for row in gold(CASE, "independence.csv"):
        assert set(row["claims"].split(" ")) <= claims
    assert {row["claim"] for row in gold(CASE, "revisions.csv")} <= claims


def test_the_case_covers_its_events_and_formats() -> None:
    rows = gold(CASE, "events.csv")
    assert {r["event"].partition("-")[0] for r in rows} == {"", "1", "2", "3", "4", "5", "6"}
    paths = list(texts(CASE))
    assert len(paths) == 43
    assert {Path(p).suffix for p in paths} == {".md", ".txt", ".html", ".docx", ".pdf"}


SPELLINGS = (
    ("Lashkargah", "Lashkar Gah"),
    ("Helmand", "Hilmand"),
    ("Nawa ", "Nawa-e-Barakzaiy", "Nawa-i-Barakzayi"),
    ("Nad Ali", "Nad-e-Ali"),
    ("Gereshk", "Greshk"),
    ("Nahr-e-Saraj", "Nahre Siraj"),
    ("Arian", "Aryan"),
    ("Omar Zwak", "Omer Zwak"),
    ("Hejri", "Hijri"),
    ("Leggett", "Legget,"),
)


@pytest.mark.parametrize("spellings", SPELLINGS, ids=lambda s: s[0])
def test_the_case_holds_the_spellings_in_use(spellings: tuple[str, ...]) -> None:
    everything = " ".join(texts(CASE).values())
    assert [s for s in spellings if s not in everything] == []


def test_the_verified_count_of_ocha_grows() -> None:
    rows = gold(CASE, "revisions.csv")
    assert [r["high"] for r in rows] == ["500", "1051", "3520", "4522", "6358", "9687"]
    assert [r["published"] for r in rows] == sorted(r["published"] for r in rows)


def test_three_outlets_carry_one_text() -> None:
    names = ("washingtontimes", "nationalpost", "newsweek")
    first, second, third = (
        set(texts(CASE)[f"documents/{name}-strikes.md"].replace("—", "").split()) for name in names
    )
    assert second - first == {"KABUL"}
    assert first - third == {"deal"}


STATES = {
    "no-comment": ("documents/urdupoint-nawa.md", "the governor's statement"),
    "unconfirmed": ("documents/zwak-helicopters.md", "any details"),
    "denied": ("documents/newsweek-strikes.md", "the strikes had violated the agreement"),
}


@pytest.mark.parametrize("status", sorted(STATES))
def test_no_comment_unconfirmed_and_denied_are_three_states(status: str) -> None:
    found = [
        (r["document"], r["content"]) for r in gold(CASE, "claims.csv") if r["status"] == status
    ]
    assert STATES[status] in found
