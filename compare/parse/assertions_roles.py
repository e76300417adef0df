"""Who did it and to whom: roles read from the dependency parse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = {"nsubj", "csubj"}
RANSOM = "ransom"
"""The deed of paying one, and what is paid."""
_PASSIVE = {"nsubjpass", "csubjpass"}
_SUFFERED = {"kill", "behead", "execute", "murder", "shoot", "wound", "injure", "torture", "hang",
             "detain", "arrest", "abduct", "kidnap", "capture", "stab", "lynch", "beat", "burn",
             "destroy", "damage", "bomb", "attack", "rape", "seize", "displace", "free",
             "release"}  # fmt: skip
"""Verbs that, without an object, are told of whom they hit."""
_CROWDS = {"hundred", "thousand", "dozen", "score", "ten", "hundreds", "thousands", "dozens",
           "scores", "tens", "most", "many", "some", "several", "few", "number", "handful",
           "majority", "couple", "million", "millions", "percent", "%", "portion", "bulk",
           "quarter", "third"}  # fmt: skip
_SHOTS_AT = {"shelling", "bombing", "bombardment"}
"""Deeds that may be parsed as an adverb: "Russian shelling destroyed it"."""
_CHARGES = {"accuse", "suspect", "convict", "blame", "condemn"}
_ACCUSATIONS = {"accusation", "allegation", "charge", "claim"}
_OWNS = {"claim", "deny", "accept", "admit", "take", "assume", "bear", "acknowledge", "reject"}
_ANSWERS = {"deny", "reject", "dismiss", "face", "refute", "admit", "answer"}
_GUISES = {"disguise", "dress", "pose", "masquerade", "clothe"}
_POINTED = {"these", "those", "this", "they", "he", "she", "him", "her", "them"}


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of `assertions` without its claim; polarity None is read from the parse."""

    aspect: str
    predicate: str
    agent: str | None
    patient: str | None
    polarity: bool | None = None


def children(token: Token, deps: set[str]) -> list[Token]:
    """The children of a token with one of these dependencies, in order."""
    return [c for c in token.children if c.dep_ in deps]


def first_child(token: Token, deps: set[str]) -> Token | None:
    """The first of them."""
    return next(iter(children(token, deps)), None)


def conjuncts(token: Token) -> list[Token]:
    """The words coordinated with a token that come after it."""
    return [other for other in token.conjuncts if other.i > token.i]


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
    if _gapped(verb) or _got(verb):
        return True
    if verb.dep_ == "conj" and not children(verb, SUBJECTS):
        # "Was captured by rebels and beheaded" may be parsed as if the captive did it.
        suffered = verb.tag_ == "VBD" and verb.lemma_ in _SUFFERED and not _object(verb)
        if verb.tag_ == "VBN" or suffered:
            return passive(verb.head)
    return (
        verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod") and not children(verb, SUBJECTS)
    ) or (verb.tag_ in ("VBN", "VBD") and pobj(verb, {"by"}) is not None and not _object(verb))


def _gapped(verb: Token) -> bool:
    """A passive whose auxiliary is left out: "were killed and 80 wounded", "with 85 killed".

    And "most of them executed", hung on what it tells more of.
    """
    if verb.tag_ == "VBN":
        told = verb.dep_ in ("conj", "pcomp", "acl", "advcl", "ROOT")
    else:
        told = verb.tag_ == "VBD" and verb.dep_ == "conj"
    if not told or not children(verb, SUBJECTS):
        return False
    if verb.lemma_ not in _SUFFERED or children(verb, {"aux"}) or _object(verb):
        return False
    return verb.tag_ == "VBN" or passive(verb.head)


def _got(verb: Token) -> bool:
    """ "He got shot", "talks remained suspended": what the parse hangs on another verb."""
    told = verb.head.lemma_ in ("get", "remain", "stay")
    return verb.tag_ == "VBN" and verb.dep_ in ("xcomp", "acomp", "oprd") and told


def _object(verb: Token) -> Token | None:
    found = children(verb, {"dobj", "obj"})
    # A name that the tagger does not know may be taken for an adverb: "captured Bakhmut".
    found = found or [c for c in children(verb, {"advmod"}) if c.i == verb.i + 1 and _named(c)]
    return antecedent(found[0]) if found else None


def _named(word: Token) -> bool:
    return word.text[0].isupper() and bool(word.ent_type_)


