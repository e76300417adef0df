"""Large arrays lie on disk, in files that leave nothing behind."""

import errno
import mmap
import os

import numpy as np
import pytest

from compare import mapped
from compare.errors import OutputError


def lies_on_disk(array):
    while isinstance(array, np.ndarray):
        array = array.base
    return isinstance(array, mmap.mmap)


@pytest.mark.parametrize(("large", "on_disk"), [(24, True), (25, False)])
def test_an_array_lies_on_disk_from_a_size_on(tmp_path, large, on_disk):
    made = mapped.zeros(2, 3, tmp_path / "new", large)
    made[1] = 7
    assert made.dtype == np.float32
    assert made.tolist() == [[0, 0, 0], [7, 7, 7]]
    assert lies_on_disk(made) == on_disk
    assert list(tmp_path.rglob("*.*")) == []
    rows = mapped.rows_of(made, np.array([1, 0, 1]), tmp_path, large)
    assert rows.tolist() == [[7, 7, 7], [0, 0, 0], [7, 7, 7]]
    assert lies_on_disk(rows)  # three rows are 36 bytes


def test_nothing_is_no_file(tmp_path):
    assert mapped.zeros(0, 3, tmp_path, 0).shape == (0, 3)


def test_a_full_disk_is_told_before_anything_is_written(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", full, raising=False)
    with pytest.raises(OutputError, match="No space left on device"):
        mapped.zeros(2, 3, tmp_path, 1)


def test_a_folder_that_is_a_file_is_told(tmp_path):
    (tmp_path / "taken").write_text("")
    with pytest.raises(OutputError, match="taken"):
        mapped.zeros(2, 3, tmp_path / "taken", 1)
