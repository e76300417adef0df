"""Readers of files: cases, a researcher's tables, manifests, exports."""

from __future__ import annotations

import csv
import io
import json
import random
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pandas as pd
from fragments import text_of
from variations import mutated, several

from compare.errors import CompareError, TableError
from compare.read import read_case
from compare.report import read_manifest
from compare.resolve.registry import registry
from compare.resolve.tenure import read_row
from compare.review.decision import COLUMNS
from compare.review.label_studio import from_label_studio
from compare.review.log import read_decisions, written
from compare.schema import ACTIONS, CAMPS, ROLES, STATUSES

FILES, ROWS = 64, 128
"""How many documents a case holds, each with its rows in its tables, and rows a table."""
_GOOD = "The ministry said that 12 people were killed."
_MANIFEST = b'{"format": 1, "case": "c", "inputs": {"a": "0"}, "outputs": {"b": "1"}}'
_EXPORT = (
    b'[{"data": {"document_id": "d", "text": "12 were killed."}, "annotations": [{"completed_by":'
    b' {"email": "a@b"}, "created_at": "2020-11-03T10:00:00Z", "result": [{"id": "1", "type": '
    b'"labels", "from_name": "l", "value": {"start": 0, "end": 14, "labels": ["content"]}}, '
    b'{"id": "1", "type": "choices", "from_name": "action", "value": {"start": 0, "end": 14, '
    b'"choices": ["reject"]}}]}]}]'
)


@cache
def _room() -> Path:
    return Path(mkdtemp(prefix="compare-fuzz-"))


def _cells(data: bytes, count: int) -> list[str]:
    part = len(data) // count
    return [text_of(data[n * part : (n + 1) * part]) for n in range(count)]


def _write(path: Path, rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    path.write_text(out.getvalue(), "utf-8", newline="")


def _folder(name: str) -> Path:
    """An empty case with one good document."""
    root = _room() / name
    (root / "documents").mkdir(parents=True, exist_ok=True)
    for old in (root / "documents").iterdir():
        old.unlink()
    (root / "documents" / "good.txt").write_text(_GOOD)
    return root


def case(data: bytes) -> None:
    """Cases with hostile documents, tables and settings are read, and every problem is a row."""
    parts = several(data, FILES, bytes)
    # A NUL anywhere refuses a whole table: such rows have tables of their own.
    for nul in (False, True):
        if some := [part for part in parts if ("\0" in text_of(part)) == nul]:
            _read_hostile(some)
    for part in parts:
        if part[0] < 8:
            root = _folder("settings")
            (root / "case.toml").write_text(text_of(part), "utf-8", newline="")
            with suppress(CompareError):
                read_case(root)


def _read_hostile(parts: list[bytes]) -> None:
    root = _folder("case")
    known = [["path", "publisher", "published"]]
    claims = [["document", "content", "source", "start", "published", "status"]]
    for n, part in enumerate(parts):
        cells = _cells(part, 3)
        front = f"---\n{cells[0]}\n---\n{cells[1]}" if n % 2 else f"---\n{text_of(part)}"
        (root / "documents" / f"{n}.md").write_bytes(front.encode())
        (root / "documents" / f"{n}.txt").write_text(_GOOD)
        known += [[f"{n}.txt", *cells[:2]], cells]
        status = random.Random(part).choice((*STATUSES, cells[2]))  # noqa: S311 - repeatable
        claims += [["", *cells, "", status], ["good.txt", "12 people", cells[0], cells[1][:3], ""],
                   [*cells, "", cells[2]]]  # fmt: skip
    _write(root / "documents.csv", known)
    _write(root / "claims.csv", claims)
    read = read_case(root)
    refused = read.problems.loc[read.problems["kind"] != "warning", "path"]
    names = {f"documents/{n}.{form}" for n in range(len(parts)) for form in ("md", "txt")}
    assert names <= {*read.documents["path"], *refused}
    texts = dict(zip(read.documents["document_id"], read.documents["text"], strict=True))
    if read.claims is not None:
        for row in read.claims.itertuples():
            assert texts[str(row.document_id)][int(row.start) : int(row.end)] == row.content


def tables(data: bytes) -> None:
    """A researcher's actors and decisions are read, or refused row by row."""
    lines = range(2, ROWS + 2)
    parts = several(data, ROWS, bytes)
    rows = [_actor_and_decision(n, part) for n, part in zip(lines, parts, strict=True)]
    actors = pd.DataFrame([actor for actor, _ in rows], index=lines)
    taken = [n for n, (actor, _) in zip(lines, rows, strict=True) if _is_taken(actor)]
    known = registry(actors.loc[taken]).by_id
    assert {name.strip() for name in actors["actor_id"].loc[taken]} <= set(known)
    if bad := sorted(set(lines) - set(taken)):
        # The first of the bad rows is the one that the table is refused for.
        assert f", line {bad[0]}" in _refusal(actors)
    found, refused = read_decisions(pd.DataFrame([row for _, row in rows], index=lines))
    assert len(found) + len(refused) == ROWS
    log = pd.DataFrame([dict(zip(COLUMNS, written(one), strict=True)) for one in found])
    assert read_decisions(log) == (found, [])


def _is_taken(actor: dict[str, str]) -> bool:
    try:
        read_row(actor, "")
    except TableError:
        return False
    return True


def _refusal(actors: pd.DataFrame) -> str:
    try:
        registry(actors)
    except TableError as error:
        return str(error)
    return ""


def _actor_and_decision(n: int, data: bytes) -> tuple[dict[str, str], dict[str, str]]:
    """A row of each; no two decisions have the same reason, as the same row twice is one."""
    cells = _cells(data, 4)
    draw = random.Random(data)  # noqa: S311 - repeatable, not secret
    actor = {
        "actor_id": cells[0], "actor": cells[1], "camp": draw.choice((*CAMPS, cells[2])),
        "role": draw.choice((*ROLES, cells[2])), "aliases": cells[3], "titles": cells[2],
    }  # fmt: skip
    decision = {
        "when": draw.choice(("2020-11-03T10:00", cells[0])), "who": cells[1],
        "action": draw.choice((*ACTIONS, cells[0])), "claim_id": cells[2], "quote": cells[3],
        "other_claim_id": draw.choice(("", cells[1])), "wording": cells[0],
        "field": draw.choice(("range", "camp", "killed", cells[3])),
        "new": draw.choice(("12-", "12", *CAMPS, cells[0])), "why": f"{cells[2]} {n}",
    }  # fmt: skip
    return actor, decision


def exchange(data: bytes) -> None:
    """A manifest and an annotation tool's export that were changed are used or refused."""
    path = _room() / "manifest.json"
    path.write_bytes(mutated(_MANIFEST, data))
    with suppress(CompareError):
        assert isinstance(read_manifest(_room())["case"], str)
    with suppress(CompareError, ValueError, RecursionError):  # no JSON never gets so far
        export = json.loads(mutated(_EXPORT, data))
        assert all(decision.who for decision in from_label_studio(export))
