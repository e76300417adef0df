"""Affirmed or denied: the scope of negation and of words that deny."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.parse.assertions_lexicon import Lexicon
from compare.parse.assertions_roles import disowned, gerund
from compare.parse.assertions_scope import describes

if TYPE_CHECKING:
    from spacy.tokens import Token

_STEPS = 12
_RAISING = {"believe", "think", "know", "say", "report", "understand", "presume", "suppose",
            "consider", "assume", "appear", "seem", "happen", "return", "come", "go", "manage",
            "dare", "bother"}  # fmt: skip
"""Verbs whose subject is the next verb's own: "nobody is believed to be hurt"."""
_FACTIVE = {"notice", "realise", "realize", "discover", "remember", "forget", "regret", "learn"}
"""Verbs of which what follows is true, whether they are denied or not."""
_LINKING = {"connect", "link", "tie", "implicate", "associate", "charge", "involve"}
"""Verbs that set somebody beside a deed which stands, whether they are denied or not."""
_NEGATING = {"det", "neg", "advmod", "preconj"}
_SEEN = {"report", "record", "see", "witness", "hear", "have", "be", "register", "observe"}
"""Verbs that say of a deed, as their subject or object, no more than that it was."""
_HURTING = {"kill", "wound", "injure", "destroy", "damage"}
_TELLING = {"report", "sign", "evidence", "indication", "record", "word", "news", "claim", "trace",
            "proof", "case", "instance", "act", "kind", "sort", "form", "type", "number", "basis",
            "confirmation", "truth", "propaganda", "rumour", "rumor", "allegation",
            "chance"}  # fmt: skip
"""Nouns of which there is none where there is nothing of what they tell: no sign of it."""
_SURE = {"doubt", "question", "dispute", "denying", "denial", "mistaking", "disputing"}
"""What there is none of where a deed is affirmed: "no doubt that they attacked"."""
_NONE = {"nobody", "none", "nothing", "neither", "no-one", "no"}
_AROUND = {"in", "during", "after", "before", "since", "following", "over", "amid", "behind", "for",
           "about", "regarding", "concerning"}  # fmt: skip
"""Prepositions that set something beside a deed which itself is taken for granted."""


