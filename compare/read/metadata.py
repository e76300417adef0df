"""What is known about a document: YAML front matter and `documents.csv`."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import UTC, date, datetime

from compare.errors import DocumentError

FIELDS = ("publisher", "published", "url", "title", "language", "note")
_LONGEST = 64_000
"""Characters of front matter; more is not metadata."""


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """The metadata and the body of a text that may begin with YAML between `---` lines.

    Leading blank lines of the body are not part of it. Values stay text:
    only plain scalars are taken, so nothing in YAML can build an object.

    Raises:
        DocumentError: the block is not closed, is not YAML, or is not a flat mapping.

    >>> split_front_matter("---\\npublisher: AT News\\n---\\n\\nKABUL: ...")
    ({'publisher': 'AT News'}, 'KABUL: ...')
    >>> split_front_matter("No front matter.")
    ({}, 'No front matter.')
    """
    if not text.startswith("---\n"):
        return {}, text
    end = text.find("\n---\n", 3)
    if end < 0 and text.endswith("\n---"):
        end = len(text) - 4
    if end < 0 or end > _LONGEST:
        raise DocumentError(
            "front matter opens with '---' on line 1 but no closing '---' line follows "
            f"within {_LONGEST} characters; close it or remove the first line"
        )
    return _flat_yaml(text[4 : end + 1]), text[end + 5 :].lstrip("\n")


def _flat_yaml(block: str) -> dict[str, str]:
    import yaml

    try:
        found = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506 - builds text only
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise DocumentError(
            f"front matter is not YAML: {reason}; quote values that hold ': ' or '#'"
        ) from error
    if found in (None, ""):
        return {}
    if not isinstance(found, dict) or not all(
        isinstance(k, str) and isinstance(v, str) for k, v in found.items()
    ):
        raise DocumentError(
            f"front matter must be plain `name: value` lines with names such as {', '.join(FIELDS)}"
        )
    return {k.strip().lower(): v.strip() for k, v in found.items() if v.strip()}


def read_rows(text: str) -> list[tuple[int, dict[str, str]]]:
    """The rows of a CSV with a header, each with its line number; a byte order mark is fine.

    Cells are separated by commas, or by semicolons or tabs where the header holds no comma.

    Raises:
        DocumentError: no header, a repeated column, or a row with more cells than columns.

    >>> read_rows("path,publisher\\na.md,AT News\\n")
    [(2, {'path': 'a.md', 'publisher': 'AT News'})]
    """
    text = text.lstrip("\ufeff")
    header_line = text.partition("\n")[0]
    mark = next((c for c in ",;\t" if c in header_line), ",")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=mark)
    rows: list[tuple[int, dict[str, str]]] = []
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        if not any(header) or len(set(header)) != len(header):
            raise DocumentError(f"line 1 should name each column once; it holds {header}")
        for cells in reader:
            if not any(cells):
                continue
            if len(cells) > len(header):
                raise DocumentError(
                    f"line {reader.line_num} has {len(cells)} cells but the header has "
                    f"{len(header)}; quote cells that hold {mark!r}"
                )
            rows.append((reader.line_num, dict(zip(header, cells, strict=False))))
    except csv.Error as error:
        raise DocumentError(f"line {reader.line_num} is not CSV: {error}") from error
    return rows


def published(value: str) -> datetime:
    """A publication date in ISO 8601, as a naive time in UTC.

    Raises:
        DocumentError: another form, or a date that does not exist.

    >>> published("2020-10-17")
    datetime.datetime(2020, 10, 17, 0, 0)
    >>> published("2020-10-17T02:00:00+04:30")
    datetime.datetime(2020, 10, 16, 21, 30)
    """
    try:
        if len(value) <= 10:
            return datetime.combine(date.fromisoformat(value), datetime.min.time())
        moment = datetime.fromisoformat(value)
        return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    except (ValueError, OverflowError) as error:
        raise DocumentError(
            f"published is {value[:40]!r}; expected a date as 2020-10-17 or a time as "
            "2020-10-17T18:30:00+04:30"
        ) from error


def merge(*sources: Mapping[str, str]) -> dict[str, str]:
    """One metadata mapping; a later source fills only what earlier ones leave out.

    >>> merge({"title": "A"}, {"title": "B", "url": "u"})
    {'title': 'A', 'url': 'u'}
    """
    merged: dict[str, str] = {}
    for source in sources:
        for name, value in source.items():
            if name in FIELDS and value and name not in merged:
                merged[name] = value
    return merged
