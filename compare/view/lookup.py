"""The tables by claim, for whatever walks from a row back to its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from compare.errors import TableError
from compare.tables import records

Record = dict[str, Any]


def _by(frame: pd.DataFrame, key: str) -> dict[str, Record]:
    return {row[key]: row for row in records(frame)}


def _grouped(frame: pd.DataFrame, key: str) -> dict[str, list[Record]]:
    groups: defaultdict[str, list[Record]] = defaultdict(list)
    for row in records(frame):
        groups[row[key]].append(row)
    return dict(groups)


@dataclass(frozen=True)
class Lookup:
    """Each table as a mapping by claim id (documents by document id)."""

    documents: Mapping[str, Record]
    claims: Mapping[str, Record]
    sources: Mapping[str, Record]
    values: Mapping[str, list[Record]]
    assertions: Mapping[str, list[Record]]
    when_where: Mapping[str, Record]
    events: Mapping[str, Record]
    origins: Mapping[str, Record]
    pairs: Mapping[tuple[str, str], list[Record]]

    def claim(self, claim_id: str) -> Record:
        """The claim, or an error that says which one was asked for.

        Raises:
            TableError: no such claim.
        """
        if claim_id not in self.claims:
            raise TableError(
                f"there is no claim {claim_id!r}; claim ids are `document:start-end`, "
                "listed in the claims table"
            )
        return self.claims[claim_id]


def look_up(
    documents: pd.DataFrame,
    claims: pd.DataFrame,
    sources: pd.DataFrame,
    values: pd.DataFrame,
    assertions: pd.DataFrame,
    when_where: pd.DataFrame,
    events: pd.DataFrame,
    origins: pd.DataFrame,
    judgements: pd.DataFrame,
) -> Lookup:
    """A `Lookup` over the tables, which it does not change."""
    pairs: defaultdict[tuple[str, str], list[Record]] = defaultdict(list)
    for row in records(judgements):
        pairs[row["claim_id_l"], row["claim_id_r"]].append(row)
    return Lookup(
        documents=_by(documents, "document_id"),
        claims=_by(claims, "claim_id"),
        sources=_by(sources, "claim_id"),
        values=_grouped(values, "claim_id"),
        assertions=_grouped(assertions, "claim_id"),
        when_where=_by(when_where, "claim_id"),
        events=_by(events, "claim_id"),
        origins=_by(origins, "claim_id"),
        pairs=dict(pairs),
    )
