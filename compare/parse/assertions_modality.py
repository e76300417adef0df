"""What was planned, asked or supposed, could happen or will: no fact of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.parse.assertions_lexicon import Lexicon
from compare.parse.assertions_polarity import negated, own_subject
from compare.parse.assertions_scope import answered, called_so, commanded, habitual

if TYPE_CHECKING:
    from spacy.tokens import Token

_IRREALIS = {"plan", "try", "attempt", "seek", "want", "aim", "intend", "vow", "threaten", "order",
             "hope", "prepare", "fail", "bid", "effort", "ability", "able", "refuse", "promise",
             "allow", "urge", "demand", "call", "need", "appeal", "must", "recruit", "ensure",
             "guarantee", "avoid", "failure", "inability", "refusal", "readiness", "negotiate",
             "consider", "contemplate", "offer", "propose", "wish", "decline", "conspire", "plot",
             "scheme", "incite", "require", "agree", "apply", "encourage", "persuade",
             "consideration", "proposal", "intention", "wait"}  # fmt: skip
_OPEN = {"possible", "impossible", "likely", "unlikely", "probable", "conceivable", "imminent",
         "inevitable", "avoidable", "preventable", "expected"}  # fmt: skip
"""Adjectives that say of a deed what may come: "no attacks are possible" denies none."""
_COMING = {"going", "about", "set", "poised", "due", "ready", "bound", "scheduled"}
"""Words whose infinitive lies ahead: "is going to attack", "were about to storm it"."""
_UP = {"xcomp", "acl", "ccomp", "pcomp", "prep", "pobj", "conj", "dobj", "attr", "advcl", "relcl"}
_MODAL = {"must", "should", "shall", "ought"}
_SPANS = {"decade", "year", "month", "generation", "century"}
_POSSIBLE = {"can", "could", "may", "might", "will", "would", "'ll", "'d"}


def irrealis(token: Token, lexicon: Lexicon) -> bool:
    """Whether the word only says what was planned, tried, asked, allowed or supposed.

    So do "steps to ensure that attacks do not happen", "if they were to attack" and "an
    operation to retake it"; what was "not a direct attack" may have been one of another kind.
    """
    child = token
    if token.pos_ == "NOUN" and token.dep_ in ("nsubj", "nsubjpass"):
        child = token.head if token.head.lemma_ in lexicon.light["happen"] else token
        if any(c.dep_ in ("acomp", "oprd") and c.lower_ in _OPEN for c in token.head.children):
            return True
    alone = token.dep_ != "conj" and not own_subject(token)
    forbidden = token.tag_ == "VB" and alone and "do" in _helped(token)
    if forbidden or commanded(token) or habitual(token):
        return True  # "don't move", "we only target camps"
    if token.dep_ == "csubj" and possible(token.head):
        return True
    if token.head.lower_ == "without" and any(c.tag_ == "MD" for c in token.head.head.children):
        return True  # "cannot surrender without a fight"
    if token.dep_ == "attr" and _qualified(token) and negated(token.head, lexicon):
        return True
    for _ in range(4):
        if any(c.dep_ == "aux" and c.lower_ in _MODAL for c in child.children):
            return True
        # "Nothing to do with it" is no purpose.
        meant = child.dep_ == "relcl" and child.lemma_ != "do"
        purpose = child.dep_ in ("advcl", "acl") and not _went_on(child.head)
        if (meant or purpose) and any(
            (c.dep_ == "mark" and c.lower_ in ("if", "unless"))
            or (c.dep_ == "aux" and c.lower_ == "to")
            for c in child.children
        ):
            return True
        head = child.head
        if answered(child) or head == child or child.dep_ not in _UP:
            return False
        if child.dep_ in ("xcomp", "acl", "ccomp", "pcomp", "dobj", "pobj") and (
            (head.lemma_.lower() in _IRREALIS and not called_so(child))
            or (child.dep_ == "xcomp" and head.lower_ in _OPEN | _COMING)
        ):
            return True
        child = head
    return False


def _went_on(verb: Token) -> bool:
    """ "They went on to seize the town": they did."""
    return verb.lemma_ == "go" and any(c.lower_ == "on" for c in verb.children)


def possible(token: Token) -> bool:
    """Whether a verb tells what could or will happen: "may have happened" is a report.

    "Had not won since 1908" tells of the years before, not of what happened then.
    """
    since = any(c.lower_ in ("since", "until", "before") for c in token.children)
    if since and any(c.dep_ == "aux" and c.lower_ == "had" for c in token.children):
        return any(c.dep_ == "neg" for c in token.children)
    helped = _helped(token)
    if "have" in helped and any(c.dep_ == "neg" for c in token.children) and any(
        t.lemma_ in _SPANS and t.dep_ == "pobj" and t.head.lower_ in ("in", "for")
        for t in token.subtree
    ):  # fmt: skip
        return True  # "have not used it in nearly a decade": until now
    if "would" in helped:
        return True  # "would have fired", had it come to that
    return not helped.isdisjoint(_POSSIBLE) and helped.isdisjoint({"have", "'ve"})


def _qualified(noun: Token) -> bool:
    """Whether a noun tells which one something is, or of what kind: "that was the cruel attack"."""
    subject = any(c.dep_ == "nsubj" for c in noun.head.children)
    return subject and any(
        c.dep_ in ("amod", "compound", "poss") or (c.dep_ == "det" and c.lower_ not in ("a", "an"))
        for c in noun.children
    )


def future(token: Token) -> bool:
    """Whether the word is said of the future: `will`, `going to`."""
    return not _helped(token).isdisjoint({"will", "'ll", "shall", "would"})


def _helped(token: Token) -> set[str]:
    return {c.lower_.replace("’", "'") for c in token.children if c.dep_ == "aux"}
