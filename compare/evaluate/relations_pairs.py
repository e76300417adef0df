"""Pairs of texts through the real flow, from parsing to judging, each pair one event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from compare import parse
from compare.judge import judge_pairs
from compare.schema import FIGURE_ASPECTS
from compare.settings import Settings, chosen
from compare.tables import from_rows

RANK = ("conflict", "refines", "agree", "compatible", "unsure", "not-comparable")
"""What a pair of claims comes to where its aspects are judged differently."""

Tables = dict[str, pd.DataFrame]
_AT_ONCE = 250
"""Pairs whose texts `syntax.annotate` still remembers, so that each is parsed once."""


@dataclass(frozen=True)
class Text:
    """One side of a pair: what is said, by whom, and when it was published."""

    text: str
    source: str = "A"
    camp: str = "unknown"
    role: str = "unknown"
    date: str = "2020-10-12"


@dataclass(frozen=True)
class Judged:
    """What the judges made of a pair; `judged` is False where no aspect was shared."""

    relation: str
    cause: str
    aspect: str
    score: float
    reason: str
    judged: bool


def tables_of(pairs: Sequence[tuple[Text, Text]]) -> Tables:
    """Documents, claims, sources and events of pairs: each text one claim, each pair one event."""
    documents, claims, sources, events = [], [], [], []
    for number, pair in enumerate(pairs):
        for side, text in zip("lr", pair, strict=True):
            document_id = f"{number:015x}{side}"
            claim_id = f"{document_id}:0-{len(text.text)}"
            documents.append(
                {
                    "document_id": document_id, "path": f"{document_id}.txt",
                    "publisher": text.source, "published": pd.Timestamp(text.date),
                    "language": "en", "note": "", "text": text.text,
                }
            )  # fmt: skip
            claims.append(
                {
                    "claim_id": claim_id, "document_id": document_id, "start": 0,
                    "end": len(text.text), "content": text.text, "kind": "narration",
                    "status": "asserted",
                }
            )  # fmt: skip
            sources.append(
                {
                    "claim_id": claim_id, "source": text.source, "mention": text.source,
                    "actor_id": f"actor:{text.source}", "actor": text.source,
                    "camp": text.camp, "role": text.role, "score": 1.0, "how": "publisher",
                }
            )  # fmt: skip
            events.append(
                {
                    "claim_id": claim_id, "event_id": number + 1, "story_id": number + 1,
                    "near_threshold": False,
                }
            )  # fmt: skip
    named = {"documents": documents, "claims": claims, "sources": sources, "events": events}
    return {name: from_rows(name, rows) for name, rows in named.items()}


def parse_texts(pairs: Sequence[tuple[Text, Text]], settings: Settings) -> list[Tables]:
    """The tables that the judges read, of every so many pairs."""
    chunks = range(0, len(pairs), _AT_ONCE)
    return [parse_tables(tables_of(pairs[at : at + _AT_ONCE]), settings) for at in chunks]


def parse_tables(case: Tables, settings: Settings) -> Tables:
    """The tables of `tables_of` with what each claim states."""
    claims, documents, sources = case["claims"], case["documents"], case["sources"]
    values = parse.parse_values(claims, documents, **chosen(parse.parse_values, settings, "parse"))
    assertions = parse.parse_assertions(
        claims, documents, sources, **chosen(parse.parse_assertions, settings, "parse")
    )
    when_where = parse.parse_when_where(
        claims, documents, **chosen(parse.parse_when_where, settings, "parse")
    )
    return case | {"values": values, "assertions": assertions, "when_where": when_where}


def judge_texts(
    pairs: Sequence[tuple[Text, Text]], settings: Settings | None = None
) -> list[Judged]:
    """What the judges make of each pair.

    >>> [found] = judge_texts([(Text("12 people were killed.", "A"),
    ...     Text("Nine people were killed.", "B"))])
    >>> found.relation, found.cause, found.aspect
    ('conflict', 'value', 'killed')
    """
    settings = settings or Settings()
    return judge_parsed(parse_texts(pairs, settings), settings)


def judge_parsed(parsed: Sequence[Tables], settings: Settings) -> list[Judged]:
    """What the judges make of each pair of `parse_texts`.

    The strongest of the rulings on a pair's aspects stands for the pair: a conflict on
    any aspect is a conflict, and short of that what the figures say comes first. Where no
    judge finds anything in common the pair is not-comparable, cause category.
    """
    return [found for case in parsed for found in _judge(case, settings)]


def _judge(case: Tables, settings: Settings) -> list[Judged]:
    judgements = judge_pairs(
        case["claims"], case["documents"], case["sources"], case["values"], case["assertions"],
        case["when_where"], case["events"],
        np.full((len(case["claims"]), 4), 0.5, dtype=np.float32),
        **chosen(judge_pairs, settings, "judge"),
    )  # fmt: skip
    found: dict[int, Judged] = {}
    for row in judgements.to_dict("records"):
        ruling = Judged(
            row["relation"], row["cause"], row["aspect"], float(row["score"]), row["reason"], True
        )
        known = found.get(int(row["event_id"]))
        if known is None or _strength(ruling) < _strength(known):
            found[int(row["event_id"])] = ruling
    none = Judged("not-comparable", "category", "", 0.0, "nothing in common", False)
    return [found.get(number + 1, none) for number in range(len(case["claims"]) // 2)]


def _strength(ruling: Judged) -> tuple[bool, bool, int, float, str]:
    figure = ruling.aspect in FIGURE_ASPECTS
    return (
        ruling.relation != "conflict",
        not figure,
        RANK.index(ruling.relation),
        -ruling.score,
        ruling.reason,
    )
