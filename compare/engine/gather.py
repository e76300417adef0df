"""The tables of a whole case, from those of its parts; a large one lies on disk.

Rows are put in order of their key outside of memory, and mapped: what is read of
them is in memory as long as there is room. The file has no name any more and
ends with the table.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from compare import duck, durable
from compare.errors import DamageError
from compare.mapped import LARGE
from compare.schema import TABLES
from compare.tables import check, empty

_ROWS = 1 << 18
"""Rows of it that are written at a time."""
_SORTING = duck.CONFIG | {"threads": 1, "preserve_insertion_order": False}
"""How rows are put in order."""
_MASKED = {
    pa.large_string(): pd.StringDtype("pyarrow"),
    pa.int64(): pd.Int64Dtype(),
    pa.float64(): pd.Float64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
}


def gather(name: str, parts: Iterator[pa.Table], folder: Path, large: int = LARGE) -> pd.DataFrame:
    """The table `name` of the schema, checked and in order, from its parts.

    Args:
        name: of a table of the schema.
        parts: its parts, one after another.
        folder: where a table of `large` bytes or more may lie.
        large: bytes; below it all is done in memory.

    Raises:
        OutputError: the disk refuses.
        TableError: the parts together are no such table.

    >>> import tempfile
    >>> parts = [pa.table({"claim_id": [i], "origin_id": ["x"], "how": ["own"]}) for i in "ba"]
    >>> small = gather("origins", iter(parts), Path("nowhere"))
    >>> small["claim_id"].tolist()
    ['a', 'b']
    >>> gather("origins", iter(parts), Path(tempfile.mkdtemp()), large=1).equals(small)
    True
    """
    held, size = [], 0
    for part in parts:
        held += [part] if len(part) else []
        size += part.nbytes
        if size >= large and held:
            return check(name, _mapped(name, chain(held, parts), held[0].schema, folder))
    return check(name, together(held)) if held else empty(name)


def together(parts: list[pa.Table]) -> pd.DataFrame:
    """The rows of some tables of the same columns, one after another.

    >>> together([pa.table({"a": [1]}), pa.table({"a": [2]})])["a"].tolist()
    [1, 2]
    """
    found: pd.DataFrame
    if all(part.schema.equals(parts[0].schema) for part in parts):
        # Made an object of pandas once: for many small tables that is most of the work.
        found = pa.concat_tables(parts).to_pandas().reset_index(drop=True)
    else:
        found = pd.concat([part.to_pandas() for part in parts], ignore_index=True)
    return found


def _mapped(name: str, parts: Iterator[pa.Table], schema: pa.Schema, folder: Path) -> pd.DataFrame:
    import duckdb

    bare = schema.remove_metadata()
    damage: list[DamageError] = []

    def batches() -> Iterator[pa.RecordBatch]:
        try:
            for part in parts:
                yield from part.cast(bare).to_batches() if len(part) else ()
        except DamageError as error:
            damage.append(error)  # who asks for batches makes an error of its own of it
            raise

    key = ", ".join(f'"{column}" NULLS LAST' for column in TABLES[name].key)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix="partial-", dir=folder) as room:
            ordered, mapped = Path(room, "ordered.parquet"), Path(room, "mapped.arrow")
            with duckdb.connect(config=_SORTING | {"temp_directory": room}) as connection:
                connection.register("incoming", pa.RecordBatchReader.from_batches(bare, batches()))
                # Names are those of the schema, never text from outside.
                connection.execute(
                    f"COPY (SELECT * FROM incoming ORDER BY {key}) TO $path (FORMAT parquet)",  # noqa: S608
                    {"path": str(ordered)},
                )
            _laid_out(ordered, mapped)
            with pa.memory_map(str(mapped)) as source:
                table = pa.ipc.open_file(source).read_all()
    except (duckdb.Error, pa.ArrowException, OSError) as error:
        if damage:
            raise damage[0] from error
        raise durable.refused(folder, error) from error
    found: pd.DataFrame = table.to_pandas(types_mapper=_MASKED.get)
    return found


def _laid_out(ordered: Path, mapped: Path) -> None:
    """The same rows as they lie in memory, texts with the offsets that pandas takes as they are."""
    with pq.ParquetFile(ordered) as source:
        wide = pa.schema([
            (f.name, pa.large_string() if pa.types.is_string(f.type) else f.type)
            for f in source.schema_arrow
        ])  # fmt: skip
        with pa.ipc.new_file(str(mapped), wide) as target:
            for batch in source.iter_batches(_ROWS):
                target.write_table(pa.Table.from_batches([batch]).cast(wide))
