"""Where a clause begins that follows its cue: after the day it was said, with its own subject."""

from __future__ import annotations

from compare.extract.cues import Cue
from compare.extract.tokens import FINITE, Tokens

Span = tuple[int, int]
_WEEKDAYS = frozenset(
    ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
)
_PARTS = frozenset(("late", "early", "later", "earlier"))
_COUNTING = frozenset(("between", "from", "around", "about", "over", "under", "up"))
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")


def opened(tokens: Tokens, cue: Cue, span: Span) -> Span:
    """The span from the clause's first word on.

    Parsers hang "on Monday" of "said on Monday they had taken the town" on the clause, and
    "between 20 and 30 people" of "said between 20 and 30 people were killed" on the cue.
    """
    first, last = span
    while first > cue.last + 1 and tokens.lower[first - 1] in _PARTS:
        first -= 1
    if first > cue.last + 1:
        described = _described(tokens, cue, first)
        return _with_subject(tokens, cue, span) if described is None else (described, last)
    at = first + 1 if tokens.lower[first] in _PARTS else first
    if tokens.lower[at] != "on" or (day := tokens.child(at, "pobj")) is None:
        return span
    end = tokens.right[at]
    named = any(tokens.lower[k] in _WEEKDAYS for k in range(at + 1, end + 1))
    if not named or end != day or end + 2 > last or tokens.pos[end + 1] in ("PUNCT", "ADP"):
        return span
    return end + 1, last


def _described(tokens: Tokens, cue: Cue, first: int) -> int | None:
    """Where the subject begins that a parse makes a clause of: "said the man shot by police was
    unarmed"."""
    for c in tokens.children[cue.token]:
        if (
            tokens.dep[c] == "ccomp"
            and tokens.tag[c] == "VBN"
            and tokens.left[c] == cue.last + 1
            and tokens.right[c] == first - 1
            and tokens.child(c, *_SUBJECTS) is not None
            and tokens.child(c, "aux", "auxpass") is None
        ):
            return tokens.left[c]
    return None


def _with_subject(tokens: Tokens, cue: Cue, span: Span) -> Span:
    first, last = span
    before = [
        c
        for c in tokens.children[cue.token]
        if tokens.dep[c] == "prep"
        and tokens.left[c] == cue.last + 1
        and tokens.right[c] == first - 1
    ]
    clause = next((k for k in range(first, last + 1) if tokens.head[k] == cue.token), None)
    if not before or clause is None or tokens.child(clause, *_SUBJECTS) is not None:
        return span
    finite = tokens.tag[clause] in FINITE or any(
        tokens.tag[c] in FINITE for c in tokens.children[clause]
    )
    counts = tokens.lower[before[0]] in _COUNTING
    return (tokens.left[before[0]], last) if finite and counts else span


def hidden(tokens: Tokens, thing: int) -> Span | None:
    """A clause taken for what describes its object: "said they had wholly taken the town"."""
    for k in tokens.children[thing]:
        if (
            k < thing
            and tokens.tag[k] in ("VBN", "VBD")
            and tokens.child(k, *_SUBJECTS) is not None
        ):
            return tokens.left[k], tokens.right[thing]
    return None
