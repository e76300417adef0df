"""A claim in the words around it, with the claim, its speaker and its figures marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from markupsafe import Markup, escape

from compare.view.labels import CAMP, day
from compare.view.lookup import Lookup, Record
from compare.view.visible import visible

CONTEXT = 240
"""Most characters shown on either side of a claim."""

_SPAN = '<span class="q-{}">{}</span>'
_FIGURE = Markup(
    "<style>.cmp-q{{border-left:3px solid #888;margin:.6em 0;padding:.1em .9em;"
    "max-width:46em}}.cmp-q blockquote{{margin:.2em 0;border:0;padding:0;font-family:serif;"
    "line-height:1.45;white-space:pre-line}}.cmp-q .q-claim{{text-decoration:underline;"
    "text-decoration-color:#999;text-underline-offset:.2em}}.cmp-q mark{{background:#f0e442;"
    "color:#000;font-weight:600;padding:0 .1em}}.cmp-q .q-cue,.cmp-q .q-source"
    "{{font-style:italic}}.cmp-q figcaption{{font-size:.85em;opacity:.85}}</style>"
    '<figure class="cmp-q"><blockquote>{}</blockquote><figcaption><b>{}</b> ({}), in '
    "{}, {}, characters {}–{} of {} · {}, {}</figcaption></figure>"
)


@dataclass(frozen=True)
class Piece:
    """A stretch of a document's text and what it is: claim, source, cue, figure."""

    text: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Quote:
    """One claim as a reader checks it: words, speaker, publisher, place in the text."""

    claim_id: str
    document_id: str
    start: int
    end: int
    pieces: tuple[Piece, ...]
    kind: str
    status: str
    cue: str
    speaker: str
    actor: str
    actor_id: str
    organisation: str
    camp: str
    role: str
    publisher: str
    published: Any
    title: str
    url: str
    path: str
    note: str
    language: str = ""
    begin: Any = None
    until: Any = None
    figures: tuple[Record, ...] = field(default=())
    facts: tuple[Record, ...] = field(default=())

    @property
    def words(self) -> str:
        """The claim's own words."""
        return "".join(p.text for p in self.pieces if "claim" in p.marks)

    def _repr_html_(self) -> str:
        return str(quote_html(self))


def _bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """The paragraph around `start:end`, at most CONTEXT characters to either side."""
    left = max(text.rfind("\n", 0, start) + 1, start - CONTEXT)
    if left == start - CONTEXT:
        left = min(start, text.find(" ", left, start) + 1 or start)
    right = text.find("\n", end)
    right = len(text) if right < 0 else right
    if right > end + CONTEXT:
        cut = text.rfind(" ", end, end + CONTEXT)
        right = cut if cut > end else end + CONTEXT
    return left, right


def pieces(
    text: str, window: tuple[int, int], spans: Sequence[tuple[int, int, str]]
) -> list[Piece]:
    """`text[window]` cut where a span begins or ends; joined, the pieces are that text.

    Args:
        text: the whole document.
        window: half-open offsets of the part wanted.
        spans: (start, end, mark), half-open, in any order, free to overlap.

    >>> [(p.text, p.marks) for p in pieces("He said 12 died.", (0, 16), [(8, 15, "claim"),
    ...                                                                 (8, 10, "figure")])]
    [('He said ', ()), ('12', ('claim', 'figure')), (' died', ('claim',)), ('.', ())]
    """
    left, right = window
    inside = [(max(a, left), min(b, right), m) for a, b, m in spans if a < right and b > left]
    cuts = sorted({left, right, *(a for a, _, _ in inside), *(b for _, b, _ in inside)})
    return [
        Piece(text[a:b], tuple(sorted({m for s, e, m in inside if s <= a and b <= e})))
        for a, b in pairwise(cuts)
    ]


def about(found: Sequence[Record], row: Record | None) -> list[Record]:
    """Those figures or assertions of a claim that bear on a row, the closest match only."""
    if row is None:
        return list(found)
    for keys in (("aspect", "population", "unit"), ("aspect", "unit"), ("aspect",)):
        hits = [f for f in found if all(k not in f or f[k] == row[k] for k in keys)]
        if hits:
            return hits
    return []


