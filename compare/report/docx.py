"""The report as a Word document, the same bytes each time."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from compare.report.content import (
    ABREAST,
    DECISIONS,
    LIMITS,
    MOVES,
    UNKNOWN,
    Background,
    Content,
    content,
)
from compare.report.files import write
from compare.report.sheets import repack
from compare.view import Comparison
from compare.view.evidence import Quote
from compare.view.labels import CAMP, CAUSE, MARK, VERDICT, VERDICT_ABOUT, day, plural
from compare.view.positions import Event, Position
from compare.view.reasons import SLIP
from compare.view.visible import one_line, visible


def _quotation(document: Any, q: Quote) -> None:
    paragraph = document.add_paragraph(style="Quote")
    for piece in q.pieces:
        run = paragraph.add_run(visible(piece.text).replace("\n", " "))
        run.italic = "source" in piece.marks or "cue" in piece.marks
        if "figure" in piece.marks:
            # Bold and underlined, so that it does not rest on colour.
            run.bold = run.underline = True
    told = [f"{q.publisher}, {day(q.published)}", q.title, q.url, f"{q.kind}, {q.status}",
            f"{q.document_id} characters {q.start}–{q.end}"]  # fmt: skip
    note = document.add_paragraph(style="Caption")
    note.add_run(one_line(". ".join(t for t in told if t)))


def _row(document: Any, p: Position) -> None:
    place = f", {p.place}" if p.place else ""
    document.add_heading(one_line(f"{MARK[p.verdict]} {p.question}{place}"), 2)
    facts = [
        VERDICT[p.verdict], CAUSE[p.cause] if p.cause else "", p.between,
        "reviewed" if p.row["reviewed"] else "",
        plural(p.row["n_outlets"], "outlet"), plural(p.row["n_speakers"], "speaker"),
        plural(p.row["n_independent"], "independent origin"), p.range,
    ]  # fmt: skip
    document.add_paragraph("; ".join(f for f in facts if f) + ".")
    for reason in p.reasons:
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.add_run(one_line(reason)).bold = reason.startswith(SLIP)
    for side in p.sides:
        document.add_heading(CAMP[side.camp], 3)
        for s in side.statements:
            paragraph = document.add_paragraph()
            paragraph.add_run(one_line(s.actor)).bold = True
            body = f", {s.organisation}" if s.organisation not in ("", s.actor) else ""
            read = f" ({s.reads_as})" if s.reads_as else ""
            paragraph.add_run(one_line(f"{body} ({s.role}): {s.says}{read}").replace(" ,", ","))
            for q in s.quotes:
                _quotation(document, q)
    if p.silent:
        names = ", ".join(CAMP[c] for c in p.silent)
        document.add_paragraph(f"Silent on this: {names}. Silence is not agreement.")


def _table(document: Any, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=1, cols=len(header), style="Light Grid Accent 1")
    for cell, text in zip(table.rows[0].cells, header, strict=True):
        cell.text = text
    # Word repeats a row so marked on every page, and reads it out as the header.
    from docx.oxml import OxmlElement

    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = one_line(text)


def _event(document: Any, e: Event) -> None:
    document.add_heading(one_line(e.title), 2)
    rows = []
    for p in e.positions:
        said = {side.camp: side.statements for side in p.sides}
        cells = [
            "; ".join(f"{s.says} ({s.actor})" for s in said.get(c, ())) or "silent" for c in e.camps
        ]
        place = f", {p.place}" if p.place and p.place != e.place else ""
        reviewed = " (reviewed)" if p.row["reviewed"] else ""
        rows.append([f"{MARK[p.verdict]} {p.question}{place}{reviewed}", *cells])
    if len(e.camps) <= ABREAST:
        _table(document, ["Question", *(CAMP[c] for c in e.camps)], rows)
    else:
        stacked = []
        for question, *cells in rows:
            told = [[CAMP[c], cell] for c, cell in zip(e.camps, cells, strict=True)]
            quiet = ", ".join(camp for camp, cell in told if cell == "silent")
            told = [pair for pair in told if pair[1] != "silent"]
            told += [["silent", quiet]] if quiet else []
            stacked += [[question if not n else "", *pair] for n, pair in enumerate(told)]
        _table(document, ["Question", "Who", "Says"], stacked)
    if e.silent:
        names = ", ".join(CAMP[c] for c in e.silent)
        document.add_paragraph(f"Silent throughout: {names}.")


def docx_bytes(parts: Content) -> bytes:
    """The parts of a report as a .docx file, in reading order."""
    from docx import Document
    from docx.shared import Inches

    document = Document()
    # A style is looked up by name for every paragraph; once is enough for all of one name.
    part: Any = document.part
    part.get_style_id = lru_cache(maxsize=None)(part.get_style_id)
    document.core_properties.author = "compare"
    document.core_properties.title = one_line(parts.title)[:250]
    document.add_heading(one_line(parts.title), 0)
    tally = "; ".join(f"{n} {VERDICT[v].lower()}" for v, n in parts.verdicts.items())
    document.add_paragraph(f"{parts.summary}. {tally}.")
    document.add_paragraph(parts.reviewed)
    document.add_paragraph("Agreement is not truth, and documented is not total.")
    for verdict, count in parts.verdicts.items():
        if not count:
            continue
        document.add_heading(f"{MARK[verdict]} {VERDICT[verdict]}", 1)
        document.add_paragraph(VERDICT_ABOUT[verdict])
        for p in parts.positions:
            if p.verdict != verdict:
                continue
            _row(document, p)
            if p.number in parts.charts:
                chart = parts.charts[p.number]
                document.add_picture(io.BytesIO(chart.png()), width=Inches(6))
                shape = document.inline_shapes[-1]._inline.docPr
                shape.set("descr", chart.alt)
    document.add_heading("Events", 1)
    for e in parts.events:
        _event(document, e)
    if parts.decisions:
        document.add_heading("Decisions of reviewers", 1)
        _table(document, DECISIONS, parts.decisions)
    if parts.problems:
        document.add_heading("Problems with the documents", 1)
        rows = [[p["path"], p["kind"], p["message"]] for p in parts.problems]
        _table(document, ["File", "Kind", "What was found"], rows)
    document.add_heading("Method", 1)
    for name, text in parts.judges:
        document.add_heading(name, 2)
        for paragraph in text.split("\n\n"):
            document.add_paragraph(one_line(paragraph))
    document.add_heading("Limits", 1)
    for limit in LIMITS:
        document.add_paragraph(limit, style="List Bullet")
    document.add_heading("Sensitivity", 1)
    document.add_paragraph(parts.sensitivity)
    if parts.moves:
        _table(document, MOVES, parts.moves)
    document.add_heading("Settings", 1)
    _table(document, ["Setting", "Value"], parts.settings)
    document.add_heading("Documents", 1)
    rows = [
        [f"{d['publisher']} {d['title'] or ''}", day(d["published"]), d["path"], d["url"] or "",
         f"text {d['sha256']}" + (f" file {d['file_sha256']}" if d["file_sha256"] else "")]
        for d in parts.documents
    ]  # fmt: skip
    _table(document, ["Publisher, title", "Published", "File", "Address", "sha256"], rows)
    document.add_heading("Provenance", 1)
    if parts.models:
        _table(document, ["Use", "Model", "sha256"], parts.models)
    if parts.files:
        _table(document, ["Other file of the case", "sha256"], parts.files)
    document.add_paragraph(", ".join(f"{name} {version}" for name, version in parts.packages))
    sink = io.BytesIO()
    document.save(sink)
    return repack(sink.getvalue())


def write_docx(comparison: Comparison, out: Path, *, background: Background = UNKNOWN) -> Path:
    """Write `report.docx` in `out`, and return its path.

    Raises:
        OutputError: it cannot be written.
    """
    return write(out, "report.docx", docx_bytes(content(comparison, background)))
