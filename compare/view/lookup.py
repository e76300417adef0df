"""The tables by claim, for whatever walks from a row back to its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from compare.errors import TableError
from compare.tables import records

Record = dict[str, Any]
_HELD = 1000
"""Claims whose judgements are held: they are asked for row by row, and may be millions."""


def _by(frame: pd.DataFrame, key: str) -> dict[str, Record]:
    return {row[key]: row for row in records(frame)}


def grouped(frame: pd.DataFrame, key: str) -> dict[str, list[Record]]:
    """The rows of a table by what they have in the column `key`."""
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
    judgements: pd.DataFrame
    """The table, in its order: there are many more of them than of all else."""

    def judged(self, left: str, right: str) -> list[Record]:
        """What was judged on two claims, of which the id of `left` sorts first."""
        first, last = self._of_left.get(left, (0, 0))
        if first == last:
            return []
        if left not in self._read:
            if len(self._read) == _HELD:
                self._read.clear()
            self._read[left] = grouped(self.judgements.iloc[first:last], "claim_id_r")
        return self._read[left].get(right, [])

    @cached_property
    def _of_left(self) -> dict[str, tuple[int, int]]:
        """Where the rows of each left claim begin and end."""
        left = self.judgements["claim_id_l"]
        starts = np.flatnonzero((left != left.shift()).fillna(True).to_numpy(bool)).tolist()
        ends = [*starts[1:], len(left)]
        return dict(zip(left.iloc[starts].tolist(), zip(starts, ends, strict=True), strict=True))

    @cached_property
    def _read(self) -> dict[str, dict[str, list[Record]]]:
        """The rows that were asked for last, by left and right claim."""
        return {}

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
    return Lookup(
        documents=_by(documents, "document_id"),
        claims=_by(claims, "claim_id"),
        sources=_by(sources, "claim_id"),
        values=grouped(values, "claim_id"),
        assertions=grouped(assertions, "claim_id"),
        when_where=_by(when_where, "claim_id"),
        events=_by(events, "claim_id"),
        origins=_by(origins, "claim_id"),
        judgements=judgements,
    )
