"""Tables as Parquet, CSV and a workbook, the same bytes each time."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from compare.report.files import write
from compare.schema import INT, REAL, TABLES, TIME, Column
from compare.view import Comparison
from compare.view.visible import visible

CSV_TABLES = ("claims", "judgements", "discrepancies")
SHEETS = (
    "discrepancies", "revisions", "judgements", "claims", "sources", "values", "assertions",
    "when_where", "events", "origins", "documents", "problems",
    "decisions",
)  # fmt: skip
CELL_LIMIT = 32_767
SHEET_ROWS = 20_000
"""Rows of a table that a sheet has; where there are more, its last row says where they are."""
_AT_ONCE = 1 << 14
"""Rows of CSV that are made at a time."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
# A spreadsheet runs a cell that begins with one of these, and their full-width forms.
_FORMULA = tuple("=+-@\t\r\n\x00＝＋－＠")
_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NUMBER = re.compile(r"[+-]?\d{1,30}(?:\.\d{1,30})?(?:[eE][+-]?\d{1,4})?")


def neutral(text: str) -> str:
    """`text` as a spreadsheet will leave it alone; numbers stay numbers.

    An apostrophe before the text is what spreadsheets themselves use to say
    *this is text*. NUL, which cuts a cell short in many readers, is shown.

    >>> neutral("=1+1"), neutral("-5"), neutral("@who"), neutral("a=b"), neutral("a\\x00")
    ("'=1+1", '-5', "'@who", 'a=b', 'a[U+0000]')
    """
    risky = text.startswith(_FORMULA) and not _NUMBER.fullmatch(text)
    return ("'" if risky else "") + text.replace("\x00", "[U+0000]")


def tables_of(comparison: Comparison) -> dict[str, pd.DataFrame]:
    """Every table of the schema in its order."""
    return {name: getattr(comparison, name) for name in TABLES}


def parquet(frame: pd.DataFrame) -> bytes:
    """The table as Parquet: zstd, one row group order, no pandas or time stamp metadata."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pandas(frame, preserve_index=False)
    fields = [
        pa.field(f.name, pa.string() if pa.types.is_large_string(f.type) else f.type)
        for f in table.schema
    ]
    sink = io.BytesIO()
    pq.write_table(
        table.cast(pa.schema(fields)), sink, compression="zstd", compression_level=9,
        store_schema=False, version="2.6",
    )  # fmt: skip
    return sink.getvalue()


def vectors_parquet(claims: pd.DataFrame, vectors: np.ndarray) -> bytes:
    """claim_id and its float32 vector as a fixed-size list, in the order of claims."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    dim = int(vectors.shape[1]) if vectors.ndim == 2 else 0
    flat = pa.array(np.ascontiguousarray(vectors, dtype=np.float32).ravel(), pa.float32())
    table = pa.table(
        {
            "claim_id": pa.array(claims["claim_id"].tolist(), pa.string()),
            "vector": pa.FixedSizeListArray.from_arrays(flat, max(dim, 1)),
        }
    )
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd", compression_level=9)
    return sink.getvalue()


def _text(value: Any) -> str:
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    if isinstance(value, pd.Timestamp):
        at_midnight = value == value.normalize()
        return value.strftime("%Y-%m-%d" if at_midnight else "%Y-%m-%dT%H:%M:%S")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def csv_parts(name: str, frame: pd.DataFrame) -> Iterator[bytes]:
    """The table as UTF-8 CSV (RFC 4180), formulas neutralised, missing cells empty; in parts."""
    text = {c.name: c.dtype not in (INT, REAL, TIME) for c in TABLES[name].columns}
    for at in range(0, max(len(frame), 1), _AT_ONCE):
        sink = io.StringIO(newline="")
        writer = csv.writer(sink, lineterminator="\r\n")
        if not at:
            writer.writerow(list(frame.columns))
        for row in frame.iloc[at : at + _AT_ONCE].itertuples(index=False, name=None):
            cells = zip(frame.columns, map(_text, row), strict=True)
            writer.writerow([neutral(cell) if text[column] else cell for column, cell in cells])
        yield sink.getvalue().encode("utf-8")


