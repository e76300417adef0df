"""Private persons who deny their part in a deed, which may have happened all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.parse.assertions_lexicon import Lexicon
from compare.parse.assertions_parties import phrase, words
from compare.parse.assertions_roles import Fact, children, pobj, roles
from compare.parse.assertions_scope import at_large

if TYPE_CHECKING:
    from spacy.tokens import Token

_DEEDS = {"occurrence", "responsibility"}
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


def reaches(token: Token, fact: Fact, lexicon: Lexicon) -> bool:
    """Whether a denial denies a deed that another may tell of.

    Not what one person did not do, nor attacks at large; and not whether any of a class were
    hit where it is denied how many: who denies that 45 soldiers died may know of four.
    """
    deed = fact.aspect in _DEEDS
    if _by_somebody(token) or (deed and fact.patient is None and at_large(token)):
        return False
    return not (fact.aspect == "victim" and _counted(token, lexicon))


def _counted(token: Token, lexicon: Lexicon) -> bool:
    """Whether those a word of harm hits are counted: "12 soldiers died", "the death of 12"."""
    if token.lemma_ not in lexicon.harm_verbs and token.lemma_ not in lexicon.harm_nouns:
        return False
    agent, patient = roles(token) if token.pos_ == "VERB" else (None, pobj(token, {"of"}))
    hit = patient or agent if token.lemma_ in ("die", "perish") else patient
    return hit is not None and (hit.pos_ == "NUM" or bool(children(hit, {"nummod"})))


def _by_somebody(token: Token) -> bool:
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
