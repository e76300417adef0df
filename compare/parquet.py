"""Tables kept for later runs, as Parquet: each file is whole and names its own checksum.

Parquet's checksums cover its pages and not its footer, where a single bit may
turn one table into another. So a file is `NAME.CHECKSUM.parquet`, and what has
not that checksum any more is damaged: never used, and made again.
"""

from __future__ import annotations

import hashlib
import shutil
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from compare import durable
from compare.errors import DamageError

T = TypeVar("T")


def write(folder: Path, name: str, table: pa.Table) -> Path:
    """Write `table` to `folder` under `name`; an interruption leaves no half file.

    Raises:
        OutputError: the disk refuses; what was written before is whole.
    """
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", compression_level=1)
    data = memoryview(sink.getvalue())
    path = folder / f"{name}.{_checksum(data)}.parquet"
    durable.write(path, data)
    return path


def read(path: Path) -> pa.Table:
    """The table at `path`.

    Raises:
        DamageError: it is gone, or not as it was written.

    >>> import tempfile
    >>> path = write(Path(tempfile.mkdtemp()), "a", pa.table({"n": [1, 2]}))
    >>> path.suffix, read(path)["n"].to_pylist()
    ('.parquet', [1, 2])
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DamageError(path, error.strerror or str(error)) from error
    if path.suffixes[-2:-1] != [f".{_checksum(data)}"]:
        raise DamageError(path, "its bytes have not the checksum in its name")
    return pq.ParquetFile(pa.BufferReader(data)).read()


def name_of(path: Path) -> str:
    """The name a file was written under.

    >>> name_of(Path("x/0.claims.df22bec6ac6a92a5.parquet"))
    '0.claims'
    """
    return path.name.rsplit(".", 2)[0]


def mended(work: Callable[[], T]) -> T:
    """What `work` returns; where it meets damage, that is deleted and `work` begun again.

    For work that makes again what is not there. Each deletion is a warning.

    Raises:
        DamageError: the same is damaged again.
        OutputError: what is damaged cannot be deleted.
    """
    seen: set[Path] = set()
    while True:
        try:
            return work()
        except DamageError as damage:
            if damage.path in seen:
                raise
            seen.add(damage.path)
            warnings.warn(f"{damage.path} is damaged ({damage.reason}); it is made again",
                          RuntimeWarning, stacklevel=2)  # fmt: skip
            try:
                if damage.path.is_dir():
                    shutil.rmtree(damage.path)
                else:
                    damage.path.unlink(missing_ok=True)
            except OSError as error:
                raise durable.refused(damage.path, error) from error


def _checksum(data: bytes | memoryview) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
