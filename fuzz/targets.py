"""What is fuzzed: each target takes bytes and holds what must hold for any input.

Only errors of `compare.errors` are caught; anything else is a fault.
"""

from __future__ import annotations

import atexit
import csv
import io
import itertools
import json
import random
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pandas as pd
from fragments import text_of
from spacy.tokens import Doc

from compare.errors import CompareError, DocumentError
from compare.extract import extract_claims
from compare.extract.claims import claims_of, parents
from compare.extract.quotes import find_paragraphs, find_quotes
from compare.extract.tokens import read_tokens
from compare.numbers import find_numbers
from compare.parse import parse_assertions, parse_values, parse_when_where
from compare.parse.dates import find_dates
from compare.parse.places import find_places
from compare.read import read_case
from compare.read.decode import decode
from compare.read.language import guess_language
from compare.read.metadata import published, read_rows, split_front_matter
from compare.read.sandbox import Sandbox
from compare.report import read_manifest
from compare.resolve import resolve_sources
from compare.resolve.registry import registry
from compare.review.decision import COLUMNS
from compare.review.label_studio import from_label_studio
from compare.review.log import read_decisions, written
from compare.schema import ACTIONS, CAMPS, ROLES
from compare.settings import Settings
from compare.syntax import load
from compare.tables import from_rows
from compare.trace import trace_origins

SETTINGS = Settings()
_KINDS = ("NOUN", "PROPN", "PRON", "VERB", "AUX", "ADP", "ADJ", "ADV", "DET", "NUM", "PUNCT",
          "SCONJ", "CCONJ", "PART", "INTJ", "SYM", "SPACE", "X")  # fmt: skip
_MANIFEST = b'{"format": 1, "case": "c", "inputs": {"a": "0"}, "outputs": {"b": "1"}}'
_EXPORT = (
    b'[{"data": {"document_id": "d", "text": "12 were killed."}, "annotations": [{"completed_by":'
    b' {"email": "a@b"}, "created_at": "2020-11-03T10:00:00Z", "result": [{"id": "1", "type": '
    b'"labels", "from_name": "l", "value": {"start": 0, "end": 14, "labels": ["content"]}}, '
    b'{"id": "1", "type": "choices", "from_name": "action", "value": {"start": 0, "end": 14, '
    b'"choices": ["reject"]}}]}]}]'
)
SECONDS = 10.0
"""Longest time for one input; the driver holds every target to it."""


def front_matter(data: bytes) -> None:
    """Front matter is flat text or refused, and the body is the end of the file."""
    text = "---\n" + text_of(data)
    with suppress(DocumentError):
        facts, body = split_front_matter(text)
        assert text.endswith(body)
        assert all(isinstance(v, str) for v in facts.values())


def rows_of_csv(data: bytes) -> None:
    """A CSV is rows of text or refused."""
    with suppress(DocumentError):
        for line, row in read_rows(text_of(data)):
            assert line > 1
            assert all(isinstance(v, str) for v in row.values())


def dates_published(data: bytes) -> None:
    """A publication date is naive or refused."""
    for text in (text_of(data), data.decode("latin-1")):
        with suppress(DocumentError):
            assert published(text).tzinfo is None


def encodings(data: bytes) -> None:
    """Bytes become text without carriage returns, or are refused."""
    for markup in (False, True):
        with suppress(DocumentError):
            found = decode(data, markup=markup, fallback_encoding="")
            assert "\r" not in found.text
            assert guess_language(found.text) in ("en", "und")


def quotes(data: bytes) -> None:
    """Paragraphs part a text, and quotations nest inside it."""
    text = text_of(data)
    paragraphs = find_paragraphs(text)
    assert all(0 <= a < b <= len(text) for a, b in paragraphs)
    assert all(x[1] <= y[0] for x, y in itertools.pairwise(paragraphs))
    for q in find_quotes(text, paragraphs):
        assert 0 <= q.start <= q.inner_start <= q.inner_end <= q.end <= len(text)


def numbers(data: bytes) -> None:
    """Figures are ordered spans with low <= high, and none is NaN."""
    text, last = text_of(data), 0
    parse = SETTINGS.parse
    for n in find_numbers(text, vague=parse.vague, about=parse.about, nearly=parse.nearly):
        assert last <= n.start < n.end <= len(text)
        assert n.low is None or n.low == n.low
        assert n.low is None or n.high is None or n.low <= n.high
        last = n.end


