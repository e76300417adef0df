"""Who did it and to whom: roles read from the dependency parse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.parse.assertions_lexicon import Lexicon, longest

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = {"nsubj", "csubj"}
_PASSIVE = {"nsubjpass", "csubjpass"}
_NAMES = {
    "compound",
    "amod",
    "poss",
    "nmod",
    "det",
    "nummod",
    "quantmod",
    "advmod",
    "punct",
    "case",
}
_SUFFERED = {"kill", "behead", "execute", "murder", "shoot", "wound", "injure", "torture", "hang",
             "detain", "abduct", "kidnap", "capture", "stab", "lynch", "beat", "burn", "destroy",
             "damage", "bomb", "attack", "rape", "seize", "displace", "free",
             "release"}  # fmt: skip
"""Verbs that, without an object, are told of whom they hit."""
_CHARGES = {"accuse", "suspect", "convict"}
_TELL = {"say", "claim", "report", "announce", "confirm", "deny", "insist", "add", "declare",
         "admit", "state", "boast"}  # fmt: skip
_IMPERSONAL = {"rain", "snow", "seem", "appear", "become", "be"}
"""Verbs whose "it" may be nobody."""
_TOLD = {"claim", "statement", "announcement", "report", "assertion", "denial", "boast"}
_POINTED = {"these", "those", "this", "they", "he", "she", "him", "her", "them"}
_FIRST = {"we", "our", "ours", "i", "my"}
_ABOUT = {"call", "demand", "end", "reduction", "release", "request", "plea", "claim", "halt"}
_SAME = {"inquiry": "investigation", "probe": "investigation", "truce": "ceasefire",
         "cease": "ceasefire", "deal": "agreement", "accord": "agreement",
         "pact": "agreement", "talk": "talks", "negotiation": "talks"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of `assertions` without its claim; polarity None is read from the parse."""

    aspect: str
    predicate: str
    agent: str | None
    patient: str | None
    polarity: bool | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """The party of the one who speaks, for `we` and `the enemy`.

    `private` is an unnamed somebody, who speaks for himself whatever people he is of.
    """

    party: str | None
    private: bool = False


def children(token: Token, deps: set[str]) -> list[Token]:
    """The children of a token with one of these dependencies, in order."""
    return [c for c in token.children if c.dep_ in deps]


def pobj(token: Token, prepositions: set[str]) -> Token | None:
    """The noun behind one of these prepositions, hanging from `token`; "not by" is none."""
    for link in token.children:
        if link.dep_ in ("prep", "agent", "dative") and link.lower_ in prepositions:
            meant = [link]
            if children(link, {"neg"}):  # "not by the rebels but by the army"
                meant = [c for c in children(link, {"conj"}) if c.lower_ in prepositions]
            for noun in [noun for one in meant for noun in one.children]:
                if noun.dep_ in ("pobj", "pcomp"):
                    return noun
    return None


def passive(verb: Token) -> bool:
    """Whether the verb is a passive, with or without its auxiliary."""
    if any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children):
        return True
    if verb.dep_ == "conj" and not children(verb, _SUBJECTS):
        # "Was captured by rebels and beheaded" may be parsed as if the captive did it.
        suffered = verb.tag_ == "VBD" and verb.lemma_ in _SUFFERED and not _object(verb)
        if verb.tag_ == "VBN" or suffered:
            return passive(verb.head)
    return (
        verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod") and not children(verb, _SUBJECTS)
    ) or (verb.tag_ in ("VBN", "VBD") and pobj(verb, {"by"}) is not None and not _object(verb))


def _object(verb: Token) -> Token | None:
    found = children(verb, {"dobj", "obj"})
    return antecedent(found[0]) if found else None


def roles(verb: Token) -> tuple[Token | None, Token | None]:
    """Agent and patient of a verb, in the active, the passive, a relative or a participle.

    A subject is inherited along coordinated and controlled verbs.
    """
    if passive(verb):
        agent = pobj(verb, {"by"})
        hit = children(verb, _PASSIVE | _SUBJECTS)
        if hit:
            return agent, antecedent(hit[0])
        if verb.dep_ in ("acl", "amod"):
            return agent, verb.head
        if verb.dep_ == "conj":
            above = roles(verb.head)
            if not passive(verb.head):
                return agent, above[0]  # "crashed and was not shot down"
            return agent or above[0], above[1]
        return agent, None
    subject = children(verb, _SUBJECTS)
    if subject:
        return antecedent(subject[0]), _object(verb)
    if verb.dep_ in ("conj", "xcomp", "advcl", "pcomp", "ccomp") and verb.head.pos_ in (
        "VERB",
        "AUX",
    ):
        above = roles(verb.head)
        # "was accused of shelling": whoever is accused is the one who shelled.
        upper = above[1] if verb.dep_ == "xcomp" and above[1] is not None else above[0]
        if verb.dep_ == "conj" and passive(verb.head):
            upper = above[1]
        return upper, _object(verb)
    charge = verb.head.head
    if verb.dep_ == "pcomp" and verb.head.lower_ == "of" and charge.lemma_ in _CHARGES:
        accused = children(charge, {"dobj", "nsubjpass"})
        return (antecedent(accused[0]) if accused else None), _object(verb)
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        return verb.head, _object(verb)
    return None, _object(verb)


