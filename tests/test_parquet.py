"""Kept tables: what is damaged is never used, whichever bit it is."""

import pickle
import shutil
from pathlib import Path

import pyarrow as pa
import pytest

from compare import parquet
from compare.errors import DamageError, OutputError

TABLE = pa.table({"claim_id": [f"d:{n}-{n + 1}" for n in range(40)], "n": range(40)})


def test_no_bit_of_a_file_can_change_unseen(tmp_path: Path) -> None:
    path = parquet.write(tmp_path, "claims", TABLE)
    whole = path.read_bytes()
    assert parquet.read(path).equals(TABLE)
    for at in range(0, len(whole), 7):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << at % 8]) + whole[at + 1 :])
        with pytest.raises(DamageError, match=r"claims\.\w+\.parquet is damaged"):
            parquet.read(path)


def test_equal_tables_are_equal_files(tmp_path: Path) -> None:
    assert parquet.write(tmp_path, "a", TABLE) == parquet.write(tmp_path, "a", TABLE)
    assert len(list(tmp_path.iterdir())) == 1


def test_damage_is_deleted_told_and_made_again(tmp_path: Path) -> None:
    folder, other = tmp_path / "key", tmp_path / "gone.parquet"

    def work() -> int:
        if not folder.exists():
            parquet.write(folder, "a", TABLE)
            (path,) = folder.iterdir()
            path.write_bytes(b"damaged")
        (path,) = folder.iterdir()
        if not left:
            return 7
        raise DamageError(left.pop(), "by a test")

    left = [folder, other]
    with pytest.warns(RuntimeWarning, match=r"is damaged \(by a test\); it is made again") as told:
        assert parquet.mended(work) == 7
    assert len(told) == 2


def test_what_is_damaged_again_and_what_cannot_be_deleted_end_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def work() -> None:
        raise DamageError(tmp_path / "x", "by a test")

    with pytest.warns(RuntimeWarning), pytest.raises(DamageError, match="delete it and run again"):
        parquet.mended(work)

    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "x").mkdir()
    monkeypatch.setattr(shutil, "rmtree", refuse)
    with pytest.warns(RuntimeWarning), pytest.raises(OutputError, match="Permission denied"):
        parquet.mended(work)


def test_damage_met_by_a_worker_process_reaches_this_one() -> None:
    error = pickle.loads(pickle.dumps(DamageError(Path("a/b"), "gone")))
    assert (error.path, error.reason, str(error)) == (
        Path("a/b"), "gone", "a/b is damaged (gone); delete it and run again",
    )  # fmt: skip
