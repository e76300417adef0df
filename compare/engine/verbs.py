"""The four verbs, and the shards that make them resume."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, as_completed
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from compare import durable, parquet
from compare.engine.cutting import cut, join
from compare.errors import DamageError, EngineError
from compare.schema import TABLES
from compare.tables import check, empty

Part = Mapping[str, Path]
"""Shards by the name of their table."""
Stage = Callable[..., Mapping[str, pd.DataFrame]]
Progress = Callable[[int, int], None]

BATCH = 32
"""Documents in a part."""
DEATHS = 3
"""How often a pool of processes may break before the run is given up."""


class Engine:
    """The four verbs; make one with `open_engine`."""

    def __init__(self, folder: Path, pool: Callable[[int], Executor | None], batch: int) -> None:
        """Keep shards in `folder`; `pool` gives an executor for a number of tasks, or None."""
        self._folder, self._pool, self.batch = folder, pool, batch
        self._used: set[str] = set()

    def scatter(
        self,
        tables: Mapping[str, pd.DataFrame],
        at: Mapping[str, int],
        parts: int,
        *,
        by: str = "claim_id",
    ) -> list[Part]:
        """Whole tables cut into `parts` parts: a row goes where `at` sends its cell `by`."""
        made: list[dict[str, Path]] = [{} for _ in range(parts)]
        for name, table in tables.items():
            column = by if by in table else f"{by}_l"
            number = np.fromiter((at[c] for c in table[column]), np.int64, len(table))
            order = np.argsort(number, kind="stable")
            ends = np.searchsorted(number[order], np.arange(parts + 1))
            for n in range(parts):
                rows = table.iloc[order[ends[n] : ends[n + 1]]].reset_index(drop=True)
                made[n][name] = self._put(name, rows)
        return list(made)

    def share(self, name: str, table: pd.DataFrame) -> Part:
        """One table as a shard, to be added to every part."""
        return {name: self._put(name, table)}

    def map_batches(
        self,
        stage: Stage,
        parts: Sequence[Part],
        *,
        version: str = "",
        kept: bool = True,
        pieces: int = 1,
        progress: Progress = lambda done, total: None,
        **settings: Any,
    ) -> list[Part]:
        """`stage(**tables, **settings)` on every part; the tables it returns, a part for each.

        Args:
            stage: a function of a module, so that another process can find it.
            parts: what it reads; tables it does not take must not be among them.
            version: of what the result depends on besides; the default is this package's.
            kept: False for a stage whose result does not lie in its shards, so that
                their being there does not tell that there is nothing to do.
            pieces: how many of `parts` make up one of the usual size.
            progress: told parts done of their number.
            settings: plain values, the same for every part.
        """
        version = version or code_version()
        keys = [_key(stage, version, settings, part) for part in parts]
        self._used.update(keys)
        todo = {key: part for key, part in zip(keys, parts, strict=True)
                if not (kept and (self._folder / key).is_dir())}  # fmt: skip
        done = len(parts) - len(todo)
        progress(done, len(parts))
        for _ in self._run(stage, todo, settings, pieces):
            done += 1
            progress(done, len(parts))
        return [_shards(self._folder / key) for key in keys]

    map_groups = map_batches

    def shuffle(self, parts: Sequence[Part], *, into: int) -> list[Part]:
        """Parts cut anew by the column `part` of their table `groups`: claim_id, part.

        Claims that `groups` leaves out are left out. Documents follow their
        claims, without their texts. Pieces are cut from blocks of parts at a
        time, so that `into` parts take no more than about `into` squared files.
        """
        size = max(1, -(-len(parts) // max(into, 1)))
        blocks = [
            {f"{n}.{name}": path for n, part in enumerate(parts[at : at + size])
             for name, path in part.items()}
            for at in range(0, len(parts), size)
        ]  # fmt: skip
        pieces = self.map_batches(cut, blocks, into=into)
        wanted: list[Part] = [
            {f"{n}.{name.split('.', 1)[1]}": path for n, piece in enumerate(pieces)
             for name, path in piece.items() if name.startswith(f"{target}.")}
            for target in range(into)
        ]  # fmt: skip
        return self.map_batches(join, wanted)

    def collect(self, parts: Sequence[Part], name: str) -> pd.DataFrame:
        """The table `name` of all parts; a table of the schema is checked and ordered by key."""
        found = [frame for part in parts if len(frame := load(part[name]))]
        if name not in TABLES:
            return pd.concat(found, ignore_index=True) if found else load(parts[0][name])
        return check(name, pd.concat(found, ignore_index=True)) if found else empty(name)

    def sweep(self) -> None:
        """Delete the shards that this run did not use."""
        for folder in sorted(self._folder.glob("*")):
            if folder.name not in self._used:
                shutil.rmtree(folder, ignore_errors=True)

    def _put(self, name: str, table: pd.DataFrame) -> Path:
        found = pa.Table.from_pandas(table)
        digest = hashlib.sha256(name.encode())
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, found.schema) as stream:
            # One chunk, so that equal tables have equal bytes.
            stream.write_table(found.combine_chunks())
        digest.update(sink.getvalue())
        key = digest.hexdigest()[:32]
        self._used.add(key)
        place = self._folder / key
        return _shards(place).get(name) or parquet.write(place, name, found)

    def _run(
        self, stage: Stage, todo: Mapping[str, Part], settings: dict[str, Any], pieces: int
    ) -> Iterator[str]:
        left = dict(todo)
        for death in range(DEATHS):
            pool = self._pool(len(todo) // pieces) if todo else None
            if pool is None:
                for key, part in todo.items():
                    _work(stage, part, settings, self._folder / key)
                    yield key
                return
            futures = {
                pool.submit(_work, stage, part, settings, self._folder / key): key
                for key, part in left.items()
            }
            try:
                for future in as_completed(futures):
                    future.result()
                    yield futures[future]
                    del left[futures[future]]
                return
            except BrokenExecutor as error:
                if death + 1 == DEATHS:
                    raise EngineError(
                        f"worker processes died {DEATHS} times in {stage.__name__}: {error}; "
                        "the machine may be short of memory: use fewer workers"
                    ) from error
            finally:
                for future in futures:
                    future.cancel()


def joined(parts: Sequence[Part], more: Sequence[Part]) -> list[Part]:
    """Parts with the shards of others added, one by one; the later one's win."""
    return [{**part, **other} for part, other in zip(parts, more, strict=True)]


