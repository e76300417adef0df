"""Ready-made claims: a researcher's own `claims.csv`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pandas as pd

from compare.errors import DocumentError
from compare.read.metadata import published
from compare.schema import KINDS, STATUSES
from compare.tables import check, from_rows

Rows = list[tuple[int, dict[str, str]]]
_DIGITS = 18
"""Of a start at most: thousands of them Python refuses to read."""


def ready_claims(
    rows: Rows, documents: pd.DataFrame, problem: Callable[[str, str, str], None]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The documents with those of `claims.csv` added, and its claims.

    A row names a `document` (its path or id) and the `content`, found at
    `start` or at its only place in the text; or it has no document and is one
    itself, with `publisher`, `published` and `url`. `source`, `cue`, `status`
    and `kind` are optional. Each row that cannot be used is a problem and the
    others go on.
    """
    new: dict[str, dict[str, object]] = {}
    claims: dict[str, dict[str, object]] = {}
    by_name: dict[str, dict[str, object]] = {
        str(name): {str(k): v for k, v in row.items()}
        for row in documents.to_dict("records")
        for name in (row["document_id"], row["path"], str(row["path"]).removeprefix("documents/"))
    }
    for line, cells in rows:
        try:
            row = {k: v.strip() for k, v in cells.items()}
            document = by_name.get(row.get("document", "")) or _own_document(row, new)
            claim = _claim(row, document)
            claims[str(claim["claim_id"])] = claim
        except DocumentError as error:
            problem("claims.csv", "rejected", f"line {line}: {error}")
    if new:
        documents = check(
            "documents", pd.concat([documents, from_rows("documents", [*new.values()])])
        )
    return documents, from_rows("claims", list(claims.values()))


def _own_document(row: dict[str, str], new: dict[str, dict[str, object]]) -> dict[str, object]:
    if row.get("document"):
        raise DocumentError(f"document {row['document']!r} is not in documents/")
    text = row.get("content", "")
    if not text:
        raise DocumentError("no content; the column `content` holds the words of the claim")
    publisher = row.get("publisher") or "unknown"
    identity = hashlib.sha256(f"{text}\0{publisher}".encode()).hexdigest()[:16]
    return new.setdefault(
        identity,
        {
            "document_id": identity,
            "path": f"claims.csv#{identity}",
            "publisher": publisher,
            "published": published(row["published"]) if row.get("published") else None,
            "url": row.get("url"),
            "title": row.get("title"),
            "language": row.get("language") or "en",
            "note": row.get("note") or "",
            "text": text,
        },
    )


def _claim(row: dict[str, str], document: dict[str, object]) -> dict[str, object]:
    text, content = str(document["text"]), row.get("content", "")
    start = _place(text, content, row.get("start", ""))
    end = start + len(content)
    claim: dict[str, object] = {
        "claim_id": f"{document['document_id']}:{start}-{end}",
        "document_id": document["document_id"],
        "start": start,
        "end": end,
        "content": content,
        "kind": row.get("kind") or ("indirect" if row.get("source") else "narration"),
        "status": row.get("status") or "asserted",
    }
    for name, allowed in (("kind", KINDS), ("status", STATUSES)):
        if claim[name] not in allowed:
            raise DocumentError(f"{name} is {claim[name]!r}; expected one of {', '.join(allowed)}")
    for name in ("source", "cue"):
        # A source named in the row but not in the text is one the researcher knows of;
        # it is kept, without a place.
        words = row.get(name, "")
        at = _nearest(text, words, start)
        claim |= {
            name: words or None,
            f"{name}_start": None if at is None else at,
            f"{name}_end": None if at is None else at + len(words),
        }
    return claim


def _place(text: str, content: str, start: str) -> int:
    if not content:
        raise DocumentError("no content; the column `content` holds the words of the claim")
    if start:
        number = start.isascii() and start.isdigit() and len(start) <= _DIGITS
        if not number or not text.startswith(content, int(start)):
            raise DocumentError(
                f"the content does not stand at start {start[:40]!r} of the document"
            )
        return int(start)
    found = text.count(content)
    if found != 1:
        raise DocumentError(
            f"the content occurs {found} times in the document; copy it exactly"
            + (" and give its start" if found else "")
        )
    return text.index(content)


def _nearest(text: str, words: str, start: int) -> int | None:
    if not words:
        return None
    before, after = text.rfind(words, 0, start), text.find(words, start)
    places = [at for at in (before, after) if at >= 0]
    return min(places, key=lambda at: (abs(at - start), at)) if places else None
