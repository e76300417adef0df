"""How a shuffle cuts parts into pieces and puts pieces together."""

from __future__ import annotations

import pandas as pd

from compare.tables import check


def cut(*, into: int, **tables: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Cut a block of parts into one piece a target; the pieces are named `target.table`."""
    by_name: dict[str, list[pd.DataFrame]] = {}
    for name, table in tables.items():
        by_name.setdefault(name.split(".", 1)[1], []).append(table)
    whole = {name: pd.concat(found, ignore_index=True) for name, found in by_name.items()}
    target = whole.pop("groups").set_index("claim_id")["part"]
    document = whole["claims"].set_index("claim_id")["document_id"]
    followed = pd.DataFrame({"document_id": document, "part": target}).dropna().drop_duplicates()
    made = {}
    for name, table in whole.items():
        if name == "documents":
            table = table.drop(columns="text", errors="ignore").merge(followed, on="document_id")
        else:
            table = table.assign(part=table["claim_id"].map(target))
        of = dict(list(table.groupby("part")))
        for n in range(into):
            piece = of.get(n, table.iloc[:0])
            made[f"{n}.{name}"] = piece.drop(columns="part").reset_index(drop=True)
    return made


def join(**pieces: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Put the pieces `number.table` of one target together, in order of key."""
    by_name: dict[str, list[pd.DataFrame]] = {}
    for name, piece in pieces.items():
        by_name.setdefault(name.split(".", 1)[1], []).append(piece)
    joined = {name: pd.concat(found, ignore_index=True) for name, found in by_name.items()}
    if "documents" in joined:
        joined["documents"] = joined["documents"].drop_duplicates("document_id").assign(text="")
    return {name: check(name, table) for name, table in joined.items()}
