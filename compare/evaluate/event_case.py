"""The gold claims of a case with the events a person gave them, parsed by the stages."""

from __future__ import annotations

from pathlib import Path

from compare.evaluate.case_gold import read_gold
from compare.evaluate.event_data import Items
from compare.parse import parse_assertions, parse_values, parse_when_where
from compare.read import read_case
from compare.settings import Settings, chosen
from compare.tables import empty, from_rows


def case(folder: Path) -> Items:
    """Every gold claim of the case in `folder`, as gold cut it; a claim without an event is alone.

    Figures, facts, places and dates come from the stages, so what they miss
    counts against the linking. Speakers are left out.

    Raises:
        EvaluationError: the case has no gold.
    """
    tables = read_gold(folder / "gold")
    documents = read_case(folder).documents
    ids = dict(zip(documents["path"], documents["document_id"], strict=True))
    rows = {}
    for row in tables["claims"]:
        document = ids[row["document"]]
        rows[f"{document}:{row['start']}-{row['end']}"] = {
            "claim_id": f"{document}:{row['start']}-{row['end']}",
            "document_id": document,
            "start": int(row["start"]),
            "end": int(row["end"]),
            "content": row["content"],
            "kind": row["kind"].split("|")[0],
            "status": row["status"].split("|")[0],
        }
    claims = from_rows("claims", list(rows.values()))
    label = {
        f"{ids[row['document']]}:{row['start']}-{row['end']}": row["event"]
        for row in tables["events"]
    }
    used = Settings()
    gold = [label.get(claim, "") or f"alone {claim}" for claim in claims["claim_id"]]
    return Items(
        folder.name,
        claims,
        documents,
        parse_values(claims, documents, **chosen(parse_values, used, "parse")),
        parse_assertions(
            claims, documents, empty("sources"), **chosen(parse_assertions, used, "parse")
        ),
        parse_when_where(claims, documents, **chosen(parse_when_where, used, "parse")),
        {"incident": gold},
        [],
    )