def _cells(columns: Iterable[Column], row: Iterable[Any]) -> list[Any]:
    cells: list[Any] = []
    for column, value in zip(columns, row, strict=True):
        if value is None or pd.isna(value):
            cells.append(None)
        elif column.dtype == INT:
            cells.append(int(value))
        elif column.dtype == REAL:
            cells.append(int(value) if float(value).is_integer() else float(value))
        elif column.dtype == TIME:
            cells.append(pd.Timestamp(value).to_pydatetime())
        elif isinstance(value, bool | np.bool_):
            cells.append(bool(value))
        else:
            # A workbook reads `_x202E_` as that character; `_x005F_` stands for the underscore.
            shown = _CODE.sub("_x005F_", visible(str(value)))
            cut = " … [cut; whole in tables/*.parquet]"
            cells.append(shown if len(shown) <= CELL_LIMIT else shown[: CELL_LIMIT - 60] + cut)
    return cells


def workbook(tables: dict[str, pd.DataFrame]) -> bytes:
    """One sheet a table with frozen headers; text is text, never a formula."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    wrap, bold = Alignment(wrap_text=True, vertical="top"), Font(bold=True)
    for name in SHEETS:
        sheet = book.create_sheet(name)
        # The texts are in documents.parquet, whole; most are too long for a cell.
        columns = [c for c in TABLES[name].columns if (name, c.name) != ("documents", "text")]
        whole = tables[name][[c.name for c in columns]]
        frame = whole.head(SHEET_ROWS)
        sheet.freeze_panes = "B2"
        for at, column in enumerate(frame.columns, start=1):
            longest = max((len(_text(value)) for value in frame[column].tolist()), default=0)
            width = min(max(len(str(column)), longest, 6) + 2, 60)
            sheet.column_dimensions[get_column_letter(at)].width = width
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(frame.columns))}{len(frame) + 1}"
        header = []
        for column in frame.columns:
            cell = WriteOnlyCell(sheet, str(column))
            cell.font, cell.alignment = bold, wrap
            header.append(cell)
        sheet.append(header)
        for row in frame.itertuples(index=False, name=None):
            written = []
            for value in _cells(columns, row):
                cell = WriteOnlyCell(sheet, value)
                if isinstance(value, str):
                    # openpyxl makes a formula of any text that begins with "=".
                    cell.data_type = "s"
                    cell.quotePrefix = value.startswith(_FORMULA)
                    cell.alignment = wrap
                written.append(cell)
            sheet.append(written)
        if len(frame) < len(whole):
            more = len(whole) - len(frame)
            sheet.append([f"… {more:,} more rows in tables/{name}.parquet"])
    sink = io.BytesIO()
    book.save(sink)
    book.close()
    return repack(sink.getvalue())


def repack(data: bytes) -> bytes:
    """An Office file with every time in it set to one constant, members sorted."""
    times = re.compile(rb"(<dcterms:(created|modified)[^>]{0,200}>)[^<]{0,40}(</dcterms)")
    sink = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as new,
    ):
        # The content types come first, as readers of Office files expect.
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            body = old.read(name)
            if name == "docProps/core.xml":
                body = times.sub(rb"\g<1>1980-01-01T00:00:00Z\g<3>", body)
            info = zipfile.ZipInfo(name, date_time=_EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, body)
    return sink.getvalue()


def write_tables(comparison: Comparison, out: Path) -> list[Path]:
    """Write every table, and return the paths in the order written.

    `tables/<name>.parquet` for every table, `tables/vectors.parquet`,
    `claims.csv`, `judgements.csv`, `discrepancies.csv`, `discrepancies.xlsx`.

    Args:
        comparison: the tables.
        out: folder to write in, made if it is not there.

    Raises:
        OutputError: a file cannot be written, or would lie outside `out`.
    """
    tables = tables_of(comparison)
    written = [write(out, f"tables/{name}.parquet", parquet(t)) for name, t in tables.items()]
    vectors = vectors_parquet(comparison.claims, comparison.vectors)
    written.append(write(out, "tables/vectors.parquet", vectors))
    written += [write(out, f"{name}.csv", csv_parts(name, tables[name])) for name in CSV_TABLES]
    written.append(write(out, "discrepancies.xlsx", workbook(tables)))
    return written
