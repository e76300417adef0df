"""A case's results in one DuckDB database: tables published, runs noted.

Tables are replaced together in one transaction. What a run makes on its way
lies beside it, in the shards of `engine` and the cache of `embed`.

One process writes at a time. Readers open the published Parquet files, which
are replaced whole, so a running writer never blocks them.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import pandas as pd

from compare.errors import OutputError
from compare.schema import TABLES

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

VERSION = 2
"""Of the database's layout; `_MIGRATIONS[n]` leads from version n to n + 1."""
_MIGRATIONS: dict[int, tuple[str, ...]] = {
    0: (
        "CREATE TABLE parses (key VARCHAR PRIMARY KEY, parse BLOB)",
        "CREATE TABLE runs (settings_sha256 VARCHAR, settings VARCHAR, "
        "documents BIGINT, claims BIGINT)",
    ),
    1: ("DROP TABLE parses",),  # they are shards now
}
_PATIENCE = 2.0
"""Seconds to wait for another writer to finish before saying so."""
_LOCAL_ONLY: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


class Store:
    """The database of one case; use it in a `with` block.

    Raises:
        OutputError: another process writes to it, it is no database of ours,
            it was written by a newer version, or the disk refuses.

    >>> import tempfile, pathlib
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "case.duckdb"
    >>> with Store(path) as store:
    ...     store.publish({"origins": pd.DataFrame({"claim_id": ["a"]})}, {})
    ...     store.table("origins")
      claim_id
    0        a
    """

    def __init__(self, path: Path) -> None:
        """Open or create the database at `path`."""
        self._path = path
        self._connection = _open(path)
        try:
            self._migrate()
        except BaseException:
            self._connection.close()
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
        """Close the database; what was kept stays."""
        self._connection.close()

    def publish(self, tables: Mapping[str, pd.DataFrame], settings: Mapping[str, Any]) -> None:
        """Replace the tables a query sees, and note the run, in one transaction."""
        unknown = sorted(set(tables) - set(TABLES))
        if unknown:
            raise OutputError(f"no tables {unknown}; expected some of {sorted(TABLES)}")
        written = json.dumps(settings, sort_keys=True)
        run = [
            hashlib.sha256(written.encode()).hexdigest(),
            written,
            len(tables.get("documents", ())),
            len(tables.get("claims", ())),
        ]

        def write() -> None:
            for name in sorted(tables):
                self._connection.register("incoming", tables[name])
                # The name is one of our own schema, never text from outside.
                self._connection.execute(
                    f'CREATE OR REPLACE TABLE "{name}" AS SELECT * FROM incoming'  # noqa: S608
                )
                self._connection.unregister("incoming")
            self._connection.execute("INSERT INTO runs VALUES (?, ?, ?, ?)", run)

        self._transaction(write)

    def table(self, name: str) -> pd.DataFrame:
        """A published table as it was last written, columns and row order of the schema.

        Raises:
            OutputError: nothing of that name has been published.
        """
        import duckdb

        if name not in TABLES:
            raise OutputError(f"no table {name!r}; expected one of {sorted(TABLES)}")
        try:
            return self._connection.execute(f'SELECT * FROM "{name}"').df()  # noqa: S608
        except duckdb.CatalogException as error:
            raise OutputError(f"{self._path} has no table {name!r} yet; finish a run") from error

    def _migrate(self) -> None:
        self._run("CREATE TABLE IF NOT EXISTS layout (version BIGINT)", [])
        row = self._run("SELECT max(version) FROM layout", []).fetchone()
        version = int(row[0]) if row and row[0] is not None else 0
        if version > VERSION:
            raise OutputError(
                f"{self._path} has layout {version}, this version of compare knows {VERSION}; "
                "update claim-compare or choose another --out"
            )
        for step in range(version, VERSION):
            self._transaction(partial(self._step, step))

    def _step(self, version: int) -> None:
        for statement in _MIGRATIONS[version]:
            self._connection.execute(statement)
        self._connection.execute("INSERT INTO layout VALUES (?)", [version + 1])

    def _transaction(self, write: Callable[[], object]) -> None:
        import duckdb

        self._run("BEGIN", [])
        try:
            write()
            self._run("COMMIT", [])
        except BaseException as error:
            # A disk that refuses ends the transaction by itself.
            with contextlib.suppress(duckdb.Error):
                self._connection.rollback()
            if isinstance(error, duckdb.Error):
                raise self._refused(error) from error
            raise

    def _run(self, statement: str, values: list[Any]) -> DuckDBPyConnection:
        import duckdb

        try:
            return self._connection.execute(statement, values)
        except duckdb.Error as error:
            raise self._refused(error) from error

    def _refused(self, error: Exception) -> OutputError:
        return OutputError(
            f"{self._path} cannot be used: {error}; what was kept before is safe, "
            "make room or choose another --out and run again"
        )


def _open(path: Path) -> DuckDBPyConnection:
    import duckdb

    end = time.monotonic() + _PATIENCE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        while True:
            try:
                return duckdb.connect(str(path), config=_LOCAL_ONLY)
            except duckdb.IOException as error:
                if "lock" not in str(error).lower():
                    raise
                if time.monotonic() > end:
                    raise OutputError(
                        f"{path} is being written by another run; wait for it to end "
                        "or choose another --out"
                    ) from error
                time.sleep(0.1)
    except (duckdb.Error, OSError) as error:
        raise OutputError(
            f"{path} cannot be opened as a case database: {error}; move it away "
            "or choose another --out"
        ) from error
