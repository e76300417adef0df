"""Objects of a cue: whom it addresses, what it counts, and what a parse wrongly hangs on them."""

from __future__ import annotations

from compare.extract.lexicon import ADDRESSEES, PLATFORMS, STATEMENTS, Verb, things, verbs
from compare.extract.tokens import Tokens

Span = tuple[int, int]
_GIVING = frozenset(("put", "give"))
"""These tell something of a count alone: "put the toll at 54", "gave a toll of 54"."""
_REVISING = frozenset(("raise", "lower", "revise", "increase", "reduce", "cut", "update"))
"""And these of what was counted before: "raised the toll to 54", not "the number of troops"."""
_COUNTS = frozenset(("toll", "number", "figure", "count", "total", "loss", "estimate"))
_NUMBERS = frozenset(("number", "total", "loss"))
_HARMED = frozenset(("dead", "death", "fatality", "casualty", "victim", "wounded", "injured",
                     "missing", "displaced", "killed", "detained", "homeless"))  # fmt: skip
_PEOPLE = frozenset(("NOUN", "ADJ", "CCONJ", "PROPN"))
_OWN = frozenset(("a", "an", "another", "its", "his", "her", "their"))


def past_addressee(tokens: Tokens, clause: int, thing: int | None) -> int:
    """The first token of a clause that follows who is told it.

    Words of the name of an outlet may be parsed into the clause: "told Myanmar Now that ...".
    """
    first = tokens.left[clause]
    if thing is None or first != tokens.right[thing] + 1:
        return first
    that = tokens.child(clause, "mark")
    if that is not None and tokens.lower[that] == "that":
        return max(first, that)
    while first < clause and tokens.pos[first] == "ADV" and tokens.word[first][0].isupper():
        first += 1
    return first


def displaced(tokens: Tokens, prep: int) -> Span | None:
    """The object behind what it is called: "rejected as baseless reports that ..."."""
    thing = tokens.child(prep, "pobj")
    if thing is None or tokens.dep[left := tokens.left[thing]] not in ("amod", "punct"):
        return None
    called = next((k for k in tokens.children[thing] if tokens.dep[k] == "amod"), thing)
    first = tokens.right[called] + 1
    while first < thing and tokens.pos[first] == "PUNCT":
        first += 1
    return (first, tokens.right[thing]) if left <= called < thing else None


def without_form(tokens: Tokens, noun: int, last: int) -> int:
    """The last token of an object before the form of the statement that a parse hangs on it:
    "claimed the attack in a statement", not "rejected the claims in the report"."""
    for p in range(noun + 1, last):
        if tokens.dep[p] != "prep" or tokens.lower[p] not in ("in", "on", "via"):
            continue
        thing = tokens.child(p, "pobj")
        if thing is None:
            continue
        article = tokens.child(thing, "det", "poss")
        own = article is not None and tokens.lower[article] in _OWN
        if (own and tokens.lemma[thing] in STATEMENTS) or tokens.lower[thing] in PLATFORMS:
            return p - 1
    return last


def unsaid(tokens: Tokens, lemma: str, noun: int) -> bool:
    """Whether an object of a verb is nothing that is said: "gave water", "slammed the door"."""
    if lemma in _GIVING or lemma in _REVISING:
        revised = lemma in _GIVING or tokens.lemma[noun] not in _NUMBERS or _of_harmed(tokens, noun)
        return not (revised and _counted(tokens, noun))
    listed = things().get(lemma, ())
    # "Admitted 40 wounded" counts those whom a hospital took in.
    people = "people" in listed and tokens.tag[noun] == "CD"
    return people or tokens.lemma[noun].lower() in listed


def before_charge(tokens: Tokens, naming: int, span: Span) -> int:
    """The last token of a name that whom another verb accuses is given, without the charge:
    'accused what it called "the gangs" of looting'."""
    first, last = span
    accuses = verbs().get(tokens.lemma[tokens.head[naming]])
    if tokens.dep[naming] != "ccomp" or accuses is None or not accuses.joined:
        return last
    for k in range(first + 1, last):
        if tokens.lower[k] in accuses.joined and (
            tokens.tag[k + 1] == "VBG" or tokens.head[k] == naming
        ):
            return k - 1
    return last


def _of_harmed(tokens: Tokens, noun: int) -> bool:
    """Whether a number is one of people harmed: "the number of civilians killed"."""
    after = range(noun + 1, min(noun + 6, len(tokens)))
    return any(not _HARMED.isdisjoint((tokens.lower[k], tokens.lemma[k])) for k in after)


def counted_to(tokens: Tokens, verb: Verb, noun: int, last: int) -> int:
    """The last token of what a count is put at, wherever a parse hangs it: "put the number of
    men detained at 54", "revised its estimate down to 54"; `noun` where nothing is told."""
    if verb.lemma not in _GIVING | _REVISING or unsaid(tokens, verb.lemma, noun):
        return noun
    for k in range(noun + 1, last):
        end = tokens.right[k]
        if tokens.lower[k] in verb.joined and "CD" in tokens.tag[k : end + 1]:
            # "... at eight and the number of wounded at 16"
            more = [c for c in tokens.children[tokens.head[noun]]
                    if c > end and tokens.dep[c] == "conj" and tokens.pos[c] == "NOUN"
                    and "CD" in tokens.tag[c : tokens.right[c] + 1]]  # fmt: skip
            return max([end, *(tokens.right[c] for c in more)])
    return noun


def _counted(tokens: Tokens, noun: int) -> bool:
    """Whether a noun is a count that is given: "a toll of 54", not "no figure"."""
    determiner = tokens.child(noun, "det")
    return tokens.lemma[noun] in _COUNTS and (
        determiner is None or tokens.lower[determiner] != "no"
    )


def addressed(tokens: Tokens, thing: int, frames: str) -> bool:
    """Whether an object is who is spoken to, not what is said."""
    return "d" in frames and (
        tokens.lower[thing] in ADDRESSEES
        or tokens.ent[thing] in ("PERSON", "ORG", "NORP")
        or tokens.pos[thing] in ("PRON", "PROPN")
    )


def of_them(tokens: Tokens, last: int) -> int:
    """The last token with who those counted are: "put the toll at 12, most of them children"."""
    if tokens.lower[last + 1 : last + 2] != [","]:
        return last
    for k in range(last + 2, min(last + 6, len(tokens) - 2)):
        if tokens.lower[k : k + 2] in (["of", "them"], ["of", "whom"]):
            who = k + 2
            while who + 1 < len(tokens) and tokens.pos[who + 1] in _PEOPLE:
                who += 1
            return who if tokens.pos[who] in ("NOUN", "PROPN") else last
        if tokens.pos[k] not in ("DET", "PRON", "NUM", "ADJ", "ADV", "ADP", "NOUN"):
            break
    return last


def more_counted(tokens: Tokens, clause: int) -> bool:
    """ "24 dead and 110 wounded", "12, with 40 wounded": a count that parses make a clause of."""
    subject = tokens.child(clause, "nsubj")
    return (
        tokens.tag[clause] == "VBN"
        and tokens.dep[clause] in ("conj", "advcl")
        and subject is not None
        and tokens.tag[subject] == "CD"
        and clause == subject + 1
        and all(
            tokens.pos[k] in ("PUNCT", "SPACE") for k in range(clause + 1, tokens.right[clause] + 1)
        )
    )