def dates(data: bytes) -> None:
    """Dates are ordered spans whose words stand there, each beginning before it ends."""
    text = text_of(data[2:])
    day = datetime.min + timedelta(days=int.from_bytes(data[:2], "big") * 55)
    for when in (None, day, datetime(2020, 10, 14)):
        for m in find_dates(text, when):
            assert text[m.start : m.end] == m.wording
            assert m.begin is None or (m.until is not None and m.begin < m.until)


def places(data: bytes) -> None:
    """Places are spans of the text."""
    text = text_of(data)
    for m in find_places(text, title=text[:80]):
        assert 0 <= m.start < m.end <= len(text)


def documents(data: bytes) -> pd.DataFrame:
    """A table of one or two documents with the text of `data`."""
    cut = len(data) // 2 if data[:1] > b"\x80" else len(data)
    texts = dict.fromkeys(t for t in (text_of(data[:cut]), text_of(data[cut:])) if t.strip())
    rows: list[dict[str, object]] = [
        {
            "document_id": f"d{n}",
            "path": f"{n}.txt",
            "publisher": text[-12:].strip() or "P",
            "published": datetime(2020, 10, 14) if n else None,
            "title": text[:40],
            "language": "en",
            "note": "",
            "text": text,
        }
        for n, text in enumerate(texts)
    ]
    return from_rows("documents", rows)


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
    bare = nlp.tokenizer(text_of(data))
    parser, tagger = nlp.get_pipe("parser").labels, nlp.get_pipe("tagger").labels
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


def mutated(seed: bytes, data: bytes) -> bytes:
    """`seed` with bytes of `data` written over it, put into it, or parts cut from it."""
    made, draw = bytearray(seed), random.Random(data)  # noqa: S311 - repeatable, not secret
    for byte in data[:40]:
        at = draw.randrange(len(made) + 1)
        if byte < 90:
            made[at : at + 1] = bytes([draw.randrange(256)])
        elif byte < 160:
            made[at:at] = data[: draw.randrange(20)]
        elif byte < 210:
            del made[at : at + draw.randrange(30)]
        else:
            made[at:at] = made[draw.randrange(len(made) + 1) :][: draw.randrange(200)]
    return bytes(made)


@cache
def _seeds() -> dict[str, bytes]:
    import docx

    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph("The ministry said that 12 people had been killed.")
    document.add_table(2, 2).cell(0, 0).text = "Nawa"
    document.save(out)
    stream = b"BT /F1 12 Tf 50 700 Td (The ministry said 12 were killed.) Tj ET"
    pdf = (
        b"%%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>\nendobj\n"
        b"4 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n"
        b"5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n"
        b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n0\n%%%%EOF\n" % (len(stream), stream)
    )
    html = (
        b"<!doctype html><html lang=en><head><meta charset=utf-8><title>T</title></head><body>"
        b"<article><h1>T</h1><p>The ministry said that 12 people had been killed in Nawa.</p>"
        b"<table><tr><td>1<td>2</table></article></body></html>"
    )
    return {"docx": out.getvalue(), "pdf": pdf, "html": html}


def _docx_part(data: bytes) -> bytes:
    # Damage inside the zip: most damage to the zip itself ends in its checksum.
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(_seeds()["docx"])) as seed,
        zipfile.ZipFile(out, "w") as made,
    ):
        for name in seed.namelist():
            part = seed.read(name)
            hurt = name in ("word/document.xml", "docProps/core.xml", "[Content_Types].xml")
            made.writestr(name, mutated(part, data) if hurt else part)
    return out.getvalue()


@cache
def _room() -> Path:
    return Path(mkdtemp(prefix="compare-fuzz-"))


@cache
def _sandbox() -> Sandbox:
    sandbox = Sandbox(memory=2 * 2**30)
    atexit.register(sandbox.__exit__, None, None, None)
    return sandbox


