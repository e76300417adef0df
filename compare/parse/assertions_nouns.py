"""The facts that a noun tells: attacks, blasts, withdrawals, with who did them and to whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from compare.parse.assertions_blame import deeds, ordered, put_down_to
from compare.parse.assertions_causes import cause_of
from compare.parse.assertions_lexicon import Lexicon
from compare.parse.assertions_modality import irrealis, possible
from compare.parse.assertions_parties import Speaker, name, parties, party, phrase
from compare.parse.assertions_polarity import negated
from compare.parse.assertions_powers import ARMS, coordinated
from compare.parse.assertions_roles import SUBJECTS, Fact, children, first_child, pobj, roles
from compare.parse.assertions_things import endeavour, not_time, of_labour
from compare.parse.assertions_weapons import CHEMICAL, with_chemicals

if TYPE_CHECKING:
    from spacy.tokens import Token

_ENDING = {"stop", "cease", "end", "subside", "halt", "abate"}
_LASTING = {"continue", "persist", "rage"}
_FIRE = {"strike", "shelling", "shooting"}
_HANDLED = {"find", "recover", "defuse", "discover", "seize", "dismantle", "disarm", "carry",
            "remove", "make", "build", "use", "neutralise", "neutralize", "confiscate"}  # fmt: skip
_DREADED = {"threat", "warning", "fear", "risk", "possibility", "danger", "suspicion"}
_ENTERED = {"leave", "enter", "occupy", "reopen", "close", "run", "operate", "own", "seize",
            "control", "reach", "raid", "storm"}  # fmt: skip
_ORES = {"gold", "coal", "copper", "cobalt", "diamond", "tin", "coltan", "iron", "silver", "salt",
         "emerald", "lithium", "uranium", "tungsten"}  # fmt: skip
_LANDS = {"slam", "smash", "land", "fall", "crash", "plough", "plow"}
_HITS = {"hit", "strike", "destroy", "damage", "target", "rock", "shake", "flatten", "level",
         "rip", "tear", "set", "devastate"}  # fmt: skip


def facts_of_noun(token: Token, lemma: str, speaker: Speaker, lexicon: Lexicon) -> Iterator[Fact]:
    """The deed or outcome a noun names, by whom and on whom: "an attack by rebels on the gate"."""
    if lemma == "control" and (share := first_child(token, {"appos"})) is not None:
        # "The Taliban control most of it" may be parsed as the control that is theirs.
        place, held_by = pobj(share, {"of"}), party(token, speaker, lexicon)
        if place is not None and held_by:
            yield Fact("outcome", "held", held_by, name(place, speaker, lexicon))
    found = lexicon.nouns.get(lemma)
    if found is None or token.dep_ in ("compound", "nmod", "amod", "poss"):
        return
    if found.aspect == "position":
        return
    of = pobj(token, {"of"})
    planned = of is not None and of.lemma_.lower() in lexicon.idioms["execute"]
    if (found.predicate == "strike" and of_labour(token)) or (lemma == "execution" and planned):
        return
    if with_chemicals(token, found.predicate, lexicon):
        found = replace(found, predicate=CHEMICAL)
    head = token.head
    thing = token.dep_ in ("dobj", "nsubjpass") or (head.lower_ == "of" and token.dep_ == "pobj")
    found_only = head.lemma_.lower() in _HANDLED and thing and lemma in ("bomb", "mine", "shell")
    with_it = (
        token.dep_ == "pobj"
        and head.lower_ in ("by", "with")
        and (head.head.pos_ == "VERB" and negated(head.head, lexicon))
    )
    link = head.head if token.dep_ == "conj" else head
    carried = link.lower_ == "from" and (token.dep_ == "pobj" or head.dep_ == "pobj")
    if (lemma in ARMS and (thing or with_it or carried)) or found_only or _dug(token, lemma):
        return  # "shot down a drone", "fired from tanks", "not hit by rockets", "defused a bomb"
    # "The crash of two army helicopters", "the deadliest US shooting": not theirs.
    befalls = found.takes == "patient" or found.predicate == "shooting"
    agents: list[str] = []
    if len(phrase(token)) > 1 and not befalls and (own := party(token, speaker, lexicon)):
        agents = list(dict.fromkeys([own, *coordinated(token, phrase(token))]))
    agents = agents or parties(pobj(token, {"by", "from"}), speaker, lexicon)
    patient = not_time(pobj(token, {"on", "against", "upon", "at"}))
    done = head.lemma_.lower() in lexicon.light["deed"] and token.dep_ == "nsubjpass"
    if patient is None and (
        done or (head.lemma_ in ("take", "occur", "happen") and token.dep_ == "nsubj")
    ):
        patient = not_time(pobj(head, {"on", "against", "at", "toward", "towards"}))
    if patient is None:
        patient = of
    for participle in children(token, {"acl", "relcl"}):
        agents = agents or parties(roles(participle)[0], speaker, lexicon)
    if head.pos_ == "VERB" and head.lemma_.lower() in lexicon.light["deed"] | {"continue"}:
        doer, _ = roles(head)
        if doer != token:
            agents = agents or parties(doer, speaker, lexicon)
    if head.lemma_ == "claim" and token.dep_ == "dobj":
        agents = agents or parties(first_child(head, SUBJECTS), speaker, lexicon)
    blamed, cleared = put_down_to(token, lexicon)
    if patient is not None and patient == blamed:
        patient = of
    named = party(blamed, speaker, lexicon)
    if not agents:
        accused = [] if cleared else parties(blamed, speaker, lexicon)
        cause = None if accused else cause_of(token, speaker, lexicon)
        agents = [cause] if cause else accused
    agent = agents[0] if agents else None
    if patient is not None and patient == of and agent and party(of, speaker, lexicon) == agent:
        patient = None  # "the attack of the Taliban" is theirs
    told = name(patient, speaker, lexicon)
    if told is None and patient is not None and patient.lemma_ == "target":
        told = name(first_child(patient, {"conj"}), speaker, lexicon)  # "targets and air bases"
    if found.aspect == "outcome":
        if found.predicate == "failed" and (of is None or not endeavour(of, lexicon)):
            return  # "the government's failure to free them" ended nothing, nor that of a policy
        if found.predicate == "withdrew":
            told = name(pobj(token, {"from"}), speaker, lexicon)
        if told is None and agent is None:
            return  # "hands raised in surrender", "the largest seizure": of no known place
        told_of = lexicon.light["happen"] | lexicon.light["deed"]
        if head.pos_ != "VERB" or head.lemma_.lower() in told_of:
            yield Fact("outcome", found.predicate, agent, told)
        return
    feared = head.head.lemma_ if head.lower_ == "of" else ""
    dreaded = feared in _DREADED or (feared == "report" and lemma in ("bomb", "mine"))
    meant = dreaded or (irrealis(token, lexicon) and not ordered(token))
    if meant or (head.pos_ == "VERB" and possible(head)):
        return
    hits = head.lemma_.lower() in lexicon.harm_verbs | _HITS
    if told is None and hits and token.dep_ in ("nsubj", "nsubjpass"):
        acting = roles(head)
        told = name(acting[1], speaker, lexicon) if acting[1] != token else None
    elif told is None and head.lemma_ in _LANDS and token.dep_ == "nsubj":
        told = name(not_time(pobj(head, {"into", "on"})), speaker, lexicon)
    lasting = head.lemma_ in ("go", "continue", "rage") or (
        (head.lemma_ == "be" and token.dep_ != "attr") or bool(children(head, {"expl"}))
    )
    clash, fire = found.predicate == "clash", found.predicate in _FIRE and token.dep_ == "nsubj"
    if (clash and lasting) or (fire and head.lemma_ in _LASTING):
        yield Fact("outcome", "continuing", None, None)
    elif (clash or fire) and head.lemma_ in _ENDING and token.dep_ == "nsubj":
        yield Fact("outcome", "ended", None, None)
    yield from deeds(found.predicate, agents, told, [named] if cleared and named else [])


def _dug(noun: Token, lemma: str) -> bool:
    """ "At the mine", "left the gold mine": where ore is dug, and no charge."""
    if lemma != "mine":
        return False
    of = {c.lemma_.lower() for c in noun.children if c.dep_ in ("compound", "amod")}
    inside = noun.dep_ == "pobj" and noun.head.lower_ in ("at", "in", "inside", "from", "near")
    entered = noun.dep_ == "dobj" and noun.head.lemma_ in _ENTERED
    return inside or entered or not of.isdisjoint(_ORES)
