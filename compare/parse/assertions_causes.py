"""What brought a deed about: a fault, nature, one's own hand, whoever fired when they died."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.parse.assertions_lexicon import Lexicon, longest
from compare.parse.assertions_parties import Speaker, parties, party, phrase
from compare.parse.assertions_polarity import negated
from compare.parse.assertions_powers import called, undotted
from compare.parse.assertions_roles import children, pobj, roles
from compare.states import mentions

if TYPE_CHECKING:
    from spacy.tokens import Token

_NATURE = {"fall", "slip", "heart", "illness", "disease", "natural", "stroke", "asthma"}
_SELVES = {"himself", "herself", "themselves", "itself"}
_OWN_HAND = {"hang", "kill", "shoot", "stab", "drown", "strangle"}
_LANDINGS = {"emergency", "forced", "hard", "precautionary"}
_FIRING = {"fire", "launch", "shoot", "lob", "shell"}
_ORIGINS = {"position", "territory", "area", "side", "line", "base", "airspace", "soil"}
_PROJECTILES = {"missile", "rocket", "drone", "shell", "projectile", "munition", "bomb"}
_MAKING = {"cause", "make", "force"}
_ANSWERING = {"deny", "admit", "acknowledge", "claim", "confess"}
_OFFICES = {"ministry", "department", "office", "command", "directorate", "government"}
_BY_FAULT = {"explode", "crash", "collapse", "burn", "sink", "derail"}
_HURT = {"kill", "wound", "injure", "die"}
_WHEN = {"when", "as"}
_FIRED = {"fire", "shell", "bomb", "bombard", "shoot", "attack", "strike", "hit", "raid", "storm"}
_CRUSHED = {"crush", "trample"}
_ANYBODY = {"people", "person", "victim", "child", "woman", "man", "civilian", "pilgrim", "most",
            "worshipper", "fan"}  # fmt: skip


def _fired_from(verb: Token, lexicon: Lexicon) -> str | None:
    """Whose the place is that it was fired from: "from Russian positions", "from rebel areas"."""
    place = pobj(verb, {"from"})
    if place is None or place.lemma_ not in _ORIGINS:
        return None
    told = [undotted(t.text) for t in phrase(place)]
    for mention in mentions(told):
        return called(mention.state, "forces")
    named = longest([word.lower() for word in told], lexicon.parties)
    return named[0] if named else None


def by_itself(lemma: str, patient: Token | None) -> tuple[str, str] | None:
    """What befell somebody by nobody else's doing: the deed, and what it is put down to."""
    if patient is None or children(patient, {"conj"}):
        return None  # "killed himself and two others"
    suicide = lemma == "commit" and patient.lemma_ == "suicide"
    if suicide or (patient.lower_ in _SELVES and lemma in _OWN_HAND):
        return "killing", "own-hand"
    landed = lemma == "make" and patient.lemma_ == "landing"
    if landed and any(c.lower_ in _LANDINGS for c in patient.children):
        return "crash", "accident"
    return None


def by_nature(verb: Token) -> bool:
    """ "Died after falling from a bridge", "of natural causes", "from a heart attack"."""
    if verb.lemma_ in _CRUSHED and pobj(verb, {"by"}) is None:
        hit = roles(verb)[1]
        return hit is not None and hit.lemma_ in _ANYBODY  # "most of the victims were crushed"
    for link in children(verb, {"prep"}) if verb.lemma_ == "die" else ():
        if link.lower_ in ("after", "of", "from", "following"):
            of = {"of"} if link.lower_ != "of" else set()  # not "after the fall of the city"
            causes = [c for c in link.children if pobj(c, of) is None]
            told = {t.lemma_.lower() for c in causes for t in (c, *c.children)}
            if not _NATURE.isdisjoint(told):
                return True
    return False


def _when_fired(verb: Token, speaker: Speaker, lexicon: Lexicon) -> str | None:
    """Who fired when people died: "112 were killed when troops opened fire on the crowd".

    Of armed people who died so, it may have been they who fired.
    """
    hit = roles(verb)[1] or roles(verb)[0] if verb.lemma_ in _HURT else None
    if hit is None or party(hit, speaker, lexicon) is not None:
        return None
    # "100 were killed and over 700 wounded when": parsed as those who were wounded.
    told = [verb, *verb.conjuncts, *(c for o in verb.conjuncts for c in children(o, {"acl"}))]
    hurt = [one for one in told if one.lemma_ in _HURT]
    for clause in [c for one in hurt for c in children(one, {"advcl"})]:
        when = any(c.lower_ in _WHEN for c in children(clause, {"advmod", "mark"}))
        opened = clause.lemma_ == "open" and any(c.lower_ == "fire" for c in clause.children)
        if when and (opened or clause.lemma_ in _FIRED):
            found = parties(roles(clause)[0], speaker, lexicon)
            return found[0] if found else None
    return None


def cause_of(token: Token, speaker: Speaker, lexicon: Lexicon) -> str | None:
    """The doer behind `because of`, `due to` or `caused by`."""
    verb = token.pos_ == "VERB"
    if by_nature(token):
        return "accident"
    if (fired := _when_fired(token, speaker, lexicon)) is not None:
        return fired
    if token.lemma_ in _BY_FAULT and party(pobj(token, {"after"}), speaker, lexicon) == "accident":
        return "accident"  # "exploded after a gas leak"
    if token.lemma_ in _FIRING and (fired := _fired_from(token, lexicon)):
        return fired
    joined = {t.i for c in children(token, {"conj"}) for t in c.subtree} if verb else set()
    for word in (token if verb else token.head).subtree:
        if word.i in joined:
            continue  # "was not shot down but crashed because of a fault"
        if word.lower_ in ("of", "to", "by") and word.i and word.dep_ in ("prep", "pcomp", "agent"):
            before = word.doc[word.i - 1].lower_
            if before in ("because", "due", "caused", "owing") or word.head.lemma_ in (
                "because",
                "due",
                "cause",
            ):
                under = (*word.children, *(word.head.children if word.dep_ == "pcomp" else ()))
                inner = next((c for c in under if c.dep_ == "pobj"), None)
                return party(inner, speaker, lexicon)
    return None


def tells(verb: Token, agent: Token | None) -> bool:
    """Whether it is the one who speaks who did or did not: "the ministry denied attacking"."""
    if agent is None or verb.lemma_ not in _ANSWERING or agent.head != verb:
        return False
    # A brigade goes by its own name, whatever side it is on.
    return agent.pos_ != "PROPN" or agent.lemma_.lower() in _OFFICES


def who_caused(verb: Token) -> Token | None:
    """Who brought about what befell another: "they caused the boat to capsize"."""
    made = verb.dep_ in ("ccomp", "xcomp") and verb.head.lemma_ in _MAKING
    return roles(verb.head)[0] if made else None


def whose_arms(verb: Token, lexicon: Lexicon) -> tuple[str, bool] | None:
    """Whose a missile is said to be, and whether that is denied: "the rocket was Ukrainian"."""
    subject = next(iter(children(verb, {"nsubj"})), None)
    if verb.lemma_ != "be" or subject is None or subject.lemma_ not in _PROJECTILES:
        return None
    for said in children(verb, {"attr", "acomp"}):
        told = [undotted(t.text) for t in phrase(said)]
        for mention in mentions(told):
            if mention.kind == "adjective" and "-" not in told[mention.end : mention.end + 1]:
                return called(mention.state, "forces"), negated(verb, lexicon)
    return None