def roles(verb: Token) -> tuple[Token | None, Token | None]:
    """Agent and patient of a verb, in the active, the passive, a relative or a participle.

    A subject is inherited along coordinated and controlled verbs.
    """
    if passive(verb):
        agent = pobj(verb, {"by"})
        if agent is not None and agent.ent_type_ in ("TIME", "DATE"):
            agent = None  # "were collected by evening"
        hit = children(verb, _PASSIVE | SUBJECTS)
        # "Talks remained suspended": they may hang on the auxiliary.
        hit += [c for aux in children(verb, {"auxpass"}) for c in children(aux, SUBJECTS)]
        if hit:
            return agent, antecedent(hit[0])
        if verb.dep_ in ("acl", "amod"):
            return agent, verb.head
        if _got(verb):
            return agent, first_child(verb.head, SUBJECTS)
        if verb.dep_ == "conj":
            above = roles(verb.head)
            if not passive(verb.head):
                return agent, above[0]  # "crashed and was not shot down"
            return agent or above[0], above[1]
        return agent, None
    subject = children(verb, SUBJECTS) or [
        c for c in children(verb, {"advmod"}) if c.i == verb.i - 1 and c.lower_ in _SHOTS_AT
    ]
    if subject and (behind := disguised(subject[0])) is not None:
        return behind, _object(verb)
    if subject:
        # "They had completely captured the town" may be parsed as if it told which town.
        described = verb.head if verb.dep_ == "amod" else None
        return antecedent(subject[0]), _object(verb) or described
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
    if verb.dep_ == "pcomp" and verb.head.lower_ in ("of", "for"):
        accused = _accused(verb.head.head)
        if accused is not None:
            return antecedent(accused), _object(verb)
    if verb.dep_ in ("xcomp", "acl") and verb.head.lemma_ == "claim":
        # "The Taliban claim to have captured it", whether they claim or the claim is theirs.
        return first_child(verb.head, {"compound", "poss"}), _object(verb)
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        return verb.head, _object(verb)
    if gerund(verb):
        return first_child(verb.head.head, SUBJECTS), verb.head
    by = pobj(verb, {"by"}) if verb.tag_ == "VBG" else None  # "in shelling by the army"
    return by, _object(verb)


def disguised(subject: Token) -> Token | None:
    """Who acts as another: the gunmen of "gunmen disguised as police attacked it".

    It may be parsed as if the police had attacked.
    """
    verb = subject.head
    guise = verb.head
    marked = any(c.lower_ in ("as", "like") and c.i < subject.i for c in children(verb, {"mark"}))
    if not marked or verb.dep_ != "advcl" or guise.lemma_ not in _GUISES or guise.i > subject.i:
        return None
    who = guise.head if guise.dep_ == "acl" else first_child(guise, SUBJECTS | _PASSIVE)
    return antecedent(who) if who is not None else None


def gerund(verb: Token) -> bool:
    """ "Denied shelling villages", parsed as if the villages were such as shell."""
    noun = verb.head
    answered = noun.dep_ == "dobj" and noun.head.lemma_ in _ANSWERS
    beside = verb.dep_ in ("amod", "compound") and verb.i == noun.head.i + 1
    return verb.tag_ == "VBG" and beside and answered


def _accused(word: Token) -> Token | None:
    """Of whom a deed behind "of" or "for" is told, which hangs from `word`.

    "Accused the army of shelling", "blamed it for shelling", "rejected accusations of shelling",
    "claimed responsibility for shelling".
    """
    head = word.head
    if word.lemma_ in _CHARGES:
        return first_child(word, {"dobj", "nsubjpass"})
    if head.lemma_ in _CHARGES and word.dep_ in ("dobj", "nsubjpass"):
        return word
    if answering := owning(word):
        return first_child(answering, SUBJECTS)
    if word.lemma_ in _ACCUSATIONS and word.dep_ in ("dobj", "pobj"):
        verb = head if word.dep_ == "dobj" else head.head
        return first_child(verb, SUBJECTS) if verb.lemma_ in _ANSWERS else None
    return None


def owning(word: Token) -> Token | None:
    """The verb of owning a deed, or not, that "for" hangs from: "claimed responsibility for"."""
    verb = word.head if word.lemma_ == "responsibility" else word
    owned = any(c.lemma_ == "responsibility" for c in children(verb, {"dobj", "nsubjpass"}))
    return verb if owned and verb.lemma_ in _OWNS else None


def disowned(verb: Token) -> bool:
    """Whether a deed is one that somebody denies to have done: it happened all the same."""
    under = verb.dep_ == "pcomp" and verb.head.lower_ == "for"
    answering = owning(verb.head.head) if under else None
    return answering is not None and answering.lemma_ in ("deny", "reject")


def particular(patient: Token | None) -> bool:
    """Some people pointed at, "they" or "these men": that they were not hit says nothing of others.

    Which people they are is not known here.
    """
    return patient is not None and (
        patient.lower_ in _POINTED
        or (patient.lower_ == "none" and pobj(patient, {"of"}) is None)
        or any(c.lower_ in _POINTED or c.lower_ == "else" for c in patient.children)
    )


def owned(noun: Token | None) -> bool:
    """Whether it is told as somebody's own: "its aircraft", "any of its aircraft"."""
    thing = pobj(noun, {"of"}) or noun if noun is not None else None
    return thing is not None and any(c.dep_ == "poss" and c.pos_ == "PRON" for c in thing.children)


def antecedent(token: Token) -> Token:
    """What a relative pronoun stands for, and who are counted in crowds: "hundreds of troops"."""
    if token.tag_ in ("WDT", "WP") and token.head.dep_ == "relcl":
        noun = token.head.head
        if noun.dep_ == "pobj" and noun.ent_type_ in ("GPE", "LOC") and token.lower_ == "which":
            noun = noun.head.head  # "the attack on Kunduz, which killed 12"
        return antecedent(noun)
    if token.lemma_.lower() in _CROWDS and token.pos_ != "VERB":
        return pobj(token, {"of"}) or token
    return token
