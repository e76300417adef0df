"""Who was at a place: fighters in a hospital, troops at a gate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compare.parse.assertions_lexicon import Lexicon
from compare.parse.assertions_modality import irrealis, possible
from compare.parse.assertions_parties import Speaker, name, party
from compare.parse.assertions_roles import Fact, antecedent, first_child, pobj, roles
from compare.parse.assertions_things import named_place

if TYPE_CHECKING:
    from spacy.tokens import Token

AT = {"in", "inside", "at", "within"}
_STAND = {"be", "remain", "stay", "hide", "shelter", "operate", "gather", "reside"}
_USE = {"use", "enter", "occupy"}
_TAKE = {"take", "set", "establish", "hold", "have", "occupy"}
_POST = {"station", "deploy", "base", "position", "garrison"}
SITES = {"hospital", "clinic", "school", "theatre", "theater", "mosque", "church", "university",
         "madrasa", "building", "compound", "house", "home", "market", "bazaar", "village",
         "town", "city", "district", "province", "area", "region", "valley", "gate", "base",
         "camp", "station", "airport", "plant", "square", "bridge", "border", "checkpoint",
         "prison", "territory", "country", "vicinity", "neighbourhood", "neighborhood", "street",
         "zone", "mine"}  # fmt: skip
_PLACES = {"GPE", "LOC", "FAC"}
_NO_ARMY = {"government", "accident", "own-fire", "own-hand", "all", "enemy"}


def presence_of(token: Token, speaker: Speaker, lexicon: Lexicon) -> Iterator[Fact]:
    """That armed people were at a place, told by a verb or by the noun `presence`."""
    lemma = token.lemma_.lower()
    if lemma == "presence" and token.pos_ == "NOUN":
        who, at = party(pobj(token, {"of"}) or token, speaker, lexicon), pobj(token, AT)
    elif lemma in _STAND and not irrealis(token, lexicon) and not possible(token):
        subject = first_child(token, {"nsubj", "attr"})
        who = party(antecedent(subject), speaker, lexicon) if subject is not None else None
        told = first_child(token, {"acomp"})
        present = told is not None and told.lower_ == "present"
        at = pobj(token, AT) or _of_adjective(token)
        if at is None and subject is not None and subject.dep_ == "attr":
            at = pobj(subject, AT)  # "there were no fighters in the hospital"
    elif lemma in _USE and token.pos_ == "VERB" and not irrealis(token, lexicon):
        agent, at = roles(token)  # "the clinic was being used by fighters"
        who = party(agent, speaker, lexicon)
    elif lemma == "position" and token.dep_ == "dobj" and token.head.lemma_ in _TAKE:
        who = party(roles(token.head)[0], speaker, lexicon)  # "took up positions in the clinic"
        at = pobj(token, AT) or pobj(token.head, AT)
    elif lemma in _POST and token.pos_ == "VERB" and not irrealis(token, lexicon):
        agent, patient = roles(token)
        who = party(patient, speaker, lexicon) or party(agent, speaker, lexicon)
        at = pobj(token, AT | {"to", "around", "near"})
    else:
        return
    site = at is not None and (
        named_place(at) or at.ent_type_ in _PLACES or at.lemma_.lower() in SITES
    )
    there = (lemma == "be" and present) or (lemma == "gather" and at is None)
    if who and who not in _NO_ARMY and (site or there):
        where = name(at, speaker, lexicon) if site else None  # "no fighters were present"
        yield Fact("occurrence", "presence", who, where)


def _of_adjective(verb: Token) -> Token | None:
    """ "Were present in the valley", "were active in the province"."""
    told = first_child(verb, {"acomp"})
    return pobj(told, AT) if told is not None and told.lower_ in ("present", "active") else None
