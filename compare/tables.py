"""Hold a DataFrame to its table in `compare.schema`.

`check` gives a table the column order, types and row order of the schema and
raises `TableError` where a rule is broken, so a stage can rely on its input.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pandas.api.extensions import ExtensionDtype
from pandas.api.types import pandas_dtype

from compare.errors import TableError
from compare.schema import TABLES, TIME, Column, Table

_ROWS = 1 << 18
"""Rows of a large table that are looked at a time."""
_FEW = 1 << 10
"""Rows of a table too small for equal texts in it to matter."""


def _typed(cells: Any, table: Table, column: Column) -> Any:
    """Cells, a list or an array, as an array of the column's type."""
    dtype = _dtype(column.dtype)
    try:
        if column.dtype == TIME and getattr(cells, "dtype", None) != dtype:
            return pd.to_datetime(pd.Series(cells)).astype(dtype).array
        return pd.array(cells, dtype=dtype, copy=False)
    except (TypeError, ValueError, OverflowError) as error:
        held = pd.Series(cells, dtype=object).dropna().head(3).tolist()
        raise TableError(
            f"{table.name}.{column.name} should be {column.dtype} ({column.about}); "
            f"it holds {held!r}: {error}"
        ) from error


@lru_cache(maxsize=16)
def _dtype(name: str) -> Any:
    return pandas_dtype("datetime64[ms]" if name == TIME else name)


