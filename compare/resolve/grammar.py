"""What the parse says of a name: whether it acts, and which bodies do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SUBJECTS = {"nsubj", "nsubjpass", "csubj"}


def acts(parse: Doc, start: int, end: int) -> bool:
    """Whether these characters are a subject, or its apposition ("her deputy, P. Krantz, was")."""
    span = parse.char_span(start, end, alignment_mode="expand")
    if span is None:
        return False
    root = span.root
    while root.dep_ == "appos":
        root = root.head
    return root.dep_ in _SUBJECTS


def acting_bodies(parse: Doc) -> list[tuple[int, int]]:
    """Characters of every subject that spaCy tags as a body, of two words or more."""
    return [
        (e.start_char, e.end_char)
        for e in parse.ents
        if e.label_ == "ORG" and len(e) > 1 and e.root.dep_ in _SUBJECTS
    ]
