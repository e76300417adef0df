"""The stages on whole stories as the engine runs them: judged and tabulated in parts.

A part of stories holds all that its claims need and nothing that changes with the rest of
the case: no texts, no addresses, and numbers of events, stories, origins and speakers that are
its own. So it is judged again only where one of its stories has changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from compare.engine import Engine, Part
from compare.judge import find_apart, judge_pairs
from compare.tables import check
from compare.tabulate import tabulate_discrepancies, tabulate_revisions

CLAIMS = 128
"""Claims in a part of stories, about; a larger story is a part by itself."""


def judgements_of(
    outlets: pd.DataFrame,
    claims: pd.DataFrame,
    vectors: pd.DataFrame | None = None,
    **tables_and_settings: Any,
) -> dict[str, pd.DataFrame]:
    """`judge_pairs` on whole stories."""
    rows = None if vectors is None else from_table(vectors)
    documents = documents_of(claims, outlets)
    judged = judge_pairs(claims, documents, vectors=rows, **tables_and_settings)
    return {"judgements": judged}


def rows_of(
    outlets: pd.DataFrame,
    claims: pd.DataFrame,
    sources: pd.DataFrame,
    values: pd.DataFrame,
    assertions: pd.DataFrame,
    when_where: pd.DataFrame,
    events: pd.DataFrame,
    origins: pd.DataFrame,
    judgements: pd.DataFrame,
    **settings: Any,
) -> dict[str, pd.DataFrame]:
    """Rows of `discrepancies` and `revisions` on whole stories, with the part's own numbers.

    Silent camps are left out. Claims of rows that tie several events together are given
    apart, in `across`: such a row may hold claims of other parts too.
    """
    tables = (claims, documents_of(claims, outlets), sources, values)
    found = tabulate_discrepancies(
        *tables, assertions, when_where, events, origins, judgements, camps=(), **settings
    )
    open_ = found["event_id"] == -1
    across = sorted({c for ids in found.loc[open_, "claim_ids"] for c in ids.split()})
    return {
        "rows": found[~open_],
        "steps": tabulate_revisions(*tables, when_where, events),
        "across": pd.DataFrame({"claim_id": across}, dtype="string"),
    }


def documents_of(claims: pd.DataFrame, outlets: pd.DataFrame) -> pd.DataFrame:
    """The documents of claims, with what `outlets` tells of them and nothing else."""
    found = claims[["claim_id", "document_id"]].merge(outlets, on="claim_id")
    nothing = {"path": "", "url": None, "title": None, "language": "", "note": "", "text": ""}
    about = found.drop_duplicates("document_id").drop(columns="claim_id")
    return check("documents", about.assign(**nothing))


class Stories:
    """The stories of a case in parts, and the numbers their parts use for what the case uses."""

    def __init__(
        self,
        engine: Engine,
        tables: Mapping[str, pd.DataFrame],
        documents: pd.DataFrame,
        events: pd.DataFrame,
        paired: Iterable[tuple[str, str]],
    ) -> None:
        """Cut `tables` (claims and what is told of each) by the stories of `events`.

        Claims of no story, which nothing is compared with, are left out. Claims of one of
        the pairs `paired`, which reviewers have put together, are in one part.
        """
        self._engine = engine
        self._events = events.set_index("claim_id")["event_id"]
        self._actors = tables["sources"].set_index("claim_id")["actor_id"]
        self._at = engine.cut("stories", grouped(events, paired), CLAIMS)
        self._size = max(self._at.values(), default=0) + 1
        own = events.assign(
            event_id=self._own(events, "event_id"), story_id=self._own(events, "story_id"),
            near_threshold=False,
        )  # fmt: skip
        self._own_events = own.set_index("claim_id")["event_id"]
        claims = tables["claims"]
        about = documents[["document_id", "publisher", "published"]]
        outlets = claims[["claim_id", "document_id"]].merge(about, on="document_id")
        told = dict(tables) | {
            "outlets": outlets.drop(columns="document_id"), "events": own,
            "sources": self._speakers(tables["sources"]),
        }  # fmt: skip
        self.parts = self.cut(**told, apart=find_apart(claims, tables["values"]))

    def _own(self, table: pd.DataFrame, column: str) -> np.ndarray:
        """A column's numbers as its part counts them; -1 stays, and where there is no part."""
        part = np.array([self._at.get(c, -1) for c in table["claim_id"]], np.int64)
        labels = table[column].to_numpy(np.int64)
        return numbered(np.where(part < 0, -1, labels), part)

    def _speakers(self, sources: pd.DataFrame) -> pd.DataFrame:
        """Sources with ids of actors of the part: it counts who is the same, and who unnamed."""
        number = pd.factorize(sources["actor_id"])[0]
        own = pd.Series(self._own(sources.assign(actor=number), "actor"), sources.index)
        kind = np.where(sources["actor_id"].str.startswith("unnamed"), "unnamed:", "named:")
        return sources.assign(
            actor_id=kind + own.astype(str),
            # What no judge and no table of discrepancies asks for.
            source="", mention="", role="unknown", score=1.0, how="",
        )  # fmt: skip

    def cut(self, **tables: pd.DataFrame) -> list[Part]:
        """Tables by claim in the parts of the stories."""
        return self._engine.scatter(tables, self._at, self._size)

    def cut_vectors(self, vectors: np.ndarray, claims: pd.DataFrame) -> list[Part]:
        """Vectors, row i for row i of `claims`, in the parts of the stories."""
        return self.cut(vectors=to_table(vectors, claims))

    def cut_origins(self, origins: pd.DataFrame) -> list[Part]:
        """Origins with numbers of the part: all that counts is which claims have the same."""
        number = pd.factorize(origins["origin_id"])[0]
        own = self._own(origins.assign(origin_id=number), "origin_id")
        return self.cut(origins=origins.assign(origin_id=own.astype(str), how="own"))

    def cut_judgements(self, judgements: pd.DataFrame) -> list[Part]:
        """Judgements with the parts' own numbers of events."""
        return self.cut(
            judgements=_renumbered(judgements, judgements["claim_id_l"], self._own_events)
        )

    def judgements(self, judged: list[Part]) -> pd.DataFrame:
        """Table `judgements` of the case, from those of its parts."""
        found = self._engine.collect(judged, "judgements")
        return _renumbered(found, found["claim_id_l"], self._events)

    def discrepancies(self, rows: list[Part], more: pd.DataFrame) -> pd.DataFrame:
        """Table `discrepancies` of the case: rows of its parts, and those across them, `more`."""
        found = self._engine.collect(rows, "rows")
        first = found["claim_ids"].str.split(" ").str[0]
        whole = _renumbered(found, first, self._events)
        return check("discrepancies", pd.concat([whole, more]))

    def revisions(self, rows: list[Part]) -> pd.DataFrame:
        """Table `revisions` of the case, from those of its parts."""
        found = self._engine.collect(rows, "steps")
        found = found.assign(actor_id=found["claim_id"].map(self._actors))
        return check("revisions", _renumbered(found, found["claim_id"], self._events))


