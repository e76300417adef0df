"""Private persons who deny their part in a deed, which may have happened all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.parse.assertions_lexicon import Lexicon
from compare.parse.assertions_parties import phrase, words
from compare.parse.assertions_roles import children, roles

if TYPE_CHECKING:
    from spacy.tokens import Token

_SOMEBODY = {"he", "she", "i"}
_PRIVATE = {"man", "woman", "boy", "girl", "teenager", "youth", "suspect", "defendant", "accused",
            "driver", "pilot", "actor", "actress", "singer", "star", "player", "coach", "husband",
            "wife", "father", "mother", "son", "daughter", "brother", "sister", "couple", "pair",
            "student", "teacher", "doctor", "nurse", "priest", "boss", "producer"}  # fmt: skip
_CLAUSES = {"ccomp", "relcl", "acl", "advcl"}


def denies_part(token: Token, lexicon: Lexicon) -> bool:
    """Whether a deed is what a private person denies: "he denied arson", "denied killing her".

    Who denies a deed without a word of who did it denies that he did it; a party's denial,
    "the Taliban denied the attack", and one with a clause, "denied that there was an attack",
    reach the deed itself. "Pleaded not guilty to murder" is told as such a denial.
    """
    child, head = token, token.head
    while head != child:
        if child.dep_ in _CLAUSES:
            return False
        if head.lemma_ in lexicon.denial["verbs"]:
            return child.dep_ in ("dobj", "xcomp", "obj") and _private(roles(head)[0], lexicon)
        if head.pos_ == "VERB" and child.dep_ not in ("conj", "dobj", "prep"):
            return False
        child, head = head, head.head
    return False


def by_somebody(token: Token) -> bool:
    """Whether a deed is told of one person: that "she" killed nobody says nothing of others."""
    agent = roles(token)[0] if token.pos_ in ("VERB", "AUX") else None
    return agent is not None and agent.lower_ in _SOMEBODY


def _private(noun: Token | None, lexicon: Lexicon) -> bool:
    if noun is None:
        return False
    if any(w in lexicon.parties for w in zip(words(phrase(noun)))):
        return False
    one = noun.lower_ in _SOMEBODY or noun.lemma_.lower() in _PRIVATE
    return one or (noun.ent_type_ == "PERSON" and not children(noun, {"conj"}))
