"""Data with known events, as the tables that linking takes.

ECB+ (Cybulska and Vossen 2014): a claim is a sentence with at least one event
mention. Two gold groupings: *incident*, the sub-topic, which is the cluster of
documents on one event; and *action*, the event chain of the sentence that has
most mentions in the split, since a sentence may hold several. The topic is not
given to any method. The same documents serve once more as articles: a claim is
a document's first 600 characters. News clusters: a claim is a document, its
title and first 600 characters, dated by its publication. The case: the gold
claims and the events that a person gave them.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from compare.errors import EvaluationError
from compare.extract.furniture import find_furniture
from compare.parse import parse_assertions, parse_values, parse_when_where
from compare.settings import Settings, chosen
from compare.tables import empty, from_rows

LEAD = 600
"""Characters of a news article taken as its claim."""


@dataclass(frozen=True)
class Items:
    """Claims with the events they belong to."""

    name: str
    claims: pd.DataFrame
    documents: pd.DataFrame
    values: pd.DataFrame
    assertions: pd.DataFrame
    when_where: pd.DataFrame
    gold: dict[str, list[str]]
    """Label of each claims row, by the name of the grouping."""
    lemma: list[str]
    """Head lemma of the main event of each claim with its topic, or [] where none is given."""


def lines(data: Path, name: str) -> list[dict[str, Any]]:
    """The rows of `events/<name>.jsonl.gz` below `data`.

    Raises:
        EvaluationError: the file is not there or not as its README says.
    """
    path = data / "events" / f"{name}.jsonl.gz"
    try:
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            return [json.loads(line) for line in stream]
    except (OSError, ValueError) as error:
        raise EvaluationError(
            f"{path} cannot be read ({error}); pass the folder of evaluation data with --data"
        ) from error


def build(name: str, rows: list[dict[str, Any]], gold: tuple[str, ...]) -> Items:
    """Items from rows with document, text, optional date and lemma, and the gold labels.

    >>> row = {"document": "a", "text": "A ship sank.", "incident": "1"}
    >>> build("x", [row], ("incident",)).gold
    {'incident': ['1']}
    """
    texts: dict[str, str] = {}
    ready: list[dict[str, Any]] = []
    for row in rows:
        before = texts.get(row["document"], "")
        start = len(before) + bool(before)
        texts[row["document"]] = f"{before}\n{row['text']}" if before else row["text"]
        ready.append({**row, "start": start, "end": start + len(row["text"])})
    ids = {doc: hashlib.sha256(doc.encode()).hexdigest()[:16] for doc in texts}
    for row in ready:
        row["document_id"] = ids[row["document"]]
        row["claim_id"] = f"{row['document_id']}:{row['start']}-{row['end']}"
    ready.sort(key=lambda row: row["claim_id"])
    return Items(
        name,
        from_rows("claims", [_claim(row) for row in ready]),
        from_rows("documents", [_document(doc, i, texts[doc]) for doc, i in ids.items()]),
        empty("values"),
        empty("assertions"),
        from_rows("when_where", [_when(row) for row in ready]) if ready else empty("when_where"),
        {kind: [str(row[kind]) for row in ready] for kind in gold},
        [row["lemma"] for row in ready if "lemma" in row],
    )


def _claim(row: dict[str, Any]) -> dict[str, object]:
    return {
        **{c: row[c] for c in ("claim_id", "document_id", "start", "end")},
        "content": row["text"],
        "kind": "narration",
        "status": "asserted",
    }


def _document(name: str, document_id: str, text: str) -> dict[str, object]:
    return {
        "document_id": document_id,
        "path": name,
        "publisher": "unknown",
        "language": "en",
        "note": "",
        "text": text,
    }


def _when(row: dict[str, Any]) -> dict[str, object]:
    date = pd.to_datetime(str(row.get("date") or ""), utc=True, errors="coerce")
    begin = date.tz_localize(None).normalize() if isinstance(date, pd.Timestamp) else None
    return {
        "claim_id": row["claim_id"],
        "place_precision": "none",
        "place_from": "none",
        "place_wording": "",
        "begin": begin,
        "end": begin + pd.Timedelta(days=1) if begin is not None else None,
        "date_precision": "none" if begin is None else "day",
        "date_from": "none" if begin is None else "document",
        "date_wording": "",
        "mentioned_place_ids": "",
    }


def as_read(items: Items) -> Items:
    """The same with the figures, facts, times and places that the toolkit reads in the texts."""
    settings = Settings()
    begin = dict(zip(items.claims["document_id"], items.when_where["begin"], strict=True))
    documents = items.documents.assign(published=items.documents["document_id"].map(begin))
    claims = items.claims
    return replace(
        items,
        documents=documents,
        values=parse_values(claims, documents, **chosen(parse_values, settings, "parse")),
        assertions=parse_assertions(
            claims, documents, empty("sources"), **chosen(parse_assertions, settings, "parse")
        ),
        when_where=parse_when_where(
            claims, documents, **chosen(parse_when_where, settings, "parse")
        ),
    )


def ecbplus(data: Path, split: str) -> Items:
    """Sentences of ECB+ `train` or `dev` that hold an event mention."""
    documents = {row["doc_id"]: row for row in lines(data, "ecbplus_docs")}
    mentions = [row for row in lines(data, "ecbplus_event_mentions") if row["split"] == split]
    size = Counter(row["chain"] for row in mentions)
    sentences: defaultdict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for row in mentions:
        sentences[row["doc_id"], row["sent_id"]].append(row)
    rows = []
    for (doc, number), found in sorted(sentences.items()):
        document = documents[doc]
        main = max(found, key=lambda m: (size[m["chain"]], m["chain"]))
        tokens = document["sentences"][document["sent_ids"].index(number)]
        rows.append(
            {
                "document": doc,
                "text": " ".join(tokens),
                "incident": document["subtopic"],
                "action": main["chain"],
                "lemma": f"{document['topic']} {main['head_lemma']}",
            }
        )
    return build(f"ecbplus_{split}", rows, ("incident", "action"))


def ecbplus_articles(data: Path, split: str) -> Items:
    """Documents of ECB+ `train` or `dev`, each one claim of up to `LEAD` characters."""
    rows = [
        {
            "document": row["doc_id"],
            "text": " ".join(" ".join(tokens) for tokens in row["sentences"])[:LEAD].strip(),
            "incident": row["subtopic"],
        }
        for row in lines(data, "ecbplus_docs")
        if row["split"] == split
    ]
    return build(f"ecbplus_{split}_articles", rows, ("incident",))


def _without_furniture(text: str) -> str:
    """What of a page claims are made of."""
    kept, at = [], 0
    for start, end in find_furniture(text):
        kept.append(text[at:start])
        at = max(at, end)  # one may lie in another
    return "".join([*kept, text[at:]])


def news_clusters(data: Path) -> Items:
    """Articles of several outlets on one event each."""
    rows = []
    for row in lines(data, "news_clusters_dev"):
        title, body = row["title"] or "", row["text"] or ""
        lead = f"{row['description'] or ''} {_without_furniture(body)}"
        text = f"{title}. {lead}".strip() if title else lead.strip()
        if not text:
            continue  # eight articles have neither title nor text
        rows.append(
            {
                "document": row["id"],
                "text": text[:LEAD].strip(),
                "incident": row["event_id"],
                "date": row["date_publish"],
            }
        )
    return build("news_clusters_dev", rows, ("incident",))
