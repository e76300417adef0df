"""Every quotation as a W3C Web Annotation: who said it, and its exact place in the text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from compare.report.files import write
from compare.tables import empty
from compare.view import Comparison
from compare.view.evidence import safe_url
from compare.view.lookup import Lookup, look_up

COLLECTION = "urn:claims:all"
_AT_ONCE = 1 << 12
"""Claims looked up at a time."""
_NOT_TOLD = ("values", "assertions", "when_where", "events", "origins", "judgements")
"""Tables of which an annotation tells nothing."""
CONTEXT = 32
"""Characters of prefix and suffix, which find the quotation again in a changed page."""


def _source(document: dict[str, Any]) -> str:
    digest = hashlib.sha256(document["text"].encode("utf-8", "surrogatepass")).hexdigest()
    return safe_url(document["url"] or "") or f"urn:sha256:{digest}"


def annotation(look: Lookup, claim_id: str) -> dict[str, Any]:
    """One claim as an annotation with a position and a quotation selector.

    Positions count Unicode code points, half-open, on the text as read.

    Source: Web Annotation Data Model, W3C Recommendation, 2017,
    https://www.w3.org/TR/annotation-model/ (4.2.4 and 4.2.5).
    """
    claim = look.claim(claim_id)
    document = look.documents[claim["document_id"]]
    source = look.sources[claim_id]
    text, start, end = document["text"], int(claim["start"]), int(claim["end"])
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    said = {
        "actor": source["actor"], "organisation": source["organisation"], "camp": source["camp"],
        "kind": claim["kind"], "status": claim["status"], "cue": claim["cue"],
        "sha256 of the text": digest,
    }  # fmt: skip
    return {
        "id": f"urn:claim:{claim_id}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": [
            {
                "type": "TextualBody", "purpose": "tagging", "format": "text/plain",
                "value": f"{name}: {value}",
            }
            for name, value in said.items() if value
        ],
        "target": {
            "source": _source(document),
            "selector": [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {
                    "type": "TextQuoteSelector", "exact": text[start:end],
                    "prefix": text[max(0, start - CONTEXT) : start],
                    "suffix": text[end : end + CONTEXT],
                },
            ],
        },
    }  # fmt: skip


def collection(comparison: Comparison) -> dict[str, Any]:
    """All claims as one AnnotationCollection in JSON-LD."""
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": COLLECTION,
        "type": "AnnotationCollection",
        "label": comparison.title,
        "total": len(comparison.claims),
        "first": {
            "id": f"{COLLECTION}:page-1",
            "type": "AnnotationPage",
            "partOf": COLLECTION,
            "startIndex": 0,
            "items": _Annotations(comparison),
        },
    }


class _Annotations(list[dict[str, Any]]):
    """Those of all claims, each made when it is asked for: there may be a million."""

    def __init__(self, comparison: Comparison) -> None:
        """Of a comparison."""
        super().__init__()
        self._of = comparison

    def __len__(self) -> int:
        """How many claims there are."""
        return len(self._of.claims)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """One after another, in the order of claims."""
        of, rest = self._of, {name: empty(name) for name in _NOT_TOLD}
        for at in range(0, len(self), _AT_ONCE):
            claims = of.claims.iloc[at : at + _AT_ONCE]
            told = of.documents["document_id"].isin(claims["document_id"])
            who = of.sources.iloc[at : at + _AT_ONCE]
            look = look_up(of.documents[told], claims, who, **rest)
            yield from (annotation(look, claim_id) for claim_id in look.claims)


def write_annotations(comparison: Comparison, out: Path) -> Path:
    """Write `annotations.jsonld` in `out`, and return its path.

    Raises:
        OutputError: it cannot be written.
    """
    parts = json.JSONEncoder(ensure_ascii=True, indent=1).iterencode(collection(comparison))
    return write(out, "annotations.jsonld", (part.encode() for part in chain(parts, "\n")))