def only(parts: Sequence[Part], *names: str) -> list[Part]:
    """Parts with these shards alone."""
    return [{name: part[name] for name in names} for part in parts]


def load(path: Path) -> pd.DataFrame:
    """A shard as the table it was made from.

    Raises:
        DamageError: it is damaged, and its folder must be made again.
    """
    try:
        table: pd.DataFrame = parquet.read(path).to_pandas()
    except DamageError as damage:
        raise DamageError(path.parent, damage.reason) from damage
    return table


def _work(stage: Stage, part: Part, settings: dict[str, Any], target: Path) -> None:
    """Run a stage on a part and put its tables in the folder `target`, all or none."""
    made = stage(**{name: load(path) for name, path in part.items()}, **settings)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        room = Path(tempfile.mkdtemp(prefix="partial-", dir=target.parent))
    except OSError as error:
        raise durable.refused(target, error) from error
    try:
        for name, table in made.items():
            parquet.write(room, name, pa.Table.from_pandas(table))
        room.rename(target)
    except OSError as error:
        # A worker thought dead may have come first, with the same tables.
        if not target.is_dir():
            raise durable.refused(target, error) from error
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _shards(folder: Path) -> Part:
    return {parquet.name_of(path): path for path in sorted(folder.glob("*.parquet"))}


def _key(stage: Stage, version: str, settings: Mapping[str, Any], part: Part) -> str:
    made_of = {
        "stage": f"{stage.__module__}.{stage.__qualname__}",
        "version": version,
        "settings": settings,
        "part": {
            name: f"{path.parent.name}/{parquet.name_of(path)}" for name, path in part.items()
        },
    }
    return hashlib.sha256(json.dumps(made_of, sort_keys=True).encode()).hexdigest()[:32]


@lru_cache(maxsize=1)
def code_version() -> str:
    """A hash of this package's code and data: another one may come to other tables."""
    root = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for path in sorted(p for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        digest.update(f"{path.relative_to(root).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
