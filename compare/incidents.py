"""The stages on whole incidents as the engine runs them: judged and tabulated in parts.

A part of incidents holds all that its claims need and nothing that changes with the rest of
the case: no texts, no addresses, and numbers of events, stories, origins and speakers that are
its own. So it is judged again only where one of its incidents has changed. Since positions are
compared across a whole story, what of it tells of positions is in one part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
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
"""Claims in a part of incidents, about; a larger incident is a part by itself."""

Node = tuple[str, int | str]
"""An event, what of a story is of no event, or a claim of neither."""


def judgements_of(
    outlets: pd.DataFrame,
    claims: pd.DataFrame,
    vectors: pd.DataFrame | None = None,
    **tables_and_settings: Any,
) -> dict[str, pd.DataFrame]:
    """`judge_pairs` on whole incidents."""
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
    """Rows of `discrepancies` and `revisions` on whole incidents, with the part's own numbers.

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
    """The documents of claims, with what `outlets` tells of them and nothing else.

    Both have one row a claim, in the same order.
    """
    about = outlets.drop(columns="claim_id").assign(document_id=claims["document_id"])
    return about[~about["document_id"].duplicated()]


class Incidents:
    """The incidents of a case in parts, and the numbers their parts use for what the case uses."""

    def __init__(
        self,
        engine: Engine,
        tables: Mapping[str, pd.DataFrame],
        documents: pd.DataFrame,
        events: pd.DataFrame,
        paired: Iterable[tuple[str, str]],
    ) -> None:
        """Cut `tables` (claims and what is told of each) by what of `events` is compared.

        Claims of no story, which nothing is compared with, are left out. Claims of one of
        the pairs `paired`, which reviewers have put together, are in one part.
        """
        self._engine = engine
        self._events = events.set_index("claim_id")["event_id"]
        self._actors = tables["sources"].set_index("claim_id")["actor_id"]
        facts = tables["assertions"]
        positions = set(facts.loc[facts["aspect"] == "position", "claim_id"])
        self._at = engine.cut("incidents", grouped(events, positions, paired), CLAIMS)
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
        """Tables by claim in the parts of the incidents."""
        return self._engine.scatter(tables, self._at, self._size)

    def cut_vectors(self, vectors: np.ndarray, claims: pd.DataFrame) -> list[Part]:
        """Vectors, row i for row i of `claims`, in the parts of the incidents."""
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


def grouped(
    events: pd.DataFrame, positions: Collection[str], paired: Iterable[tuple[str, str]]
) -> list[list[str]]:
    """What is compared with each other, in order of events: their claims.

    Events of a story in which a claim takes one of the `positions` are one group, with what
    of the story is of no event; so are the events of the claims of a pair in `paired`.

    >>> events = pd.DataFrame({"claim_id": [*"abcde"], "event_id": [1, 1, 2, -1, -1],
    ...                        "story_id": [4, 4, 4, 4, -1]})
    >>> grouped(events, [], []), grouped(events, ["b", "d"], [("c", "e")])
    ([['a', 'b'], ['c'], ['d']], [['a', 'b', 'd'], ['c', 'e']])
    """
    told = zip(events["claim_id"], events["event_id"], events["story_id"], strict=True)
    members: dict[Node, list[str]] = {}
    first: dict[Node, Node] = {}

    def of(node: Node) -> Node:
        while first.setdefault(node, node) != node:
            node = first[node]
        return node

    node_of: dict[str, Node] = {}
    for claim_id, event, story in told:
        node = ("event", event) if event != -1 else ("story", story)
        node_of[claim_id] = node if story != -1 else ("claim", claim_id)
        if story != -1:
            members.setdefault(node, []).append(claim_id)
            if claim_id in positions:
                first[of(node)] = of(("story", story))
    for one, other in paired:
        if one in node_of and other in node_of:
            for claim_id in (one, other):
                members.setdefault(node_of[claim_id], [claim_id])
            first[of(node_of[other])] = of(node_of[one])
    found: defaultdict[Node, list[str]] = defaultdict(list)
    for node in sorted(members, key=lambda node: (node[0] != "event", node)):
        found[of(node)] += members[node]
    return list(found.values())


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
