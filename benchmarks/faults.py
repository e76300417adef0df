"""Trust, measured: faults survived, load held, bad inputs tried, and what was lost.

python benchmarks/faults.py [--strikes 40] [--others 999] [--out docs/benchmarks/trust.md]

Strikes hit a whole run, from reading to the last file of the report, evenly over the
calls that change a file (kills, a full disk, input/output errors) and at random times
(kills). Each run is then done again with nothing in its way. Needs a C compiler.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from poison import costs

from compare.store import Store, read_table

ROOT = Path(__file__).parent.parent
TESTS = ROOT / "tests"
CASE = ROOT / "fixtures" / "atnews-lashkargah"
KINDS = {
    "kill": "killed at a call that changes a file",
    "time": "killed at a random time",
    "full": "disk full from a call on",
    "io": "input/output error of one call",
}
BATCH = {"parses": 2, "vectors": 4}
"""As in `tests/resume_driver.py`."""


def strikes(count: int, seed: int) -> list[str]:
    """`count` strikes of each kind: evenly over the run, times by lot."""
    draw = random.Random(seed)
    shares = [(n + 0.5) / count for n in range(count)]
    return [
        f"{kind} {draw.random() if kind == 'time' else share:.4f}"
        for share in shares
        for kind in KINDS
    ]


def struck(case: Path, room: Path, asked: list[str]) -> Iterator[dict[str, Any]]:
    """What became of each strike, the run that nothing struck first."""
    disk = room / "faults.so"
    source = str(TESTS / "faults.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-o", str(disk), source, "-ldl"], check=True)
    driver = [sys.executable, str(TESTS / "resume_driver.py"), "publish", str(case), str(room)]
    environment = os.environ | {"LD_PRELOAD": str(disk), "OMP_NUM_THREADS": "1"}
    with subprocess.Popen([*driver, *asked], env=environment, stdout=subprocess.PIPE) as run:
        assert run.stdout is not None
        for line in run.stdout:
            yield json.loads(line)
    if run.returncode:
        sys.exit(f"the driver ended with {run.returncode}")


def verdict(run: dict[str, Any], never: dict[str, Any]) -> str:
    """ "" where nothing was lost, or what went wrong."""
    stopped, resumed = run["stopped"], run["resumed"]
    if stopped["ended"] not in (0, 3, -9):
        return "an error that is not ours"
    if resumed["ended"] or resumed["digests"] != never["digests"]:
        return "the second run gives another answer"
    if stopped["digests"] not in (None, never["digests"]):
        return "it went on and gave another answer"
    if run["left"]:
        return f"leftovers {run['left']}"
    for kind, batch in BATCH.items():
        twice = stopped["computed"][kind] + resumed["computed"][kind]
        if twice > never["computed"][kind] + batch:
            return f"more than a batch of {kind} again"
    return ""


def crowd(out: Path, rounds: int) -> dict[str, Any]:
    """While one holds the output: others that want to write, and readers."""
    command = [sys.executable, "-m", "compare", "run", str(CASE), "--out", str(out)]
    subprocess.run(command, check=True, capture_output=True)
    rows = len(read_table(out / "work", "claims"))
    told, whole, spent = 0, 0, 0.0
    with Store(out / "work"):
        for _ in range(rounds):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            done = subprocess.run(command, capture_output=True, text=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent += after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
            told += done.returncode == 1 and "being written by another run" in done.stderr
            whole += len(read_table(out / "work", "claims")) == rows
    return {"rounds": rounds, "told": told, "whole": whole, "seconds": spent / rounds}


def main() -> None:
    """Measure and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strikes", type=int, default=40, help="of each kind")
    parser.add_argument("--others", type=int, default=999, help="documents beside a poisoned one")
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    tally = {kind: {"tried": 0, "told": 0, "lost": 0} for kind in KINDS}
    with tempfile.TemporaryDirectory() as folder:
        found = struck(CASE, Path(folder), strikes(options.strikes, options.seed))
        never = next(found)["resumed"]
        for run in found:
            row, wrong = tally[run["strike"].split()[0]], verdict(run, never)
            row["tried"] += 1
            row["told"] += run["stopped"]["ended"] == 3
            row["lost"] += bool(wrong)
            print(run["strike"], run["stopped"]["ended"], wrong or "nothing lost", flush=True)
        beside = crowd(Path(folder) / "crowd", 5)
    print(beside, flush=True)
    poisoned = []
    for cost in costs(options.others):
        poisoned.append(cost)
        print(json.dumps(cost), flush=True)
    page = written(options, tally, never, beside, poisoned)
    print(page)
    if options.out:
        options.out.write_text(page, encoding="utf-8")


def written(
    options: argparse.Namespace,
    tally: dict[str, dict[str, int]],
    never: dict[str, Any],
    beside: dict[str, Any],
    poisoned: list[dict[str, Any]],
) -> str:
    """The page, in Markdown."""
    payloads = len(json.loads((TESTS / "data" / "payloads.json").read_text(encoding="utf-8")))
    clean, *poisons = poisoned
    worst = max(poisons, key=lambda row: row["processor"])
    lines = [
        "# Trust",
        "",
        f"`python benchmarks/faults.py --strikes {options.strikes} --others {options.others}`, "
        f"seed {options.seed}, the case `{CASE.name}`.",
        f"A run makes {never['computed']['moment']:,} calls that change a file of its output. "
        "Nothing lost: done again, every file and table is",
        "that of a run never stopped, at most one batch of parses and of vectors is made twice, "
        "and no half file is left.",
        "",
        "| fault | tried | ended with one clear line | something lost |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {KINDS[kind]} | {row['tried']} | {row['told'] or ''} | {row['lost']} |"
        for kind, row in tally.items()
    ]
    lines += [
        "",
        "| load | held |",
        "|---|---|",
        f"| a second writer while one runs | told {beside['told']} of {beside['rounds']} times, "
        f"{beside['seconds']:.1f} s of processor with start-up, and 0.5 s of patience |",
        f"| reads of the last tables meanwhile | {beside['whole']} of {beside['rounds']} whole |",
        f"| one poisoned document among {options.others + 1:,}, {len(poisons)} kinds | "
        f"{max(row['lost'] for row in poisons)} others lost, at most "
        f"{max(len(row['said']) for row in poisons)} rows of `problems` about it, worst cost "
        f"{worst['processor']:.1f} s of processor ({worst['poison']}), without any "
        f"{clean['processor']:.1f} s |",
        f"| payloads through every renderer (`tests/test_payloads.py`) | {payloads} |",
        "",
        "Inputs tried by fuzzing: [fuzzing.md](fuzzing.md).",
        "",
        "Seconds depend on what else the machine does, seconds of processor hardly.",
        "",
        "| poison | bytes | costs, s | of processor | told |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {row['poison']} | {row['bytes']:,} | {row['seconds']:.1f} | {row['processor']:.1f} | "
        f"{'; '.join(row['said']) or 'read'} |"
        for row in poisons
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
