"""The report as Markdown (CommonMark with tables), outside words escaped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from compare.report.content import (
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
from compare.view.visible import one_line, visible

# What CommonMark and its common dialects read as markup inside a line, and at its start.
_INLINE = re.compile(r"[\\`*_\[\]|~$^]")
_START = re.compile(r"(\d{0,9})([#+\-=.)])")
# Entities open no HTML, make no address of the words around them, and no tag of a template.
_ENTITIES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("://", "&#58;//"), ("@", "&#64;"),
             ("www.", "www&#46;"), ("WWW.", "WWW&#46;"), ("{", "&#123;"))  # fmt: skip


def escape(text: str) -> str:
    """One line of outside text that Markdown shows as it is.

    >>> escape("<b> *x* [a](javascript:1)")
    '&lt;b&gt; \\\\*x\\\\* \\\\[a\\\\](javascript:1)'
    >>> escape("1. https://evil.example")
    '1\\\\. https&#58;//evil.example'
    """
    return _started(_inline(one_line(text)))


def _inline(text: str) -> str:
    shown = _INLINE.sub(r"\\\g<0>", text)
    for plain, entity in _ENTITIES:
        shown = shown.replace(plain, entity)
    return shown


def _started(shown: str) -> str:
    return _START.sub(r"\1\\\2", shown, count=1) if _START.match(shown) else shown


def _quotation(q: Quote) -> list[str]:
    text = ""
    for piece in q.pieces:
        words = " ".join(visible(piece.text).split())
        lead = " " if piece.text[:1].isspace() else ""
        tail = " " if piece.text[-1:].isspace() and words else ""
        shown = _inline(words)
        text += lead + (f"**{shown}**" if "figure" in piece.marks and shown else shown) + tail
    title = escape(q.title or q.url)
    address = safe_url(q.url)
    link = f"[{title}](<{address}>)" if address and title else title
    return [
        f"> {_started(text.strip())}", ">",
        f"> {escape(q.publisher)}, {day(q.published)}{': ' + link if link else ''}. "
        f"{q.kind}, {q.status}. `{q.document_id}` characters {q.start}–{q.end}.", "",
    ]  # fmt: skip


def _row(p: Position) -> list[str]:
    place = f", {escape(p.place)}" if p.place else ""
    lines = [f"### {MARK[p.verdict]} {escape(p.question)}{place}", ""]
    facts = [
        VERDICT[p.verdict], *([CAUSE[p.cause]] if p.cause else []),
        *([p.between] if p.between else []), *(["reviewed"] if p.row["reviewed"] else []),
        plural(p.row["n_outlets"], "outlet"),
        plural(p.row["n_speakers"], "speaker"),
        plural(p.row["n_independent"], "independent origin"), *([p.range] if p.range else []),
    ]  # fmt: skip
    lines += ["; ".join(facts) + ".", "", *(f"- {escape(r)}" for r in p.reasons)]
    lines += [""] if p.reasons else []
    for side in p.sides:
        lines += [f"**{CAMP[side.camp]}**", ""]
        for s in side.statements:
            read = f" ({escape(s.reads_as)})" if s.reads_as else ""
            who = f", {escape(s.organisation)}" if s.organisation not in ("", s.actor) else ""
            lines += [f"{escape(s.actor)}{who} ({s.role}): {escape(s.says)}{read}", ""]
            for q in s.quotes:
                lines += _quotation(q)
    if p.silent:
        lines += [f"Silent on this: {', '.join(CAMP[c] for c in p.silent)}.", ""]
    return lines


def _matrix(e: Event) -> list[str]:
    names = [CAMP[c] for c in e.camps]
    lines = [f"### {escape(e.title)}", "", "| Question | Verdict | " + " | ".join(names) + " |",
             "|" + " --- |" * (len(names) + 2)]  # fmt: skip
    for p in e.positions:
        said = {side.camp: side.statements for side in p.sides}
        cells = [
            "; ".join(f"{escape(s.says)} ({escape(s.actor)})" for s in said.get(c, ())) or "silent"
            for c in e.camps
        ]
        verdict = f"{MARK[p.verdict]} {VERDICT[p.verdict]}"
        verdict += ", reviewed" if p.row["reviewed"] else ""
        lines.append(f"| {escape(p.question)} | {verdict} | " + " | ".join(cells) + " |")
    if e.silent:
        lines += ["", f"Silent throughout: {', '.join(CAMP[c] for c in e.silent)}."]
    return [*lines, ""]


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A table of outside words with an empty line after it; nothing where it has no row."""
    lines = ["| " + " | ".join(escape(cell) for cell in row) + " |" for row in rows]
    head = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    return [*head, *lines, ""] if lines else []


def markdown(parts: Content) -> str:
    """The parts of a report as Markdown text, in reading order."""
    tally = "; ".join(f"{n} {VERDICT[v].lower()}" for v, n in parts.verdicts.items())
    lines = [f"# {escape(parts.title)}", "", f"{parts.summary}. {tally}.", "", parts.reviewed, "",
             "Agreement is not truth, and documented is not total.", ""]  # fmt: skip
    for verdict, count in parts.verdicts.items():
        if count:
            lines += [f"## {MARK[verdict]} {VERDICT[verdict]}", "", VERDICT_ABOUT[verdict], ""]
            for p in parts.positions:
                lines += _row(p) if p.verdict == verdict else []
    lines += ["## Events", ""]
    for e in parts.events:
        lines += _matrix(e)
    if parts.decisions:
        lines += ["## Decisions of reviewers", "", *_table(DECISIONS, parts.decisions)]
    if parts.problems:
        lines += ["## Problems with the documents", ""]
        lines += [f"- {escape(p['path'])}: {escape(p['message'])}" for p in parts.problems]
        lines.append("")
    lines += ["## Method", ""]
    for name, text in parts.judges:
        lines += [f"### {escape(name)}", ""]
        lines += [line for p in text.split("\n\n") for line in (escape(p), "")]
    lines += ["## Limits", "", *(f"- {limit}" for limit in LIMITS), ""]
    lines += ["## Sensitivity", "", escape(parts.sensitivity), ""]
    if parts.moves:
        lines += _table(MOVES, parts.moves)
    lines += ["## Settings", ""]
    lines += [f"- {escape(name)}: {escape(value)}" for name, value in parts.settings]
    read = [
        (d["publisher"], day(d["published"]), d["path"], d["url"], d["sha256"], d["file_sha256"])
        for d in parts.documents
    ]
    header = ["Publisher", "Published", "File", "Address", "sha256 of the text", "of the file"]
    lines += ["", "## Documents", "", *_table(header, read), "## Provenance", ""]
    lines += _table(["Model", "Name", "sha256"], parts.models)
    lines += _table(["Other file of the case", "sha256"], parts.files)
    lines.append(", ".join(escape(f"{name} {version}") for name, version in parts.packages))
    return "\n".join(lines).rstrip() + "\n"


def write_markdown(comparison: Comparison, out: Path, *, background: Background = UNKNOWN) -> Path:
    """Write `report.md` in `out`, and return its path.

    Raises:
        OutputError: it cannot be written.
    """
    text = markdown(content(comparison, background))
    return write(out, "report.md", text.encode("utf-8", "backslashreplace"))
