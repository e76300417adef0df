"""The report: one HTML file, no script, no network, every outside word escaped."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from compare.report.content import LIMITS, UNKNOWN, Background, content
from compare.report.files import write
from compare.report.manifest import versions
from compare.view import Comparison
from compare.view.evidence import link_html, pieces_html, safe_url
from compare.view.labels import CAMP, CAUSE, MARK, VERDICT, VERDICT_ABOUT, day, plural
from compare.view.reasons import SLIP
from compare.view.visible import visible

if TYPE_CHECKING:
    from jinja2 import Environment

OPEN_ROWS = 12
"""Rows of a verdict whose evidence stands open; that of the others is folded away."""
OPEN_EVENTS = 20
"""Up to so many events their matrices stand open."""
TAG = 20
"""Most characters of a document's note that are set under each of its quotations."""
DATA = Path(__file__).parent.parent / "data" / "report"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(DATA), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters.update(
        visible=lambda text: visible(str(text)), day=day, plural=plural, link=link_html,
        pieces=pieces_html, safe_url=safe_url, camp=CAMP.__getitem__, tag=tag,
    )  # fmt: skip
    return environment


def tag(note: str) -> str:
    """The first word or words of a document's note; the whole of it stands in the list.

    >>> tag("paraphrase, quotations included"), tag("a long remark without a comma in it")
    ('paraphrase', 'see the note')
    """
    first = note.split(",")[0].split(";")[0].strip()
    return first if len(first) <= TAG else "see the note"


def report_html(comparison: Comparison, *, background: Background = UNKNOWN) -> str:
    """The report as one HTML document that loads nothing and runs nothing.

    Its content security policy allows its own style sheet, by hash, and images
    that are part of the file; a link is made only of an http or https address.

    Args:
        comparison: the tables.
        background: sensitivity, models and hashes of the inputs.

    Returns:
        HTML, the same text for the same tables.
    """
    parts = content(comparison, background)
    style = (DATA / "report.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    names = {
        e.event_id: "no single event" if e.event_id < 0 else f"event {e.event_id}"
        for e in parts.events
    }
    return _environment().get_template("report.html.j2").render(
        vars(parts), style=Markup(style),  # noqa: S704  (our own style sheet, which holds no outside word)
        style_hash=f"sha256-{digest}", names=names,
        camp=CAMP, cause=CAUSE, mark=MARK, verdict=VERDICT, about=VERDICT_ABOUT, limits=LIMITS,
        slip=SLIP, open_rows=OPEN_ROWS, open_events=OPEN_EVENTS,
        version=versions().get("claim-compare", ""),
    )  # fmt: skip


def write_report(comparison: Comparison, out: Path, *, background: Background = UNKNOWN) -> Path:
    """Write `report.html` in `out`, and return its path.

    Raises:
        OutputError: it cannot be written.
    """
    html = report_html(comparison, background=background).encode("utf-8", "backslashreplace")
    return write(out, "report.html", html)
