"""Civil life in a conflict: supplies that are cut, votes called fair, crowds called peaceful.

And dams called intact, hostages who are still held.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compare.parse.assertions_lexicon import Lexicon
from compare.parse.assertions_modality import irrealis
from compare.parse.assertions_parties import Speaker, name, party
from compare.parse.assertions_polarity import denied, negated
from compare.parse.assertions_roles import (
    RANSOM,
    Fact,
    antecedent,
    children,
    first_child,
    pobj,
    roles,
)
from compare.parse.assertions_states import TRUCES

if TYPE_CHECKING:
    from spacy.tokens import Token

FRAUD, RIOT = "fraud", "riot"
_SUPPLIES = {"power", "electricity", "water", "heating", "heat", "gas", "internet", "light"}
_BACK = {"back", "on", "available"}
_OUT = {"out", "off", "down", "unavailable"}
_VOTES = {"election", "vote", "poll", "ballot", "referendum", "voting", "runoff", "result"}
_FAIR = {"fair", "free", "transparent", "credible", "clean"}
_UNFAIR = {"unfair", "fraudulent", "rigged", "sham", "farce", "flawed"}
_RIGS = {"rig", "falsify", "manipulate", "steal", "fake"}
_FRAUDS = {"fraud", "rigging", "stuffing", "irregularity", "manipulation", "falsification"}
_CROWDS = {"protest", "protester", "protestor", "demonstration", "demonstrator", "march", "marcher",
           "rally", "crowd", "rioter"}  # fmt: skip
_SCOURGES = {"famine", "starvation", "epidemic", "outbreak"}
_THROWN = {"stone", "rock", "bottle", "molotov", "cocktail", "brick", "projectile", "firebomb"}
_WORKS = {"hospital", "clinic", "plant", "airport", "port", "station", "school", "refinery",
          "bridge", "mill", "factory", "terminal", "mine", "field", "crossing", "pipeline",
          "reactor", "dam", "bakery"}  # fmt: skip
_RUNNING = {"operational", "functional", "functioning", "running"}
_KEEPS = {"respect", "honour", "honor", "observe", "uphold", "keep"}
_KEPT = TRUCES | {"agreement", "accord", "deal", "treaty"}
_STOPS = {"stop", "cease", "halt", "quit"}
_MILD = {"gas", "cannon", "pellet", "baton", "grenade"}
_CAPTIVES = {"hostage", "captive", "prisoner", "detainee"}
_STILL = {"still", "captive", "hostage"}
_WHOLE = {"intact", "undamaged", "unscathed"}
_BE = {"be", "remain", "stay", "become", "turn", "go"}
_THROWS, _USES, _RUNS = {"throw", "hurl", "lob"}, {"use", "fire"}, {"operate", "function", "work"}
_ATTACKS = {"attack", "assault", "beat", "loot", "torch", "smash", "vandalise", "vandalize"}
_MARS = {"mar", "disrupt", "overshadow"}
_UNREST = {"violence", "unrest", "clash", "attack"}
_TOLD = {"hold", "pass", "pelt", "riot"}.union(_ATTACKS, _MARS, _RIGS, _KEEPS, _BE, _THROWS, _USES,
                                               _RUNS)  # fmt: skip
"""Verbs of which anything is read here: others need not be looked at."""


def civil_of(token: Token, lemma: str, speaker: Speaker, lexicon: Lexicon) -> Iterator[Fact]:
    """What a word tells of supplies, votes, crowds and captives."""
    if lemma == RANSOM and token.head.lower_ == "without":
        yield Fact("occurrence", RANSOM, None, None, True)  # "freed without a ransom"
    elif lemma in _SUPPLIES and token.pos_ == "NOUN":
        yield from _without(token, speaker, lexicon)
    elif token.pos_ == "NOUN":
        yield from _by_noun(token, lemma)
    elif token.pos_ in ("VERB", "AUX") and lemma in _TOLD and not irrealis(token, lexicon):
        yield from _by_verb(token, lemma, speaker, lexicon)


def _without(supply: Token, speaker: Speaker, lexicon: Lexicon) -> Iterator[Fact]:
    """ "Had no electricity", "were without power", "there is no water"."""
    lacked = supply.dep_ in ("dobj", "attr") and supply.head.lemma_ in ("have", "be", "get")
    if (lacked or supply.head.lower_ == "without") and negated(supply, lexicon):
        yield Fact("outcome", "open", None, name(supply, speaker, lexicon))


def _by_noun(token: Token, lemma: str) -> Iterator[Fact]:
    if lemma in _FRAUDS:
        inner = pobj(token, {"in", "during", "of", "at"})
        told = {t.lemma_.lower() for t in (*token.children, *((inner,) if inner else ()))}
        if not told.isdisjoint(_VOTES | {"electoral"}):
            yield Fact("occurrence", FRAUD, None, "election")
    elif lemma in _SCOURGES and token.dep_ not in ("compound", "amod"):
        yield Fact("occurrence", lemma, None, None)
    elif lemma == "grave" and any(c.lower_ == "mass" for c in token.children):
        yield Fact("occurrence", "mass-grave", None, None)
    elif lemma in ("riot", "rioting") and token.dep_ not in ("compound", "amod"):
        yield Fact("occurrence", RIOT, None, "protest")


def _by_verb(token: Token, lemma: str, speaker: Speaker, lexicon: Lexicon) -> Iterator[Fact]:
    agent, patient = roles(token)
    if lemma in _RIGS and patient is not None and patient.lemma_ in _VOTES:
        yield Fact("occurrence", FRAUD, None, "election")
    throws = lemma in _THROWS and patient is not None and patient.lemma_ in _THROWN
    pelts = lemma == "pelt" and pobj(token, {"with"}) is not None
    by_crowd = agent is not None and antecedent(agent).lemma_ in _CROWDS
    if lemma == "riot" or (by_crowd and (throws or pelts or lemma in _ATTACKS)):
        yield Fact("occurrence", RIOT, None, "protest")
    votes = patient if patient is not None else agent
    if votes is not None and antecedent(votes).lemma_ in _VOTES:
        if lemma in _MARS and agent is not None and antecedent(agent).lemma_ in _UNREST:
            yield Fact("occurrence", RIOT, None, "election")
        elif any(c.lower_ == "peacefully" for c in token.children):
            yield Fact("occurrence", RIOT, None, "election", not denied(token, 0, lexicon))
    if lemma in _KEEPS and patient is not None and patient.lemma_ in _KEPT:
        told = name(patient, speaker, lexicon)
        yield Fact("occurrence", "violation", party(agent, speaker, lexicon), told,
                   not denied(token, 0, lexicon))  # fmt: skip
    if lemma in _USES and patient is not None and _mild(patient):
        yield Fact("occurrence", "shooting", party(agent, speaker, lexicon), None, True)
    if lemma in _RUNS and patient is None and agent is not None and (
        antecedent(agent).lemma_ in _WORKS
    ):  # fmt: skip
        what = name(antecedent(agent), speaker, lexicon)
        yield Fact("outcome", "open", None, what, _stopped(token, lexicon))
    if lemma in _BE:
        yield from _said_to_be(token, speaker, lexicon)


def _stopped(verb: Token, lexicon: Lexicon) -> bool | None:
    """Whether that something works is denied: "stopped working"; None where no word says so."""
    if verb.dep_ != "xcomp" or verb.head.lemma_ not in _STOPS:
        return None
    return not denied(verb.head, 0, lexicon)


def _mild(arms: Token) -> bool:
    """ "Used only tear gas": no shots were fired."""
    near = [arms.nbor(-n) for n in (1, 2, 3) if arms.i >= n]
    rubber = arms.lemma_ == "bullet" and any(c.lower_ == "rubber" for c in arms.children)
    only = any(t.lower_ in ("only", "just") for t in near)
    return only and (rubber or arms.lemma_ in _MILD)


def _said_to_be(token: Token, speaker: Speaker, lexicon: Lexicon) -> Iterator[Fact]:
    """What a vote, a crowd, a supply, a dam or captives are said to be."""
    subject = first_child(token, {"nsubj", "nsubjpass"})
    if subject is None:
        return
    of = antecedent(subject)
    told = children(token, {"acomp", "attr", "oprd", "advmod", "prt"})
    called = {w.lower_ for c in told for w in (c, *children(c, {"conj"}))}
    no = denied(token, 0, lexicon)
    for subjects, predicate, label, fine, foul in (
        (_VOTES, FRAUD, "election", _FAIR, _UNFAIR),
        (_CROWDS, RIOT, "protest", {"peaceful"}, {"violent"}),
    ):
        if of.lemma_ in subjects and not called.isdisjoint(fine | foul):
            yield Fact("occurrence", predicate, None, label, no != called.isdisjoint(foul))
    if not called.isdisjoint(_WHOLE):
        yield Fact("occurrence", "destruction", None, name(of, speaker, lexicon), not no)
    if of.lemma_ in _WORKS and (not called.isdisjoint(_RUNNING) or _out(token)):
        closed = called.isdisjoint(_RUNNING)
        yield Fact("outcome", "closed" if closed else "open", None, name(of, speaker, lexicon))
    if of.lemma_ in _SUPPLIES and not called.isdisjoint(_BACK | _OUT):
        closed = not called.isdisjoint(_OUT)
        yield Fact("outcome", "closed" if closed else "open", None, name(of, speaker, lexicon))
    stays = token.lemma_ in ("remain", "stay") or not _STILL.isdisjoint(called)
    if of.lemma_ in _CAPTIVES and stays:
        yield Fact("outcome", "detained", None, name(of, speaker, lexicon))


def _out(verb: Token) -> bool:
    """ "Was out of service"."""
    out = next((c for c in children(verb, {"prep", "advmod"}) if c.lower_ == "out"), None)
    of = pobj(out, {"of"}) if out is not None else None
    return of is not None and of.lemma_ in ("service", "action", "operation", "order")
