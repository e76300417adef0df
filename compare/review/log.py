"""`decisions.csv`: an append-only log that opens in a spreadsheet and reads back exactly."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from compare.errors import DecisionError, OutputError
from compare.review.decision import COLUMNS, Decision

NAME = "decisions.csv"
# A spreadsheet runs a cell that begins with one of these. An apostrophe before it says
# *this is text*; a cell that has apostrophes there already gets one more, so none is lost.
_FORMULA = tuple("=+-@＝＋－＠")


def _risky(cell: str) -> bool:
    return cell.lstrip("'").startswith(_FORMULA)


def written(decision: Decision) -> list[str]:
    """The cells of a row of the log.

    >>> written(Decision("2020-11-03", "=A1", "accept", "d:0-5"))[2:4]
    ["'=A1", 'accept']
    """
    cells = {"decision_id": decision.decision_id, **asdict(decision)}
    return ["'" + cells[c] if _risky(cells[c]) else cells[c] for c in COLUMNS]


def unescaped(cell: str) -> str:
    """A cell without the apostrophe that `written` puts before a formula.

    >>> unescaped("'=A1"), unescaped("'tis"), unescaped("''+1")
    ('=A1', "'tis", "'+1")
    """
    return cell[1:] if cell.startswith("'") and _risky(cell) else cell


def read_decisions(
    rows: pd.DataFrame | None,
) -> tuple[list[Decision], list[str]]:
    """The decisions of a log in order of time, and one line for each row that is none.

    Args:
        rows: the cells of `decisions.csv` as text, indexed by line number; columns may be
            missing, a `decision_id` may be empty. None is an empty log.

    Returns:
        Decisions by time, then line; the same row twice is one. Messages by line.

    >>> frame = pd.DataFrame({"when": ["2020-11-03", "x"], "who": "A", "action": "accept",
    ...                       "claim_id": "d:0-5"}, index=[2, 3])
    >>> [d.action for d in read_decisions(frame)[0]]
    ['accept']
    >>> read_decisions(frame)[1]
    ["line 3: when is 'x'; expected a time as 2020-11-03T09:30:00+04:30"]
    """
    found: dict[str, tuple[str, int, Decision]] = {}
    problems: list[str] = []
    records = [] if rows is None else rows.to_dict("records")
    numbers = [] if rows is None else rows.index.tolist()
    for line, cells in zip(numbers, records, strict=True):
        row = {str(k): unescaped(str(v)) for k, v in cells.items()}
        try:
            decision = Decision(**{c: row.get(c, "") for c in COLUMNS[1:]})
            given = row.get("decision_id", "").strip()
            if given and given != decision.decision_id:
                raise DecisionError(
                    f"decision_id {given!r} does not fit the row, which was altered; add a later "
                    "decision instead, or empty the cell to take the row as it now is"
                )
            found.setdefault(decision.decision_id, (decision.at, int(line), decision))
        except DecisionError as error:
            problems.append(f"line {line}: {error}")
    ordered = sorted(found.values(), key=lambda item: item[:2])
    return [decision for _, _, decision in ordered], problems


def load(case: Path) -> list[Decision]:
    """The decisions in the log of a case folder, [] where there is none.

    Raises:
        DecisionError: a row is malformed; the message has a line for each.
    """
    path = case / NAME
    if not path.is_file():
        return []
    text = path.read_text(encoding="utf-8-sig")
    reader = csv.DictReader(io.StringIO(text, newline=""))
    lines, rows = [], []
    for row in reader:
        lines.append(reader.line_num)
        rows.append({k: v or "" for k, v in row.items() if k})
    found, problems = read_decisions(pd.DataFrame(rows, index=lines))
    if problems:
        raise DecisionError(f"{path}: " + "\n".join(problems))
    return found


def append(case: Path, decisions: Sequence[Decision]) -> Path:
    """Add decisions at the end of the log of a case folder, all or none, and return its path.

    One write with O_APPEND, then a flush to disk: two reviewers who write at once lose
    nothing, and no earlier byte is touched.

    Raises:
        DecisionError: the log's columns are not ours, so that rows would land in the wrong ones.
        OutputError: it cannot be written.
    """
    path = case / NAME
    sink = io.StringIO(newline="")
    writer = csv.writer(sink, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    try:
        held = path.read_bytes() if path.exists() else b""
        if not held.strip():
            writer.writerow(COLUMNS)
        else:
            head = next(csv.reader(io.StringIO(held.decode("utf-8-sig"), newline="")))
            if tuple(name.strip().lower() for name in head) != COLUMNS:
                raise DecisionError(
                    f"{path} has the columns {head}; expected {list(COLUMNS)} in this order "
                    "before rows can be added"
                )
            if not held.endswith(b"\n"):
                sink.write("\r\n")
        writer.writerows(written(decision) for decision in decisions)
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
        handle = os.open(path, flags, 0o644)
        with os.fdopen(handle, "ab", buffering=0) as stream:
            stream.write(sink.getvalue().encode("utf-8"))
            os.fsync(stream.fileno())
    except (OSError, UnicodeDecodeError, StopIteration) as error:
        raise OutputError(f"cannot add to {path}: {error}") from error
    return path
