"""The rows of a large case that a report has room for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from compare.schema import VERDICTS

if TYPE_CHECKING:
    from compare.view.comparison import Comparison


def foremost_rows(discrepancies: pd.DataFrame, most: int) -> pd.DataFrame:
    """At most so many rows: disputed ones first, of a verdict those of most independent accounts.

    They keep their order and their numbers in the table.

    >>> rows = pd.DataFrame({"verdict": ["agreed", "disputed", "disputed"],
    ...                      "n_independent": [9, 2, 3]})
    >>> foremost_rows(rows, 2).index.tolist(), foremost_rows(rows, 1).index.tolist()
    ([1, 2], [2])
    """
    rank = discrepancies["verdict"].map({verdict: n for n, verdict in enumerate(VERDICTS)})
    ranked = discrepancies.assign(rank=rank).sort_values(
        ["rank", "n_independent"], ascending=[True, False], kind="stable"
    )
    return discrepancies.loc[ranked.index[:most].sort_values()]


def part_of(comparison: Comparison, rows: pd.DataFrame) -> dict[str, Any]:
    """The tables of a comparison as far as some rows of its discrepancies and their events go."""
    shown = {claim_id for ids in rows["claim_ids"] for claim_id in ids.split()}
    events = comparison.events
    held = events["event_id"].isin(rows.loc[rows["event_id"] > 0, "event_id"])
    wanted = shown | set(events.loc[held, "claim_id"])
    found: dict[str, Any] = {"discrepancies": rows}
    for name in ("claims", "sources", "values", "assertions", "when_where", "events", "origins"):
        table = getattr(comparison, name)
        found[name] = table[table["claim_id"].isin(wanted)]
    told = comparison.documents["document_id"].isin(found["claims"]["document_id"])
    pairs, steps = comparison.judgements, comparison.revisions
    judged = pairs["claim_id_l"].isin(shown) & pairs["claim_id_r"].isin(shown)
    return found | {
        "documents": comparison.documents[told],
        "vectors": comparison.vectors[comparison.claims["claim_id"].isin(wanted).to_numpy(bool)],
        "judgements": pairs[judged],
        "revisions": steps[steps["claim_id"].isin(shown)],
    }
