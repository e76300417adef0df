"""The report as a PDF, set by Typst from data; no outside word is read as markup."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from compare.errors import OutputError
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
from compare.view import Comparison
from compare.view.evidence import Quote, safe_url
from compare.view.labels import CAMP, CAUSE, MARK, VERDICT, VERDICT_ABOUT, day, plural
from compare.view.positions import Event, Position
from compare.view.reasons import SLIP
from compare.view.visible import one_line, visible

TEMPLATE = Path(__file__).parent.parent / "data" / "report" / "report.typ"


def _quotation(q: Quote) -> dict[str, Any]:
    told = [f"{q.publisher}, {day(q.published)}", q.title, f"{q.kind}, {q.status}",
            f"{q.document_id} characters {q.start}–{q.end}"]  # fmt: skip
    return {
        "pieces": [{"text": visible(p.text).replace("\n", " "), "marks": p.marks}
                   for p in q.pieces],
        "told": one_line(". ".join(t for t in told if t)),
        "link": safe_url(q.url),
    }  # fmt: skip


def _row(p: Position, parts: Content) -> dict[str, Any]:
    facts = [
        f"{MARK[p.verdict]} {VERDICT[p.verdict]}", CAUSE[p.cause] if p.cause else "", p.between,
        "reviewed" if p.row["reviewed"] else "",
        plural(p.row["n_outlets"], "outlet"), plural(p.row["n_speakers"], "speaker"),
        plural(p.row["n_independent"], "independent origin"), p.range,
    ]  # fmt: skip
    chart = parts.charts.get(p.number)
    return {
        "question": one_line(p.question + (f", {p.place}" if p.place else "")),
        "facts": one_line(" · ".join(f for f in facts if f)),
        "reasons": [{"text": one_line(r), "slip": r.startswith(SLIP)} for r in p.reasons],
        "chart": None if chart is None else {"svg": chart.svg(), "alt": chart.alt},
        "silent": ", ".join(CAMP[c] for c in p.silent),
        "sides": [
            {
                "camp": CAMP[side.camp],
                "statements": [
                    {
                        "says": one_line(s.says), "reads": one_line(s.reads_as),
                        "who": one_line(", ".join(dict.fromkeys(
                            x for x in (s.actor, s.organisation) if x)) + f" ({s.role})"),
                        "quotes": [_quotation(q) for q in s.quotes],
                    }
                    for s in side.statements
                ],
            }
            for side in p.sides
        ],
    }  # fmt: skip


def _event(e: Event) -> dict[str, Any]:
    rows = []
    for p in e.positions:
        said = {side.camp: side.statements for side in p.sides}
        cells = [one_line("; ".join(f"{s.says} ({s.actor})" for s in said.get(c, ())))
                 for c in e.camps]  # fmt: skip
        place = f", {p.place}" if p.place and p.place != e.place else ""
        reviewed = " (reviewed)" if p.row["reviewed"] else ""
        rows.append({"question": one_line(f"{MARK[p.verdict]} {p.question}{place}{reviewed}"),
                     "cells": cells})  # fmt: skip
    return {"title": one_line(e.title), "abreast": len(e.camps) <= ABREAST,
            "camps": [CAMP[c] for c in e.camps], "rows": rows,
            "silent": ", ".join(CAMP[c] for c in e.silent)}  # fmt: skip


def pdf_data(parts: Content) -> dict[str, Any]:
    """What the Typst template shows, as plain JSON values."""
    return {
        "title": one_line(parts.title),
        "summary": f"{parts.summary}, published {parts.period}." if parts.period else parts.summary,
        "tally": [{"verdict": v, "count": str(n), "label": f"{MARK[v]} {VERDICT[v]}"}
                  for v, n in parts.verdicts.items()],
        "parts": [
            {"verdict": v, "title": f"{MARK[v]} {VERDICT[v]}", "about": VERDICT_ABOUT[v],
             "rows": [_row(p, parts) for p in parts.positions if p.verdict == v]}
            for v, n in parts.verdicts.items() if n
        ],
        "events": [_event(e) for e in parts.events],
        "reviewed": parts.reviewed,
        "decisions": [[one_line(cell) for cell in row] for row in parts.decisions],
        "sensitivity": parts.sensitivity,
        "moves": [[one_line(cell) for cell in row] for row in parts.moves],
        "heads": {"moves": MOVES, "decisions": DECISIONS},
        "files": [[one_line(path), digest] for path, digest in parts.files],
        "models": [[one_line(cell) for cell in row] for row in parts.models],
        "packages": [list(pair) for pair in parts.packages],
        "problems": [one_line(f"{p['path']} ({p['kind']}): {p['message']}")
                     for p in parts.problems],
        "judges": [[name, [one_line(p) for p in text.split("\n\n")]]
                   for name, text in parts.judges],
        "limits": LIMITS,
        "settings": [[name, one_line(value)] for name, value in parts.settings],
        "documents": [
            {"name": one_line(f"{d['publisher']}: {d['title']}" if d["title"] else d["publisher"]),
             "told": one_line(f"{day(d['published'])}, {d['path']}"),
             "link": safe_url(d["url"] or ""), "sha256": d["sha256"],
             "file": d["file_sha256"]}
            for d in parts.documents
        ],
    }  # fmt: skip


def pdf_bytes(parts: Content) -> bytes:
    """The parts of a report as a PDF without a time stamp.

    Raises:
        OutputError: Typst refuses; the message carries its own words.
    """
    import typst

    data = json.dumps(pdf_data(parts), ensure_ascii=False)
    try:
        pdf: bytes = typst.compile(
            TEMPLATE.read_bytes(), format="pdf", sys_inputs={"data": data}, timestamp=0
        )
    except (RuntimeError, ValueError) as error:
        raise OutputError(f"Typst could not set the report: {str(error)[:400]}") from error
    return pdf


def write_pdf(comparison: Comparison, out: Path, *, background: Background = UNKNOWN) -> Path:
    """Write `report.pdf` in `out`, and return its path.

    Raises:
        OutputError: it cannot be set or written.
    """
    return write(out, "report.pdf", pdf_bytes(content(comparison, background)))