def negated(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word itself carries a negation: `not`, `no`, `never`, `nobody`, `without`."""
    adverbs = lexicon.denial["adverbs"]
    if token.dep_ in ("pobj", "pcomp") and token.head.lower_ == "without":
        return True
    above = token.head
    ahead = [t.lower_ for t in token.doc[max(above.i - 2, 0) : above.i]]
    if token.dep_ == "pobj" and ahead in (["and", "not"], [",", "not"]):
        return True  # "by a rocket and not by a mine"
    noun, first = token.pos_ in ("NOUN", "PROPN"), token.left_edge.i
    if noun and token.dep_ in ("appos", "conj") and first and token.doc[first - 1].lower_ == "not":
        return True  # "a rocket, not a mine, hit it"
    for child in token.children:
        if noun and child.dep_ == "neg" and child.i > token.i:
            continue  # what comes after it is denied
        negates = child.dep_ == "neg" or (
            child.dep_ in ("det", "preconj", "advmod") and child.lower_ in adverbs
        )
        if negates and not _bound(child):
            return True
        if child.lower_ == "longer" and any(g.lower_ == "no" for g in child.children):
            return True  # "is no longer closed"
        told = child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "agent", "expl", "pobj")
        if told and _nobody(child):
            return True
    return False


def _nobody(noun: Token) -> bool:
    """ "None of the witnesses", "not a single guard", "no shots"."""
    if noun.lower_ in _NONE or (noun.lower_ == "one" and _hyphened(noun)):
        return True
    before = [g for g in noun.subtree if g.i <= noun.i and g.dep_ in _NEGATING]
    return any(g.lower_ in ("no", "not", "neither") and not _bound(g) for g in before)


def _hyphened(one: Token) -> bool:
    """ "No-one", which is read as three words."""
    before = [t.lower_ for t in one.doc[max(0, one.i - 2) : one.i]]
    return before in (["no", "-"], ["no", "‑"], ["no", "–"])


def _bound(word: Token) -> bool:
    """`no fewer than`, `not more than`: a bound of a figure; `not only`: no negation either."""
    after = [t.lower_ for t in word.doc[word.i + 1 : word.i + 3]]
    counted = after[1:] == ["than"] or word.lower_ == "not"
    return after[:1] in (["later"], ["longer"], ["only"], ["just"], ["merely"], ["simply"]) or (
        counted and after[:1] in (["fewer"], ["less"], ["more"])
    )


def denied(token: Token, first: int, lexicon: Lexicon) -> bool:
    """Whether the fact a word states is denied, by an odd number of denials around it.

    Counted are the word's own negation and, up to the head of the sentence, verbs that
    deny with the word in their object ("rejected the claim that"), nouns of report called
    false ("news that ... is baseless") and `it is not true that`. Words before the
    character `first`, where the claim begins, are the attribution's, not the claim's.
    """
    count = int(negated(token, lexicon))
    perfect = token.doc[max(token.i - 1, 0)].lemma_ == "have"  # "had targeted civilians", misread
    if token.dep_ == "amod" and token.pos_ == "VERB" and not (gerund(token) or perfect):
        # "The picture of the murdered guard is no proof": what describes is taken for granted.
        return (count + int(negated(token.head, lexicon))) % 2 == 1
    noun = token.head
    told = noun.lemma_.lower() in _TELLING or noun.lower_ in _SURE
    if token.dep_ == "acl" and noun.dep_ in ("attr", "dobj", "pobj") and not told:
        # "There were no people killed"
        count += int(any(c.dep_ == "det" and c.lower_ == "no" for c in noun.children))
    child, head = token, token.head
    for _ in range(_STEPS):
        if head == child or head.idx < first or _aside(child) or _beside(child, head):
            break
        if child.dep_ == "conj":
            # "nobody was killed or hurt": the second verb shares the first one's negation.
            # Not so in "could not stay and went": a finite verb takes no part in "could not".
            finite = head.tag_ == "VB" and child.tag_ in ("VBD", "VBZ", "VBP")
            shared = not own_subject(child) and not _contrasted(head) and not finite
            count += int(count == 0 and shared and negated(head, lexicon))
        elif head.lower_ in _SURE:
            pass
        elif head.lower_ == "contrary":
            count += 1
        elif head.lemma_ in _FACTIVE and child.dep_ == "ccomp":
            break
        elif head.pos_ in ("VERB", "AUX", "ADJ"):
            count += _by_verb(child, head, lexicon)
        elif head.lemma_.lower() in _TELLING:
            count += int(any(g.lower_ == "no" for g in head.children if g.dep_ in ("det", "neg")))
        child, head = head, head.head
    return count % 2 == 1


def presupposed(token: Token, lexicon: Lexicon) -> bool:
    """Whether a deed is taken for granted, so that a denial does not reach it.

    "Denied that children died in the strike" and "that the strikes broke the agreement"
    leave the strikes standing; "denied that a strike took place" does not.
    """
    if token.pos_ not in ("NOUN", "PROPN"):
        return disowned(token) or describes(token)
    if token.dep_ == "pobj":
        return token.head.head.pos_ in ("VERB", "AUX") or token.head.lower_ in _AROUND
    verb = token.head
    if verb.lemma_ == "cause":
        return token.dep_ == "nsubj"  # "the strike did not cause casualties"
    return (
        token.dep_ in ("nsubj", "nsubjpass")
        and verb.pos_ == "VERB"
        and (
            verb.lemma_.lower() not in _telling_of_it(lexicon)
            and verb.lemma_.lower() not in lexicon.denial["verbs"]
            and verb.lower_ not in lexicon.denial["adjectives"]
            and verb.lemma_ not in ("report", "record")
        )
    )


def _telling_of_it(lexicon: Lexicon) -> frozenset[str]:
    """Verbs that say of a deed no more than that it was; one that "killed nobody" may have been."""
    return (lexicon.light["happen"] | lexicon.light["deed"]) - _HURTING


def own_subject(token: Token) -> bool:
    """Whether a verb has a subject of its own, and shares none with the verb before it."""
    return any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in token.children)


def _aside(token: Token) -> bool:
    """Whether what a clause tells stands whatever is denied: "he, who was shot, did not run".

    And "the men killed in it were not soldiers".
    """
    noun = token.head
    told = noun.lemma_.lower() in _TELLING
    of_subject = token.dep_ == "acl" and noun.dep_ in ("nsubj", "nsubjpass")
    return token.dep_ == "advcl" or ((token.dep_ == "relcl" or of_subject) and not told)


def _beside(child: Token, head: Token) -> bool:
    """Whether a deed is what somebody is linked with: "no evidence links him to the murder"."""
    return child.dep_ == "prep" and head.pos_ == "VERB" and head.lemma_.lower() in _LINKING


def _contrasted(token: Token) -> bool:
    """ "Did not kill but wounded": what follows is no longer negated."""
    return any(c.dep_ == "cc" and c.lower_ == "but" for c in token.children)


def _by_verb(child: Token, head: Token, lexicon: Lexicon) -> int:
    below = child.dep_ in ("dobj", "ccomp", "xcomp", "pcomp", "prep", "pobj", "obj", "nsubjpass")
    if head.lemma_ in _RAISING and child.dep_ == "xcomp":
        return int(negated(head, lexicon))
    if head.lemma_ in lexicon.denial["verbs"]:
        # "Nobody can deny that it was an attack" affirms it.
        return int(below and not negated(head, lexicon))
    # "That reports that ... are false" is parsed as if "that" reported two things.
    beside = [c for c in head.children if c.dep_ == child.dep_ == "ccomp" and c.i > child.i]
    verbs = [head, *(beside if head.lemma_ in _TELLING else ())]
    called = [c for v in verbs for c in v.children if c.dep_ in ("acomp", "attr", "oprd")]
    false = {c.lower_ for c in called} | {head.lower_}
    false |= {g.lower_ for c in called for g in c.children if g.dep_ == "amod"}  # "is fake news"
    if false & lexicon.denial["adjectives"] and child.dep_ in (
        "nsubj", "nsubjpass", "csubj", "csubjpass", "ccomp", "xcomp",
    ):  # fmt: skip
        return 1
    if {"true", "case", "correct"} & false:
        return int(any(c.dep_ == "neg" for c in head.children))
    told = _telling_of_it(lexicon) | _SEEN
    if (
        child.dep_ in ("nsubj", "dobj", "attr", "nsubjpass")
        and child.pos_ in ("NOUN", "PROPN")
        and head.lemma_.lower() in told
    ):
        # "The attack did not take place": the noun's fact shares its verb's negation, which
        # "did not stop the attack" leaves standing.
        # So it does with nobody who saw or reported it.
        seen_by = [c for c in head.children if c.dep_ == "nsubj" and c != child]
        never = any(c.dep_ == "neg" or c.lower_ == "never" for c in head.children)
        return int(never or any(map(_nobody, seen_by)))
    return 0
