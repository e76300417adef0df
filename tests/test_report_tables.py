"""Parquet, CSV, workbook, manifest and verification."""

import csv
import dataclasses
import hashlib
import io
import json
import platform
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.errors import OutputError
from compare.report import hash_inputs, sheets, verify, write_manifest, write_report, write_tables
from compare.report.sheets import SHEETS, csv_parts, neutral, workbook
from compare.report.verify import first_cell, first_difference
from compare.schema import TABLES
from compare.tables import check
from compare.view import Comparison

Build = Callable[..., Comparison]
FORMULAS = [
    "=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "@SUM(1)", "\t=1", "\r=1", "\n=1",
    "\x00=1", '=HYPERLINK("http://evil.example","x")', "＝1+1", "－1+1x", "=", "-", "--5",
]  # fmt: skip


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def test_every_table_comes_back_from_parquet_unchanged(
    comparison: Comparison, tmp_path: Path
) -> None:
    written = write_tables(comparison, tmp_path)
    assert [p.relative_to(tmp_path).as_posix() for p in written] == [
        *(f"tables/{name}.parquet" for name in TABLES), "tables/vectors.parquet",
        "claims.csv", "judgements.csv", "discrepancies.csv", "discrepancies.xlsx",
    ]  # fmt: skip
    for name in TABLES:
        back = check(name, pd.read_parquet(tmp_path / f"tables/{name}.parquet"))
        pd.testing.assert_frame_equal(back, getattr(comparison, name))
    vectors = pq.read_table(tmp_path / "tables/vectors.parquet")
    assert vectors["claim_id"].to_pylist() == comparison.claims["claim_id"].tolist()
    back_vectors = np.array(vectors["vector"].to_pylist(), dtype=np.float32)
    np.testing.assert_array_equal(back_vectors, comparison.vectors)


def test_two_writes_are_byte_identical(build: Build, tmp_path: Path) -> None:
    first, second = (write_tables(build(), tmp_path / name) for name in ("a", "b"))
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_formula_becomes_text(cell: str) -> None:
    assert neutral(cell).startswith("'")
    assert "\x00" not in neutral(cell)


@pytest.mark.parametrize("cell", ["-5", "+5", "-1.5", "-1e5", "12", "a=b", "", "2020-10-13", "x-y"])
def test_a_number_or_plain_word_stays_as_it_is(cell: str) -> None:
    assert neutral(cell) == cell


@given(st.text())
def test_no_cell_begins_a_formula(cell: str) -> None:
    shown = neutral(cell)
    assert not shown.startswith(("=", "@", "\t", "\r", "\x00"))
    if shown.startswith(("+", "-")):
        float(shown)


