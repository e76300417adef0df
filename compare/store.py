"""A case's results in one DuckDB database: tables published, runs noted.

What a run makes on its way lies beside it, in the shards of `engine` and the
cache of `embed`.

One run writes at a time, told by a lock that ends with its process. It builds a
new database beside the old one and puts it in its place when it is whole, so a
run that is stopped leaves the old one, a database of an older layout is never
altered but only read, and who reads the old one goes on, and is in nobody's way.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import time
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from compare import duck, durable
from compare.errors import OutputError
from compare.schema import TABLES

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DATABASE = "case.duckdb"
VERSION = 3
"""Of the database's layout: `layout`, one row a version; `runs`; the tables of the schema."""
_RUNS_OF: dict[int, str] = {
    1: "SELECT settings_sha256, settings, documents, claims, NULL FROM runs",
    2: "SELECT settings_sha256, settings, documents, claims, NULL FROM runs",
    3: "SELECT settings_sha256, settings, documents, claims, version FROM runs",
}
"""How the runs of each layout are read as those of the last. Layout 1 held parses too."""
_PATIENCE = 0.5
"""Seconds to wait for another run to finish before saying so."""


class Store:
    """The database of one case, to be written by nobody else; use it in a `with` block.

    Raises:
        OutputError: another run writes to it, it is damaged or no database of
            ours, it was written by a newer version, or the disk refuses.

    >>> import tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> with Store(folder) as store:
    ...     store.publish({"origins": pd.DataFrame({"claim_id": ["a"]})}, {})
    >>> read_table(folder, "origins")
      claim_id
    0        a
    """

    def __init__(self, folder: Path) -> None:
        """Lock the database in `folder`, which need not be there yet."""
        self.folder = folder
        self._path = folder / DATABASE
        self._lock = _locked(folder)
        try:
            self._runs = _runs(self._path) if self._path.exists() else []
        except BaseException:
            os.close(self._lock)
            raise

    def __enter__(self) -> Store:
        """Return this store."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let others write."""
        os.close(self._lock)

    def publish(self, tables: Mapping[str, pd.DataFrame], settings: Mapping[str, Any]) -> None:
        """Put a database of these tables, and of the runs so far and this, in place of the old.

        Raises:
            OutputError: the disk refuses, or a table is none of the schema; the old one is whole.
        """
        import duckdb

        unknown = sorted(set(tables) - set(TABLES))
        if unknown:
            raise OutputError(f"no tables {unknown}; expected some of {sorted(TABLES)}")
        text = json.dumps(settings, sort_keys=True)
        run = (
            hashlib.sha256(text.encode()).hexdigest(), text,
            len(tables.get("documents", ())), len(tables.get("claims", ())),
            metadata.version("claim-compare"),
        )  # fmt: skip
        fresh = self.folder / f"{DATABASE}.new"
        try:
            _clear(fresh)
            with duckdb.connect(str(fresh), config=duck.CONFIG) as connection:
                _build(connection, tables, [*self._runs, run])
                # Told if it fails, as the same at closing is not: then all is in the log alone.
                connection.execute("CHECKPOINT")
            durable.settle(fresh)
            # Older layouts were written in place: a log of theirs is of the old database alone.
            (self.folder / f"{DATABASE}.wal").unlink(missing_ok=True)
            fresh.replace(self._path)
        except (duckdb.Error, OSError, pa.ArrowException) as error:
            with contextlib.suppress(OSError):
                _clear(fresh)
            raise durable.refused(self._path, error) from error
        self._runs.append(run)


def read_table(folder: Path, name: str) -> pd.DataFrame:
    """A table of the database in `folder` as it was last published, in columns and row order.

    Nothing is locked: it may be read while a run writes.

    Raises:
        OutputError: nothing of that name has been published, or the database is damaged.
    """
    import duckdb

    if name not in TABLES:
        raise OutputError(f"no table {name!r}; expected one of {sorted(TABLES)}")
    path = folder / DATABASE
    none_yet = OutputError(f"{path} has no table {name!r} yet; finish a run")
    if not path.exists():
        raise none_yet
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            # The name is one of our own schema, never text from outside.
            return connection.execute(f'SELECT * FROM "{name}"').df()  # noqa: S608
    except duckdb.CatalogException as error:
        raise none_yet from error
    except (duckdb.Error, OSError) as error:
        raise _unreadable(path, error) from error


def _clear(fresh: Path) -> None:
    """Delete the beginnings of a new database and of its log."""
    for left in fresh.parent.glob(f"{fresh.name}*"):
        left.unlink(missing_ok=True)


def _build(
    connection: DuckDBPyConnection, tables: Mapping[str, pd.DataFrame], runs: list[Any]
) -> None:
    connection.begin()
    connection.execute("CREATE TABLE layout AS SELECT ? AS version", [VERSION])
    connection.execute("CREATE TABLE runs (settings_sha256 VARCHAR, settings VARCHAR, "
                       "documents BIGINT, claims BIGINT, version VARCHAR)")  # fmt: skip
    connection.executemany("INSERT INTO runs VALUES (?, ?, ?, ?, ?)", runs)
    for name in sorted(tables):
        # As pandas holds a text, DuckDB would make an object of each cell.
        connection.register("incoming", pa.Table.from_pandas(tables[name], preserve_index=False))
        connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM incoming')  # noqa: S608
        connection.unregister("incoming")
    connection.commit()


def _runs(path: Path) -> list[tuple[Any, ...]]:
    """The runs noted in the database at `path`, whatever its layout."""
    import duckdb

    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            (version,) = connection.execute("SELECT max(version) FROM layout").fetchall()[0]
            if version in _RUNS_OF:
                return connection.execute(_RUNS_OF[version]).fetchall()
    except (duckdb.Error, OSError) as error:
        raise _unreadable(path, error) from error
    raise OutputError(
        f"{path} has layout {version}, this version of compare knows {VERSION}; "
        "update claim-compare or choose another --out"
    )


def _unreadable(path: Path, error: Exception) -> OutputError:
    return OutputError(
        f"{path} cannot be read as a case database: {error}; move it away and run again: "
        "nothing but the list of past runs is lost, the rest is made anew from what lies beside it"
    )


def _locked(folder: Path) -> int:
    """A handle whose closing, or the end of this process, lets others write."""
    lock, end = folder / "case.lock", time.monotonic() + _PATIENCE
    handle = -1
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
        while not _taken(handle):
            if time.monotonic() > end:
                raise OutputError(
                    f"{folder} is being written by another run, process "
                    f"{os.pread(handle, 20, 0).decode('ascii', 'replace')}; "
                    "wait for it to end or choose another --out"
                )
            time.sleep(0.1)
        os.truncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
    except (OSError, OutputError) as error:
        if handle >= 0:
            os.close(handle)
        raise error if isinstance(error, OutputError) else durable.refused(lock, error) from error
    return handle


def _taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
