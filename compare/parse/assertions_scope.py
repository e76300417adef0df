"""What a word of a deed does not state: commands, habits, and denials at large."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_DURING = {"during", "throughout", "over", "amid", "amidst"}
_MANY = {"fighting", "violence", "shelling", "gunfire", "shooting", "bombing", "bombardment"}
"""Deeds told as many without a plural."""
_ONE_TIME = {"night", "day", "morning", "evening", "afternoon", "hour", "monday", "tuesday",
             "wednesday", "thursday", "friday", "saturday", "sunday"}  # fmt: skip
_OFTEN = {"only", "always", "routinely", "regularly", "usually", "often"}
_BESIDE = {"neg", "advmod", "intj", "punct", "preconj", "cc"}
_QUOTES = "\"“”„‘'«»"


def at_large(deed: Token) -> bool:
    """Whether a deed is told of a stretch of time: "no attacks during the holiday".

    Whether another account's attack fell within it is not known, so that who denies attacks
    at large denies no particular one. "No attack during the ceremony" does, and "during the
    night" is a time that accounts share.
    """
    many = deed.tag_ in ("NNS", "NNPS") or deed.lemma_.lower() in _MANY
    if deed.pos_ not in ("NOUN", "PROPN") or not many:
        return False
    above = deed.head if deed.dep_ in ("nsubj", "nsubjpass", "dobj", "attr") else deed
    links = [c for one in (deed, above) for c in one.children if c.lower_ in _DURING]
    times = [c for link in links for c in link.children if c.dep_ == "pobj"]
    return any(t.lemma_.lower() not in _ONE_TIME or t.tag_ == "NNS" for t in times)


def habitual(verb: Token) -> bool:
    """Whether a verb tells what somebody does at all times: "we only target military sites"."""
    often = any(c.dep_ == "advmod" and c.lower_ in _OFTEN for c in verb.children)
    return verb.tag_ in ("VBP", "VBZ") and often


def describes(verb: Token) -> bool:
    """Whether a clause only tells which ones are meant: "denied shooting the men who fled"."""
    noun = verb.head
    known = any(c.dep_ == "det" and c.lower_ in ("the", "these", "those") for c in noun.children)
    return verb.dep_ == "relcl" and known and any(c.tag_ in ("WP", "WDT") for c in verb.children)


def of_any(token: Token) -> bool:
    """ "Denied that its men took part in a massacre": whether there was one is left open."""
    any_ = any(c.dep_ == "det" and c.lower_ in ("a", "an", "any") for c in token.children)
    return any_ and token.dep_ == "pobj" and token.head.lower_ in ("in", "for", "behind")


def called_so(deed: Token) -> bool:
    """ "Called the attack a war crime": it was one."""
    return deed.head.lemma_ == "call" and any(c.dep_ == "oprd" for c in deed.head.children)


def answered(clause: Token) -> bool:
    """Whether a clause tells what a wish answers: "vowed to act after gunmen killed 12"."""
    past = clause.dep_ == "advcl" and clause.tag_ in ("VBD", "VBN")
    return past and any(c.lower_ in ("after", "when", "since") for c in clause.children)


def commanded(verb: Token) -> bool:
    """Whether a verb tells somebody what to do: "Hands up, don't shoot", "Never kill a guest"."""
    if verb.tag_ != "VB":
        return False
    helped = [c for c in verb.children if c.dep_ == "aux"]
    if helped:
        return helped[0].lower_ == "do" and _opens(helped[0])
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass", "mark", "expl"):
            return False
        if child.i < verb.i and child.dep_ not in _BESIDE:
            return False
    return verb.dep_ in ("ROOT", "ccomp", "advcl") and _opens(verb.doc[verb.left_edge.i])


def _opens(word: Token) -> bool:
    """Whether a word opens a sentence, a quotation, or what follows a comma in one."""
    if word.i == word.sent.start:
        return True
    before = word.nbor(-1)
    return before.text in _QUOTES or (word.dep_ == "aux" and before.text in (",", ";", "!", "-"))
