"""Whether harm was meant: deliberate, or by mistake; aimed at people, or into the air."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compare.parse.assertions_lexicon import Lexicon
from compare.parse.assertions_modality import irrealis, possible
from compare.parse.assertions_parties import Speaker, name
from compare.parse.assertions_polarity import denied
from compare.parse.assertions_roles import Fact, antecedent, children, pobj, roles

if TYPE_CHECKING:
    from spacy.tokens import Token

INTENT, AIMED, IMPACT = "deliberate-harm", "aimed-fire", "impact"
_MEANT = {"deliberately", "intentionally", "purposely", "purposefully", "knowingly"}
_CHANCE = {"accidentally", "mistakenly", "unintentionally", "inadvertently"}
_BY_CHANCE = {"mistake", "accident", "crossfire", "error"}
_STRAY = {"bullet", "shell", "round", "rocket", "missile", "mortar"}
_HARMS = {"kill", "shoot", "hit", "strike", "bomb", "shell", "wound", "injure", "attack", "target",
          "die", "catch", "run", "ram", "fire", "murder", "crush"}  # fmt: skip
_PEOPLE = {"crowd", "people", "protester", "demonstrator", "marcher", "worshipper", "civilian",
           "mourner", "them", "student", "worker", "villager", "man", "woman", "child"}  # fmt: skip
_WOUNDS, _SHOT = {"wound", "injury"}, {"gunshot", "bullet"}
_FIRES = {"fire", "shoot", "open"}
_AIM = {"at", "on", "into", "upon"}
_FLYING = {"missile", "rocket", "drone"}
_LANDS = {"hit", "strike", "reach", "impact"}
_STOPS = {"intercept", "shoot", "down", "destroy", "bring"}
_EVERY = {"all", "both", "every", "each", "the"}
_TOLD = _HARMS | _FIRES | _LANDS | _STOPS


def intent_of(token: Token, lemma: str, speaker: Speaker, lexicon: Lexicon) -> Iterator[Fact]:
    """Harm meant or done by mistake, shots aimed or into the air, missiles that landed."""
    if lemma in _WOUNDS and any(c.lemma_.lower() in _SHOT for c in token.children):
        yield Fact("occurrence", "shooting", None, None)
    if token.pos_ != "VERB" or lemma not in _TOLD:
        return
    if irrealis(token, lexicon) or possible(token):
        return
    agent, patient = roles(token)
    no = denied(token, 0, lexicon)
    purpose = meant(token) if lemma in _HARMS else None
    if purpose is not None:
        hit = patient or (agent if lemma == "die" else None)
        told = None if hit is None else name(antecedent(hit), speaker, lexicon)
        # Who did not do it by mistake may not have done it at all.
        if purpose or not no:
            yield Fact("occurrence", INTENT, None, told, no == purpose)
    # Who denies to have fired at people denies a shooting, which is told as such.
    if lemma in _FIRES and not no and (aimed := _aimed(token, patient)) is not None:
        yield Fact("occurrence", AIMED, None, None, not aimed)
    flying = None if agent is None else antecedent(agent).lemma_.lower()
    if lemma in _LANDS and flying in _FLYING and patient is not None:
        yield Fact("occurrence", IMPACT, None, flying, no)
    if patient is not None and not no and (shot := _all_stopped(token, lemma, patient)):
        yield Fact("occurrence", IMPACT, None, shot, True)


def _all_stopped(verb: Token, lemma: str, patient: Token) -> str | None:
    """What was all shot down on its way: the missiles, both drones; not "most of the missiles"."""
    flown = antecedent(patient)
    down = any(c.lower_ == "down" for c in children(verb, {"prt", "advmod"}))
    if lemma not in _STOPS or flown.lemma_.lower() not in _FLYING or flown.tag_ != "NNS":
        return None
    of = flown.head.head if flown.dep_ == "pobj" and flown.head.lower_ == "of" else None
    every = {of.lower_} if of is not None else {c.lower_ for c in flown.children}
    stops = down or lemma not in ("shoot", "bring")
    return flown.lemma_.lower() if stops and every & _EVERY else None


def meant(verb: Token) -> bool | None:
    """Whether a deed is told as meant; None where it is told as neither."""
    adverbs = {c.lower_ for c in children(verb, {"advmod"})}
    on = pobj(verb, {"on"})
    if adverbs & _MEANT or (on is not None and on.lower_ == "purpose"):
        return True
    by = [pobj(verb, {word}) for word in ("by", "in", "with")]
    chance = [noun for noun in by if noun is not None and (
        noun.lemma_ in _BY_CHANCE
        or (noun.lemma_ in _STRAY and any(c.lower_ == "stray" for c in noun.children))
    )]  # fmt: skip
    return False if adverbs & _CHANCE or chance else None


def _aimed(verb: Token, patient: Token | None) -> bool | None:
    """Whether shots went at people or into the air; None where it is not told."""
    if patient is not None and any(c.lower_ == "warning" for c in patient.children):
        return False
    at = pobj(verb, _AIM)
    at = at if at is not None or patient is None else pobj(patient, _AIM)
    if at is None:
        return None
    if at.lower_ in ("air", "sky"):
        return False
    return True if antecedent(at).lemma_.lower() in _PEOPLE else None
