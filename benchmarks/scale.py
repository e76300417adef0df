"""How time and memory grow with the number of documents, stage by stage.

    python benchmarks/scale.py --documents 300 1000 3000 [--room DIR] [--workers N] [--out FILE]
                               [--more 30]

Each size runs in a process of its own, whose work folder stays in the room: a
benchmark that is stopped goes on where it was, and then only tells the time of
what it still had to do. Times are of the processor, workers' included, since
others may use the machine. Memory is what the process that holds the case has
for itself, asked for every 50 ms; what it maps of files is not counted. The
density is that of the largest case (91
documents a day); a case of more than 21 days, which is about 2,000 documents,
fills the window of linking. Which event each claim is about is known, so B-cubed of
the events found is told beside.

With `--more`, so many documents are then added to the largest case, which is run again: what
that costs is told beside a whole run.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import math
import os
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from multiprocessing import active_children
from pathlib import Path

from accounts import events_of, write_case

import compare
from compare.evaluate.partitions import apart, b_cubed

GOAL = 1_000_000
"""Claims to which the growth is projected."""


def spent() -> float:
    """Seconds of processor time of this process and of its children, those at work included."""
    found, tick = sum(os.times()[:4]), os.sysconf("SC_CLK_TCK")
    for child in active_children():
        with contextlib.suppress(OSError):  # it may just have ended
            stat = Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()
            found += (int(stat[11]) + int(stat[12])) / tick
    return found


class Memory(threading.Thread):
    """Bytes that this process has for itself, at most, since it was last asked."""

    def __init__(self) -> None:
        """Begin."""
        super().__init__(daemon=True)
        self._most = 0
        self.start()

    def run(self) -> None:
        """Look, again and again."""
        while True:
            self._most = max(self._most, self.now())
            time.sleep(0.05)

    @staticmethod
    def now() -> int:
        """As the kernel counts it."""
        found = re.search(r"RssAnon:\s+(\d+)", Path("/proc/self/status").read_text())
        return 1024 * int(found[1]) if found else 0

    def most(self) -> float:
        """In GB."""
        found, self._most = max(self._most, self.now()) / 2**30, 0
        return found


def one(case: Path, work: Path, workers: int | None) -> dict[str, object]:
    """Run a case; seconds of each stage, peak memory, counts."""
    seconds: dict[str, float] = {}
    clocks: dict[str, float] = {}
    memory, watch = {}, Memory()
    last = {"at": spent(), "clock": time.perf_counter()}
    told = 0.0

    def observer(stage: str, done: int, total: int) -> None:
        nonlocal told
        now = spent()
        # What lies between two stages belongs to the one that follows.
        seconds[stage] = seconds.get(stage, 0.0) + now - last["at"]
        at = time.perf_counter()
        clocks[stage] = clocks.get(stage, 0.0) + at - last["clock"]
        last.update(at=now, clock=at)
        memory[stage] = max(memory.get(stage, 0.0), watch.most())
        if time.monotonic() - told > 10 or done == total:
            told = time.monotonic()
            print(f"  {stage} {done}/{total}", file=sys.stderr, flush=True)

    clock = time.perf_counter()
    found = compare.run(case, work=work, observer=observer, workers=workers)
    seconds["publish"] = spent() - last["at"]
    clocks["publish"] = time.perf_counter() - last["clock"]
    memory["publish"] = watch.most()
    clock = time.perf_counter() - clock
    gold = events_of(found.claims, found.documents)
    linked = apart([int(n) for n in found.events["event_id"]])
    told_of = [n for n, number in enumerate(gold) if number >= 0]  # asides are of no event
    right = b_cubed([linked[n] for n in told_of], [str(gold[n]) for n in told_of])
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {
        "documents": len(found.documents), "claims": len(found.claims),
        "events": int(found.events["event_id"].max()) if len(found.events) else 0,
        "pairs judged": len(found.judgements), "rows": len(found.discrepancies),
        "events B-cubed": {name: round(value, 3) for name, value in right.items()},
        "seconds": seconds, "clocks": clocks, "GB": memory, "clock": clock,
        "largest child GB": child / 2**20,
    }  # fmt: skip


def run(case: Path, workers: int | None) -> dict[str, object]:
    """`one` in a process of its own."""
    print(f"{case.name} documents", file=sys.stderr, flush=True)
    command = [sys.executable, __file__, "--one", str(case)]
    if workers:
        command += ["--workers", str(workers)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    print(json.dumps(found), flush=True)
    return found


def more(whole: dict[str, object], again: dict[str, object], added: int) -> str:
    """What documents that are added cost beside a whole run, stage by stage."""
    rows: list[dict[str, float]] = [whole["seconds"], again["seconds"]]  # type: ignore[list-item]
    all_ = [sum(row.values()) for row in rows]
    names = list(rows[0])
    lines = ["", "| processor seconds | " + " | ".join([*names, "all"]) + " |",
             "|---" * (len(names) + 2) + "|"]  # fmt: skip
    for head, row, total in zip((f"{whole['documents']:,} documents", f"{added:,} more"), rows,
                                all_, strict=True):  # fmt: skip
        cells = [f"{row.get(name, 0.0):.1f}" for name in names]
        lines.append(f"| {head} | " + " | ".join([*cells, f"{total:.1f}"]) + " |")
    return "\n".join([*lines, "", f"That is {all_[1] / all_[0]:.1%} of a whole run.", ""])


def growth(runs: list[dict[str, object]]) -> str:
    """All runs stage by stage: shares, the exponent in claims between the last two, the goal."""
    stages = list(runs[-1]["seconds"])  # type: ignore[call-overload]
    sizes = [int(str(r["claims"])) for r in runs]
    step = math.log(sizes[-1] / sizes[-2]) if len(runs) > 1 else 0.0
    heads = [
        f"{r['documents']:,} documents, {n:,} claims" for r, n in zip(runs, sizes, strict=True)
    ]
    lines = ["| processor seconds | " + " | ".join(heads)
             + f" | share | exponent | at {GOAL:,} claims, hours "
             "| by the clock, the last | GB of the last |",
             "|---" * (len(runs) + 6) + "|"]  # fmt: skip
    for name in [*stages, "all"]:
        row = []
        for run in runs:
            seconds: dict[str, float] = run["seconds"]  # type: ignore[assignment]
            whole = sum(seconds.values())
            row.append(whole if name == "all" else seconds.get(name, 0.0))
        cells = [*(f"{value:.2f}" for value in row), f"{row[-1] / whole:.0%}", "", ""]
        if step and min(row[-2:]) > 0:
            exponent = math.log(row[-1] / row[-2]) / step
            there = row[-1] * (GOAL / sizes[-1]) ** exponent
            cells[-2:] = [f"{exponent:.2f}", f"{there / 3600:.1f}"]
        memory: dict[str, float] = runs[-1]["GB"]  # type: ignore[assignment]
        clocks: dict[str, float] = runs[-1]["clocks"]  # type: ignore[assignment]
        cells.append(f"{sum(clocks.values()) if name == 'all' else clocks[name]:.2f}")
        cells.append(f"{max(memory.values()) if name == 'all' else memory[name]:.2f}")
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Every size, then the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, nargs="+", default=[300, 1000])
    parser.add_argument("--room", type=Path, help="kept, so that a stopped run goes on")
    parser.add_argument("--workers", type=int)
    parser.add_argument("--more", type=int, default=0, help="documents to add in the end")
    parser.add_argument("--out", type=Path, help="Markdown file to write")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(one(options.one, options.one / "work", options.workers)))
        return
    with tempfile.TemporaryDirectory() as temporary:
        room = options.room or Path(temporary)
        runs = []
        for size in sorted(options.documents):
            runs.append(run(write_case(room / str(size), size), options.workers))
        table = growth(runs)
        if options.more:
            largest = max(options.documents)
            case = write_case(room / str(largest), largest + options.more)
            table += more(runs[-1], run(case, options.workers), options.more)
        print(table)
        if options.out:
            sizes = " ".join(str(size) for size in sorted(options.documents))
            added = f" --more {options.more}" if options.more else ""
            told = f"`python benchmarks/scale.py --documents {sizes}{added}`"
            options.out.write_text(f"# Growth\n\n{told}\n\n{table}", encoding="utf-8")


if __name__ == "__main__":
    main()
