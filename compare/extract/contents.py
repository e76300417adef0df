"""The words a source is said to have said: the complement of a cue in the parse."""

from __future__ import annotations

from compare.extract.cues import Cue
from compare.extract.lexicon import ADDRESSEES, STATEMENTS
from compare.extract.tokens import FINITE, Tokens

Span = tuple[int, int]
_TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tonight week month "
    "year day night morning afternoon evening time january february march april may june july "
    "august september october november december".split()
)


def content_of(tokens: Tokens, cue: Cue) -> tuple[Span | None, int]:
    """First and last token of the content, and the last token of the cue.

    The cue grows by the preposition that its content follows ("called for").
    Returns (None, last) where the verb attributes nothing.
    """
    i, frames = cue.token, cue.verb.frames
    if cue.passive:
        return _passive(tokens, cue)
    right = _complement(tokens, cue)
    if right is not None:
        return right
    if "c" in frames or "q" in frames:
        return _before(tokens, cue), cue.last
    return None, i


def _complement(tokens: Tokens, cue: Cue) -> tuple[Span, int] | None:
    i, verb, frames = cue.token, cue.verb, cue.verb.frames
    parts: list[Span] = []
    last = cue.last
    thing: int | None = None
    for c in tokens.children[i]:
        if c < i:
            continue
        dep = tokens.dep[c]
        whole = (tokens.left[c], tokens.right[c])
        if dep == "ccomp" and tokens.left[c] > i:
            if ("c" in frames and _finite(tokens, c)) or "o" in frames or "a" in frames:
                parts.append(whole)
            elif "c" in frames and _wh(tokens, c):
                parts.append(whole)
        elif dep == "xcomp":
            infinitive = any(tokens.tag[k] == "TO" for k in tokens.children[c])
            if (
                ("x" in frames and infinitive)
                or ("o" in frames and thing is not None)
                or ("a" in frames and thing is not None)
                or ("c" in frames and _finite(tokens, c))
            ):
                parts.append(whole if thing is None else (tokens.left[thing], whole[1]))
        elif dep in ("dobj", "dative") and thing is None:
            if tokens.lemma[c] in _TIMES:
                continue
            thing = c
            if "n" in frames and not _addressed(tokens, c, frames):
                parts.append(whole)
        elif dep in ("oprd", "attr", "acomp") and "a" in frames and thing is not None:
            parts.append((tokens.left[thing], whole[1]))
        elif dep == "oprd" and "a" in frames:
            parts.append(whole)
        elif dep in ("prep", "agent", "dative"):
            name = tokens.lower[c]
            if name in verb.particles and thing is None and _object(tokens, c):
                parts.append((c + 1, whole[1]))
                last = max(last, c) if c <= last + 2 else last
            elif name in verb.joined and thing is not None:
                parts.append((tokens.left[thing], whole[1]))
            elif name == "as" and "a" in frames and thing is not None:
                parts.append((tokens.left[thing], whole[1]))
            elif name in verb.particles and _object(tokens, c):
                parts.append((c + 1, whole[1]))
    if not parts:
        return None
    span = min(a for a, _ in parts), max(b for _, b in parts)
    return span, last


def _passive(tokens: Tokens, cue: Cue) -> tuple[Span | None, int]:
    """ "was condemned by X", "was accused by X of Y", "is said to have fled", "it was reported that"."""
    i, frames = cue.token, cue.verb.frames
    subject = tokens.child(i, "nsubjpass", "nsubj")
    clause = next(
        (
            c
            for c in tokens.children[i]
            if tokens.dep[c] in ("ccomp", "csubjpass") and c > i and _finite(tokens, c)
        ),
        None,
    )
    if clause is not None and "c" in frames:
        return (tokens.left[clause], tokens.right[clause]), cue.last
    if cue.source is None or subject is None or tokens.tag[subject] in ("WP", "WDT"):
        return None, cue.last
    if not set(frames) & set("na"):
        return None, cue.last
    return (tokens.left[subject], tokens.right[subject]), cue.last


def _before(tokens: Tokens, cue: Cue) -> Span | None:
    """The clause a cue follows or interrupts: "CLAUSE, he said", "A, he said, B"."""
    i = cue.token
    if cue.source is None:
        return None
    begin, end = tokens.sentences[tokens.sentence[i]]
    start = min(cue.first, cue.source[0])
    clause = next(
        (c for c in tokens.children[i] if tokens.dep[c] == "ccomp" and tokens.right[c] < start),
        None,
    )
    if clause is not None:
        return begin, start - 1
    k = start - 1
    while k >= begin and tokens.pos[k] == "SPACE":
        k -= 1
    if k <= begin or tokens.word[k] not in (",", "—", "–", "--", "-", "”", '"', "''", "’"):
        return None
    if not any(tokens.tag[t] in FINITE or tokens.tag[t] == "VB" for t in range(begin, k)):
        return None
    head = tokens.head[i]
    if (
        head != i
        and tokens.right[head] > tokens.right[i]
        and head > i
        and tokens.dep[i] in ("parataxis", "ccomp", "advcl", "dep")
    ):
        return begin, tokens.right[head]
    return begin, k


def _finite(tokens: Tokens, clause: int) -> bool:
    return tokens.tag[clause] in FINITE or any(
        tokens.tag[c] in FINITE and tokens.dep[c] in ("aux", "auxpass", "cop", "ccomp")
        for c in tokens.children[clause]
    )


def _wh(tokens: Tokens, clause: int) -> bool:
    return tokens.tag[tokens.left[clause]] in ("WP", "WRB", "WDT") or tokens.lower[
        tokens.left[clause]
    ] in ("whether", "if")


def _object(tokens: Tokens, prep: int) -> bool:
    return tokens.child(prep, "pobj", "pcomp") is not None


def _addressed(tokens: Tokens, thing: int, frames: str) -> bool:
    return (
        "d" in frames
        and (
            tokens.lower[thing] in ADDRESSEES
            or tokens.ent[thing] in ("PERSON", "ORG", "NORP")
            or tokens.pos[thing] in ("PRON", "PROPN")
        )
        or tokens.lemma[thing] in STATEMENTS
    )
