"""A parse as plain lists, which rules read many times over.

Reading an attribute of a spaCy token costs a call; the rules look at each
token many times, so the attributes are read once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "csubjpass", "expl"))

_LEMMAS = {"hop": "hope", "hopes": "hope"}
"""Lemmas that spaCy's rules get wrong for words that matter here."""


@dataclass(frozen=True)
class Tokens:
    """The tokens of one document; every list has one entry a token."""

    text: str
    start: list[int]
    end: list[int]
    word: list[str]
    lower: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    ent: list[str]
    head: list[int]
    left: list[int]
    """First token of the subtree."""
    right: list[int]
    """Last token of the subtree, included."""
    children: list[list[int]]
    sentence: list[int]
    """Number of the sentence a token stands in."""
    sentences: list[tuple[int, int]]
    """First token and one past the last."""
    at: list[int]
    """For each character the first token that ends after it, and one more entry."""

    def __len__(self) -> int:
        """How many tokens."""
        return len(self.start)

    def child(self, i: int, *deps: str) -> int | None:
        """The first child of `i` with one of these dependencies."""
        return next((c for c in self.children[i] if self.dep[c] in deps), None)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Characters from token `first` to token `last`, included."""
        return self.start[first], self.end[last]


def read_tokens(doc: Doc) -> Tokens:
    """The lists of a parse; the text of the document must be the parsed text."""
    tokens = list(doc)
    start = [t.idx for t in tokens]
    word = [t.text for t in tokens]
    end = [s + len(w) for s, w in zip(start, word, strict=True)]
    children: list[list[int]] = [[] for _ in tokens]
    head = [t.head.i for t in tokens]
    for i, h in enumerate(head):
        if h != i:
            children[h].append(i)
    sentences = [(s.start, s.end) for s in doc.sents] if tokens else []
    sentence = [n for n, (a, b) in enumerate(sentences) for _ in range(a, b)]
    text = doc.text
    at = [0] * (len(text) + 1)
    i = 0
    for position in range(len(text) + 1):
        while i < len(tokens) and end[i] <= position:
            i += 1
        at[position] = i
    return Tokens(
        text=text,
        start=start,
        end=end,
        word=word,
        lower=[w.lower() for w in word],
        lemma=[_LEMMAS.get(t.lemma_, t.lemma_.lower()) for t in tokens],
        pos=[t.pos_ for t in tokens],
        tag=[t.tag_ for t in tokens],
        dep=[t.dep_ for t in tokens],
        ent=[t.ent_type_ for t in tokens],
        head=head,
        left=[t.left_edge.i for t in tokens],
        right=[t.right_edge.i for t in tokens],
        children=children,
        sentence=sentence,
        sentences=sentences,
        at=at,
    )
