"""Tables on disk as Parquet: each file is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from compare.errors import OutputError


def write(path: Path, table: pa.Table) -> None:
    """Write `table` beside its place, then rename; an interruption leaves no half file.

    Raises:
        OutputError: the disk refuses; what was written before is whole.
    """
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table, partial, compression="zstd", compression_level=1)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise OutputError(
            f"{path} cannot be written: {error}; what was kept before is safe, "
            "make room or choose another --out and run again"
        ) from error


def read(path: Path) -> pa.Table:
    """The table at `path`.

    Raises:
        OutputError: it is gone or damaged.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "a.parquet"
    >>> write(path, pa.table({"n": [1, 2]}))
    >>> read(path)["n"].to_pylist()
    [1, 2]
    """
    try:
        # One file, never a data set guessed from the folders it lies in.
        return pq.ParquetFile(path).read()
    except (pa.ArrowException, OSError) as error:
        raise OutputError(
            f"{path} cannot be read ({error}); delete its folder and run again"
        ) from error
