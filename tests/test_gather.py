"""Tables of whole cases: the same whether they lie in memory or on disk, and made once."""

from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.engine import open_engine
from compare.engine.gather import gather
from compare.errors import DamageError, OutputError, TableError
from compare.tables import check, from_rows

ROOM = Path(mkdtemp(prefix="compare-gather-"))
TEXTS = st.text("aB\u00e9\U0001f600 ", max_size=3)
ROWS = st.lists(
    st.tuples(TEXTS, st.integers(0, 3), st.none() | TEXTS, st.none() | TEXTS),
    max_size=12, unique_by=lambda row: (row[0], row[1], row[2] or "", row[3] or ""),
)  # fmt: skip


def assertions(rows: list[tuple[str, int, str | None, str | None]]) -> pd.DataFrame:
    """A table whose key has missing cells."""
    return from_rows("assertions", [
        dict(claim_id=claim, aspect="occurrence", predicate="p", polarity="affirmed", agent=agent,
             patient=patient, wording="w", start=start, end=start + 1)
        for claim, start, agent, patient in rows
    ])  # fmt: skip


def parts_of(table: pd.DataFrame, size: int) -> list[pa.Table]:
    """The rows of a table dealt out to some parts."""
    return [pa.Table.from_pandas(table.iloc[n::size]) for n in range(size)]


@settings(deadline=None, max_examples=40)
@given(ROWS, st.integers(1, 4))
def test_what_lies_on_disk_is_the_same(rows, size):
    table = assertions(rows)
    for large in (1, 1 << 20):
        found = gather("assertions", iter(parts_of(table, size)), ROOM, large)
        pd.testing.assert_frame_equal(found, table)
    assert not list(ROOM.iterdir())


@settings(deadline=None, max_examples=40)
@given(ROWS)
def test_rows_stand_in_the_order_of_pandas(rows):
    key = ["claim_id", "start", "end", "aspect", "predicate", "agent", "patient"]
    table = assertions(rows)
    pd.testing.assert_frame_equal(table.sort_values(key, kind="stable", ignore_index=True), table)
    mixed = table.sample(frac=1, random_state=3) if len(table) else table
    pd.testing.assert_frame_equal(check("assertions", mixed), table)


@pytest.mark.parametrize("large", [1, 1 << 20])
def test_a_key_in_two_parts_is_refused(large: int, tmp_path: Path) -> None:
    part = pa.Table.from_pandas(assertions([("b", 1, None, "x"), ("a", 1, None, None)]))
    with pytest.raises(TableError, match=r"occurs twice: \{'claim_id': 'a', "):
        gather("assertions", iter([part, part]), tmp_path, large)


def test_damage_met_on_the_way_is_told_as_damage(tmp_path: Path) -> None:
    def parts():
        yield pa.Table.from_pandas(assertions([("a", 1, "x", "y")]))
        raise DamageError(tmp_path / "shard", "it is gone")

    with pytest.raises(DamageError, match="it is gone"):
        gather("assertions", parts(), tmp_path, 1)


def test_a_disk_that_refuses_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    table = assertions([("a", 1, "x", "y")])
    with pytest.raises(OutputError, match="file"):
        gather("assertions", iter(parts_of(table, 1)), tmp_path / "file", 1)


def test_a_stage_on_whole_tables_is_done_once(tmp_path: Path) -> None:
    calls: list[str] = []

    def stage(table: pd.DataFrame, vectors: np.ndarray, *, how: str) -> pd.DataFrame:
        calls.append(how)
        return from_rows("origins", [
            {"claim_id": c, "origin_id": str(v), "how": how}
            for c, v in zip(table["claim_id"], vectors.tolist(), strict=True)
        ])  # fmt: skip

    table, vectors = pd.DataFrame({"claim_id": ["a", "b"]}, dtype="string"), np.array([1, 2])
    with open_engine(folder=tmp_path, workers=1) as engine:
        first = engine.whole(stage, "origins", table, vectors, how="own")
        assert first["origin_id"].tolist() == ["1", "2"]
        pd.testing.assert_frame_equal(
            engine.whole(stage, "origins", table.copy(), vectors.copy(), how="own"), first
        )
        assert calls == ["own"]
        for left in tmp_path.glob("*/origins.*.parquet"):
            left.unlink()  # as a run leaves it that is killed before the table has its name
        assert engine.whole(stage, "origins", table, vectors, how="own").equals(first)
        assert calls.pop() == "own"
        engine.whole(stage, "origins", table, vectors, how="relay")
        engine.whole(stage, "origins", table, vectors[::-1], how="own")
        engine.whole(stage, "origins", table.iloc[::-1], vectors, how="own")
    assert calls == ["own", "relay", "own", "own"]


def test_a_stage_on_the_whole_tells_how_far_it_is(tmp_path):
    def stage(table, *, progress):
        progress(1, 2)
        return from_rows("origins", [{"claim_id": "a", "origin_id": "1", "how": "own"}])

    table, seen = pd.DataFrame({"claim_id": ["a"]}, dtype="string"), []
    with open_engine(folder=tmp_path, workers=1) as engine:
        for _ in range(2):
            engine.whole(stage, "origins", table, progress=lambda *told: seen.append(told))
    assert seen == [(1, 2)]
