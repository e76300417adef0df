"""What tables and arrays hold, as a hash: equal ones have the same, however they lie in memory."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

_ROWS = 1 << 16
"""Rows of a table that are laid out at a time."""


def take_in(digest: Any, content: pd.DataFrame | pa.Table | np.ndarray) -> None:
    """Take a table, in the order of its rows, or an array into a digest of `hashlib`.

    >>> import hashlib
    >>> one, other = hashlib.sha256(), hashlib.sha256()
    >>> take_in(one, pa.table({"n": pa.chunked_array([[1], [2, 3]])}))
    >>> take_in(other, pa.table({"n": [1, 2, 3]}))
    >>> one.digest() == other.digest()
    True
    """
    if isinstance(content, np.ndarray):
        digest.update(f"{content.dtype.str}{content.shape}".encode())
        digest.update(np.ascontiguousarray(content).data)
        return
    if isinstance(content, pd.DataFrame):
        content = pa.Table.from_pandas(content, preserve_index=False)
    with pa.ipc.new_stream(pa.PythonFile(_Sink(digest), "w"), content.schema) as stream:
        for at in range(0, max(len(content), 1), _ROWS):
            # Each in one chunk, whatever the chunks of the table.
            stream.write_table(content.slice(at, _ROWS).combine_chunks())


class _Sink(io.RawIOBase):
    """A file whose bytes go into a digest."""

    def __init__(self, digest: Any) -> None:
        """Begin with what the digest holds."""
        super().__init__()
        self._digest = digest

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, data: Any) -> int:
        """Take bytes in, and tell how many."""
        self._digest.update(data)
        return len(data)
