"""What kind of thing a noun names, where one verb does unlike things to unlike things."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from compare import gazetteer
from compare.parse.assertions_lexicon import Lexicon
from compare.parse.assertions_parties import phrase, victim
from compare.parse.assertions_roles import pobj
from compare.parse.figures_lexicon import nouns

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PEOPLE = {"governor", "commander", "leader", "chief", "mayor", "man", "attacker", "prisoner",
           "person", "people", "official", "suspect", "bomber"}  # fmt: skip
_HELD = {"talk", "meeting", "promise", "word", "election", "negotiation", "ceremony",
         "conference", "session", "commitment", "pledge", "eye", "discussion", "gathering", "march",
         "protest", "demonstration", "exercise", "drill"}  # fmt: skip
_BUILT = {"buildings", "bridges", "mosques", "shops", "houses", "towers", "schools", "hideouts",
          "health facilities"}  # fmt: skip
_TAKEN = {"photo", "photograph", "picture", "image", "video", "footage", "scene", "moment",
          "attention", "imagination", "mood", "heart", "headline", "arm", "arms", "ammunition",
          "equipment", "cache", "cash", "money", "drug", "drugs", "cargo", "consciousness",
          "strength", "balance", "composure", "body", "remains", "wreckage"}  # fmt: skip
_TRIED = {"attempt", "bid", "push", "advance", "effort", "try", "siege", "plan", "mission", "plot",
          "break", "breakout", "escape", "move", "drive", "campaign", "thrust", "it", "this",
          "that", "they", "attacker", "enemy", "coup", "putsch", "mutiny", "uprising",
          "rebellion"}  # fmt: skip
_INTO = {"into", "against", "through", "onto", "ashore"}
_FORCES = {"storm", "hurricane", "typhoon", "cyclone", "tornado", "wave", "wind", "tsunami",
           "flood", "rocket", "missile", "shell", "drone", "bullet", "car", "truck", "bus", "lorry",
           "vehicle", "plane", "aircraft", "helicopter", "ship", "boat", "train"}  # fmt: skip
_SETTLED = {"city", "town", "village", "district", "port", "suburb", "settlement", "hamlet",
            "township", "stronghold", "island", "province", "region", "neighbourhood",
            "neighborhood", "municipality"}  # fmt: skip
_WITHIN = {"in", "into", "near", "outside", "inside", "around", "throughout", "across"}
_TRUST = {"trust", "faith", "confidence", "believe", "belief", "interest", "succeed"}
"""Words that set somebody behind "in"."""
_ENTERED = {"enter", "reach", "besiege", "encircle", "shell", "leave"}
_FLOWN = {"drone", "aircraft", "helicopter", "jet", "plane", "warplane"}
_MACHINES = {"tank", "howitzer", "vehicle", "warship", "ship", "boat", "vessel", "launcher",
             "humvee", "submarine"}  # fmt: skip
_BUILDINGS = {"bridge", "building", "dam", "roof", "tower", "wall", "house", "block", "tunnel",
              "stadium", "mosque", "church", "school", "hospital", "hangar"}  # fmt: skip
_LABOUR = {"general", "hunger", "labour", "labor", "rail", "union", "worker", "teacher", "nurse",
           "protest", "walkout", "nationwide", "wildcat", "solidarity"}  # fmt: skip


def person(noun: Token | None, lexicon: Lexicon) -> bool:
    """People are captured too, which says nothing of who holds the place: "23 of the raiders"."""
    return noun is not None and (
        noun.pos_ == "NUM"
        or victim(noun, lexicon) is not None
        or noun.ent_type_ == "PERSON"
        or noun.lemma_.lower() in _PEOPLE
        or (noun.lower_ in nouns() and nouns()[noun.lower_].kind == "person")
    )


def named_person(noun: Token) -> bool:
    """Who is beaten or falls by name is no place: a boxer, a player, a candidate.

    Names of places are often taken for those of persons.
    """
    return noun.ent_type_ == "PERSON" and not named_place(noun)


def named_place(noun: Token) -> bool:
    """Whether a name is that of a place, whatever the parser takes it for.

    It is one of the gazetteer, or the text tells it as a place: "in Soledar", "the town of
    Soledar", "Soledar, a town", "entered Soledar".
    """
    # A name that opens a sentence may be taken for a common noun.
    named = [t for t in phrase(noun) if t.pos_ == "PROPN" or (t == noun and t.text.istitle())]
    if noun not in named:
        return False
    words = [t.text for t in named]
    return (noun.pos_ == "PROPN" and _place(" ".join(words))) or any(
        _told_as_place(noun.doc[i + len(words) - 1], noun.doc[i - 1] if i else None)
        for i in _occurrences(words, noun.doc)
    )


def _occurrences(words: list[str], doc: Doc) -> list[int]:
    """The places among the tokens of a document where these words begin."""
    # Read as an array: to make a Token of each would be most of the work on facts.
    orths, last = doc.to_array("ORTH"), len(doc) - len(words) + 1
    same = [orths[n : last + n] == doc.vocab.strings[word] for n, word in enumerate(words)]
    return np.flatnonzero(np.logical_and.reduce(same)).tolist()


def _told_as_place(name: Token, before: Token | None) -> bool:
    if any(c.lemma_.lower() in _SETTLED for c in name.children if c.dep_ == "appos"):
        return True
    if before is None:
        return False
    above = before.nbor(-1).lemma_.lower() if before.i else ""
    if before.lower_ == "of":
        return above in _SETTLED
    if before.dep_ == "prep" and before.lower_ in _WITHIN:
        return above not in _TRUST
    return before.lemma_.lower() in _SETTLED | _ENTERED


def _place(name: str) -> bool:
    node = gazetteer.load().tree
    for word in gazetteer.words_of(name):
        if word not in node.following:
            return False
        node = node.following[word]
    return bool(node.ends)


def endeavour(noun: Token, lexicon: Lexicon) -> bool:
    """What can fail so that no place changes hands: an attack, a bid, a break-out."""
    return noun.lemma_.lower() in _TRIED or noun.lemma_.lower() in lexicon.nouns


def of_labour(strike: Token) -> bool:
    """A general strike, strikes and protests: work is laid down, nobody is hit."""
    near = {c.lemma_.lower() for c in strike.children} | {strike.head.lemma_.lower()}
    return not near.isdisjoint(_LABOUR)


def thing(noun: Token) -> bool:
    """Weapons are seized and strength is regained: no place changes hands."""
    listed = nouns().get(noun.lower_)
    movable = listed is not None and listed.kind == "thing" and listed.unit not in _BUILT
    return movable or noun.lemma_.lower() in _TAKEN


def bodily(verb: Token, agent: Token | None, patient: Token | None) -> bool:
    """Whether a verb that may condemn is told of bodies: cars slam into gates, storms slam coasts.

    Then nobody takes a position.
    """
    into = patient is None and any(c.lower_ in _INTO for c in verb.children)
    return into or (agent is not None and (thing(agent) or agent.lemma_.lower() in _FORCES))


def happening(agent: Token | None, patient: Token | None) -> bool:
    """Talks are held, promises are kept: no place changes hands."""
    return any(noun is not None and noun.lemma_.lower() in _HELD for noun in (agent, patient))


def not_time(noun: Token | None) -> Token | None:
    """The noun, or None where it says when: "the attack on Friday"."""
    timely = noun is not None and (
        noun.ent_type_ in ("DATE", "TIME") or noun.lemma_ in ("time", "night", "day", "dawn")
    )
    return None if timely else noun


def undone(
    verb: Token, lemma: str, agent: Token | None, noun: Token | None
) -> tuple[str, Token] | None:
    """What befell machines that are lost and buildings that collapse: the deed, and of what.

    Aircraft that an army loses, or that come down, crash; its tanks, or "none of its tanks",
    are destroyed.
    """
    if noun is None and lemma in ("come", "go") and agent is not None and agent.lemma_ in _FLOWN:
        down = any(c.dep_ == "prt" and c.lower_ == "down" for c in verb.children)
        return ("crash", agent) if down else None
    thing = noun
    if noun is not None and noun.lower_ in ("none", "all", "most", "some"):
        thing = pobj(noun, {"of"})
    if thing is None:
        return None
    if lemma == "lose" and thing.lemma_ in _FLOWN | _MACHINES:
        return "crash" if thing.lemma_ in _FLOWN else "destruction", thing
    return ("destruction", thing) if lemma == "collapse" and thing.lemma_ in _BUILDINGS else None
