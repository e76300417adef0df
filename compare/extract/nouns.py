"""Nouns that attribute: "the Taliban claim that ...", "UNAMA's call to protect civilians"."""

from __future__ import annotations

from dataclasses import dataclass

from compare.extract.lexicon import verbs
from compare.extract.phrases import can_speak, noun_phrase, object_phrase
from compare.extract.speakers import source_of
from compare.extract.tokens import Tokens

Span = tuple[int, int]
_HEARSAY = frozenset(("report", "reports", "rumour", "rumours", "rumor", "rumors"))
_GIVING = frozenset(
    [
        "make",
        "give",
        "issue",
        "offer",
        "deliver",
        "voice",
        "express",
        "raise",
        "release",
        "publish",
        "post",
        "send",
        "share",
        "hold",
        "have",
        "take",
        "reach",
        "file",
        "lodge",
        "level",
        "launch",
        "renew",
        "repeat",
        "reiterate",
        "join",
        "add",
        "present",
        "state",
        "announce",
        "sign",
        "show",
    ]
)
"""With these a noun of speech is what their subject says: "she made the case that ..."."""


@dataclass(frozen=True)
class NounCue:
    """One noun of speech with its owner and content, in tokens, ends included."""

    token: int
    source: Span
    content: Span
    status: str


def find_nouns(tokens: Tokens) -> list[NounCue]:
    """Nouns of the lexicon that have both an owner and a content.

    The owner is a possessor ("UNAMA's call"), a name before it ("the Taliban
    claim"), follows "by" or "from", or is the subject of a verb that only gives it
    ("issued a warning that"); reports and rumours need none.
    """
    lexicon, found = verbs(), []
    for i, pos in enumerate(tokens.pos):
        entry = lexicon.get(f"n:{tokens.lemma[i]}") if pos == "NOUN" else None
        if entry is None:
            continue
        content = _content(tokens, i, entry.frames, entry.particles)
        if content is None:
            continue
        source = _owner(tokens, i)
        if source is None and tokens.lower[i] in _HEARSAY and entry.status == "reported":
            source = (i, i)
        if source is not None and not content[0] <= source[0] <= content[1]:
            found.append(NounCue(i, source, content, entry.status))
    return found


def _content(tokens: Tokens, i: int, frames: str, particles: tuple[str, ...]) -> Span | None:
    for c in tokens.children[i]:
        if c < i:
            continue
        first, last = tokens.left[c], tokens.right[c]
        if (
            "c" in frames
            and tokens.dep[c] in ("acl", "ccomp", "relcl")
            and tokens.lower[first] == "that"
            and tokens.dep[first] not in ("nsubj", "nsubjpass")
            and (tokens.dep[first] != "dobj" or _new(tokens, i))
        ):
            return first + 1, last
        if (
            "x" in frames
            and tokens.dep[c] in ("acl", "xcomp", "relcl")
            and tokens.tag[first] == "TO"
        ):
            return first, last
        if tokens.dep[c] == "prep" and tokens.lower[c] in particles and c == i + 1 and last > c:
            return c + 1, last
    if "c" in frames and tokens.lower[i + 1 : i + 2] == ["that"] and tokens.dep[i + 1] == "mark":
        verb = tokens.head[i + 1]
        if verb > i + 1:
            return i + 1, tokens.right[verb]
    if "x" in frames and i + 1 < len(tokens) and tokens.tag[i + 1] == "TO":
        verb = tokens.head[i + 1]
        if verb > i and tokens.tag[verb] == "VB":
            return i + 1, tokens.right[verb]
    return None


def _new(tokens: Tokens, i: int) -> bool:
    """Whether a noun is new: "a claim that he lied", not "the claim that he made"."""
    article = tokens.child(i, "det", "poss")
    return article is None or tokens.lower[article] in ("a", "an", "no", "another")


def _owner(tokens: Tokens, i: int) -> Span | None:
    owner = tokens.child(i, "poss")
    if owner is not None and tokens.lower[owner] not in ("its", "my", "our", "your"):
        first, last = noun_phrase(tokens, owner)
        while last > first and tokens.tag[last] == "POS":
            last -= 1
        return (first, last) if can_speak(tokens, (first, last)) else None
    name = tokens.child(i, "compound", "nmod")
    if name is not None and tokens.pos[name] == "PROPN" and name == i - 1:
        first = name
        while first > tokens.left[i] and tokens.pos[first - 1] == "PROPN":
            first -= 1
        return first, name
    for c in tokens.children[i]:
        if tokens.lower[c] in ("by", "from") and tokens.dep[c] in ("prep", "agent"):
            return object_phrase(tokens, c)
    giver = tokens.head[i]
    told = "n" in getattr(verbs().get(tokens.lemma[giver]), "frames", "")
    if tokens.dep[i] == "dobj" and tokens.lemma[giver] in _GIVING and giver < i and not told:
        source = source_of(tokens, giver, passive=False)
        if source is not None and can_speak(tokens, source):
            return source
    return None
