"""A figure suspected of lost or added zeros explains its other conflicts too."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd

from compare.tables import records

Row = dict[str, object]
_DISCOUNT = 0.8
"""A conflict with a figure that is itself in doubt is less sure by this factor."""


def slips_explained(judgements: pd.DataFrame) -> pd.DataFrame:
    """The table with `explain_by_slips` on its value conflicts and suspected slips."""
    conflict = judgements["relation"] == "conflict"
    slip = judgements["cause"] == "transcription"
    if not slip.any():
        return judgements
    told = slip | (conflict & (judgements["cause"] == "value"))
    rows = explain_by_slips(records(judgements[told]))
    changed = {}
    for name in ("cause", "reason", "score"):
        column, found = judgements[name], [row[name] for row in rows]
        changed[name] = column.where(~told, pd.Series(found, judgements.index[told], column.dtype))
    return judgements.assign(**changed)


def explain_by_slips(rows: list[Row]) -> list[Row]:
    """The judgements, with each value conflict of a suspected figure put down to the slip.

    Where two figures differ only by zeros, the suspect is the claim that is in
    conflict with more of the others on that question of the event. On a tie
    neither is. Such a conflict is told with its cause and a lower score.

    >>> def row(l, r, cause):
    ...     return {"claim_id_l": l, "claim_id_r": r, "event_id": 1, "aspect": "displaced",
    ...             "population": "people", "relation": "conflict", "cause": cause, "reason": "R",
    ...             "score": 0.8}
    >>> rows = [row("a", "b", "transcription"), row("b", "c", "value"), row("a", "d", "agree")]
    >>> [(r["cause"], r["reason"]) for r in explain_by_slips(rows)][1]
    ('transcription', 'R; a figure here is suspected of lost or added zeros')
    """
    at_odds: defaultdict[tuple[object, ...], set[object]] = defaultdict(set)
    for row in rows:
        if row["relation"] == "conflict" and row["cause"] in ("value", "transcription"):
            left, right = row["claim_id_l"], row["claim_id_r"]
            at_odds[(left, *_question(row))].add(right)
            at_odds[(right, *_question(row))].add(left)
    suspects = set()
    for row in rows:
        if row["cause"] == "transcription":
            sides = [(row[side], *_question(row)) for side in ("claim_id_l", "claim_id_r")]
            counts = [len(at_odds[side]) for side in sides]
            if counts[0] != counts[1]:
                suspects.add(sides[counts.index(max(counts))])
    return [_explained(row, suspects) for row in rows]


def _explained(row: Row, suspects: set[tuple[object, ...]]) -> Row:
    sides = {(row[side], *_question(row)) for side in ("claim_id_l", "claim_id_r")}
    if row["relation"] != "conflict" or row["cause"] != "value" or not sides & suspects:
        return row
    reason = f"{row['reason']}; a figure here is suspected of lost or added zeros"
    score = round(float(str(row["score"])) * _DISCOUNT, 6)
    return row | {"cause": "transcription", "reason": reason, "score": score}


def _question(row: Row) -> tuple[object, ...]:
    return row["event_id"], row["aspect"], row["population"]
