"""An explorer for a notebook: filter the rows, open one, read it in its document."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from compare.schema import VERDICTS
from compare.view.evidence import Quote, quote
from compare.view.labels import CAMP, MARK, VERDICT, day
from compare.view.lookup import Lookup
from compare.view.positions import Position, by_event
from compare.view.visible import one_line, visible

DATA = Path(__file__).parent.parent / "data" / "report"


def _spans(text: str, look: Lookup, q: Quote) -> list[list[Any]]:
    """Where the claim, its speaker, cue and figures stand in the text as it is shown."""
    claim = look.claims[q.claim_id]
    found = [(q.start, q.end, "claim")]
    found += [(f["start"], f["end"], "figure") for f in (*q.figures, *q.facts)]
    found += [
        (claim[f"{part}_start"], claim[f"{part}_end"], part)
        for part in ("source", "cue")
        if claim[f"{part}_start"] is not None
    ]
    return [[len(visible(text[:a])), len(visible(text[:b])), m] for a, b, m in found]


def explorer_data(look: Lookup, found: Sequence[Position]) -> dict[str, Any]:
    """What the explorer shows, as plain JSON values with every hidden character visible.

    Args:
        look: the tables by claim.
        found: the rows, disputed first.
    """
    rows, quotes = [], {}
    for p in found:
        statements = [s for side in p.sides for s in side.statements]
        ids = []
        for q in (q for s in statements for q in s.quotes):
            key = f"{p.number}/{q.claim_id}"
            ids.append(key)
            focused = quote(look, q.claim_id, p.row)
            text = look.documents[q.document_id]["text"]
            quotes[key] = {
                "actor": one_line(q.actor), "publisher": one_line(q.publisher),
                "day": day(q.published), "words": one_line(q.words), "document": q.document_id,
                "start": q.start, "end": q.end, "spans": _spans(text, look, focused),
            }  # fmt: skip
        says = {
            side.camp: [
                {"says": one_line(s.says), "actor": one_line(s.actor),
                 "quotes": [f"{p.number}/{q.claim_id}" for q in s.quotes]}
                for s in side.statements
            ]
            for side in p.sides
        }  # fmt: skip
        rows.append({
            "number": p.number, "event": int(p.row["event_id"]), "aspect": p.row["aspect"],
            "question": one_line(p.question), "place": one_line(p.place), "verdict": p.verdict,
            "reviewed": bool(p.row["reviewed"]), "says": says,
            "actors": sorted({one_line(s.actor) for s in statements}),
            "reasons": [one_line(r) for r in p.reasons], "quotes": ids,
        })  # fmt: skip
    return {
        "rows": rows,
        "quotes": quotes,
        "documents": {i: visible(d["text"]) for i, d in sorted(look.documents.items())},
        "events": [
            {"id": e.event_id, "title": one_line(f"{e.event_id}. {e.title}".removeprefix("-1. "))}
            for e in by_event(look, found)
        ],
        "actors": sorted({a for row in rows for a in row["actors"]}),
        "aspects": sorted({row["aspect"] for row in rows}),
        "verdicts": [v for v in VERDICTS if any(row["verdict"] == v for row in rows)],
        "labels": {v: f"{MARK[v]} {VERDICT[v]}" for v in VERDICTS},
        "camps": [{"id": c, "name": CAMP[c]} for c in CAMP if any(c in r["says"] for r in rows)],
    }


@lru_cache(maxsize=1)
def _widget() -> Any:
    import anywidget
    import traitlets

    members = {
        "_esm": DATA / "explore.js",
        "_css": DATA / "explore.css",
        "data": traitlets.Dict().tag(sync=True),
        "selected": traitlets.Int(0).tag(sync=True),
        "__doc__": "The explorer; `selected` is the number of the row opened last, or 0.",
    }
    return type("Explorer", (anywidget.AnyWidget,), members)


def explore(look: Lookup, found: Sequence[Position]) -> Any:
    """The widget, for the last line of a notebook cell."""
    return _widget()(data=explorer_data(look, found))
