"""Run a case in forked children that are killed, or whose disk fills, at a chosen moment.

Called by `test_resume.py` in a process of its own, which loads the models once
and forks for each run. A moment is the n-th time the run is about to touch the
disk, or has just touched it: each statement to the database, each shard.
Prints one JSON list.
"""

import hashlib
import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import compare
from compare import parquet, parts, pipeline, store, syntax
from compare.embed import cache, encode, load_encoder
from compare.errors import CompareError
from compare.schema import TABLES
from compare.settings import Settings

SETTINGS = Settings()
BATCH, SHARD = 2, 4


def told(note: int, kind: str, count: int) -> None:
    """One line that outlives a kill."""
    os.write(note, f"{kind} {count}\n".encode())


def watched(note: int, strike: Callable[[int], None]) -> None:
    """Have `strike(n)` called at each moment, and note what is computed."""
    moments = 0
    run, parse = store.Store._run, syntax.parse_bytes
    write, shard = parquet.pq.write_table, cache.write

    def at_moment() -> None:
        nonlocal moments
        moments += 1
        told(note, "moment", moments)
        strike(moments)

    def ran(self: Any, statement: str, values: list[Any]) -> Any:
        at_moment()
        found = run(self, statement, values)
        at_moment()
        return found

    def parsed(texts: Any, *, model: str) -> Any:
        told(note, "parses", len(texts))
        return parse(texts, model=model)

    def written(table: Any, where: Any, **options: Any) -> None:
        at_moment()
        write(table, where, **options)
        at_moment()

    def sharded(root: Path, vectors: Any) -> None:
        told(note, "vectors", len(vectors))
        shard(root, vectors)

    store.Store._run = ran  # type: ignore[method-assign]
    syntax.parse_bytes = parsed
    parquet.pq.write_table = written
    cache.write = sharded


def digests(comparison: Any, work: Path) -> dict[str, str]:
    """Hashes of what the run gave back and of what its database holds."""
    found = {"vectors": hashlib.sha256(comparison.vectors.tobytes()).hexdigest()}
    with store.Store(work / "case.duckdb") as kept:
        for name in TABLES:
            for where, table in (("run", getattr(comparison, name)), ("kept", kept.table(name))):
                text = table.to_json(orient="split", double_precision=15, date_format="iso")
                found[f"{where} {name}"] = hashlib.sha256(text.encode()).hexdigest()
    return found


def forked(case: Path, work: Path, strike: Callable[[int], None]) -> dict[str, Any]:
    """One run in a child: how it ended, what it computed, its digests if it finished."""
    work.mkdir(parents=True, exist_ok=True)
    result = work / "result.json"
    result.unlink(missing_ok=True)
    # A pipe, for what is noted must get out when no file may grow.
    notes, note = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            watched(note, strike)
            found = digests(pipeline.run(case, work=work), work)
            result.write_text(json.dumps(found))
            code = 0
        except CompareError as error:
            told(note, f"refused {type(error).__name__}", 0)
            code = 3
        finally:
            os._exit(code)
    os.close(note)
    with os.fdopen(notes) as stream:
        lines = stream.read().splitlines()
    _, status = os.waitpid(child, 0)
    counts = {"moment": 0, "parses": 0, "vectors": 0}
    for line in lines:
        kind, _, count = line.rpartition(" ")
        counts[kind] = int(count) if kind == "moment" else counts.get(kind, 0) + int(count)
    return {
        "ended": os.waitstatus_to_exitcode(status),
        "computed": counts,
        "digests": json.loads(result.read_text()) if result.exists() else None,
    }


def kill_at(chosen: int) -> Callable[[int], None]:
    """Die as by SIGKILL at the moment `chosen`."""

    def strike(moment: int) -> None:
        if moment == chosen:
            os.kill(os.getpid(), signal.SIGKILL)

    return strike


def full_from(chosen: int, size: int) -> Callable[[int], None]:
    """From the moment `chosen` no file can grow beyond `size` bytes."""

    def strike(moment: int) -> None:
        if moment == chosen:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    return strike


def main() -> None:
    """Every run asked for on the command line: `kill N` or `full N SIZE`, each then resumed."""
    case, room, *asked = sys.argv[1:]
    compare.__version__  # noqa: B018 - the package is loaded before the first fork
    encode.SHARD = parts.SHARD = SHARD
    pipeline.open_engine = partial(pipeline.open_engine, batch=BATCH)
    syntax.load(SETTINGS.extract.model)
    load_encoder(SETTINGS.embed.model, sha256=SETTINGS.embed.sha256, dtype=SETTINGS.embed.dtype)
    root = Path(room)
    quiet = forked(Path(case), root / "never-stopped", lambda moment: None)
    told_all = [{"strike": "none", "resumed": quiet}]
    moments = quiet["computed"]["moment"]
    for number, words in enumerate(asked):
        kind, *numbers = words.split()
        # A negative moment counts from the last, a fraction is a share of them.
        at = float(numbers[0])
        chosen = int(at * moments) if 0 < at < 1 else int(at) if at > 0 else moments + int(at)
        strike = kill_at(chosen) if kind == "kill" else full_from(chosen, int(numbers[1]))
        work = root / str(number)
        stopped = forked(Path(case), work, strike)
        resumed = forked(Path(case), work, lambda moment: None)
        told_all.append({"strike": words, "at": chosen, "stopped": stopped, "resumed": resumed})
    print(json.dumps(told_all))


if __name__ == "__main__":
    main()