def outside(data: bytes) -> None:
    """A damaged HTML, PDF or DOCX gives text or one error of ours, never ends the parent."""
    form = ("html", "pdf", "docx", "docx")[data[0] % 4] if data else "html"
    made = _docx_part(data) if data[:1] and data[0] % 4 == 3 else mutated(_seeds()[form], data)
    path = _room() / f"x.{form}"
    path.write_bytes(made)
    with suppress(DocumentError):
        assert isinstance(_sandbox().read(path, form, "", seconds=SECONDS)["text"], str)


def case(data: bytes) -> None:
    """A case with hostile tables and metadata is read, and every problem is a row."""
    root = _room() / "case"
    (root / "documents").mkdir(parents=True, exist_ok=True)
    (root / "documents" / "good.txt").write_text("The ministry said that 12 people were killed.")
    third = len(data) // 3
    cells = [text_of(data[:third]), text_of(data[third : 2 * third]), text_of(data[-third:])]
    out = io.StringIO()
    csv.writer(out).writerows([["path", "publisher", "published"], ["good.txt", *cells[:2]], cells])
    (root / "documents.csv").write_text(out.getvalue(), "utf-8", newline="")
    out = io.StringIO()
    csv.writer(out).writerows(
        [["document", "content", "source", "start", "published"], ["", *cells, ""],
         ["good.txt", "12 people", cells[0], cells[1][:3], ""], [*cells, "", cells[2]]]
    )  # fmt: skip
    (root / "claims.csv").write_text(out.getvalue(), "utf-8", newline="")
    (root / "case.toml").write_text(cells[2] if data[:1] < b"\x08" else "", "utf-8", newline="")
    (root / "documents" / "x.md").write_bytes(b"---\n" + text_of(data).encode())
    with suppress(CompareError):
        read = read_case(root)
        texts = dict(zip(read.documents["document_id"], read.documents["text"], strict=True))
        if read.claims is not None:
            for row in read.claims.itertuples():
                part = texts[str(row.document_id)][int(row.start) : int(row.end)]
                assert part == row.content


def tables(data: bytes) -> None:
    """A researcher's actors and decisions are read, or refused row by row."""
    quarter = len(data) // 4
    cells = [text_of(data[n * quarter : (n + 1) * quarter]) for n in range(4)]
    draw = random.Random(data)  # noqa: S311 - repeatable, not secret
    actors = pd.DataFrame(
        [{"actor_id": cells[0], "actor": cells[1], "camp": draw.choice((*CAMPS, cells[2])),
          "role": draw.choice((*ROLES, cells[2])), "aliases": cells[3], "titles": cells[2]}]
    )  # fmt: skip
    with suppress(CompareError):
        registry(actors)
    row = {
        "when": draw.choice(("2020-11-03T10:00", cells[0])), "who": cells[1],
        "action": draw.choice((*ACTIONS, cells[0])), "claim_id": cells[2], "quote": cells[3],
        "other_claim_id": cells[1], "field": draw.choice(("range", "camp", "killed", cells[3])),
        "new": draw.choice(("12-", *CAMPS, cells[0])), "why": cells[2],
    }  # fmt: skip
    found, refused = read_decisions(pd.DataFrame([row], index=[2]))
    assert len(found) + len(refused) == 1
    for decision in found:
        log = pd.DataFrame([dict(zip(COLUMNS, written(decision), strict=True))])
        assert read_decisions(log) == ([decision], [])


def exchange(data: bytes) -> None:
    """A manifest and an annotation tool's export that were changed are used or refused."""
    path = _room() / "manifest.json"
    path.write_bytes(mutated(_MANIFEST, data))
    with suppress(CompareError):
        assert isinstance(read_manifest(_room())["case"], str)
    with suppress(CompareError, ValueError, RecursionError):  # no JSON never gets so far
        export = json.loads(mutated(_EXPORT, data))
        assert all(decision.who for decision in from_label_studio(export))


TARGETS: dict[str, Callable[[bytes], None]] = {
    "front_matter": front_matter,
    "rows_of_csv": rows_of_csv,
    "dates_published": dates_published,
    "encodings": encodings,
    "quotes": quotes,
    "attributions": attributions,
    "numbers": numbers,
    "dates": dates,
    "places": places,
    "flow": flow,
    "outside": outside,
    "case": case,
    "tables": tables,
    "exchange": exchange,
}
