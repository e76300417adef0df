"""Vectors kept on disk by content, so that no text is encoded twice.

One folder a model and number format; in it Parquet shards of two columns, the
sha256 of the text and its float32 vector as bytes. A shard is written beside
its place and then renamed, so an interrupted run leaves whole shards only.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from compare.errors import EncoderError, OutputError


def key(text: str) -> bytes:
    """The 32 bytes a text is stored under.

    >>> key("a").hex()[:8]
    'ca978112'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def read(root: Path, wanted: Iterable[bytes], dim: int) -> dict[bytes, np.ndarray]:
    """The stored vectors among `wanted`, float32 (dim,) each.

    Raises:
        EncoderError: a shard is damaged or holds vectors that are not of unit length.
    """
    needed = set(wanted)
    found: dict[bytes, np.ndarray] = {}
    for path in sorted(root.glob("*.parquet")) if root.is_dir() else ():
        if len(found) == len(needed):
            break
        keys, rows = _shard(path, dim)
        for i, k in enumerate(keys):
            if k in needed and k not in found:
                found[k] = rows[i]
    return found


def _shard(path: Path, dim: int) -> tuple[list[bytes], np.ndarray]:
    try:
        table = pq.read_table(path, columns=["key", "vector"])
        keys = table["key"].to_pylist()
        flat = b"".join(table["vector"].to_pylist())
        rows = np.frombuffer(flat, dtype="<f4").reshape(len(keys), dim)
    except (pa.ArrowException, OSError, ValueError, TypeError, KeyError) as error:
        raise EncoderError(
            f"cached vectors {path} cannot be read ({error}); delete the file and run again"
        ) from error
    if len(rows) and np.abs(np.linalg.norm(rows, axis=1) - 1).max() > 1e-3:
        raise EncoderError(
            f"cached vectors {path} are not of unit length; delete the file and run again"
        )
    return keys, rows.astype(np.float32, copy=False)


def write(root: Path, vectors: dict[bytes, np.ndarray]) -> None:
    """Add one shard, named by its keys; whole or not at all.

    Raises:
        OutputError: the disk refuses; the shards written before are whole.
    """
    if not vectors:
        return
    keys = sorted(vectors)
    name = hashlib.sha256(b"".join(keys)).hexdigest()[:32]
    table = pa.table(
        {
            "key": pa.array(keys, pa.binary(32)),
            "vector": pa.array(
                [vectors[k].astype("<f4").tobytes() for k in keys],
                pa.binary(4 * len(vectors[keys[0]])),
            ),
        }
    )
    partial = root / f"{name}.{os.getpid()}.partial"
    try:
        root.mkdir(parents=True, exist_ok=True)
        pq.write_table(table, partial, compression="none")
        partial.replace(root / f"{name}.parquet")
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise OutputError(
            f"vectors cannot be kept in {root}: {error}; what was kept before is safe, "
            "make room or choose another --out and run again"
        ) from error
