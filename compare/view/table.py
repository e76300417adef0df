"""Events by camps as one table: who says what, what is disputed, who is silent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from compare.view.labels import CAMP, MARK, VERDICT
from compare.view.lookup import Lookup
from compare.view.positions import Position, by_event
from compare.view.visible import one_line

if TYPE_CHECKING:
    from great_tables import GT

# Tints a printer keeps apart from white; each verdict also has a mark and a word.
_TINT = {"disputed": "#fbe3d3", "revised": "#dcebf5", "agreed": "#d9efe7"}
SILENT = "— silent"


def matrix(look: Lookup, found: Sequence[Position]) -> pd.DataFrame:
    """One row a question: event, question, verdict, then one column a camp that speaks.

    A cell holds every statement of the camp as `words (actor)`, or `— silent`.
    """
    events = by_event(look, found)
    camps = [c for c in CAMP if any(c == s.camp for p in found for s in p.sides)]
    rows = []
    for event in events:
        for position in event.positions:
            said = {side.camp: side.statements for side in position.sides}
            row = {
                "event": one_line(event.title),
                "question": one_line(f"{position.question}, {position.place}".strip(", ")),
                "verdict": f"{MARK[position.verdict]} {VERDICT[position.verdict]}"
                + (", reviewed" if position.row["reviewed"] else ""),
            }
            for camp in camps:
                told = [one_line(f"{s.says} ({s.actor})") for s in said.get(camp, ())]
                row[camp] = "; ".join(told) or SILENT
            rows.append(row)
    return pd.DataFrame(rows, columns=["event", "question", "verdict", *camps])


def table(title: str, look: Lookup, found: Sequence[Position]) -> GT:
    """`matrix` as a great-tables table; disputed rows tinted and marked, silence in grey.

    Every cell and label passes great-tables as plain text, which it escapes from 1.1 on.
    """
    from great_tables import GT, html, loc, style
    from markupsafe import escape

    frame = matrix(look, found)
    camps = list(frame.columns[3:])
    built = (
        GT(frame, rowname_col="question", groupname_col="event")
        .tab_header(title=html(str(escape(one_line(title)))), subtitle="Sources side by side")
        .cols_label({"verdict": "Verdict", **{c: CAMP[c] for c in camps}})
        .tab_options(table_font_size="13px", row_group_font_weight="600", data_row_padding="5px")
        .tab_source_note("— silent: none of these documents quotes the camp on the question. "
                         "Silence is not agreement.")
    )  # fmt: skip
    for verdict, tint in _TINT.items():
        rows = [
            i
            for i, v in enumerate(frame["verdict"])
            if v.removesuffix(", reviewed").endswith(VERDICT[verdict])
        ]
        if rows:
            cell = [style.fill(color=tint), style.text(color="#1d1d1f", weight="bold")]
            built = built.tab_style(cell, loc.body(columns="verdict", rows=rows))
    for camp in camps:
        rows = [i for i, v in enumerate(frame[camp]) if v == SILENT]
        if rows:
            grey = style.text(color="#6b6860", style="italic")
            built = built.tab_style(grey, loc.body(columns=camp, rows=rows))
    return built
