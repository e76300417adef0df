"""Outcomes: what became of a place, and who holds it afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compare.parse.assertions_lexicon import Lexicon, Sense
from compare.parse.assertions_parties import Speaker, name, party
from compare.parse.assertions_roles import Fact, pobj
from compare.parse.assertions_things import (
    endeavour,
    happening,
    named_person,
    named_place,
    person,
    thing,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

_SHARES = {"percent", "%", "part", "most", "half", "third", "quarter", "much", "all", "rest"}
_BURDENS = {"responsibility", "blame", "burden", "duty", "violence", "morale"}
_PERSONS = {"he", "she", "him", "her", "me", "i", "you", "himself", "herself", "myself"}


def outcome_of(
    token: Token,
    found: Sense,
    agent: Token | None,
    patient: Token | None,
    speaker: Speaker,
    lexicon: Lexicon,
) -> Iterator[Fact]:
    """What a verb says became of a place; nothing where it is no place that it is said of."""
    if patient is not None and patient.lemma_ in ("total", "number"):
        patient = pobj(patient, {"of"}) or patient  # "seized a total of 14 rifles"
    if patient is not None and (
        (found.predicate == "surrendered" and thing(patient))
        or (found.holds and patient.lemma_ == "power")
    ):
        patient = None  # who lays down arms gives up, and power is seized nowhere in particular
    somebody = agent if found.holds == "to" and patient is None else patient
    if found.holds and somebody is not None and somebody.lower_ in _PERSONS:
        return  # "I held him", "she fell"
    if found.holds == "to":
        if pobj(token, {"by"}) is not None:
            return  # casualties fell by a third
        taker = pobj(token, {"to", "into"})
        what = agent if patient is None else patient
        if (taker is None and what is None) or not _can_fall(what, taker):
            return
        side = party(taker, speaker, lexicon)
        if taker is not None and side is None and taker.head.lower_ == "into":
            return  # it fell into the sea
        yield Fact("outcome", found.predicate, side, name(what, speaker, lexicon))
        return
    if found.holds == "not-of":
        out = pobj(token, {"of", "from"})
        yield Fact(
            "outcome",
            found.predicate,
            party(out, speaker, lexicon),
            name(patient, speaker, lexicon),
        )
        return
    if found.predicate in ("open", "closed"):
        what = patient if patient is not None else agent
        if what is not None and (person(what, lexicon) or endeavour(what, lexicon)):
            return  # an officer is suspended, an advance halted, fighting resumed
    bare = patient is None and not found.needs
    if found.predicate == "held" and (bare or happening(agent, patient)):
        return  # "they keep saying" holds nothing
    if found.holds and patient is not None and (
        thing(patient) or (found.predicate == "repelled" and named_person(patient))
    ):  # fmt: skip
        return
    if token.lemma_ == "prevent" and not (
        patient is not None
        and patient.pos_ != "PRON"
        and (endeavour(patient, lexicon) or party(patient, speaker, lexicon))
    ):
        return  # "prevented them from reaching it", "prevented a fire"
    tried = party(agent, speaker, lexicon) or (agent is not None and endeavour(agent, lexicon))
    if token.lemma_ == "fail" and found.predicate == "failed" and not tried:
        return  # a policy or an engine fails: no place is lost
    taken = patient is not None and person(patient, lexicon) and not named_place(patient)
    if found.predicate == "captured" and taken:
        yield Fact(
            "outcome", "detained", party(agent, speaker, lexicon), name(patient, speaker, lexicon)
        )
        return
    place = patient
    if place is None and not found.holds:
        place = agent  # a state of what it is said of: the situation, the road
    if place is None:
        place = pobj(token, {"from", "at", "in", "of"})
    if place is not None and place.lemma_ in _SHARES:
        place = pobj(place, {"of"}) or place
    if place is not None and place.lemma_ == "control":
        place = pobj(place, {"of", "over"}) or place
    doer = party(agent, speaker, lexicon)
    if found.holds == "not-patient":
        doer = party(patient, speaker, lexicon)
        place = pobj(token, {"of", "from"})
        for out in token.children:
            place = place or (pobj(out, {"of"}) if out.lower_ == "out" else None)
    yield Fact("outcome", found.predicate, doer, name(place, speaker, lexicon))


def _can_fall(what: Token | None, taker: Token | None) -> bool:
    """Places fall; people, missiles and scores ("fell to 3-1") do so in another sense."""
    if taker is not None and (taker.pos_ == "NUM" or taker.like_num):
        return False
    if what is None:
        return True
    return not (what.lemma_.lower() in _BURDENS or thing(what) or named_person(what))
