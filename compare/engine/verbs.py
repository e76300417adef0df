"""The three verbs, and the shards that make them resume."""

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
from compare.engine.digest import take_in
from compare.engine.gather import gather, together
from compare.engine.history import cut_again, remember, remembered
from compare.errors import DamageError, EngineError
from compare.schema import TABLES

Part = Mapping[str, Path]
"""Shards by the name of their table."""
Stage = Callable[..., Mapping[str, pd.DataFrame]]
Progress = Callable[[int, int], None]

BATCH = 32
"""Documents in a part."""
CUTS = "cuts"
"""The folder among those of shards where it is kept how cases are cut."""
LONG = 200_000
"""Rows from which work on whole tables takes longer than workers take to start again."""
DEATHS = 3
"""How often a pool of processes may break before the run is given up."""


class Engine:
    """The three verbs; make one with `open_engine`."""

    def __init__(
        self,
        folder: Path,
        pool: Callable[[int], Executor | None],
        batch: int,
        rest: Callable[[], None] = lambda: None,
    ) -> None:
        """Keep shards in `folder`; `pool` gives an executor for a number of tasks, or None.

        `rest` is called before long work of this process alone, so that idle workers need
        hold no memory.
        """
        self._folder, self._pool, self.batch, self._rest = folder, pool, batch, rest
        self._used = {CUTS}

    def cut(self, name: str, whole: Sequence[Sequence[str]], most: int) -> dict[str, int]:
        """The part of each id of the groups `whole`: as in the last run, as far as can be.

        A part is of about `most` ids, and no group is cut; see `compare.engine.history`.
        """
        folder = self._folder / CUTS
        before = remembered(folder, name)
        parts = cut_again(whole, before, most)
        at = {one: part for group, part in zip(whole, parts, strict=True) for one in group}
        if at != before:
            remember(folder, name, at)
        return at

    def scatter(
        self,
        tables: Mapping[str, pd.DataFrame],
        at: Mapping[str, int],
        parts: int,
        *,
        by: str = "claim_id",
    ) -> list[Part]:
        """Whole tables cut into `parts` parts: a row goes where `at` sends its cell `by`.

        Rows whose cell `at` does not know are left out.
        """
        made: list[dict[str, Path]] = [{} for _ in range(parts)]
        for name, table in tables.items():
            column = by if by in table else f"{by}_l"
            number = np.fromiter((at.get(c, -1) for c in table[column]), np.int64, len(table))
            order = np.argsort(number, kind="stable")
            ends = np.searchsorted(number[order], np.arange(parts + 1))
            found = pa.Table.from_pandas(table, preserve_index=False).combine_chunks()
            for n in range(parts):
                made[n][name] = self._put(name, found.take(order[ends[n] : ends[n + 1]]))
        return list(made)

    def share(self, name: str, table: pd.DataFrame) -> Part:
        """One table as a shard, to be added to every part."""
        return {name: self._put(name, pa.Table.from_pandas(table, preserve_index=False))}

    def map_batches(
        self,
        stage: Stage,
        parts: Sequence[Part],
        *,
        version: str = "",
        kept: bool = True,
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
        for _ in self._run(stage, todo, settings):
            done += 1
            progress(done, len(parts))
        return [_shards(self._folder / key) for key in keys]

    def whole(
        self,
        stage: Callable[..., pd.DataFrame],
        name: str,
        *tables: Any,
        progress: Progress | None = None,
        **settings: Any,
    ) -> pd.DataFrame:
        """`stage(*tables, **settings)` here on whole tables: the table `name`, kept as shards are.

        `tables` are DataFrames and arrays. A stage that tells how far it is is given `progress`.
        """
        digest = hashlib.sha256()
        for table in tables:
            take_in(digest, table)
        key = _key(stage, code_version(), settings, {"tables": Path(digest.hexdigest())})
        self._used.add(key)
        place = self._folder / key
        # A run that was killed may have left the folder without the table.
        if name not in _shards(place):
            told = {"progress": progress} if progress else {}
            if max(len(table) for table in tables) >= LONG:
                self._rest()
            found = stage(*tables, **told, **settings)
            parquet.write(place, name, pa.Table.from_pandas(found))
        return self.collect([_shards(place)], name)

    def collect(self, parts: Sequence[Part], name: str) -> pd.DataFrame:
        """The table `name` of all parts; a table of the schema is checked and ordered by key."""
        if name in TABLES:
            return gather(name, (_read(part[name]) for part in parts), self._folder)
        found = [table for part in parts if len(table := _read(part[name]))]
        return together(found) if found else load(parts[0][name])

    def sweep(self) -> None:
        """Delete the shards that this run did not use."""
        for folder in sorted(self._folder.glob("*")):
            if folder.name not in self._used:
                shutil.rmtree(folder, ignore_errors=True)

    def _put(self, name: str, table: pa.Table) -> Path:
        digest = hashlib.sha256(name.encode())
        take_in(digest, table)
        key = digest.hexdigest()[:32]
        self._used.add(key)
        place = self._folder / key
        return _shards(place).get(name) or parquet.write(place, name, table)

    def _run(
        self, stage: Stage, todo: Mapping[str, Part], settings: dict[str, Any]
    ) -> Iterator[str]:
        left = dict(todo)
        for death in range(DEATHS):
            pool = self._pool(len(todo)) if todo else None
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
    table: pd.DataFrame = _read(path).to_pandas()
    return table


def _read(path: Path) -> pa.Table:
    try:
        return parquet.read(path)
    except DamageError as damage:
        raise DamageError(path.parent, damage.reason) from damage


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


def _key(stage: Callable[..., Any], version: str, settings: Mapping[str, Any], part: Part) -> str:
    made_of = {
        "stage": f"{stage.__module__}.{stage.__qualname__}",
        "version": version,
        "settings": settings,
        # Their names hold the checksums of what they hold: equal tables are equal, whoever
        # made them from what.
        "part": {name: path.name for name, path in part.items()},
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
