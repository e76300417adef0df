"""Attribution without a verb: "Minister: ...", "... – officials", a tweet with its handle."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from compare.extract.lexicon import speakers
from compare.extract.quotes import Quote
from compare.extract.tokens import FINITE, Tokens

Chars = tuple[int, int]
_LABEL = re.compile(r"[\"“”'‘’>*\s]{0,4}((?:RT )?[@\w][^:\n\"“”]{0,79}?)[ \t]?:(?=\s|[\"“‘'])")
_SIGNED = re.compile(r"[ \t\xa0]{0,3}(?:[—–―]|--?)[ \t\xa0]{0,3}([^\n\"“”]{2,90})")
_TAIL = re.compile(
    r"[ \t](?:[—–―]|--?)[ \t]{1,3}([^\n:—–―\"“”]{2,60})$|:[ \t]{1,3}([^\n:\"“”]{2,60})$"
)
_HANDLE = re.compile(r"@\w{2,30}")
_DATE = re.compile(
    r"[,\s(]+(?:[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?|\d{1,2} [A-Z][a-z]+(?: \d{4})?)\W*$"
)
_WORDS = re.compile(r"[^\W\d_]{2,}\W+[^\W\d_]{2,}")
MAX_WORDS = 9
_PLACES = frozenset(
    ("city", "cities", "town", "village", "province", "district", "county", "country", "state")
)
"""Before a colon these head a list or a form, though they speak in sentences."""


@dataclass(frozen=True)
class Label:
    """One attribution without a verb, in characters."""

    source: Chars
    cue: Chars
    content: Chars
    verbatim: bool


def find_labels(
    tokens: Tokens, quotes: Sequence[Quote], paragraphs: Sequence[Chars]
) -> list[Label]:
    """Labels, signatures and headline tails, in order.

    A label must be a name or end in a word for who speaks; a label all in
    capitals counts if the document labels more than once (a transcript),
    since a single one is where the report was filed ("KABUL:").
    """
    text = tokens.text
    heads = []
    for low, high in paragraphs:
        m = _LABEL.match(text, low, min(high, low + 90))
        if m and m.end() < high:
            heads.append((m.start(1), m.end(1), m.end(), high))
    shouted = Counter(text[a:b] for a, b, _, _ in heads if text[a:b].isupper())
    found = []
    for a, b, after, high in heads:
        if (
            text[a:b].isupper()
            and not _HANDLE.search(text, a, b)
            and (sum(shouted.values()) < 3 and shouted[text[a:b]] < 2 and not _role(text[a:b]))
        ):
            continue
        if b - a < 2 or not _speaks(tokens, a, b) or not _WORDS.search(text, after, high):
            continue
        near = _from(quotes, after)
        quote = next((q for q in near if q.depth == 0 and q.start <= after + 2), None)
        shout = text[a:b].isupper() or bool(_HANDLE.search(text, a, b))
        end = quote.end if quote is not None else high
        found.append(Label((a, b), (after - 1, after), (after, end), quote is not None or shout))
    found += _signatures(tokens, quotes)
    if paragraphs:
        found += _headline(tokens, paragraphs[0])
    return sorted(found, key=lambda f: f.content)


def _from(quotes: Sequence[Quote], position: int) -> Sequence[Quote]:
    """The next few quotations that start at `position` or after it."""
    k = bisect_left(quotes, position, key=lambda q: q.start)
    return quotes[k : k + 4]


def _signatures(tokens: Tokens, quotes: Sequence[Quote]) -> list[Label]:
    text, found = tokens.text, []
    for q in quotes:
        if q.depth or not q.closed:
            continue
        m = _SIGNED.match(text, q.end, min(q.end + 100, len(text)))
        if m is None:
            continue
        a, b = m.span(1)
        stop = _DATE.search(text, a, b)
        b = stop.start() if stop else b
        while b > a and (text[b - 1].isspace() or text[b - 1] in ".,"):
            b -= 1
        if b > a and text[a : a + 1].isupper() | (text[a] == "@") and _speaks(tokens, a, b):
            found.append(Label((a, b), _dash(text, m.start(), a), (q.start, q.end), True))
    return found


def _headline(tokens: Tokens, paragraph: Chars) -> list[Label]:
    low, high = paragraph
    text = tokens.text
    if high - low > 160 or text[high - 1] in ".?!”\"'’" or "\n" in text[low:high]:
        return []
    m = _TAIL.search(text, low, high)
    if m is None:
        return []
    a, b = m.span(1) if m.group(1) else m.span(2)
    if not _speaks(tokens, a, b):
        return []
    mark = m.start() if m.group(2) else m.start() + 1
    return [Label((a, b), (mark, mark + 1), (low, m.start()), False)]


def _dash(text: str, a: int, b: int) -> Chars:
    while a < b and text[a].isspace():
        a += 1
    end = a
    while end < b and text[end] in "—–―-":
        end += 1
    return a, end


def _role(label: str) -> bool:
    word = label.split()[-1].lower().strip("().,")
    return word in speakers() and word not in _PLACES


def _speaks(tokens: Tokens, a: int, b: int) -> bool:
    """Whether a label names a speaker, not a topic or a place."""
    label = tokens.text[a:b]
    if _HANDLE.search(label):
        return True
    words = label.split()
    if not words or len(words) > MAX_WORDS or not any(ch.isalpha() for ch in label):
        return False
    inside = range(tokens.at[a], tokens.at[b - 1] + 1)
    if any(tokens.tag[k] in FINITE for k in inside):
        return False
    if _role(label):
        return True
    kinds = {tokens.ent[k] for k in inside if tokens.pos[k] != "PUNCT"}
    if kinds & {"GPE", "LOC", "DATE", "FAC", "EVENT", "CARDINAL", "WORK_OF_ART"}:
        return False
    return (
        label.isupper()
        or "PERSON" in kinds
        or (len(words) >= 2 and all(w[:1].isupper() for w in words) and "ORG" in kinds)
    )
