"""Who was hit: the people that a word of harm is said of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compare.parse.assertions_lexicon import Lexicon
from compare.parse.assertions_roles import Fact, children, phrase, pobj, roles, victim

if TYPE_CHECKING:
    from spacy.tokens import Token

_EXCLUSIVE = {"only", "all", "solely", "exclusively"}


def victims_of_verb(token: Token, lexicon: Lexicon) -> Iterator[Fact]:
    """Who was killed, hurt or hit, by a verb of harm."""
    agent, patient = roles(token)
    if token.lemma_ in ("die", "perish") and patient is None:
        patient = agent
    if patient is not None and patient.lower_ in ("those", "all", "most") and token.dep_ == "acl":
        # "Those killed were militants."
        some = "not" in {t.lower_ for t in token.doc[max(0, patient.i - 2) : patient.i]}
        for told in children(patient.head, {"attr"}):
            for fact in _hit(told, lexicon):
                yield Fact("victim", "hit" if some else "only-hit", None, fact.patient)
    yield from _hit(patient, lexicon)


def _hit(noun: Token | None, lexicon: Lexicon) -> Iterator[Fact]:
    """Each class of people a noun phrase names, coordinated ones too."""
    todo = [noun] if noun is not None else []
    while todo:
        one = todo.pop()
        who = victim(one, lexicon)
        if who:
            said = {t.lower_ for t in phrase(one)} | {c.lower_ for c in one.children}
            before = one.doc[phrase(one)[0].i - 1].lower_ if phrase(one)[0].i else ""
            yield Fact("victim", "only-hit" if _EXCLUSIVE & (said | {before}) else "hit", None, who)
        todo += children(one, {"conj"})


def victims_of_noun(token: Token, lexicon: Lexicon) -> Iterator[Fact]:
    """ "Civilian casualties", "deaths of children", "the dead were insurgents"."""
    who = victim(token, lexicon) if len(phrase(token)) > 1 else None
    inner = pobj(token, {"of", "among"})
    who = who or victim(inner, lexicon)
    if who:
        yield Fact("victim", "hit", None, who)
    if token.dep_ in ("nsubj", "pobj") and not who:
        verb = token.head if token.dep_ == "nsubj" else token.head.head
        while verb.dep_ in ("pobj", "prep", "nsubj") and verb.head != verb:
            verb = verb.head
        if verb.lemma_ == "be":
            for told in children(verb, {"attr", "nsubj"}):
                if told != token:
                    yield from _hit(told, lexicon)
