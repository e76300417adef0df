"""Fuzz every target, or those named, led by coverage (atheris): `make fuzz SECONDS_EACH=60`.

Each target runs in a process of its own for the time given or, where RUNS is, until
it has tried so many inputs, and prints how many it tried: where a target makes several
documents or rows of what atheris gives (`targets.HOLDS`), those count. What breaks one is left in
`out/fuzz/` and ends the run with an error; `python fuzz TARGET FILE` tries it again.
"""

from __future__ import annotations

import importlib
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

OUT = Path("out/fuzz")
_DONE = re.compile(r"stat::number_of_executed_units:\s+(\d+)")
_SPENT = 60
_READER = "pypdf"
"""Not ours, but what `outside` tries, and all in Python: there coverage sees it too."""


def child(name: str, arguments: list[str]) -> None:
    """Fuzz one target in this process; never returns."""
    import atheris

    logging.disable()  # the parsers tell every fault of a file
    with atheris.instrument_imports(include=["compare", _READER]):
        if name == "outside":
            importlib.import_module(_READER)
        from targets import SECONDS, TARGETS
    # Of any length from the start: those of many documents are too few for lengths to grow.
    limits = [f"-timeout={SECONDS:g}", "-rss_limit_mb=4096", "-max_len=400", "-len_control=0",
              "-print_final_stats=1"]  # fmt: skip
    atheris.Setup([name, *limits, *arguments], TARGETS[name])
    atheris.Fuzz()


def main() -> int:
    """Read the command line; see the module's first lines."""
    words = sys.argv[1:]
    if len(words) == 2 and Path(words[1]).is_file():
        from targets import TARGETS

        TARGETS[words[0]](Path(words[1]).read_bytes())
        return 0
    if words[:1] == ["--child"]:
        child(words[1], words[2:])
    from targets import HOLDS, TARGETS

    seconds = os.environ.get("SECONDS_EACH", str(_SPENT))
    runs = os.environ.get("RUNS")
    failed = 0
    for name in words or TARGETS:
        held = HOLDS.get(name, 1)
        spent = f"-runs={-(-int(runs) // held)}" if runs else f"-max_total_time={seconds}"
        corpus, found = OUT / name, OUT / "broken"
        corpus.mkdir(parents=True, exist_ok=True)
        found.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(  # noqa: S603 - this program
            [sys.executable, __file__, "--child", name, spent,
             f"-artifact_prefix={found}/{name}-", str(corpus)],
            capture_output=True, text=True, errors="replace",
        )  # fmt: skip
        units = _DONE.search(done.stderr)
        count = held * int(units.group(1)) if units else 0
        verdict = "held" if done.returncode == 0 else "BROKE"
        print(f"{name:16} {count:>10,} inputs  {verdict}", flush=True)
        if done.returncode:
            failed += 1
            print(done.stdout[-2000:] or done.stderr[-2000:], flush=True)
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main())
