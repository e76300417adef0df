"""Parsers of one text: front matter, tables, encodings, quotations, figures, dates, places."""

from __future__ import annotations

import itertools
from contextlib import suppress
from datetime import datetime, timedelta

from fragments import text_of

from compare.errors import DocumentError
from compare.extract.quotes import find_paragraphs, find_quotes
from compare.numbers import find_numbers
from compare.parse.dates import find_dates
from compare.parse.places import find_places
from compare.read.decode import decode
from compare.read.language import guess_language
from compare.read.metadata import published, read_rows, split_front_matter
from compare.settings import Settings

SETTINGS = Settings()


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
