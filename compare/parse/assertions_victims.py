"""Who was hit: the people that a word of harm is said of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from compare.parse.assertions_lexicon import Lexicon
from compare.parse.assertions_parties import contrasted, phrase, ruled_out, victim
from compare.parse.assertions_polarity import denied, negated
from compare.parse.assertions_roles import Fact, children, first_child, pobj, roles
from compare.parse.figures_lexicon import ARMED

if TYPE_CHECKING:
    from spacy.tokens import Token

_EXCLUSIVE = {"only", "all", "solely", "exclusively"}
_NONE = {"none", "neither", "nobody", "no"}
_SOME = {"most", "some", "many", "several", "majority", "half", "number", "one", "few", "dozens",
         "hundreds", "part", "bulk"}  # fmt: skip
_FEW = {"some", "several", "one", "few"}
"""Of a part this small it is left open who the others were."""
CIVIL = {"civilians", "children", "women"}
_PARTLY = {"all", "only", "just", "merely", "necessarily", "always", "simply", "exclusively"}
_BACK = 30
"""Words within which those hit are told of before a pronoun."""
_KNOWN = {"information", "knowledge", "word", "detail", "details", "record", "confirmation"}
_UP = {"pobj", "prep", "acl", "relcl"}


def victims_of_verb(token: Token, lexicon: Lexicon) -> Iterator[Fact]:
    """Who was killed, hurt or hit, by a verb of harm."""
    agent, patient = roles(token)
    misread = token.dep_ == "amod"  # "the army had targeted civilians"
    if token.lemma_ == "target" and (misread or agent is not None) and (
        denied(token.head if misread else token, 0, lexicon)
    ):  # fmt: skip
        return  # who denies to have aimed at civilians leaves open that they were hit
    if token.lemma_ in ("die", "perish") and patient is None:
        patient = agent
    yield from _hit(patient, lexicon)
    for other in contrasted(patient):
        yield from _hit(other, lexicon, none=True)
    if token.dep_ in ("acl", "relcl"):
        yield from _copula(token.head, lexicon)
    elif token.dep_ == "csubj" and token.head.lemma_ == "be":
        yield from _identified(token, token.head, lexicon)  # "the people killed were insurgents"


def _hit(noun: Token | None, lexicon: Lexicon, *, none: bool = False) -> Iterator[Fact]:
    """Each class of people a noun phrase names, coordinated ones too; with `none`, none of them."""
    todo = [noun] if noun is not None else []
    while todo:
        one = todo.pop()
        # "Two fighters and no civilians": the first one's own is read with the verb's.
        said = {t.lower_ for t in phrase(one)} | {c.lower_ for c in one.children}
        nobody = none or (one is not noun and ("no" in said or ruled_out(phrase(one))))
        yield from _class_of(one, lexicon, none=nobody)
        todo += children(one, {"conj"})


def _class_of(noun: Token, lexicon: Lexicon, *, none: bool) -> Iterator[Fact]:
    who = victim(noun, lexicon)
    if who:
        said = {t.lower_ for t in phrase(noun)} | {c.lower_ for c in noun.children}
        before = noun.doc[phrase(noun)[0].i - 1].lower_ if phrase(noun)[0].i else ""
        only = bool(_EXCLUSIVE & (said | {before}))
        # "A commander was killed" leaves open who else was.
        one = noun.tag_ == "NN" and who in ARMED and not none
        yield Fact("victim", "only-hit" if only else "part-hit" if one else "hit", None, who,
                   none or None)  # fmt: skip


def victims_of_noun(token: Token, lexicon: Lexicon) -> Iterator[Fact]:
    """ "Civilian casualties", "deaths of children", "the dead were insurgents"."""
    if _unknown(token):
        return
    who = victim(token, lexicon) if len(phrase(token)) > 1 else None
    who = who or victim(pobj(token, {"of", "among"}), lexicon)
    if who is None and token.dep_ == "dobj" and token.head.lemma_ in lexicon.light["undergo"]:
        yield from _hit(first_child(token.head, {"nsubj"}), lexicon)  # "civilians suffered losses"
    elif who:
        yield Fact("victim", "hit", None, who)
    else:
        yield from _copula(token, lexicon)


def _unknown(harm: Token) -> bool:
    """ "Had no information about civilian casualties": nobody is told to be hit, or not."""
    known = harm.head.head
    if harm.dep_ != "pobj" or known.lemma_.lower() not in _KNOWN:
        return False
    return any(c.lower_ == "no" for c in known.children) or _not(known.head)


def victims_of_pronoun(token: Token, lexicon: Lexicon) -> Iterator[Fact]:
    """Who those were that were told to be hit before: "12 were killed, most of them children"."""
    subject = token if token.lower_ == "they" else token.head.head
    of = token.lower_ == "them" and token.dep_ == "pobj" and token.head.lower_ == "of"
    if not (of or token.lower_ == "they") or subject.dep_ != "nsubj":
        return
    before = token.doc[max(0, token.i - _BACK) : token.i]
    if subject.head.lemma_ == "be" and any(t.lemma_ in lexicon.harm_verbs for t in before):
        yield from _identified(subject, subject.head, lexicon)


def none_present(token: Token, lexicon: Lexicon) -> Iterator[Fact]:
    """ "No civilians were present", "there were no civilians in the area": none was hit."""
    if token.lemma_ != "be":
        return
    told = first_child(token, {"acomp"})
    there = bool(children(token, {"expl"})) or (told is not None and told.lower_ == "present")
    for one in children(token, {"nsubj", "attr"}) if there else ():
        if negated(one, lexicon) or _not(token):
            yield from (fact for fact in _hit(one, lexicon, none=True) if fact.patient in CIVIL)


def _copula(dead: Token, lexicon: Lexicon) -> Iterator[Fact]:
    """Who those are that a phrase tells to be hit: "the dead were insurgents".

    Or who is among them: "women were among those killed", "there were no civilians among them".
    """
    top, among = dead, False
    while top.dep_ in _UP and top.head != top:
        among = among or (top.dep_ == "prep" and top.lower_ == "among")
        top = top.head
    verb = top if among else top.head
    if verb.lemma_ != "be":
        return
    if among:
        for one in children(verb, {"nsubj", "attr"}):
            yield from _hit(one, lexicon, none=negated(one, lexicon) or _not(verb))
    elif top.dep_ == "nsubj":
        yield from _identified(top, verb, lexicon)


def _identified(subject: Token, verb: Token, lexicon: Lexicon) -> Iterator[Fact]:
    """Who the dead were: all of them, where the subject is not told as a part of them."""
    asides = {t.lower_ for t in (subject, *subject.children)}
    none, no = bool(_NONE & asides), children(verb, {"neg"})
    if no and verb.doc[no[-1].i + 1].lower_ in _PARTLY:
        return  # "were not all civilians", "not only civilians"
    called = [one for one in children(verb, {"attr", "conj"}) if one.pos_ in ("NOUN", "PROPN")]
    told = [one for noun in called for one in _listed(noun)]
    no += [c for one in told[:1] for c in one.children if c.lower_ == "neither"]
    out = [one for one in told if ruled_out(phrase(one)) or (no and not _but(one))]
    alike = [fact for one in told if one not in out for fact in _class_of(one, lexicon, none=none)]
    part = subject.like_num or bool(_SOME & asides)
    whole = len(alike) == 1 and not none and not part
    # "Not all of them were civilians": some were.
    whole = whole and "not" not in asides
    for fact in alike:
        fact = replace(fact, polarity=False) if no else fact
        few = not no and not _FEW.isdisjoint(asides)
        yield replace(fact, predicate="only-hit" if whole else "part-hit") if whole or few else fact
    # "Most of them were not civilians": some may have been.
    for one in () if none or part else out:
        yield from _class_of(one, lexicon, none=True)


def _but(noun: Token) -> bool:
    """ "Not civilians but fighters": the latter they were."""
    return noun.dep_ == "conj" and any(c.lower_ == "but" for c in noun.head.children)


def _listed(noun: Token) -> list[Token]:
    """A noun, those coordinated with it, and what they are said to be mostly."""
    found = [noun]
    for one in found:
        found += children(one, {"conj", "appos"})
    return found


def _not(verb: Token) -> bool:
    return bool(children(verb, {"neg"}))
