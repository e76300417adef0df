"""Run a case in forked children that are killed, or whose disk fails, at a chosen moment.

Called by `test_resume.py` and `benchmarks/faults.py` in a process of its own, with
`faults.c` preloaded, which loads the models once and forks for each run. A moment is
the n-th call that changes a file of the output: open, write, sync, rename and the like.
Prints one JSON line a strike, the first of a run that nothing struck.
"""

import ctypes
import errno
import hashlib
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Timer
from typing import Any

from compare import parts, pipeline, syntax
from compare.embed import cache, encode
from compare.errors import CompareError
from compare.report import read_manifest
from compare.schema import TABLES
from compare.store import read_table

BATCH, SHARD = 2, 4
"""Texts a batch of parses, texts a shard of vectors."""
FAULTS = {"kill": 0, "full": errno.ENOSPC, "io": errno.EIO}
DISK: Any = ctypes.CDLL(None)


def told(note: int, kind: str, count: int) -> None:
    """One line that outlives a kill."""
    os.write(note, f"{kind} {count}\n".encode())


def counted(note: int) -> None:
    """Have what is computed noted."""
    parse, shard = syntax.parse_bytes, cache.write

    def parsed(texts: Any, *, model: str) -> Any:
        told(note, "parses", len(texts))
        return parse(texts, model=model)

    def sharded(root: Path, vectors: Any) -> None:
        told(note, "vectors", len(vectors))
        shard(root, vectors)

    syntax.parse_bytes = parsed
    cache.write = sharded


def digests(out: Path) -> dict[str, str]:
    """Hashes of every file a run has published and of every table in its database."""
    found = dict(read_manifest(out)["outputs"]) if (out / "manifest.json").exists() else {}
    for path in (out / "work" / "vectors").rglob("*.parquet"):
        found[f"vectors {path.name}"] = hashlib.sha256(path.read_bytes()).hexdigest()
    for name in TABLES:
        table = read_table(out / "work", name)
        text = table.to_json(orient="split", double_precision=15, date_format="iso")
        found[f"database {name}"] = hashlib.sha256(text.encode()).hexdigest()
    return found


def forked(
    case: Path, out: Path, arm: Callable[[], None], *, whole: bool, after: float = 0
) -> dict[str, Any]:
    """One run in a child: how it ended, what it computed, its digests if it finished.

    `arm` is called in the child; the child is killed `after` seconds, if not 0. With
    `whole` it writes the report and all files too.
    """
    out.mkdir(parents=True, exist_ok=True)
    # A pipe, for what is noted must get out when no file may be written.
    notes, note = os.pipe()
    begun = time.monotonic()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            counted(note)
            arm()
            if whole:
                pipeline.publish(case, out)
            else:
                pipeline.run(case, work=out / "work")
            told(note, "moment", DISK.calls())
            DISK.arm(b"", 0, 0, 0)
            code = 0
        except CompareError as error:
            told(note, f"refused {type(error).__name__}: {error}".replace("\n", " "), 0)
            code = 3
        finally:
            os._exit(code)
    os.close(note)
    timer = Timer(after, os.kill, (child, signal.SIGKILL))
    if after:
        timer.start()
    with os.fdopen(notes) as stream:
        lines = stream.read().splitlines()
    timer.cancel()
    _, status = os.waitpid(child, 0)
    counts = {"moment": 0, "parses": 0, "vectors": 0}
    refused = ""
    for line in lines:
        kind, _, count = line.rpartition(" ")
        if kind.startswith("refused"):
            refused = kind.removeprefix("refused ")
        else:
            counts[kind] += int(count)
    ended = os.waitstatus_to_exitcode(status)
    return {
        "ended": ended, "refused": refused, "computed": counts,
        "seconds": time.monotonic() - begun, "digests": digests(out) if ended == 0 else None,
    }  # fmt: skip


def main() -> None:
    """Each strike of the command line, then the same run again with nothing in its way.

    `kill N`, `full N` (from N on no file can be written), `io N` (call N fails);
    N below 1 is a share of all calls, a negative one counts from the last. `time SHARE`
    is a kill after that share of the seconds a run takes. The first word is `run` or
    `publish`.
    """
    verb, case, room, *asked = sys.argv[1:]
    encode.SHARD = parts.SHARD = SHARD
    pipeline.open_engine = partial(pipeline.open_engine, batch=BATCH, workers=1)
    # Once in this process, so that children do not load the package and the models again.
    pipeline.run(case)
    syntax._memory.clear()
    root = Path(room).resolve()
    once = partial(forked, Path(case), whole=verb == "publish")
    out = root / "never-stopped"
    quiet = once(out, partial(DISK.arm, os.fsencode(out), 0, 0, 0))
    print(json.dumps({"strike": "none", "resumed": quiet}), flush=True)
    for number, words in enumerate(asked):
        kind, share = words.split()
        out, at = root / str(number), float(share)
        if kind == "time":
            stopped = once(out, lambda: None, after=at * quiet["seconds"])
            while not stopped["ended"]:  # the first run was slower, on a machine that was busy
                shutil.rmtree(out)
                at /= 2
                stopped = once(out, lambda: None, after=at * quiet["seconds"])
        else:
            moments = quiet["computed"]["moment"]
            chosen = int(at * moments) if 0 < at < 1 else int(at) if at > 0 else moments + int(at)
            strike = os.fsencode(out), max(chosen, 1), FAULTS[kind], kind == "full"
            stopped = once(out, partial(DISK.arm, *strike))
        resumed = once(out, lambda: None)
        left = [p.name for p in out.rglob("*") if p.name.startswith((".writing-", "partial-"))]
        print(json.dumps({"strike": words, "stopped": stopped, "resumed": resumed, "left": left}),
              flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
