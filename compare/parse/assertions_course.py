"""Whether what had begun goes on: talks, curfews, a stay in a place, help on its way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compare.parse.assertions_lexicon import Lexicon
from compare.parse.assertions_modality import irrealis, possible
from compare.parse.assertions_parties import Speaker, name, party
from compare.parse.assertions_polarity import denied, negated
from compare.parse.assertions_presence import SITES
from compare.parse.assertions_roles import Fact, antecedent, children, first_child, pobj, roles
from compare.parse.assertions_states import TRUCES

if TYPE_CHECKING:
    from spacy.tokens import Token

IN_FORCE, ARRIVAL, TALKING, TRUCE = "in-force", "arrival", "talking", "truce"
_MEASURES = {"curfew", "blockade", "embargo", "lockdown", "ban", "emergency"}
_LIFTS = {"lift", "end", "remove", "revoke", "cancel", "rescind"}
_IMPOSES = {"impose", "declare", "enforce", "introduce", "extend", "reimpose"}
_STARTS = {"begin", "start"}
_FORCE = {"force", "place", "effect"}
_MEETINGS = {"talk", "negotiation", "dialogue"}
_GOES_ON = {"continue", "resume", "proceed"}
_ENDS = {"collapse", "stall", "fail", "end"}
_BREAKS = {"suspend", "abandon", "quit", "leave", "halt", "break", "end", "boycott"}
_GOES = {"walk", "pull", "storm", "withdraw"}
_UNDER_WAY = {"ongoing", "underway", "under"}
_BE = {"be", "remain", "stay"}
_HEALTHY = {"health", "condition", "spirit"}
_GOOD = {"good", "stable", "excellent", "fine", "perfect"}
_AGREES = {"agree", "accept", "sign", "approve", "endorse", "reach", "conclude"}
_DEALS = {"deal", "agreement", "accord", "pact", "treaty"}
_TERMS = TRUCES | {"plan", "proposal", "withdrawal", "exchange", "swap", "roadmap"}
_HELD = {"detention", "custody", "jail", "prison", "captivity"}
_TURNED = {"turn", "block", "stop", "halt", "prevent", "stall"}
_LIVES = {"survive", "eject"}
_GIVES = {"deliver", "distribute"}
_LEAVES = {"leave", "vacate"}
_COMES = {"arrive", "come", "reach", "enter", "get"}
_HELP = {"reinforcement", "truck", "convoy", "aid", "supply", "relief", "help"}
_TOLD = _LIFTS | _IMPOSES | _GOES_ON | _ENDS | _BREAKS | _GOES | _BE | _COMES
_TOLD |= (
    _STARTS
    | {"take"}
    | _AGREES
    | _TURNED
    | _LIVES
    | _GIVES
    | _LEAVES
    | {"return", "prevail", "restore"}
)


def course_of(token: Token, lemma: str, speaker: Speaker, lexicon: Lexicon) -> Iterator[Fact]:
    """What a verb tells of how things that had begun go on, or no longer do."""
    if token.pos_ not in ("VERB", "AUX") or lemma not in _TOLD:
        return
    if irrealis(token, lexicon) or possible(token):
        return
    agent, patient = roles(token)
    no = denied(token, 0, lexicon)
    # "Dozens of trucks" are trucks.
    comes, turned = (_lemma(one and antecedent(one)) for one in (agent, patient))
    if (comes == "calm" and lemma in _COMES | {"return", "prevail"}) or (
        turned == "calm" and lemma == "restore"
    ):
        yield Fact("outcome", "continuing" if no else "normal", None, None)
    if lemma in _BE:
        yield from _is(token, speaker, lexicon, no)
    elif lemma in _COMES and comes in _HELP:
        yield Fact("occurrence", ARRIVAL, None, comes, no)
    elif lemma in _GIVES and turned in _HELP:
        yield Fact("occurrence", ARRIVAL, None, turned, no)
    elif lemma in _LEAVES and patient is not None and patient.lemma_ in SITES:
        if (who := party(agent, speaker, lexicon)) is not None:
            yield Fact("outcome", "withdrew", who, name(patient, speaker, lexicon), no)
    elif lemma in _TURNED and turned in _HELP:
        yield Fact("occurrence", ARRIVAL, None, turned, not no)
    elif lemma in _AGREES:
        yield from _agreed(token, patient, no)
    safe = lemma == "survive" or any(c.lower_ == "safely" for c in token.children)
    if lemma in _LIVES and safe and agent is not None and agent.tag_ in ("NN", "NNP"):
        yield Fact("occurrence", "killing", None, name(agent, speaker, lexicon), not no)
    what = _lemma(patient if patient is not None else agent)
    if comes in TRUCES and turned in ("", "effect") and _in_effect(token, lemma):
        yield Fact("occurrence", TRUCE, None, None, no)
    if what in _MEASURES and lemma in _LIFTS | _IMPOSES:
        yield Fact("outcome", IN_FORCE, None, what, no != (lemma in _LIFTS))
    if patient is None and what in _MEETINGS and lemma in _GOES_ON | _ENDS:
        yield Fact("outcome", TALKING, None, "talks", no != (lemma in _ENDS))
    elif (_lemma(patient) in _MEETINGS and lemma in _BREAKS) or _gone_from_talks(token, lemma):
        yield Fact("outcome", TALKING, None, "talks", not no)


def _lemma(noun: Token | None) -> str:
    return "" if noun is None else str(noun.lemma_)


def _agreed(verb: Token, patient: Token | None, no: bool) -> Iterator[Fact]:
    """What was agreed on: "agreed to a truce", "no deal on a truce was reached"; None for all."""
    what = patient or pobj(verb, {"to", "on"})
    if what is None:
        return
    deal = what.lemma_ in _DEALS
    on = _lemma(pobj(what, {"on", "to", "for"}) if deal else what)
    terms = on if on in _TERMS else None
    if deal or terms:
        yield Fact("occurrence", "agreed", None, terms, no)


def _in_effect(verb: Token, lemma: str) -> bool:
    """ "Took effect", "came into force", "began", "is in place"."""
    into = pobj(verb, {"into", "in"})
    taken = any(c.lemma_ == "effect" for c in children(verb, {"dobj"}))
    return taken or lemma in _STARTS or (into is not None and into.lemma_ in _FORCE)


def _gone_from_talks(verb: Token, lemma: str) -> bool:
    """ "Walked out of the talks", "pulled out of negotiations"."""
    links = [verb, *children(verb, {"prt", "prep", "advmod"})]
    left = next((o for c in links if (o := pobj(c, {"of", "from"})) is not None), None)
    return lemma in _GOES and _lemma(left) in _MEETINGS


def _is(verb: Token, speaker: Speaker, lexicon: Lexicon, no: bool) -> Iterator[Fact]:
    """A measure is in force, talks are under way, troops are still there, somebody is well."""
    subject = first_child(verb, {"nsubj"})
    there_is = first_child(verb, {"attr"}) if children(verb, {"expl"}) else None
    if there_is is not None and there_is.lemma_ in TRUCES:
        yield Fact("occurrence", TRUCE, None, None, no or negated(there_is, lexicon))
    if subject is None:
        return
    of = antecedent(subject)
    state = pobj(verb, {"in"})
    called = {c.lower_ for c in children(verb, {"acomp", "advmod", "prep", "attr"})}
    if of.lemma_ in _MEASURES and _lemma(state) in _FORCE:
        yield Fact("outcome", IN_FORCE, None, of.lemma_, no)
    if of.lemma_ in _MEETINGS and not _UNDER_WAY.isdisjoint(called):
        yield Fact("outcome", TALKING, None, "talks", no)
    good = state is not None and not _GOOD.isdisjoint(c.lower_ for c in state.children)
    if good and _lemma(state) in _HEALTHY and of.tag_ in ("NN", "NNP"):
        yield Fact("occurrence", "killing", None, name(of, speaker, lexicon), not no)
    there = pobj(verb, {"in", "at", "inside"})
    if there is None or ("still" not in called and verb.lemma_ == "be"):
        return
    if there.lemma_ in _HELD:
        yield Fact("outcome", "freed", None, name(of, speaker, lexicon), not no)
        return
    if (who := party(of, speaker, lexicon)) is not None:
        yield Fact("outcome", "withdrew", who, name(there, speaker, lexicon), not no)
