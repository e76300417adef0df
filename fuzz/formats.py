"""Damaged HTML, PDF and DOCX, read here, where coverage leads, and in the child process."""

from __future__ import annotations

import atexit
import io
import zipfile
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from variations import mutated

from compare.errors import DocumentError
from compare.read.child import answer
from compare.read.sandbox import Sandbox

SECONDS = 10.0
"""Longest time for one input; the driver holds every target to it."""
_HURT = ("word/document.xml", "docProps/core.xml", "[Content_Types].xml")


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


@cache
def _docx_apart() -> tuple[bytes, dict[str, bytes]]:
    """The seed without the parts that are damaged, and those."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(_seeds()["docx"])) as seed,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in seed.namelist():
            if name not in _HURT:
                made.writestr(name, seed.read(name))
        return out.getvalue(), {name: seed.read(name) for name in _HURT}


def _docx_part(data: bytes) -> bytes:
    # Damage inside the zip: most damage to the zip itself ends in its checksum.
    whole, parts = _docx_apart()
    out = io.BytesIO(whole)
    with zipfile.ZipFile(out, "a") as made:
        for name, part in parts.items():
            made.writestr(name, mutated(part, data))
    return out.getvalue()


def _damaged(data: bytes) -> tuple[bytes, str]:
    """A file's bytes and its form."""
    form = ("html", "pdf", "docx", "docx")[data[0] % 4] if data else "html"
    inside = data[:1] and data[0] % 4 == 3
    return _docx_part(data) if inside else mutated(_seeds()[form], data), form


@cache
def _file() -> Path:
    return Path(mkdtemp(prefix="compare-fuzz-")) / "file"


@cache
def _sandbox() -> Sandbox:
    sandbox = Sandbox(memory=2 * 2**30)
    atexit.register(sandbox.__exit__, None, None, None)
    return sandbox


def outside(data: bytes) -> None:
    """A damaged HTML, PDF or DOCX gives text, or one error that names the form."""
    made, form = _damaged(data)
    found = answer(made, form, "")
    assert all(isinstance(v, str) for v in found.values())
    assert ("error" in found) != ("text" in found)


def sandbox(data: bytes) -> None:
    """The child process gives what the parser gives here, or an error of ours; it ends nobody."""
    made, form = _damaged(data)
    _file().write_bytes(made)
    try:
        found = _sandbox().read(_file(), form, "", seconds=SECONDS, processor=SECONDS)
    except DocumentError:
        return
    assert found == answer(made, form, "")