def particular(patient: Token | None) -> bool:
    """Some people pointed at, "they" or "these men": that they were not hit says nothing of others.

    Which people they are is not known here.
    """
    return patient is not None and (
        patient.lower_ in _POINTED
        or (patient.lower_ == "none" and pobj(patient, {"of"}) is None)
        or any(c.lower_ in _POINTED for c in patient.children)
    )


def antecedent(token: Token) -> Token:
    """What a relative pronoun stands for, else the token itself."""
    if token.tag_ in ("WDT", "WP") and token.head.dep_ == "relcl":
        return token.head.head
    return token


def phrase(noun: Token) -> list[Token]:
    """A noun with the words that name it, without what follows a preposition."""
    tokens = [noun]
    for child in noun.children:
        if child.dep_ in _NAMES and child.i < noun.i:
            tokens += list(child.subtree)
    return sorted(tokens, key=lambda t: t.i)


def words(tokens: list[Token]) -> list[str]:
    """Lower-case words; the pronoun `us` is kept apart from the country."""
    return ["we" if t.lower_ == "us" and t.text == "us" else t.lower_.replace("’", "'")
            for t in tokens]  # fmt: skip


_SAYS = frozenset(("allege", "say", "claim", "believe", "suspect", "think", "confirm", "insist"))


def party(noun: Token | None, speaker: Speaker, lexicon: Lexicon) -> str | None:
    """The party a noun phrase names: by its words, by `we`, or by `the enemy`."""
    if noun is None:
        return None
    if noun.lower_ in ("they", "it"):
        noun = _said_by(noun)
        if noun is None or noun.pos_ == "PRON":
            return None
    told = phrase(noun)
    # "Police allege Eric Kirkpatrick opened fire" may be parsed as one name.
    says = next((n for n, t in enumerate(told) if t.lower_ in _SAYS and t != noun), -1)
    named = words(told[says + 1 :])
    found = longest(named, lexicon.parties)
    first = _FIRST & set(named)
    if found is None and not first:
        for behind in ({"of", "from", "by"}, {"in"} if noun.lemma_ == "hand" else set()):
            inner = pobj(noun, behind) if behind else None
            if inner is not None:
                return party(inner, speaker, lexicon)
        return None
    if first or found is None:
        return speaker.party
    if found[0] == "enemy":
        side = lexicon.side_of.get(speaker.party or "")
        return {"insurgent": "forces", "state": "fighters"}.get(side or "")
    return found[0]


def _said_by(pronoun: Token) -> Token | None:
    """Who tells what "they" or "it" did: "the army said it held", "the claim that they hold"."""
    verb = pronoun.head
    if verb.lemma_ in _IMPERSONAL:
        return None
    while verb.dep_ == "conj":
        verb = verb.head
    above = verb.head
    if verb.dep_ == "ccomp" and above.lemma_ in _TELL:
        return next(iter(children(above, _SUBJECTS)), None)
    return above if verb.dep_ in ("acl", "ccomp") and above.lemma_ in _TOLD else None


def victim(noun: Token | None, lexicon: Lexicon) -> str | None:
    """The class of people a noun phrase names, as `civilians`."""
    if noun is None:
        return None
    told = [t for t in phrase(noun) if t.dep_ != "poss" and not _small(t)]
    found = longest(words(told), lexicon.victims)
    if found is None and noun.lemma_ in ("number", "dozen", "score", "hundred", "ten", "rest",
                                         "all", "none", "most", "many", "some", "one"):  # fmt: skip
        return victim(pobj(noun, {"of"}), lexicon)
    return found[0] if found else None


def _small(token: Token) -> bool:
    """ "Minor injuries" are no minors', nor "patient efforts" a patient's."""
    return token.dep_ == "amod" and token.lower_ in ("minor", "patient")


def name(
    noun: Token | None, speaker: Speaker, lexicon: Lexicon, *, whose: bool = False
) -> str | None:
    """A noun phrase as one comparable label: a party, or its head and compounds.

    With `whose`, the party that a thing belongs to stands for the thing: "the Taliban
    offensive" is the Taliban; without, only a phrase that is itself a party is one.
    """
    if noun is None or (noun.pos_ == "PRON" and noun.lower_ not in _FIRST):
        return None
    if noun.lemma_ in _ABOUT:
        inner = pobj(noun, {"for", "of", "to", "that"})
        if inner is not None:
            return name(inner, speaker, lexicon, whose=whose)
    named = party(noun, speaker, lexicon)
    found = longest(words(phrase(noun)), lexicon.parties)
    if named and (whose or found is None or found[2] == len(phrase(noun))):
        return named
    if noun.lemma_.lower() == "fire" and any(c.lower_ == "cease" for c in noun.children):
        return "ceasefire"
    if noun.lemma_.lower() in _SAME:
        return _SAME[noun.lemma_.lower()]
    parts = [t.lemma_.lower() for t in noun.children if t.dep_ == "compound" and t.i < noun.i]
    return " ".join([*parts, noun.lemma_.lower()])