def quote(look: Lookup, claim_id: str, row: Record | None = None) -> Quote:
    """The claim `claim_id` in its paragraph.

    Args:
        look: the tables by claim.
        claim_id: a key of claims.
        row: a row of discrepancies; only its figure or fact is highlighted.

    Raises:
        TableError: no such claim.
    """
    claim = look.claim(claim_id)
    document = look.documents[claim["document_id"]]
    source = look.sources.get(claim_id, {})
    place = look.when_where.get(claim_id, {})
    figures = about(look.values.get(claim_id, []), row)
    found = look.assertions.get(claim_id, [])
    facts = about(found, row)
    if row is not None and not figures and not facts:
        # A denial that names no figure still bears on a row of figures: nobody was hit.
        facts = [f for f in found if f["aspect"] == "victim"] or found
    text: str = document["text"]
    spans = [(int(claim["start"]), int(claim["end"]), "claim")]
    for name in ("source", "cue"):
        if claim[f"{name}_start"] is not None:
            spans.append((int(claim[f"{name}_start"]), int(claim[f"{name}_end"]), name))
    spans += [(int(f["start"]), int(f["end"]), "figure") for f in (*figures, *facts)]
    window = _bounds(text, int(claim["start"]), int(claim["end"]))
    shown = pieces(text, window, spans)
    if window[0] > 0 and text[window[0] - 1] != "\n":
        shown.insert(0, Piece("… "))
    if window[1] < len(text) and text[window[1]] != "\n":
        shown.append(Piece(" …"))
    return Quote(
        claim_id=claim_id, document_id=claim["document_id"],
        start=int(claim["start"]), end=int(claim["end"]), pieces=tuple(shown),
        kind=claim["kind"], status=claim["status"], cue=claim["cue"] or "",
        speaker=source.get("source") or claim["source"] or document["publisher"],
        actor=source.get("actor") or document["publisher"],
        actor_id=source.get("actor_id") or "", organisation=source.get("organisation") or "",
        camp=source.get("camp") or "unknown", role=source.get("role") or "unknown",
        publisher=document["publisher"], published=document["published"],
        title=document["title"] or "", url=document["url"] or "", path=document["path"],
        note=document["note"],
        language="" if document["language"] == "und" else document["language"],
        begin=place.get("begin"), until=place.get("end"),
        figures=tuple(figures), facts=tuple(facts),
    )  # fmt: skip


def safe_url(url: str) -> str:
    """`url` if it may become a link: http or https with a host, no white space; else "".

    >>> safe_url("https://example.org/a"), safe_url("javascript:alert(1)"), safe_url("//x")
    ('https://example.org/a', '', '')
    """
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    clean = url.isprintable() and not set(url) & set(" <>\"'`\\")
    return url if parts.scheme in ("http", "https") and host and clean else ""


def pieces_html(shown: Sequence[Piece]) -> Markup:
    """The pieces as HTML: figures in <mark>, claims and speakers in spans."""
    out = Markup("")
    for piece in shown:
        text = escape(visible(piece.text))
        for mark in sorted(piece.marks, key=("figure", "cue", "source", "claim").index):
            frame = '<mark class="q-{}">{}</mark>' if mark == "figure" else _SPAN
            text = Markup(frame).format(mark, text)  # noqa: S704  (one of two constants)
        out += text
    return out


def link_html(url: str, text: str) -> Markup:
    """A link that opens apart and tells the site nothing, or plain text where unsafe."""
    if not safe_url(url):
        return escape(visible(text))
    return Markup('<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>').format(
        url, visible(text)
    )


def quote_html(q: Quote) -> Markup:
    """One quotation as a self-contained figure, with its styles in line, for Jupyter."""
    return _FIGURE.format(
        pieces_html(q.pieces), visible(q.actor), CAMP.get(q.camp, q.camp), visible(q.publisher),
        day(q.published), q.start, q.end, q.document_id, q.kind,
        link_html(q.url, q.url or "no link"),
    )  # fmt: skip


@dataclass(frozen=True)
class Evidence:
    """The quotations behind one row, in order of publication."""

    quotes: tuple[Quote, ...]

    def __repr__(self) -> str:
        """Speaker, publisher, date and words, the figure in brackets."""
        lines = []
        for q in self.quotes:
            words = "".join(f"[{p.text}]" if "figure" in p.marks else p.text for p in q.pieces)
            lines.append(
                f"{visible(q.actor)} ({q.camp}), {visible(q.publisher)}, "
                f"{day(q.published)}, {q.claim_id}\n    {visible(' '.join(words.split()))}"
            )
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return str(Markup("").join(quote_html(q) for q in self.quotes))


def evidence(look: Lookup, row: Record) -> Evidence:
    """Every quotation behind a row of discrepancies, oldest document first."""
    found = [quote(look, claim_id, row) for claim_id in row["claim_ids"].split()]
    return Evidence(tuple(sorted(found, key=lambda q: (str(q.published or "9"), q.claim_id))))
