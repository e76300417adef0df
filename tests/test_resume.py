"""Runs killed, or refused by a full disk, at chosen moments go on where they were."""

import json
import os
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
KILLS = ["kill 3", "kill 12", "kill 0.4", "kill 0.5", "kill 0.6", "kill -20", "kill -5", "kill -3"]
"""In the set-up of the database, in parsing, between shards, before and after the last commit."""
FULL = ["full 1 100", "full 0.3 2000", "full 0.5 400"]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    root = tmp_path_factory.mktemp("resume")
    documents = root / "case" / "documents"
    documents.mkdir(parents=True)
    for number, sentence in enumerate(SENTENCES):
        (documents / f"{number}.md").write_text(
            f"---\npublisher: Outlet {number}\npublished: 2020-10-{14 + number}\n---\n{sentence}"
        )
    done = subprocess.run(
        [sys.executable, str(DRIVER), str(root / "case"), str(root / "room"), *KILLS, *FULL],
        env=os.environ | {"OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_a_killed_run_goes_on_and_ends_as_if_never_stopped(runs: list[dict[str, Any]]) -> None:
    never = runs[0]["resumed"]
    assert never["ended"] == 0
    assert never["computed"]["parses"] == len(SENTENCES)
    assert never["digests"]["run claims"] == never["digests"]["kept claims"]
    killed = [run for run in runs if run["strike"].startswith("kill")]
    assert [run["stopped"]["ended"] for run in killed] == [-9] * len(KILLS)
    assert [run["resumed"]["ended"] for run in killed] == [0] * len(KILLS)
    for run in killed:
        assert run["resumed"]["digests"] == never["digests"], run["strike"]


def test_at_most_one_batch_is_computed_again(runs: list[dict[str, Any]]) -> None:
    for run in runs[1:]:
        for kind, batch in (("parses", BATCH), ("vectors", SHARD)):
            twice = run["stopped"]["computed"][kind] + run["resumed"]["computed"][kind]
            once = runs[0]["resumed"]["computed"][kind]
            assert once <= twice <= once + batch, (run["strike"], kind)


def test_a_full_disk_is_told_and_loses_nothing(runs: list[dict[str, Any]]) -> None:
    full = [run for run in runs if run["strike"].startswith("full")]
    assert len(full) == len(FULL)
    for run in full:
        assert run["stopped"]["ended"] == 3, run["strike"]
        assert run["stopped"]["computed"]["refused OutputError"] == 0
        assert run["resumed"]["digests"] == runs[0]["resumed"]["digests"], run["strike"]


def test_a_write_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a.txt", b"old")

    def refuse(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OutputError, match="No space left on device; free space"):
        write(tmp_path, "a.txt", b"new")
    assert (tmp_path / "a.txt").read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]
