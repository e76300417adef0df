"""Large arrays, which lie on disk and are read as they are needed."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryFile

import numpy as np

from compare import durable

LARGE = 64 << 20
"""Bytes from which tables and arrays lie on disk."""
_ROWS = 1 << 14
"""Rows that are copied at a time."""


def zeros(rows: int, columns: int, folder: Path, large: int = LARGE) -> np.ndarray:
    """Zeros, float32 (rows, columns); from `large` bytes on in a file of `folder`.

    The file has no name, and ends with the array.

    Raises:
        OutputError: the disk refuses.

    >>> import tempfile
    >>> zeros(2, 3, Path(tempfile.mkdtemp()), large=1)
    array([[0., 0., 0.],
           [0., 0., 0.]], dtype=float32)
    """
    size = 4 * rows * columns
    if size < max(large, 1):
        return np.zeros((rows, columns), np.float32)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder) as file:
            # A full disk is told here, and does not end the program where a page is written.
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(file.fileno(), 0, size)
            return np.asarray(np.memmap(file, np.float32, "w+", shape=(rows, columns)))
    except OSError as error:
        raise durable.refused(folder, error) from error


def rows_of(array: np.ndarray, which: np.ndarray, folder: Path, large: int = LARGE) -> np.ndarray:
    """The rows `which` of an array of float32, as `zeros` makes one.

    >>> rows_of(np.eye(2, dtype=np.float32), np.array([1, 1]), Path("nowhere")).tolist()
    [[0.0, 1.0], [0.0, 1.0]]
    """
    out = zeros(len(which), array.shape[1], folder, large)
    for at in range(0, len(which), _ROWS):
        out[at : at + _ROWS] = array[which[at : at + _ROWS]]
    return out
