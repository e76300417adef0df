"""Vectors kept on disk by content, so that no text is encoded twice.

One folder a model and number format; in it Parquet shards of two columns, the
sha256 of the text and its float32 vector as bytes. A shard is whole and has a
checksum (`compare.parquet`); one that is damaged is told and encoded again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa

from compare import mapped, parquet
from compare.errors import EncoderError


def key(text: str) -> bytes:
    """The 32 bytes a text is stored under.

    >>> key("a").hex()[:8]
    'ca978112'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def keys(root: Path) -> set[bytes]:
    """The keys of all stored vectors."""
    return {k for path in _paths(root) for k in parquet.read(path)["key"].to_pylist()}


def read(root: Path, wanted: Mapping[bytes, int], dim: int | None) -> tuple[np.ndarray, np.ndarray]:
    """The stored vectors among `wanted`, each in the row it names.

    Returns float32 (len(wanted), dim), zeros where nothing is stored, and which
    rows are, bool (len(wanted),). One shard is in memory at a time; what is large lies on
    disk. `dim` is the length of a vector; None takes it from the shards.

    Raises:
        DamageError: a shard is damaged.
        EncoderError: a shard holds other than `dim` numbers, or vectors not of unit length.
    """
    out = mapped.zeros(len(wanted), dim or 0, root)
    found = np.zeros(len(wanted), bool)
    for path in _paths(root):
        if found.all():
            break
        names, rows = _shard(path)
        if dim is None:
            dim = rows.shape[1]
            out = mapped.zeros(len(wanted), dim, root)
        if rows.shape[1] != dim:
            raise EncoderError(
                f"cached vectors {path} have {rows.shape[1]} numbers, expected {dim}; "
                "delete the file and run again"
            )
        mine = [(wanted[k], i) for i, k in enumerate(names) if k in wanted]
        if mine:
            at, of = np.array(mine).T
            out[at], found[at] = rows[of], True
    return out, found


def _paths(root: Path) -> list[Path]:
    return sorted(root.glob("*.parquet")) if root.is_dir() else []


def _shard(path: Path) -> tuple[list[bytes], np.ndarray]:
    table = parquet.read(path)
    names = table["key"].to_pylist()
    rows = np.frombuffer(b"".join(table["vector"].to_pylist()), dtype="<f4")
    rows = rows.reshape(len(names), -1)
    if len(rows) and np.abs(np.linalg.norm(rows, axis=1) - 1).max() > 1e-3:
        raise EncoderError(
            f"cached vectors {path} are not of unit length; delete the file and run again"
        )
    return names, rows


def write(root: Path, vectors: dict[bytes, np.ndarray]) -> None:
    """Add one shard; whole or not at all.

    Raises:
        OutputError: the disk refuses; the shards written before are whole.
    """
    if not vectors:
        return
    names = sorted(vectors)
    table = pa.table(
        {
            "key": pa.array(names, pa.binary(32)),
            "vector": pa.array(
                [vectors[k].astype("<f4").tobytes() for k in names],
                pa.binary(4 * len(vectors[names[0]])),
            ),
        }
    )
    parquet.write(root, "vectors", table)
