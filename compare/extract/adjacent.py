"""The phrase right before a verb that names its source, where the parse sees no subject there."""

from __future__ import annotations

from compare.extract.lexicon import PLATFORMS, STATEMENTS, speakers, verbs
from compare.extract.phrases import RELATIVE
from compare.extract.tokens import FINITE, SUBJECTS, Tokens

Span = tuple[int, int]
_OPENS = frozenset((",", "—", "–", "--", "-", '"', "”", "''", ";", ":"))


def adjacent_phrase(tokens: Tokens, verb: int) -> Span | None:
    """The noun phrase right before a finite verb, past "in a tweet" and adverbs.

    Before a verb of speech it is taken with what it is joined to after a comma
    ("..., killing ten, medics and residents said") and as an office and a name where
    commas part them from each other and from the verb ("..., the mayor, Ada Lind, wrote").
    """
    if tokens.tag[verb] not in FINITE:
        return None
    begin, _ = tokens.sentences[tokens.sentence[verb]]
    k = _before(tokens, verb, begin)
    speech = of_speech(tokens, verb)
    if speech and k > begin and tokens.word[k] == ",":
        return _in_commas(tokens, k, begin)
    if k < begin or not _names(tokens, k):
        return None
    first = _first(tokens, k, begin)
    return (_joined(tokens, first, begin) if speech else first), k


def of_speech(tokens: Tokens, verb: int) -> bool:
    """Whether a verb may give the very words."""
    return "q" in getattr(verbs().get(tokens.lemma[verb]), "frames", "")


def _before(tokens: Tokens, verb: int, begin: int) -> int:
    """The last token before a verb, its adverbs and the form of the statement."""
    k = verb - 1
    while k >= begin and tokens.pos[k] in ("ADV", "AUX"):
        k -= 1
    for p in range(k, max(k - 7, begin), -1):
        if tokens.pos[p] in ("VERB", "PUNCT"):
            break
        if tokens.lower[p] in ("in", "on", "at", "via", "during") and any(
            tokens.lemma[t] in STATEMENTS
            or tokens.lower[t] in PLATFORMS
            or tokens.ent[t] in ("DATE", "TIME")
            for t in range(p + 1, k + 1)
        ):
            return p - 1
    return k


def _names(tokens: Tokens, k: int) -> bool:
    """Whether a phrase that ends here may name a speaker."""
    return (
        tokens.pos[k] in ("NOUN", "PROPN", "PRON", "NUM")
        and tokens.ent[k] not in ("DATE", "TIME")
        and tokens.lower[k] not in RELATIVE
    )


def _first(tokens: Tokens, k: int, begin: int) -> int:
    """The first token of the phrase that ends at `k`."""
    first = k
    if tokens.pos[k] != "PRON":
        while first > begin and _nominal(tokens, first - 1, begin):
            first -= 1
    while first < k and (tokens.pos[first] in ("ADP", "ADV", "CCONJ", "SPACE")):
        first += 1
    return first


def _nominal(tokens: Tokens, k: int, begin: int) -> bool:
    word = tokens.word[k]
    if tokens.pos[k] in ("NOUN", "PROPN", "DET", "ADJ", "NUM") or tokens.tag[k] in (
        "POS",
        "PRP$",
        "HYPH",
        "VBN",
        "VBG",
    ):
        return tokens.lower[k] != "that"
    if (
        k > begin
        and word.lower() in ("of", "for", "in", "at")
        and tokens.pos[k - 1] in ("NOUN", "PROPN")
    ):
        return True
    return k > begin and any(ch.isupper() for ch in word) and tokens.pos[k] != "PRON"


def _joined(tokens: Tokens, first: int, begin: int) -> int:
    """The first token of a phrase with the speakers that "and" joins to it after a comma."""
    k = first - 2
    if k <= begin or tokens.lower[first - 1] not in ("and", "or") or not _names(tokens, k):
        return first
    other = _first(tokens, k, begin)
    speaks = tokens.lower[k] in speakers() or tokens.ent[k] in ("PERSON", "ORG")
    opens = other > begin and tokens.word[other - 1] in _OPENS
    deed = tokens.tag[other] in ("VBG", "VBN") and tokens.dep[other] != "amod"
    return other if speaks and opens and not deed else first


def _in_commas(tokens: Tokens, comma: int, begin: int) -> Span | None:
    """An office and a name, in either order, between the clause and the comma before the verb."""
    last = comma - 1
    if not _names(tokens, last):
        return None
    second = _first(tokens, last, begin)
    middle = second - 2
    if middle <= begin or tokens.word[second - 1] != "," or not _names(tokens, middle):
        return None
    first = _first(tokens, middle, begin)
    if tokens.word[first - 1] not in _OPENS and tokens.dep[first - 1] != "cc":
        return None
    for name, office in ((last, range(first, middle + 1)), (middle, range(second, last + 1))):
        if tokens.pos[name] == "PROPN" and any(tokens.lower[t] in speakers() for t in office):
            return first, last
    return None


def with_title(tokens: Tokens, span: tuple[int, int]) -> tuple[int, int]:
    """The span with the office before its comma: "the special envoy, Zalmay Khalilzad".

    What follows an object is a speaker of its own: "they took the city, the Sanjar Council said".
    """
    first, last = span
    begin, _ = tokens.sentences[tokens.sentence[first]]
    if first - 2 < begin or tokens.word[first - 1] != "," or tokens.pos[last] != "PROPN":
        return span
    if tokens.pos[first] == "DET" or tokens.dep[first - 2] in ("dobj", "pobj"):
        return span
    k = first - 1
    while k > begin and _nominal(tokens, k - 1, begin):
        k -= 1
    while k < first - 1 and tokens.pos[k] in ("ADP", "ADV", "CCONJ", "SPACE"):
        k += 1
    edge = k == begin or tokens.pos[k - 1] in ("PUNCT", "SPACE", "SCONJ", "CCONJ", "VERB")
    office = first - 2
    if (
        edge
        and tokens.tag[office] in ("NN", "NNP")
        and any(tokens.lower[t] in speakers() for t in range(k, first - 1))
    ):
        return k, last
    return span


def with_apposition(tokens: Tokens, span: Span) -> Span:
    """An opening source with what commas tell of it: "According to Ada Lind, a nurse, ten died".

    What follows the first comma is the subject, unless another begins after the second.
    """
    first, last = span
    _, end = tokens.sentences[tokens.sentence[last]]
    if last + 2 >= end or tokens.word[last + 1] != "," or tokens.pos[last + 2] != "DET":
        return span
    comma = next((k for k in range(last + 2, end) if tokens.word[k] == ","), end)
    told = range(last + 2, comma)
    if any(tokens.tag[k] in FINITE for k in told):
        return span
    other = any(
        tokens.dep[k] in SUBJECTS and tokens.left[k] == comma + 1 for k in range(comma + 1, end)
    )
    return (first, comma - 1) if other else span