@pytest.mark.parametrize("cell", FORMULAS)
def test_formulas_are_dead_in_csv_and_workbook_and_whole_in_parquet(
    build: Build, tmp_path: Path, cell: str
) -> None:
    hostile = build(reason=cell)
    write_tables(hostile, tmp_path)
    cells = {row["reason"] for row in rows_of((tmp_path / "judgements.csv").read_bytes())}
    assert cells == {neutral(cell)}
    book = openpyxl.load_workbook(tmp_path / "discrepancies.xlsx")
    for sheet in book:
        assert not [c.coordinate for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    at = [c.value for c in book["judgements"][1]].index("reason") + 1
    shown = book["judgements"].cell(2, at)
    assert shown.data_type == "s"
    assert shown.quotePrefix or not str(shown.value).startswith(tuple("=+-@\t\r\x00"))
    kept = pd.read_parquet(tmp_path / "tables/judgements.parquet")["reason"]
    assert set(kept) == {cell}


def test_csv_keeps_words_numbers_dates_and_emptiness(comparison: Comparison) -> None:
    rows = rows_of(b"".join(csv_parts("claims", comparison.claims)))
    assert list(rows[0]) == TABLES["claims"].names
    for row, (_, claim) in zip(rows, comparison.claims.iterrows(), strict=True):
        assert row["content"] == claim["content"]
        assert int(row["start"]) == claim["start"]
        assert row["source"] == ("" if pd.isna(claim["source"]) else claim["source"])
    table = rows_of(b"".join(csv_parts("discrepancies", comparison.discrepancies)))
    displaced = next(r for r in table if r["aspect"] == "displaced")
    assert (displaced["low"], displaced["high"], displaced["reviewed"]) == ("200", "30000", "false")
    assert displaced["taliban"] == "silent"
    revised = rows_of(b"".join(csv_parts("revisions", comparison.revisions)))
    assert [r["published"] for r in revised] == ["2021-05-04", "2021-05-09"]


def test_negative_numbers_stay_numbers(comparison: Comparison) -> None:
    events = comparison.events
    rows = rows_of(b"".join(csv_parts("events", events)))
    assert "-1" in {r["event_id"] for r in rows}
    book = openpyxl.load_workbook(io.BytesIO(workbook({n: getattr(comparison, n) for n in TABLES})))
    values = [c.value for c in book["events"]["B"][1:]]
    assert values == events["event_id"].tolist()


def test_the_workbook_has_a_sheet_a_table_with_frozen_headers(comparison: Comparison) -> None:
    data = workbook({name: getattr(comparison, name) for name in TABLES})
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == list(SHEETS)
    assert set(SHEETS) == set(TABLES)
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        names = [c.value for c in sheet[1]]
        assert names == [n for n in TABLES[sheet.title].names if (sheet.title, n) !=
                         ("documents", "text")]  # fmt: skip
        assert sheet.max_row == len(getattr(comparison, sheet.title)) + 1
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_characters_a_workbook_cannot_hold_are_shown(build: Build) -> None:
    hostile = build(reason="a\x01b\ufffe")
    data = workbook({name: getattr(hostile, name) for name in TABLES})
    book = openpyxl.load_workbook(io.BytesIO(data))
    at = [c.value for c in book["judgements"][1]].index("reason") + 1
    assert book["judgements"].cell(2, at).value == "a[U+0001]b[U+FFFE]"


def test_a_text_too_long_for_a_cell_is_cut_and_says_so(build: Build) -> None:
    long = build(reason="x" * 40_000)
    data = workbook({name: getattr(long, name) for name in TABLES})
    sheet = openpyxl.load_workbook(io.BytesIO(data))["judgements"]
    at = [c.value for c in sheet[1]].index("reason") + 1
    value = sheet.cell(2, at).value
    assert isinstance(value, str) and len(value) <= 32_767
    assert value.endswith("[cut; whole in tables/*.parquet]")


def test_a_long_table_is_cut_in_the_workbook_and_says_so(
    comparison: Comparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "SHEET_ROWS", 2)
    book = openpyxl.load_workbook(io.BytesIO(workbook({n: getattr(comparison, n) for n in TABLES})))
    claims = comparison.claims["claim_id"].tolist()
    assert [c.value for c in book["claims"]["A"]] == [
        "claim_id", *claims[:2], f"… {len(claims) - 2} more rows in tables/claims.parquet",
    ]  # fmt: skip


def test_csv_is_the_same_in_parts(comparison: Comparison, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = b"".join(csv_parts("claims", comparison.claims))
    monkeypatch.setattr(sheets, "_AT_ONCE", 3)
    parts = list(csv_parts("claims", comparison.claims))
    assert len(parts) == -(-len(comparison.claims) // 3)
    assert b"".join(parts) == whole


def finish(comparison: Comparison, out: Path, case: Path) -> list[Path]:
    written = [write_report(comparison, out), *write_tables(comparison, out)]
    write_manifest(
        comparison, out, case="case", inputs=hash_inputs(case),
        models={"encoder": {"sha256": "ab" * 32, "name": "x"}}, outputs=written,
    )  # fmt: skip
    return written


@pytest.fixture
def case(tmp_path: Path) -> Path:
    folder = tmp_path / "case"
    (folder / "documents").mkdir(parents=True)
    (folder / "documents" / "a.md").write_bytes(b"hello")
    (folder / "case.toml").write_bytes(b'title = "x"\n')
    (folder / "documents" / "link.md").symlink_to("/etc/passwd")
    return folder


def test_the_manifest_lists_every_input_and_output(
    comparison: Comparison, tmp_path: Path, case: Path
) -> None:
    out = tmp_path / "out"
    written = finish(comparison, out, case)
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["inputs"] == {
        "case.toml": hashlib.sha256(b'title = "x"\n').hexdigest(),
        "documents/a.md": hashlib.sha256(b"hello").hexdigest(),
    }
    assert set(manifest["outputs"]) == {p.relative_to(out).as_posix() for p in written}
    for name, digest in manifest["outputs"].items():
        assert hashlib.sha256((out / name).read_bytes()).hexdigest() == digest
    assert manifest["settings"]["read"]["max_bytes"] == comparison.settings.read.max_bytes
    assert manifest["models"] == {"encoder": {"name": "x", "sha256": "ab" * 32}}
    assert manifest["packages"]["pandas"] == pd.__version__
    again = tmp_path / "again"
    finish(comparison, again, case)
    assert (again / "manifest.json").read_bytes() == (out / "manifest.json").read_bytes()


def test_verify_finds_nothing_where_nothing_differs(
    build: Build, tmp_path: Path, case: Path
) -> None:
    out = tmp_path / "out"
    finish(build(), out, case)
    assert verify(out, case=case, rerun=lambda again: finish(build(), again, case)) == []


def test_verify_says_byte_by_byte_what_differs(build: Build, tmp_path: Path, case: Path) -> None:
    out = tmp_path / "out"
    finish(build(), out, case)
    changed = (out / "claims.csv").read_bytes().replace(b"12 children", b"13 children")
    (out / "claims.csv").write_bytes(changed)
    (out / "judgements.csv").unlink()
    (case / "documents" / "a.md").write_bytes(b"other")
    (case / "documents" / "b.md").write_bytes(b"new")
    (case / "case.toml").unlink()
    found = verify(out, case=case, rerun=lambda again: finish(build(), again, case))
    assert [d.kind for d in found] == sorted(
        (d.kind for d in found), key=("output", "input", "run", "second run").index
    )
    told = {d.path: d.what for d in found if d.kind in ("input", "output")}
    assert set(told) == {
        "claims.csv", "judgements.csv", "case.toml", "documents/a.md", "documents/b.md",
    }  # fmt: skip
    assert told["judgements.csv"] == "is missing; the manifest lists it"
    assert told["case.toml"] == "input is gone"
    assert told["documents/b.md"] == "input is new"
    again = {d.path: d.what for d in found if d.kind == "second run"}
    assert set(again) == {"claims.csv"}
    at = changed.index(b"13 children") + 1
    line = changed[:at].count(b"\n") + 1
    assert again["claims.csv"] == (
        f"against a second run, line {line}; byte {at:,} of {len(changed):,} is '3' and is "
        "now '2'; 1 byte differs"
    )


def test_verify_lists_what_no_run_wrote(comparison: Comparison, tmp_path: Path, case: Path) -> None:
    out = tmp_path / "out"
    finish(comparison, out, case)
    finish(comparison, out / "another", case)
    (out / "work" / "shards").mkdir(parents=True)
    (out / "work" / "case.duckdb").write_bytes(b"kept")
    assert verify(out) == []
    (out / "tables" / "claims2.parquet").write_bytes(b"x")
    (out / "notes" / "work").mkdir(parents=True)
    (out / "notes" / "work" / "a.txt").write_bytes(b"x")
    (out / "link").symlink_to(tmp_path, target_is_directory=True)
    assert [(d.path, d.what, d.kind) for d in verify(out)] == [
        ("link", "no run wrote it", "extra"),
        ("notes/work/a.txt", "no run wrote it", "extra"),
        ("tables/claims2.parquet", "no run wrote it", "extra"),
    ]


def test_verify_does_not_follow_a_manifest_out_of_its_folder(
    comparison: Comparison, tmp_path: Path, case: Path
) -> None:
    out = tmp_path / "out"
    finish(comparison, out, case)
    manifest = json.loads((out / "manifest.json").read_text())
    manifest["outputs"]["../case/case.toml"] = "0" * 64
    (out / "manifest.json").write_text(json.dumps(manifest))
    (found,) = verify(out)
    assert str(found) == "../case/case.toml: the manifest names a path outside the folder"


def test_verify_names_the_setting_the_version_and_the_cell(
    build: Build, tmp_path: Path, case: Path
) -> None:
    out = tmp_path / "out"
    finish(build(), out, case)
    manifest = json.loads((out / "manifest.json").read_text())
    manifest["settings"]["judge"]["window_days"] = 9.0
    manifest["packages"]["pandas"] = "0.1"
    del manifest["packages"]["python"]
    (out / "manifest.json").write_text(json.dumps(manifest))
    found = verify(
        out, case=case, rerun=lambda again: finish(build(place="Elsewhere"), again, case)
    )
    days = build().settings.judge.window_days
    assert [str(d) for d in found if d.kind == "run"] == [
        f"manifest.json: setting judge.window_days was 9.0 and is now {days}",
        f"manifest.json: version of pandas was 0.1 and is now {pd.__version__}",
        f"manifest.json: version of python was not there and is now {platform.python_version()}",
    ]
    told = {d.path: d.what for d in found if d.kind == "second run"}
    assert "column place: 'Sarband', now 'Elsewhere'" in told["tables/when_where.parquet"]


@pytest.mark.parametrize(("old", "new", "told"), [
    ({"a": [1, None]}, {"a": [1, None]}, ""),
    ({"a": [1, 2]}, {"a": [1, 2, 3]}, "has 2 rows and now 3"),
    ({"a": [1]}, {"b": [1]}, "has the columns ['a'] and now ['b']"),
    ({"a": ["x", "y"], "b": [None, "z"]}, {"a": ["x", "y"], "b": ["q", "u"]},
     "2 of 2 rows differ, first row 0, column b: 'nothing', now 'q'"),
])  # fmt: skip
def test_the_first_cell_that_differs(
    old: dict[str, list[object]], new: dict[str, list[object]], told: str
) -> None:
    assert first_cell(pd.DataFrame(old), pd.DataFrame(new)) == told


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (None, "is not there"), ("{", "cannot be read as JSON"), ("[]", "format 1"),
        ('{"format": 1}', "does not name its case"),
        ('{"format": 1, "case": "x"}', "no table 'inputs'"),
        ("[" * 100_000, "cannot be read as JSON"),
    ],
)  # fmt: skip
def test_a_bad_manifest_is_one_clear_error(tmp_path: Path, text: str | None, why: str) -> None:
    if text is not None:
        (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(OutputError, match=why):
        verify(tmp_path)


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_first_difference_is_empty_only_for_equal_bytes(old: bytes, new: bytes) -> None:
    assert (first_difference(old, new) == "") == (old == new)


def test_row_order_of_unsorted_input_does_not_matter(build: Build, tmp_path: Path) -> None:
    one = build()
    mixed = dataclasses.replace(
        one, judgements=check("judgements", one.judgements.sample(frac=1, random_state=1))
    )
    a, b = write_tables(one, tmp_path / "a"), write_tables(mixed, tmp_path / "b")
    assert [p.read_bytes() for p in a] == [p.read_bytes() for p in b]
