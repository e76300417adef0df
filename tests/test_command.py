"""The command line as a user meets it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from compare.__main__ import app, main

ARTICLE = "fixtures/atnews-lashkargah"
RUN = CliRunner()


def test_help_names_every_command_and_loads_nothing_heavy() -> None:
    code = (
        "import sys; from compare.__main__ import app\n"
        "try: app(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'pandas', 'torch', 'spacy', 'altair'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert lines[-1] == "[]"
    for name in ("run", "extract", "evaluate", "verify"):
        assert any(line.strip(" │|").startswith(name) for line in lines), name


def test_run_writes_everything_and_verify_finds_it_so(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = RUN.invoke(app, ["run", ARTICLE, "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert f"Report: {out / 'report.html'}" in done.output.replace("\n", "")
    written = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert {"report.html", "claims.csv", "judgements.csv", "discrepancies.csv",
            "discrepancies.xlsx", "manifest.json", "tables/claims.parquet",
            "tables/vectors.parquet", "work/case.duckdb"} <= written  # fmt: skip
    claims = pd.read_parquet(out / "tables/claims.parquet")
    text = pd.read_parquet(out / "tables/documents.parquet")["text"].iloc[0]
    assert all(text[c.start : c.end] == c.content for c in claims.itertuples())
    assert RUN.invoke(app, ["verify", str(out)]).exit_code == 0
    (out / "notes.txt").write_text("mine")
    done = RUN.invoke(app, ["verify", str(out)])
    assert (done.exit_code, "notes.txt: no run wrote it" in done.output) == (0, True)
    (out / "claims.csv").write_text("changed")
    done = RUN.invoke(app, ["verify", str(out)])
    assert done.exit_code == 1
    assert "claims.csv" in done.output


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """The address of a Dask scheduler with one worker, each a process started by hand."""
    pytest.importorskip("distributed")
    file = tmp_path / "scheduler.json"
    with ExitStack() as stack:
        for what, more in (("scheduler", ["--port", "0"]), ("worker", ["--nthreads", "1"])):
            command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *more]
            process = subprocess.Popen(
                [*command, "--no-dashboard", "--scheduler-file", str(file)],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=tmp_path,
                env=os.environ | {"PYTHONPATH": str(Path.cwd())},
            )  # fmt: skip
            stack.callback(process.wait)
            stack.callback(process.terminate)
        for _ in range(600):
            if file.is_file() and (text := file.read_text()):
                break
            time.sleep(0.1)
        yield json.loads(text)["address"]


def test_run_writes_the_same_on_a_dask_scheduler(tmp_path: Path, scheduler: str) -> None:
    ways = {
        "alone": ["--workers", "1"],
        "cluster": ["--engine", "dask", "--scheduler", scheduler],
    }
    digests = {}
    for way, options in ways.items():
        done = RUN.invoke(app, ["run", ARTICLE, "--out", str(tmp_path / way), *options])
        assert done.exit_code == 0, done.output
        files = [f for f in sorted((tmp_path / way).rglob("*")) if f.is_file()]
        kept = [f for f in files if "work" not in f.parts and f.name != "manifest.json"]
        digests[way] = {str(f.relative_to(tmp_path / way)): f.read_bytes() for f in kept}
    assert "report.html" in digests["alone"]
    assert digests["cluster"] == digests["alone"]


def test_extract_prints_json_lines_with_offsets() -> None:
    done = RUN.invoke(app, ["extract", ARTICLE, "--json"])
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    text = Path(ARTICLE, "documents/atnews-article.txt").read_text(encoding="utf-8")
    assert all(text[row["start"] : row["end"]] == row["content"] for row in rows)
    khalid = [row for row in rows if row["actor"] == "Assadullah Khalid"]
    assert {(row["camp"], row["cue"]) for row in khalid} == {("andsf", "said"), ("andsf", "added")}


def test_extract_prints_a_table() -> None:
    done = RUN.invoke(app, ["extract", ARTICLE])
    assert "Jens Stoltenberg (nato)" in " ".join(done.stdout.split())


@pytest.mark.parametrize(("arguments", "expected"), [
    (["run", "no-such-case"], "claim-compare: no case at 'no-such-case'; expected a folder"),
    (["evaluate", "nothing"], "claim-compare: no evaluation 'nothing'; expected one of"),
    (["evaluate", "figures", "--data", "nowhere"], "claim-compare: "),
])  # fmt: skip
def test_an_error_of_ours_is_one_line(
    arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(sys, "argv", ["claim-compare", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert capsys.readouterr().err.splitlines()[-1].startswith(expected)
