"""Stages on documents of any text, and on parses that no parser would make."""

from __future__ import annotations

import random
from datetime import datetime
from functools import lru_cache

import pandas as pd
from fragments import text_of
from spacy.tokens import Doc
from variations import several

from compare.extract import extract_claims
from compare.extract.claims import claims_of, parents
from compare.extract.tokens import read_tokens
from compare.parse import parse_assertions, parse_values, parse_when_where
from compare.resolve import resolve_sources
from compare.settings import Settings
from compare.syntax import load
from compare.tables import from_rows
from compare.trace import trace_origins

SETTINGS = Settings()
DOCUMENTS = 64
"""How many a table of `flow` holds."""
_KINDS = ("NOUN", "PROPN", "PRON", "VERB", "AUX", "ADP", "ADJ", "ADV", "DET", "NUM", "PUNCT",
          "SCONJ", "CCONJ", "PART", "INTJ", "SYM", "SPACE", "X")  # fmt: skip


def documents(data: bytes) -> pd.DataFrame:
    """A table of documents with the text of `data` and of its variations."""
    texts = several(data, DOCUMENTS, _words)
    rows: list[dict[str, object]] = [
        {
            "document_id": f"d{n}",
            "path": f"{n}.txt",
            "publisher": text[-12:].strip() or "P",
            "published": datetime(2020, 10, 14) if n % 2 else None,
            "title": text[:40],
            "language": "en",
            "note": "",
            "text": text,
        }
        for n, text in enumerate(texts)
    ]
    return from_rows("documents", rows)


def _words(data: bytes) -> str:
    return text if (text := text_of(data)).strip() else ""


def flow(data: bytes) -> None:
    """Claims, speakers, figures, times, places, facts and origins of any text are tables."""
    table = documents(data)
    claims = extract_claims(table, **SETTINGS.extract.model_dump())
    texts = dict(zip(table["document_id"], table["text"], strict=True))
    for row in claims.itertuples():
        assert texts[str(row.document_id)][int(row.start) : int(row.end)] == row.content
    sources = resolve_sources(claims, table, None, **SETTINGS.resolve.model_dump())
    assert len(sources) == len(claims)
    parse = SETTINGS.parse
    when = parse_when_where(claims, table, sentences_back=parse.sentences_back)
    assert len(when) == len(claims)
    values = parse_values(
        claims, table, model=parse.model, vague=parse.vague, about=parse.about, nearly=parse.nearly
    )
    known = set(claims["claim_id"])
    assert set(values["claim_id"]) <= known
    assert set(parse_assertions(claims, table, sources, model=parse.model)["claim_id"]) <= known
    trace_origins(claims, table, sources, **SETTINGS.trace.model_dump())


def attributions(data: bytes) -> None:
    """Claims of any words under any parse, however wrong, are spans of the text in order."""
    tokens = read_tokens(made_up(data))
    for claim, parent in zip(found := claims_of(tokens), parents(found), strict=True):
        assert 0 <= claim.start < claim.end <= len(tokens.text)
        assert parent is not claim
        for span in (claim.source, claim.cue):
            assert span is None or 0 <= span[0] < span[1] <= len(tokens.text)


def made_up(data: bytes) -> Doc:
    """Words of `data` with tags, trees and sentences by lot: no parser is that wrong."""
    nlp, draw = load(SETTINGS.extract.model), random.Random(data)  # noqa: S311 - repeatable
    parser, tagger = _labels()
    bare = list(nlp.tokenizer(text_of(data)))
    heads: list[int] = []
    while len(heads) < len(bare):
        first = len(heads)
        size = min(draw.randrange(1, 25), len(bare) - first)
        order = draw.sample(range(first, first + size), size)
        tree = {order[0]: order[0]} | {i: draw.choice(order[:n]) for n, i in enumerate(order) if n}
        heads += [tree[i] for i in range(first, first + size)]
    return Doc(
        nlp.vocab,
        words=[t.text for t in bare],
        spaces=[bool(t.whitespace_) for t in bare],
        lemmas=[t.lower_ for t in bare],
        tags=[draw.choice(tagger) for _ in bare],
        pos=[draw.choice(_KINDS) for _ in bare],
        deps=["ROOT" if heads[i] == i else draw.choice(parser) for i in range(len(bare))],
        heads=heads,
    )


@lru_cache(maxsize=1)
def _labels() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those of the parser and of the tagger; asking the parser anew for each input is slow."""
    nlp = load(SETTINGS.extract.model)
    return nlp.get_pipe("parser").labels, nlp.get_pipe("tagger").labels