def check(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` as the table `name`: typed, ordered, sorted by key.

    Columns the table does not know are refused, so nothing is lost unseen.

    Raises:
        TableError: a column is missing, unknown or of the wrong type, a
            required cell is empty, a value is not in the column's list, a key
            occurs twice, or a rule over rows fails. The message names the
            table, the column and the first bad row.

    >>> empty("claims").shape
    (0, 14)
    >>> check("origins", pd.DataFrame({"claim_id": ["b", "a"], "origin_id": "x", "how": "own"}))
      claim_id origin_id  how
    0        a         x  own
    1        b         x  own
    """
    table = TABLES[name]
    missing = [c for c in table.names if c not in frame.columns]
    unknown = [c for c in frame.columns if c not in table.names]
    if missing or unknown:
        raise TableError(
            f"{name} lacks the columns {missing} and has the unknown columns {unknown}; "
            f"expected exactly {table.names}"
        )
    given = dict(frame.items())
    arrays = {c.name: _typed(given[c.name].array, table, c) for c in table.columns}
    typed = pd.DataFrame(arrays)
    for column in table.columns:
        cells = arrays[column.name]
        if column.required and (lacks := np.asarray(cells.isna())).any():
            row = typed.iloc[int(lacks.argmax())]
            raise TableError(
                f"{name}.{column.name} is empty in the row {_key(table, row)}; "
                f"it must hold {column.about}"
            )
        if column.values and not set(cells.unique().dropna()) <= set(column.values):
            stray = typed[np.asarray(~cells.isna()) & ~typed[column.name].isin(column.values)]
            raise TableError(
                f"{name}.{column.name} is {stray[column.name].iloc[0]!r} in the row "
                f"{_key(table, stray.iloc[0])}; expected one of {list(column.values)}"
            )
    for text, holds in table.rules:
        good = holds(typed).fillna(False).to_numpy(bool)
        if not good.all():
            row = typed.iloc[int(good.argmin())]
            raise TableError(f"{name}: {text}; not so in the row {_key(table, row)}")
    return _sorted(table, typed)


def _sorted(table: Table, typed: pd.DataFrame) -> pd.DataFrame:
    """Rows in order of their key, a missing cell last; a key that occurs twice is refused.

    What stands in order already is not copied: the largest tables lie on disk.
    """
    keys = _keys(table, typed)
    after, same = _ascends(keys)
    if pc.all(pc.or_(after, same)).as_py() is False:
        typed = typed.take(pc.sort_indices(keys, [(k, "ascending") for k in keys.column_names]))
        _, same = _ascends(_keys(table, typed))
    if pc.any(same).as_py():
        row = typed.iloc[pc.index(same, True).as_py()]
        raise TableError(
            f"{table.name}: the key {list(table.key)} occurs twice: {_key(table, row)}"
        )
    return typed.reset_index(drop=True)


def _keys(table: Table, typed: pd.DataFrame) -> pa.Table:
    """The columns of the key; where cells are missing, whether one is stands before its column."""
    found = {}
    for name in table.key:
        column = pa.array(typed[name].array)
        if column.null_count:
            found[f"{name}?"] = column.is_null()
            column = column.fill_null("" if pa.types.is_large_string(column.type) else 0)
        found[name] = column
    return pa.table(found)


def _ascends(keys: pa.Table) -> tuple[Any, Any]:
    """Whether each row but the first comes after the one before it, and whether it is the same."""
    after, same = pa.scalar(False), pa.scalar(True)
    for column in keys.columns:
        one, next_ = column[:-1], column[1:]
        after = pc.or_(after, pc.and_(same, pc.less(one, next_)))
        same = pc.and_(same, pc.equal(one, next_))
    return after, same


def _key(table: Table, row: pd.Series) -> dict[str, object]:
    return {k: row[k] for k in table.key}


def empty(name: str) -> pd.DataFrame:
    """The table `name` without rows.

    >>> list(empty("origins").columns)
    ['claim_id', 'origin_id', 'how']
    """
    return check(name, pd.DataFrame({c: [] for c in TABLES[name].names}))


def from_rows(name: str, rows: list[dict[str, object]]) -> pd.DataFrame:
    """The table `name` from dictionaries; optional columns may be left out.

    >>> from_rows("origins", [{"claim_id": "a", "origin_id": "x", "how": "own"}]).shape
    (1, 3)
    """
    table = TABLES[name]
    data = {c.name: _typed([row.get(c.name) for row in rows], table, c) for c in table.columns}
    return check(name, pd.DataFrame(data))


def filtered(frame: pd.DataFrame, kept: np.ndarray) -> pd.DataFrame:
    """`frame[kept]`, a part at a time: pandas copies a whole column of text to take rows of it.

    >>> filtered(pd.DataFrame({"a": [1, 2, 3]}), np.array([True, False, True]))["a"].to_dict()
    {0: 1, 2: 3}
    """
    parts = (slice(at, at + _ROWS) for at in range(0, len(frame), _ROWS))
    found = [frame.iloc[part][kept[part]] for part in parts if kept[part].any()]
    return pd.concat(found) if found else frame.iloc[:0]


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as dictionaries, with None for every missing cell.

    >>> records(pd.DataFrame({"a": pd.array([1, None], dtype="Int64")}))
    [{'a': 1}, {'a': None}]
    """
    columns = []
    for _, told in frame.items():
        # A column at a time: cell by cell, pandas takes five times as long.
        cells = told.array
        text = isinstance(cells.dtype, pd.StringDtype)
        if text and len(cells) < _FEW:
            columns.append(pa.array(cells).to_pylist())
            continue
        if text:
            # Of equal texts, which are many in a large table, one object is kept.
            code, texts = pd.factorize(cells)
            column = np.append(texts.to_numpy(object), [None])[code]
        elif isinstance(cells.dtype, ExtensionDtype):
            column = cells.to_numpy(object, na_value=None)
        else:
            column = np.array(cells.astype(object), dtype=object)
            column[cells.isna()] = None
        columns.append(column.tolist())
    names = [str(name) for name in frame]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def check_vectors(vectors: np.ndarray, claims: pd.DataFrame) -> np.ndarray:
    """Return `vectors` if they fit `claims`: float32 (n_claims, dim), unit rows.

    Raises:
        TableError: another number of rows, another type, or rows not of unit length.
    """
    if vectors.ndim != 2 or len(vectors) != len(claims):
        raise TableError(
            f"vectors has {len(vectors)} rows but claims has {len(claims)}; "
            "encode the same claims table you cluster"
        )
    if vectors.dtype != np.float32:
        raise TableError(f"vectors is {vectors.dtype}; expected float32")
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))  # which copies nothing
    off = np.flatnonzero(np.abs(lengths - 1) > 1e-3)
    if len(off):
        raise TableError(
            f"vectors row {off[0]} has length {lengths[off[0]]:.4f}; expected 1 "
            "(normalise the rows you pass in)"
        )
    return vectors
