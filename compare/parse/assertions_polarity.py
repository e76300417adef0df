"""Affirmed or denied: the scope of negation and of words that deny."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.parse.assertions_lexicon import Lexicon
from compare.parse.assertions_roles import disowned, gerund
from compare.parse.assertions_scope import answered, called_so, commanded, describes, habitual

if TYPE_CHECKING:
    from spacy.tokens import Token

_STEPS = 12
_IRREALIS = {"plan", "try", "attempt", "seek", "want", "aim", "intend", "vow", "threaten", "order",
             "hope", "prepare", "fail", "bid", "effort", "ability", "able", "refuse", "promise",
             "allow", "urge", "demand", "call", "need", "appeal", "must", "recruit", "ensure",
             "guarantee", "avoid", "failure", "inability", "refusal", "readiness", "negotiate",
             "consider", "contemplate", "offer", "propose", "wish", "decline", "conspire", "plot",
             "scheme", "incite", "require", "agree", "apply", "encourage", "persuade",
             "consideration", "proposal", "intention", "wait"}  # fmt: skip
_OPEN = {"possible", "impossible", "likely", "unlikely", "probable", "conceivable", "imminent",
         "inevitable", "avoidable", "preventable", "expected"}  # fmt: skip
"""Adjectives that say of a deed what may come: "no attacks are possible" denies none."""
_COMING = {"going", "about", "set", "poised", "due", "ready", "bound", "scheduled"}
"""Words whose infinitive lies ahead: "is going to attack", "were about to storm it"."""
_RAISING = {"believe", "think", "know", "say", "report", "understand", "presume", "suppose",
            "consider", "assume", "appear", "seem", "happen", "return", "come", "go", "manage",
            "dare", "bother"}  # fmt: skip
"""Verbs whose subject is the next verb's own: "nobody is believed to be hurt"."""
_FACTIVE = {"notice", "realise", "realize", "discover", "remember", "forget", "regret", "learn"}
"""Verbs of which what follows is true, whether they are denied or not."""
_LINKING = {"connect", "link", "tie", "implicate", "associate", "charge", "involve"}
"""Verbs that set somebody beside a deed which stands, whether they are denied or not."""
_NEGATING = {"det", "neg", "advmod", "preconj"}
_UP = {"xcomp", "acl", "ccomp", "pcomp", "prep", "pobj", "conj", "dobj", "attr", "advcl", "relcl"}
_MODAL = {"must", "should", "shall", "ought"}
_POSSIBLE = {"can", "could", "may", "might", "will", "would", "'ll", "'d"}
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
        if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "agent", "expl", "pobj"):
            if child.lower_ in ("nobody", "none", "nothing", "neither", "no-one", "no"):
                return True
            before = [g for g in child.subtree if g.i <= child.i and g.dep_ in _NEGATING]
            if any(g.lower_ in ("no", "not", "neither") and not _bound(g) for g in before):
                return True
    return False


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
            shared = not _own_subject(child) and not _contrasted(head) and not finite
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


def _own_subject(token: Token) -> bool:
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
        return int(any(c.dep_ == "neg" or c.lower_ == "never" for c in head.children))
    return 0


def irrealis(token: Token, lexicon: Lexicon) -> bool:
    """Whether the word only says what was planned, tried, asked, allowed or supposed.

    So do "steps to ensure that attacks do not happen", "if they were to attack" and "an
    operation to retake it"; what was "not a direct attack" may have been one of another kind.
    """
    child = token
    if token.pos_ == "NOUN" and token.dep_ in ("nsubj", "nsubjpass"):
        child = token.head if token.head.lemma_ in lexicon.light["happen"] else token
        if any(c.dep_ in ("acomp", "oprd") and c.lower_ in _OPEN for c in token.head.children):
            return True
    alone = token.dep_ != "conj" and not _own_subject(token)
    forbidden = token.tag_ == "VB" and alone and "do" in _helped(token)
    if forbidden or commanded(token) or habitual(token):
        return True  # "don't move", "we only target camps"
    if token.dep_ == "csubj" and possible(token.head):
        return True
    if token.head.lower_ == "without" and any(c.tag_ == "MD" for c in token.head.head.children):
        return True  # "cannot surrender without a fight"
    if token.dep_ == "attr" and _qualified(token) and negated(token.head, lexicon):
        return True
    for _ in range(4):
        if any(c.dep_ == "aux" and c.lower_ in _MODAL for c in child.children):
            return True
        # "Nothing to do with it" is no purpose.
        meant = child.dep_ == "relcl" and child.lemma_ != "do"
        purpose = child.dep_ in ("advcl", "acl") and not _went_on(child.head)
        if (meant or purpose) and any(
            (c.dep_ == "mark" and c.lower_ in ("if", "unless"))
            or (c.dep_ == "aux" and c.lower_ == "to")
            for c in child.children
        ):
            return True
        head = child.head
        if answered(child) or head == child or child.dep_ not in _UP:
            return False
        if child.dep_ in ("xcomp", "acl", "ccomp", "pcomp", "dobj", "pobj") and (
            (head.lemma_.lower() in _IRREALIS and not called_so(child))
            or (child.dep_ == "xcomp" and head.lower_ in _OPEN | _COMING)
        ):
            return True
        child = head
    return False


def _went_on(verb: Token) -> bool:
    """ "They went on to seize the town": they did."""
    return verb.lemma_ == "go" and any(c.lower_ == "on" for c in verb.children)


def possible(token: Token) -> bool:
    """Whether a verb tells what could or will happen: "may have happened" is a report.

    "Had not won since 1908" tells of the years before, not of what happened then.
    """
    since = any(c.lower_ in ("since", "until", "before") for c in token.children)
    if since and any(c.dep_ == "aux" and c.lower_ == "had" for c in token.children):
        return any(c.dep_ == "neg" for c in token.children)
    helped = _helped(token)
    return not helped.isdisjoint(_POSSIBLE) and helped.isdisjoint({"have", "'ve"})


def _qualified(noun: Token) -> bool:
    """Whether a noun tells which one something is, or of what kind: "that was the cruel attack"."""
    subject = any(c.dep_ == "nsubj" for c in noun.head.children)
    return subject and any(
        c.dep_ in ("amod", "compound", "poss") or (c.dep_ == "det" and c.lower_ not in ("a", "an"))
        for c in noun.children
    )


def future(token: Token) -> bool:
    """Whether the word is said of the future: `will`, `going to`."""
    return not _helped(token).isdisjoint({"will", "'ll", "shall", "would"})


def _helped(token: Token) -> set[str]:
    return {c.lower_.replace("’", "'") for c in token.children if c.dep_ == "aux"}
