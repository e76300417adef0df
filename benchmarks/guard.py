"""Fail a change that makes the toolkit do a fifth more work than it did.

    python benchmarks/guard.py            compare with benchmarks/expected.json
    python benchmarks/guard.py --accept   write what is counted now there

Counts, not seconds, so that it holds on a busy machine: Python calls (for
instructions), documents parsed, tokens encoded with their padding, pairs scored
for linking and compared by the judges, and modules loaded at start-up. A run
of the Helmand case is counted, then a second one that finds its work done.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

CASE = Path(__file__).parent.parent / "fixtures/helmand-2020"
EXPECTED = Path(__file__).parent / "expected.json"
ALLOWED = 1.2
"""Times the expected count from which a change fails."""


def counted(run: Callable[[], object]) -> dict[str, int]:
    """What `run` does, by kind."""
    from compare import judge, syntax
    from compare.cluster import candidates
    from compare.embed import encode

    counts: Counter[str] = Counter()

    def watched(module: Any, name: str, kind: str, size: Callable[..., int]) -> tuple[Any, Any]:
        inner = getattr(module, name)

        def outer(*args: Any, **more: Any) -> Any:
            counts[kind] += size(*args)
            return inner(*args, **more)

        setattr(module, name, outer)
        return module, (name, inner)

    def profile(frame: Any, event: str, argument: Any) -> None:
        if event == "call":
            counts["Python calls"] += 1

    undo = [
        watched(syntax, "parse_bytes", "documents parsed", len),
        watched(encode, "_forward", "tokens encoded", lambda _, ids, length, rows: length * rows),
        watched(
            candidates, "term_values", "pairs scored", lambda _, left, right, cosine: len(left)
        ),
        watched(judge, "compare_claims", "pairs compared", lambda *_: 1),
    ]
    sys.setprofile(profile)
    try:
        run()
    finally:
        sys.setprofile(None)
        for module, (name, inner) in undo:
            setattr(module, name, inner)
    return dict(counts)


def modules(code: str) -> int:
    """How many modules `code` loads beyond those of an empty interpreter."""
    tell = "\nimport sys; print(len(sys.modules), file=sys.stderr)"
    found = [
        int(subprocess.run([sys.executable, "-c", run + tell], capture_output=True, text=True,
                           check=True).stderr.split()[-1])
        for run in ("", code)
    ]  # fmt: skip
    return found[1] - found[0]


def measured() -> dict[str, dict[str, int]]:
    """All counts."""
    import compare

    with tempfile.TemporaryDirectory() as room:

        def run() -> None:
            compare.run(CASE, work=Path(room) / "work", workers=1)

        # Libraries, lexicons and models are loaded before anything is counted.
        compare.run(CASE, workers=1)
        found = {"first run": counted(run), "second run": counted(run)}
    helped = ("import sys\nsys.argv = ['x', '--help']\ntry:\n import compare.__main__ as m\n"
              " m.main()\nexcept SystemExit: pass")  # fmt: skip
    found["modules"] = {"import compare": modules("import compare"), "--help": modules(helped)}
    return found


def main() -> None:
    """Compare or accept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accept", action="store_true")
    options = parser.parse_args()
    now = measured()
    if options.accept:
        EXPECTED.write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")
        return
    if not EXPECTED.is_file():
        sys.exit(f"no {EXPECTED}; run guard.py --accept on a commit you trust and commit the file")
    worse = compared(now, json.loads(EXPECTED.read_text(encoding="utf-8")))
    if worse:
        sys.exit("more work than expected:\n" + "\n".join(worse) + "\n"
                 "mend it, or say why in the commit that runs guard.py --accept")  # fmt: skip


def compared(now: dict[str, dict[str, int]], before: dict[str, dict[str, int]]) -> list[str]:
    """Print every count beside the expected one; the lines of those that are too high."""
    worse = []
    for run in sorted({*now, *before}):
        for kind in sorted({*now.get(run, {}), *before.get(run, {})}):
            new, old = now.get(run, {}).get(kind, 0), before.get(run, {}).get(kind, 0)
            line = f"{run:10} {kind:16} {new:12,} expected {old:12,}"
            print(line)
            if new > ALLOWED * old:
                worse.append(line)
    return worse


if __name__ == "__main__":
    main()
