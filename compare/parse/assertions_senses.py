"""The facts that one word states, with their roles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compare.parse.assertions_blame import answerable, deeds, of_pronoun
from compare.parse.assertions_causes import (
    by_itself,
    by_nature,
    cause_of,
    tells,
    who_caused,
    whose_arms,
)
from compare.parse.assertions_intent import meant
from compare.parse.assertions_lexicon import Lexicon, Sense
from compare.parse.assertions_matters import MATTERS
from compare.parse.assertions_modality import irrealis, possible
from compare.parse.assertions_nouns import facts_of_noun
from compare.parse.assertions_outcomes import outcome_of
from compare.parse.assertions_parties import Speaker, contrasted, name, parties, party
from compare.parse.assertions_polarity import negated
from compare.parse.assertions_presence import presence_of
from compare.parse.assertions_roles import RANSOM, Fact, children, disowned, particular, pobj, roles
from compare.parse.assertions_states import states_of
from compare.parse.assertions_things import bodily, named_place, not_time, person, undone
from compare.parse.assertions_victims import (
    none_present,
    victims_of_noun,
    victims_of_pronoun,
    victims_of_verb,
)
from compare.parse.assertions_weapons import (
    CHEMICAL,
    from_the_air,
    use_of,
    used_on,
    with_chemicals,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

_VERB_TAGS = {"VBN", "VBD", "VBG", "VBZ", "VBP"}
_NEAR = 5
_TAKEN = Sense("outcome", "captured", "", "agent", "agent")
_ABDUCTED = Sense("occurrence", "abduction", "", "agent", "agent")
_GONE = {
    "leave": Sense("outcome", "withdrew", "", "agent", "not-agent"),
    "lose": Sense("outcome", "lost", "", "agent", "not-agent"),
}
_LEFT = {"city", "town", "village", "district", "province", "area", "base", "post", "camp",
         "centre", "center", "outpost", "checkpoint", "garrison"}  # fmt: skip
_FAILED = Sense("outcome", "failed", "", "agent", "not-agent")
_ERGATIVE = {"explode", "crash", "collide", "collapse", "fall", "die", "detonate", "erupt",
             "plunge", "sink", "capsize", "overturn", "burst", "derail"}  # fmt: skip
_DOING = {"launch", "stage", "conduct", "carry", "mount", "perform", "start"}
_RANSOM = Sense("occurrence", RANSOM, "", "agent", "")
_PAID = {"pay", "hand", "deliver", "transfer"}
_RECEIVED = {"receive", "get", "accept", "collect", "take"}
_CHEMICAL = Sense("occurrence", CHEMICAL, "", "agent", "")
_STRIKE = Sense("occurrence", "strike", "", "agent", "agent")
_SHOOTING = Sense("occurrence", "shooting", "", "agent", "agent")
_SHELLING = Sense("occurrence", "shelling", "", "agent", "agent")
_AIM = {"on", "at", "upon", "toward", "towards", "into", "against"}
_SHOTS = {"fire", "shot", "bullet", "round", "ammunition", "weapon", "gun", "rifle"}
_DROPPED = {"bomb", "munition", "explosive", "grenade"}
_FIRED = {"rocket", "missile", "shell", "mortar", "artillery", "drone"}
_CHARGED = {"accuse", "blame", "suspect"}


def facts_of(token: Token, speaker: Speaker, lexicon: Lexicon) -> Iterator[Fact]:
    """Every fact that `token` is the word of."""
    if token.pos_ in ("PUNCT", "SPACE"):
        return
    lemma = token.lemma_.lower()
    if lemma == "shot" and any(c.dep_ == "dobj" for c in token.children):
        lemma = "shoot"  # "went from house to house and shot villagers"
    # A word with a subject of its own is a verb, whatever the tagger took it for.
    acts = any(c.dep_ in ("nsubj", "nsubjpass", "auxpass") for c in token.children)
    acts = acts or lemma == "shoot"
    # "Close to the road" and "it is clear" are no deeds; "besieged", taken for one, may be.
    plain = token.pos_ == "ADJ" and token.lower_ in lexicon.verbs
    if (token.pos_ in ("VERB", "AUX", "ADJ") and not plain) or acts or token.tag_ in _VERB_TAGS:
        yield from _of_verb(token, lemma, speaker, lexicon)
        yield from states_of(token, lemma, speaker, lexicon)
        if (whose := whose_arms(token, lexicon)) is not None:
            yield Fact("responsibility", "strike", whose[0], None, whose[1] or None)
    elif token.pos_ in ("NOUN", "PROPN"):
        yield from facts_of_noun(token, lemma, speaker, lexicon)
        if lemma == "use":
            yield from use_of(token, speaker, lexicon)
    elif token.pos_ == "PRON":
        yield from of_pronoun(token, speaker, lexicon)
        yield from victims_of_pronoun(token, lexicon)
    yield from answerable(token, speaker, lexicon)
    for told in MATTERS:
        yield from told(token, lemma, speaker, lexicon)
    yield from presence_of(token, speaker, lexicon)
    yield from none_present(token, lexicon)
    if lemma in lexicon.harm_verbs and token.pos_ == "VERB" and not irrealis(token, lexicon):
        yield from victims_of_verb(token, lexicon)
    elif lemma in lexicon.harm_nouns or token.lower_ in lexicon.harm_nouns:
        yield from victims_of_noun(token, lexicon)


def sense(token: Token, lemma: str, lexicon: Lexicon) -> Sense | None:
    """What a verb states, by itself or with a word that closely follows it."""
    after = [t for t in token.doc[token.i + 1 : token.i + 1 + _NEAR] if not t.is_punct]
    close = {t.lemma_.lower() for t in after} | {t.lower_ for t in after}
    close |= {c.lemma_.lower() for c in children(token, {"dobj", "prt", "nsubjpass", "obj"})}
    for found in lexicon.verbs.get(lemma, ()):
        if not found.needs or found.needs in close:
            return found
    return None


def _of_verb(token: Token, lemma: str, speaker: Speaker, lexicon: Lexicon) -> Iterator[Fact]:
    agent, patient = roles(token)
    found = sense(token, lemma, lexicon)
    if agent is not None and (befell := by_itself(lemma, patient)) is not None:
        # "Its helicopter", where it is told of a helicopter, is not its owner.
        what = name(agent, speaker, lexicon) if befell[0] == "killing" else agent.lower_
        yield from deeds(befell[0], [befell[1]], what, [])
        return
    befalls = lemma in _ERGATIVE or (found is not None and found.takes == "patient")
    if befalls and patient is None:
        agent, patient = who_caused(token), agent
    if found is None and lemma == "take" and patient is not None and named_place(patient):
        found = _TAKEN
    if found is None and lemma == "take" and patient is not None and (
        person(patient, lexicon) and party(agent, speaker, lexicon) and pobj(token, {"to"}) is None
    ):  # fmt: skip
        found = _ABDUCTED
    if found is None and lemma == "fire" and patient is None and party(agent, speaker, lexicon):
        found = _SHOOTING  # "soldiers fired from tanks"
    if (befallen := undone(token, lemma, agent, patient)) is not None:
        found, patient = Sense("occurrence", befallen[0], "", "patient", ""), befallen[1]
        agent = agent if lemma == "collapse" else None  # whoever brought it down
    if patient is not None and patient.lemma_ == RANSOM and lemma in _PAID | _RECEIVED:
        found, agent, patient = _RANSOM, agent if lemma in _PAID else None, None
    if found is None and lemma in _GONE and patient is not None and (
        party(agent, speaker, lexicon) and (named_place(patient) or patient.lemma_ in _LEFT)
    ):  # fmt: skip
        found = _GONE[lemma]
    used, target = used_on(token, lemma, patient, lexicon)
    if used:
        found, patient = _CHEMICAL, target
    elif found is not None and with_chemicals(token, found.predicate, lexicon):
        found = _CHEMICAL
    elif found is not None and from_the_air(agent, found.predicate):
        found = _STRIKE
    if patient is not None and patient.lemma_.lower() in lexicon.idioms.get(lemma, ()):
        found = None  # deals are struck and films are shot: a deed like any other
    if lemma == "hold" and {"responsible", "accountable"} & {t.lower_ for t in token.subtree}:
        return
    told_by_noun = patient is not None and patient.lemma_.lower() in lexicon.nouns
    told_by_noun = told_by_noun and (found is None or found.predicate != "shelling")
    if found is not None and told_by_noun and lemma in _DOING:
        return  # "launched an attack on the base": the noun tells it, and on what
    if found is not None and _in_passing(token, found, agent, patient, lexicon):
        found = None
    if found is not None and found.predicate == "condemn" and bodily(token, agent, patient):
        found = None
    if found is not None and found.predicate == "failed" and children(token, {"xcomp"}):
        return  # what was tried tells what failed: "failed to retake the town", "to protect it"
    if found is None:
        plain = token.pos_ == "VERB" and token.dep_ != "amod" and not named_place(token)
        if plain and lemma not in lexicon.light["verbs"]:
            # "Died after falling from a bridge": told against a killing.
            told = "killing" if by_nature(token) else lemma
            yield from _deed(told, token, agent, patient, speaker, lexicon)
        return
    if lemma == "execute" and patient is not None and (
        not patient.text[0].isupper() and not person(patient, lexicon)
    ):  # fmt: skip
        return
    if lemma == "commit" and patient is not None and pobj(token, {"to"}) is None:
        yield from _committed(token, agent, patient, speaker, lexicon)
        return
    if found.predicate == "shelling" and patient is not None and patient.lemma_ in _FIRED:
        # Fired is a rocket, hit is what it is fired at; a missile may be fired as a test.
        target = not_time(pobj(token, {"at", "on", "into", "toward", "towards", "upon"}))
        accused = token.head.head.lemma_ in _CHARGED or token.head.lemma_ in _CHARGED
        if target is None and patient.lemma_ == "missile" and not accused:
            yield from _deed(lemma, token, agent, patient, speaker, lexicon)
            return
        patient = target
    if found.predicate == "strike" and patient is not None and patient.lemma_ in _DROPPED:
        patient = not_time(pobj(token, _AIM))  # "dropped bombs on the market"
    if found.predicate == "burning" and patient is not None and patient.lemma_ == "fire":
        patient = pobj(token, {"to"})
    elif found.predicate == "shooting" and (patient is None or patient.lemma_ in _SHOTS):
        target = not_time(pobj(token, _AIM))
        if target is not None and (named_place(target) or target.lemma_ in _LEFT):
            found, patient = _SHELLING, target
        else:
            # One shooting is told as on a crowd, on workers, on a march: only a party tells
            # it apart.
            patient = target if party(target, speaker, lexicon) else None
    if found.aspect == "position" and token.dep_ == "amod":
        return  # "supported versions": by nobody in particular
    if found.aspect == "position":
        yield from _position(token, found, agent, patient, speaker, lexicon)
    elif found.aspect == "outcome":
        if token.dep_ == "xcomp" and token.head.lemma_ == "fail":
            yield from outcome_of(token, _FAILED, agent, patient, speaker, lexicon)
        elif not irrealis(token, lexicon):
            yield from outcome_of(token, found, agent, patient, speaker, lexicon)
    elif not irrealis(token, lexicon):
        yield from _deed(found.predicate, token, agent, patient, speaker, lexicon)


def _in_passing(
    verb: Token, found: Sense, agent: Token | None, patient: Token | None, lexicon: Lexicon
) -> bool:
    """ "No shot was fired when he was taken" denies no shooting but one of that moment."""
    if verb.lemma_ == "hurt" and patient is None and agent is not None:
        return True  # "his cuffs hurt"
    shot = found.predicate == "shooting" and patient is not None and patient.lemma_ == "shot"
    but = any(c.lower_ == "but" for c in children(verb, {"cc"})) and pobj(verb, _AIM)
    if found.predicate == "shooting" and but and negated(verb, lexicon):
        return True  # "did not fire at the convoy but at suspects": shots were fired
    return shot and agent is None and pobj(verb, _AIM) is None and negated(verb, lexicon)


def _committed(
    token: Token, agent: Token | None, patient: Token, speaker: Speaker, lexicon: Lexicon
) -> Iterator[Fact]:
    """What is committed is the deed: suicide, a war crime; an attack says so by itself."""
    what = name(patient, speaker, lexicon)
    if what is not None and patient.lemma_.lower() not in lexicon.nouns:
        yield from _deed(what, token, agent, None, speaker, lexicon)


def _deed(
    predicate: str,
    token: Token,
    agent: Token | None,
    patient: Token | None,
    speaker: Speaker,
    lexicon: Lexicon,
) -> Iterator[Fact]:
    """A deed happened; and where its doer is a known party, who did it."""
    if irrealis(token, lexicon) or possible(token):
        return
    if negated(token, lexicon) and (particular(patient) or meant(token)):
        return  # "did not deliberately bomb it": they may have bombed it
    if token.dep_ == "advcl" and token.head.lemma_.lower() in _ERGATIVE:
        agent = None  # "crashed, killing nine": nobody did it
    own = speaker.party if token.dep_ == "xcomp" and tells(token.head, agent) else None
    doing = parties(agent, speaker, lexicon)
    doer = doing[0] if doing else own or cause_of(token, speaker, lexicon)
    told = name(patient, speaker, lexicon)
    if disowned(token):
        yield Fact("occurrence", predicate, None, told)
        yield Fact("responsibility", predicate, doer, told, True)
        return
    yield Fact("occurrence", predicate, doer or name(agent, speaker, lexicon), told)
    # "The strikes broke the agreement" holds whoever struck responsible, though unnamed.
    does = token.lemma_.lower() not in lexicon.light["undergo"]
    if does and (doer or (agent is not None and agent.lemma_.lower() in lexicon.nouns and told)):
        yield Fact("responsibility", predicate, doer, told)
    for other in contrasted(patient):
        yield Fact("occurrence", predicate, None, name(other, speaker, lexicon), True)
    for other in contrasted(agent):
        if does and (innocent := party(other, speaker, lexicon)):
            yield Fact("responsibility", predicate, innocent, told, True)
    for also in doing[1:]:
        yield Fact("occurrence", predicate, also, told)
        if does:
            yield Fact("responsibility", predicate, also, told)


def _position(
    token: Token,
    found: Sense,
    agent: Token | None,
    patient: Token | None,
    speaker: Speaker,
    lexicon: Lexicon,
) -> Iterator[Fact]:
    target = patient
    if target is None:
        target = pobj(token, {"for", "to", "against", "behind", "with", "on", "upon"})
    for child in children(token, {"xcomp", "ccomp"}):
        if found.predicate in ("demand", "reject") or target is None:
            target = roles(child)[1] or pobj(child, {"to", "for", "with", "from"}) or target
            break
    if found.predicate == "reject" and target is not None and (
        target.lemma_ in lexicon.denial["objects"]
        and any(c.dep_ in ("acl", "ccomp", "relcl") for c in target.children)
    ):  # fmt: skip
        return
    who = party(agent, speaker, lexicon) or speaker.party
    yield Fact("position", found.predicate, who, name(target, speaker, lexicon, whose=True))
