"""Those who were asked and said nothing: "declined to comment", "no response from X"."""

from __future__ import annotations

from dataclasses import dataclass

from compare.extract.phrases import noun_phrase
from compare.extract.speakers import source_of
from compare.extract.tokens import Tokens

Chars = tuple[int, int]
_ANSWERS = frozenset(("comment", "comments", "response", "reply", "reaction", "statement"))
_SILENT_VERBS = frozenset(("comment", "respond", "reply", "react", "elaborate", "answer"))
_ASKED = frozenset(
    ("request", "question", "query", "inquiry", "enquiry", "call", "email", "message")
)
"""What goes unanswered is not what it is about: "did not respond to a request for comment"."""
_NO = frozenset(("no", "not", "n't", "n’t", "never", "without"))


@dataclass(frozen=True)
class Silence:
    """One speaker who gave no comment: the bare cue, and the words that say so."""

    source: Chars
    cue: Chars
    content: Chars


def find_silences(tokens: Tokens) -> list[Silence]:
    """Every statement that somebody named gave none, in order."""
    found = []
    for i, word in enumerate(tokens.lower):
        if word in _ANSWERS and tokens.pos[i] == "NOUN":
            silence = _no_answer(tokens, i)
        elif tokens.lemma[i] in _SILENT_VERBS and tokens.pos[i] == "VERB":
            silence = _did_not(tokens, i)
        else:
            continue
        if silence is not None:
            found.append(silence)
    return found


def _no_answer(tokens: Tokens, i: int) -> Silence | None:
    """ "no comment from X", "X made no comment", "X could not be reached for comment"."""
    verb = tokens.head[i]
    if any(tokens.lower[c] == "no" for c in tokens.children[i]):
        for c in tokens.children[i] + [c for c in tokens.children[verb] if c > i]:
            if tokens.lower[c] in ("from", "by") and tokens.dep[c] in ("prep", "agent"):
                thing = tokens.child(c, "pobj")
                if thing is not None:
                    return Silence(
                        tokens.span(*noun_phrase(tokens, thing)),
                        tokens.span(i, i),
                        tokens.span(tokens.left[i], i),
                    )
        if tokens.dep[i] == "dobj" and tokens.lemma[verb] in (
            "make",
            "have",
            "give",
            "offer",
            "issue",
            "provide",
        ):
            return _by(tokens, verb, i, verb, i)
        return None
    if tokens.dep[i] == "pobj" and tokens.lower[verb] == "for":
        governor = tokens.head[verb]
        if tokens.pos[governor] == "ADJ":
            negated = tokens.lower[governor] in ("unavailable", "unreachable")
            governor = tokens.head[governor]
        else:
            negated = False
        if negated or any(tokens.lower[c] in _NO for c in tokens.children[governor]):
            subject = tokens.child(governor, "nsubjpass", "nsubj")
            if subject is not None:
                return Silence(
                    tokens.span(*noun_phrase(tokens, subject)),
                    tokens.span(i, i),
                    tokens.span(governor, i),
                )
    return None


def _did_not(tokens: Tokens, i: int) -> Silence | None:
    subject = tokens.child(i, "nsubj")
    if not any(
        tokens.lower[c] in _NO and tokens.dep[c] == "neg" for c in tokens.children[i]
    ) and not (subject is not None and tokens.lower[tokens.left[subject]] == "neither"):
        return None
    first = min([c for c in tokens.children[i] if tokens.dep[c] in ("aux", "neg")], default=i)
    topic = next(
        (
            c
            for c in tokens.children[i]
            if tokens.dep[c] == "prep"
            and tokens.lower[c] in ("on", "to", "about")
            and tokens.child(c, "pobj") is not None
        ),
        None,
    )
    if topic is not None:
        thing = tokens.children[topic][0]
        if tokens.lemma[thing] in _ASKED:
            about = [tokens.right[c] for c in tokens.children[thing] if tokens.dep[c] == "prep"]
            return _by(tokens, i, i, first, max(about, default=thing))
        return _by(tokens, i, i, topic + 1, tokens.right[topic])
    return _by(tokens, i, i, first, tokens.right[i])


def _by(tokens: Tokens, verb: int, cue: int, first: int, last: int) -> Silence | None:
    source = source_of(tokens, verb, passive=False)
    while last > first and tokens.pos[last] in ("PUNCT", "SPACE"):
        last -= 1
    if (
        source is None
        or (source[0] <= last and first <= source[1])
        or tokens.lower[source[1]] in ("i", "we", "you")
    ):
        return None
    return Silence(tokens.span(*source), tokens.span(cue, cue), tokens.span(first, last))