def _renumbered(table: pd.DataFrame, claim: pd.Series, number: pd.Series) -> pd.DataFrame:
    """The table with the event of a claim of each row; -1 stays."""
    # Looked up in Arrow: pandas would make an object of each of some millions of ids.
    # An empty column has no type of its own.
    asked, known = (pa.array(ids.array, pa.large_string()) for ids in (claim, number.index))
    at = pc.index_in(asked, value_set=known)
    event = number.to_numpy(np.int64)[at.fill_null(0).to_numpy()]
    stays = (table["event_id"] == -1).to_numpy(bool)
    return table.assign(event_id=pd.array(np.where(stays, -1, event), "Int64"))


def grouped(events: pd.DataFrame, paired: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The claims of each story, in order of stories; events lie within them.

    Stories of the claims of a pair in `paired` are one group.

    >>> events = pd.DataFrame({"claim_id": ["a", "b", "c", "d"], "story_id": [4, 4, -1, -1]})
    >>> grouped(events, []), grouped(events, [("c", "a")])
    ([['a', 'b']], [['c', 'a', 'b']])
    """
    told = zip(events["claim_id"], events["story_id"], strict=True)
    story = {claim_id: int(number) for claim_id, number in told}
    members: defaultdict[int, list[str]] = defaultdict(list)
    for claim_id, number in story.items():
        if number >= 0:
            members[number].append(claim_id)
    for pair in paired:
        if not story.keys() >= {*pair}:
            continue
        for claim_id in pair:
            if story[claim_id] == -1:
                story[claim_id] = min(members, default=0) - 2
                members[story[claim_id]] = [claim_id]
        target, moved = (story[claim_id] for claim_id in pair)
        if target != moved:
            members[target] += members[moved]
            story |= dict.fromkeys(members.pop(moved), target)
    return [members[number] for number in sorted(members)]


def numbered(labels: np.ndarray, part: np.ndarray) -> np.ndarray:
    """Numbers of labels, int (n,), from 1 on in each part, in order of rows; -1 stays.

    >>> numbered(np.array([7, 5, 7, -1, 5, 8]), np.array([0, 0, 0, 0, 1, 1])).tolist()
    [1, 2, 1, -1, 1, 2]
    """
    known = np.flatnonzero(labels >= 0)
    order = known[np.argsort(part[known], kind="stable")]
    within = part[order]
    codes = pd.factorize(within * (labels.max(initial=0) + 1) + labels[order])[0]
    found = np.full(len(labels), -1, np.int64)
    found[order] = codes - codes[np.searchsorted(within, within)] + 1
    return found


def to_table(vectors: np.ndarray, claims: pd.DataFrame) -> pd.DataFrame:
    """Vectors as a table keyed by claim, so that they are cut as others are."""
    rows = [row.tobytes() for row in vectors.astype("<f4")]
    return pd.DataFrame({"claim_id": claims["claim_id"].to_numpy(object), "vector": rows})


def from_table(table: pd.DataFrame) -> np.ndarray:
    """The same as float32 (n, dim), rows in order of claim."""
    rows = table.sort_values("claim_id", kind="stable")["vector"].tolist()
    whole = np.frombuffer(b"".join(rows), dtype="<f4")
    return whole.reshape(len(rows), -1) if rows else np.zeros((0, 0), np.float32)
