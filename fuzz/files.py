"""Readers of files: documents, cases, a researcher's tables, manifests, exports."""

from __future__ import annotations

import atexit
import csv
import io
import json
import random
import zipfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pandas as pd
from fragments import text_of

from compare.errors import CompareError, DocumentError
from compare.read import read_case
from compare.read.sandbox import Sandbox
from compare.report import read_manifest
from compare.resolve.registry import registry
from compare.review.decision import COLUMNS
from compare.review.label_studio import from_label_studio
from compare.review.log import read_decisions, written
from compare.schema import ACTIONS, CAMPS, ROLES

SECONDS = 10.0
"""Longest time for one input; the driver holds every target to it."""
_MANIFEST = b'{"format": 1, "case": "c", "inputs": {"a": "0"}, "outputs": {"b": "1"}}'
_EXPORT = (
    b'[{"data": {"document_id": "d", "text": "12 were killed."}, "annotations": [{"completed_by":'
    b' {"email": "a@b"}, "created_at": "2020-11-03T10:00:00Z", "result": [{"id": "1", "type": '
    b'"labels", "from_name": "l", "value": {"start": 0, "end": 14, "labels": ["content"]}}, '
    b'{"id": "1", "type": "choices", "from_name": "action", "value": {"start": 0, "end": 14, '
    b'"choices": ["reject"]}}]}]}]'
)


def mutated(seed: bytes, data: bytes) -> bytes:
    """`seed` with bytes of `data` written over it, put into it, or parts cut from it."""
    made, draw = bytearray(seed), random.Random(data)  # noqa: S311 - repeatable, not secret
    for byte in data[:40]:
        at = draw.randrange(len(made) + 1)
        if byte < 90:
            made[at : at + 1] = bytes([draw.randrange(256)])
        elif byte < 160:
            made[at:at] = data[: draw.randrange(20)]
        elif byte < 210:
            del made[at : at + draw.randrange(30)]
        else:
            made[at:at] = made[draw.randrange(len(made) + 1) :][: draw.randrange(200)]
    return bytes(made)


@cache
def _seeds() -> dict[str, bytes]:
    import docx

    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph("The ministry said that 12 people had been killed.")
    document.add_table(2, 2).cell(0, 0).text = "Nawa"
    document.save(out)
    stream = b"BT /F1 12 Tf 50 700 Td (The ministry said 12 were killed.) Tj ET"
    pdf = (
        b"%%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>\nendobj\n"
        b"4 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n"
        b"5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n"
        b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n0\n%%%%EOF\n" % (len(stream), stream)
    )
    html = (
        b"<!doctype html><html lang=en><head><meta charset=utf-8><title>T</title></head><body>"
        b"<article><h1>T</h1><p>The ministry said that 12 people had been killed in Nawa.</p>"
        b"<table><tr><td>1<td>2</table></article></body></html>"
    )
    return {"docx": out.getvalue(), "pdf": pdf, "html": html}


def _docx_part(data: bytes) -> bytes:
    # Damage inside the zip: most damage to the zip itself ends in its checksum.
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(_seeds()["docx"])) as seed,
        zipfile.ZipFile(out, "w") as made,
    ):
        for name in seed.namelist():
            part = seed.read(name)
            hurt = name in ("word/document.xml", "docProps/core.xml", "[Content_Types].xml")
            made.writestr(name, mutated(part, data) if hurt else part)
    return out.getvalue()


@cache
def _room() -> Path:
    return Path(mkdtemp(prefix="compare-fuzz-"))


@cache
def _sandbox() -> Sandbox:
    sandbox = Sandbox(memory=2 * 2**30)
    atexit.register(sandbox.__exit__, None, None, None)
    return sandbox


def outside(data: bytes) -> None:
    """A damaged HTML, PDF or DOCX gives text or one error of ours, never ends the parent."""
    form = ("html", "pdf", "docx", "docx")[data[0] % 4] if data else "html"
    made = _docx_part(data) if data[:1] and data[0] % 4 == 3 else mutated(_seeds()[form], data)
    path = _room() / f"x.{form}"
    path.write_bytes(made)
    with suppress(DocumentError):
        found = _sandbox().read(path, form, "", seconds=SECONDS, processor=SECONDS)
        assert isinstance(found["text"], str)


def case(data: bytes) -> None:
    """A case with hostile tables and metadata is read, and every problem is a row."""
    root = _room() / "case"
    (root / "documents").mkdir(parents=True, exist_ok=True)
    (root / "documents" / "good.txt").write_text("The ministry said that 12 people were killed.")
    third = len(data) // 3
    cells = [text_of(data[:third]), text_of(data[third : 2 * third]), text_of(data[-third:])]
    out = io.StringIO()
    csv.writer(out).writerows([["path", "publisher", "published"], ["good.txt", *cells[:2]], cells])
    (root / "documents.csv").write_text(out.getvalue(), "utf-8", newline="")
    out = io.StringIO()
    csv.writer(out).writerows(
        [["document", "content", "source", "start", "published"], ["", *cells, ""],
         ["good.txt", "12 people", cells[0], cells[1][:3], ""], [*cells, "", cells[2]]]
    )  # fmt: skip
    (root / "claims.csv").write_text(out.getvalue(), "utf-8", newline="")
    (root / "case.toml").write_text(cells[2] if data[:1] < b"\x08" else "", "utf-8", newline="")
    (root / "documents" / "x.md").write_bytes(b"---\n" + text_of(data).encode())
    with suppress(CompareError):
        read = read_case(root)
        texts = dict(zip(read.documents["document_id"], read.documents["text"], strict=True))
        if read.claims is not None:
            for row in read.claims.itertuples():
                part = texts[str(row.document_id)][int(row.start) : int(row.end)]
                assert part == row.content


def tables(data: bytes) -> None:
    """A researcher's actors and decisions are read, or refused row by row."""
    quarter = len(data) // 4
    cells = [text_of(data[n * quarter : (n + 1) * quarter]) for n in range(4)]
    draw = random.Random(data)  # noqa: S311 - repeatable, not secret
    actors = pd.DataFrame(
        [{"actor_id": cells[0], "actor": cells[1], "camp": draw.choice((*CAMPS, cells[2])),
          "role": draw.choice((*ROLES, cells[2])), "aliases": cells[3], "titles": cells[2]}]
    )  # fmt: skip
    with suppress(CompareError):
        registry(actors)
    row = {
        "when": draw.choice(("2020-11-03T10:00", cells[0])), "who": cells[1],
        "action": draw.choice((*ACTIONS, cells[0])), "claim_id": cells[2], "quote": cells[3],
        "other_claim_id": cells[1], "field": draw.choice(("range", "camp", "killed", cells[3])),
        "new": draw.choice(("12-", *CAMPS, cells[0])), "why": cells[2],
    }  # fmt: skip
    found, refused = read_decisions(pd.DataFrame([row], index=[2]))
    assert len(found) + len(refused) == 1
    for decision in found:
        log = pd.DataFrame([dict(zip(COLUMNS, written(decision), strict=True))])
        assert read_decisions(log) == ([decision], [])


def exchange(data: bytes) -> None:
    """A manifest and an annotation tool's export that were changed are used or refused."""
    path = _room() / "manifest.json"
    path.write_bytes(mutated(_MANIFEST, data))
    with suppress(CompareError):
        assert isinstance(read_manifest(_room())["case"], str)
    with suppress(CompareError, ValueError, RecursionError):  # no JSON never gets so far
        export = json.loads(mutated(_EXPORT, data))
        assert all(decision.who for decision in from_label_studio(export))
