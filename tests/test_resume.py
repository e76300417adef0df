"""Runs that are killed, or whose disk is full or fails, go on where they were."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from compare.errors import OutputError
from compare.report.files import write

DRIVER = Path(__file__).parent / "resume_driver.py"
BATCH, SHARD = 2, 4
"""As in the driver: texts a batch of parses, texts a shard of vectors."""
SENTENCES = [
    "Provincial councillor Attaullah Afghan said that 12 civilians were killed in Nawa on Monday.",
    "The Taliban denied on Tuesday that their fighters had attacked the city of Lashkargah.",
    "The United Nations said 35,000 people had fled Lashkargah by 14 October 2020.",
    "Helmand governor Mohammad Yasin Khan said that 5,000 people had left their homes.",
    "The Ministry of Defence said that 70 Taliban fighters were killed in Helmand on Sunday.",
]
STRIKES = {
    "run": ["kill 3", "kill 0.3", "kill 0.6", "kill -2", "full 0.2", "full -20", "io 0.4", "io -4",
            "time 0.5"],
    "publish": ["kill -30", "full -50"],
}  # fmt: skip
"""From the first file on, in parsing, between shards, in the database, among the report's files."""


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that makes a disk fail, built for this machine."""
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("needs a C compiler, for faults.c")
    built = tmp_path_factory.mktemp("disk") / "faults.so"
    source = DRIVER.with_name("faults.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-o", built, source, "-ldl"], check=True)
    return built


@pytest.fixture(scope="module", params=list(STRIKES))
def runs(
    request: pytest.FixtureRequest, disk: Path, tmp_path_factory: pytest.TempPathFactory
) -> list[dict[str, Any]]:
    root = tmp_path_factory.mktemp("resume")
    documents = root / "case" / "documents"
    documents.mkdir(parents=True)
    for number, sentence in enumerate(SENTENCES):
        (documents / f"{number}.md").write_text(
            f"---\npublisher: Outlet {number}\npublished: 2020-10-{14 + number}\n---\n{sentence}"
        )
    strikes = STRIKES[request.param]
    done = subprocess.run(
        [sys.executable, str(DRIVER), request.param, str(root / "case"), str(root / "room"),
         *strikes],
        env=os.environ | {"OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1", "LD_PRELOAD": str(disk)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [run["strike"] for run in found] == ["none", *strikes]
    return found


def test_a_run_that_was_struck_ends_as_if_never_stopped(runs: list[dict[str, Any]]) -> None:
    never = runs[0]["resumed"]
    assert never["ended"] == 0
    assert never["computed"]["parses"] == len(SENTENCES)
    assert len(never["digests"]) > 14
    for run in runs[1:]:
        assert run["resumed"]["ended"] == 0, run
        assert run["resumed"]["digests"] == never["digests"], run["strike"]
        assert run["left"] == [], run["strike"]


def test_a_kill_is_a_kill_and_a_fault_is_told_or_harmless(runs: list[dict[str, Any]]) -> None:
    for run in runs[1:]:
        kind, stopped = run["strike"].split()[0], run["stopped"]
        if kind in ("kill", "time"):
            assert stopped["ended"] == -9, run["strike"]
        elif stopped["ended"]:
            assert stopped["ended"] == 3, run["strike"]
            assert "cannot write" in stopped["refused"], run["strike"]
            assert "and run again" in stopped["refused"], run["strike"]
        else:
            assert stopped["digests"] == runs[0]["resumed"]["digests"], run["strike"]
    assert any(run["stopped"]["ended"] == 3 for run in runs[1:])


def test_at_most_one_batch_is_computed_again(runs: list[dict[str, Any]]) -> None:
    for run in runs[1:]:
        for kind, batch in (("parses", BATCH), ("vectors", SHARD)):
            twice = run["stopped"]["computed"][kind] + run["resumed"]["computed"][kind]
            once = runs[0]["resumed"]["computed"][kind]
            assert once <= twice <= once + batch, (run["strike"], kind)


def test_a_write_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a.txt", b"old")

    def refuse(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OutputError, match="No space left on device; what was written"):
        write(tmp_path, "a.txt", b"new")
    assert (tmp_path / "a.txt").read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]
