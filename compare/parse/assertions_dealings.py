"""What one lets, hands or pays another, what a vehicle carried, and what was looked into."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compare.parse.assertions_lexicon import Lexicon, gerunds
from compare.parse.assertions_modality import irrealis, possible
from compare.parse.assertions_parties import Speaker, name
from compare.parse.assertions_polarity import denied, negated
from compare.parse.assertions_roles import Fact, antecedent, children, first_child, pobj, roles
from compare.parse.assertions_things import named_place

if TYPE_CHECKING:
    from spacy.tokens import Token

ACCESS, HANDOVER, PAYMENT, CARGO, INQUIRY = "access", "handover", "payment", "cargo", "inquiry"
ARMS, GOODS = "arms", "goods"
_LETS = {"allow", "permit", "let"}
_GRANTS = {"grant", "give", "allow", "get"}
_BARS = {"bar", "ban", "prohibit", "forbid", "prevent", "block", "stop"}
_DENIES = {"deny", "refuse"}
_DOES = {"enter", "visit", "leave", "pass", "cross", "work", "attend", "study", "return", "go",
         "come", "travel", "board", "see", "meet", "access", "land", "dock", "protest", "march",
         "vote", "observe", "inspect", "reach", "collect", "fly", "sail", "evacuate", "join",
         "approach", "deliver", "in", "into", "out", "through", "back"}  # fmt: skip
"""What somebody is let do, or where to: a law allows and forbids much else."""
_DOING = gerunds(_DOES)
_KEPT_FROM = {"school", "university", "work", "camp", "country", "city", "town", "area", "hospital",
              "site", "region", "province", "court", "market", "building", "office"}  # fmt: skip
_ENTRY = {"access", "entry", "permission", "admission", "visa"}
_THIRD, _OTHERS = {"it", "they", "he", "she"}, {"another", "other"}
_REFUSES = {"refuse", "decline"}
_HANDS = {"hand", "return", "give", "turn", "release"}
_REMAINS = {"body", "remains", "remain", "corpse"}
_SUMS = {"money", "cash", "sum", "dollar", "euro", "pound", "franc", "rupee", "ruble", "rouble",
         "afghani", "rial", "ransom", "$"}  # fmt: skip
_HAULS = {"carry", "transport", "haul", "ferry", "smuggle", "contain", "bring", "deliver"}
_FILLED = {"load", "pack", "lade", "fill"}
_CARRIERS = {"ship", "vessel", "boat", "dhow", "tanker", "freighter", "truck", "lorry", "convoy",
             "plane", "aircraft", "flight", "train", "cargo", "shipment", "container", "vehicle",
             "trawler", "helicopter", "caravan", "consignment"}  # fmt: skip
_CARRIED = {
    ARMS: {"weapon", "arm", "arms", "ammunition", "munition", "missile", "explosive", "rocket",
           "rifle", "gun", "drone", "weaponry", "grenade", "mortar", "shell", "fighter",
           "militant", "gunman"},
    GOODS: {"food", "flour", "aid", "medicine", "supply", "grain", "wheat", "rice", "fuel",
            "blanket", "vegetable", "fruit", "fertiliser", "fertilizer", "civilian", "passenger",
            "refugee", "family", "livestock", "furniture", "tent", "relief", "oil", "milk",
            "net", "fish", "toy"},
}  # fmt: skip
_INQUIRIES = {"investigation", "inquiry", "probe", "enquiry"}
_BEGINS = {"open", "launch", "begin", "start", "initiate"}
_TOLD = _LETS | _GRANTS | _BARS | _DENIES | _HANDS | _HAULS | _FILLED | _BEGINS
_TOLD |= {"pay", "investigate"}


def dealings_of(token: Token, lemma: str, speaker: Speaker, lexicon: Lexicon) -> Iterator[Fact]:
    """Access given or refused, bodies handed over, money paid, cargo, an inquiry opened."""
    if token.pos_ not in ("VERB", "AUX") or lemma not in _TOLD:
        return
    refuses = token.dep_ == "xcomp" and token.head.lemma_ in _REFUSES
    if possible(token) or (irrealis(token, lexicon) and not refuses):
        return
    no = denied(token, 0, lexicon) != (refuses and not negated(token.head, lexicon))
    agent, patient = roles(token)
    what = "" if patient is None else antecedent(patient).lemma_.lower()
    if (let := _access(token, lemma, patient)) is not None:
        whom, bars = let
        told = name(whom, speaker, lexicon)
        speaks = whom.dep_ == "nsubjpass" and whom.lower_ in _THIRD  # "it was allowed"
        if (told or speaks) and _OTHERS.isdisjoint(c.lower_ for c in whom.children):
            yield Fact("occurrence", ACCESS, None, told, no != bars)
    if lemma in _HANDS and what in _REMAINS:
        yield Fact("occurrence", HANDOVER, None, "body", no)
    if lemma == "pay" and (what in _SUMS or (patient is not None and patient.ent_type_ == "MONEY")):
        yield Fact("occurrence", PAYMENT, None, "money", no)
    for kind in _cargo(token, lemma, agent, patient):
        yield Fact("occurrence", CARGO, None, kind, no)
    begun = what or ("" if agent is None else agent.lemma_.lower())
    if lemma == "investigate" or (lemma in _BEGINS and begun in _INQUIRIES):
        yield Fact("occurrence", INQUIRY, None, None, no)


def _access(verb: Token, lemma: str, patient: Token | None) -> tuple[Token, bool] | None:
    """Who was let do a thing, and whether they were barred; None where nobody is told of.

    "Were allowed to work", "let them in", "barred women from working", "was denied access".
    """
    clause = first_child(verb, {"ccomp", "xcomp"})
    if lemma in _LETS and clause is not None:
        whom = first_child(clause, {"nsubj"}) or patient
        doing = {clause.lemma_.lower(), *(c.lower_ for c in clause.children)}
        return None if whom is None or _DOES.isdisjoint(doing) else (antecedent(whom), False)
    barred = pobj(verb, {"from"})
    if lemma in _BARS and barred is not None and patient is not None:
        # A gerund may be taken for a noun: "from visiting".
        kept = barred.lower_ in _DOING or barred.lemma_.lower() in _DOES | _KEPT_FROM
        return (antecedent(patient), True) if kept or named_place(barred) else None
    objects = children(verb, {"dobj", "dative", "obj", "oprd"})
    if lemma in _GRANTS | _DENIES and any(o.lemma_.lower() in _ENTRY for o in objects):
        others = [o for o in objects if o.lemma_.lower() not in _ENTRY]
        given = first_child(verb, {"nsubjpass"}) or next(iter(others), None)
        return None if given is None else (antecedent(given), lemma in _DENIES)
    return None


def _cargo(verb: Token, lemma: str, agent: Token | None, patient: Token | None) -> Iterator[str]:
    """What kind of things a vehicle had aboard."""
    if lemma in _FILLED:
        carrier, load = patient or agent, pobj(verb, {"with"})
    else:
        carrier, load = agent, patient
    if carrier is None or load is None or lemma not in _HAULS | _FILLED:
        return
    if antecedent(carrier).lemma_.lower() not in _CARRIERS:
        return
    loads = {antecedent(one).lemma_.lower() for one in (load, *load.conjuncts)}
    yield from (kind for kind, things in _CARRIED.items() if not loads.isdisjoint(things))
