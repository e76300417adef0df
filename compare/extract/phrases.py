"""Noun phrases that name somebody, without what merely follows them."""

from __future__ import annotations

from compare.extract.lexicon import PLATFORMS, STATEMENTS, speakers, verbs
from compare.extract.tokens import FINITE, Tokens

RELATIVE = frozenset(("who", "which", "that", "whom"))
_PEOPLE = frozenset(
    [
        "i",
        "he",
        "she",
        "they",
        "we",
        "who",
        "it",
        "many",
        "some",
        "others",
        "several",
        "most",
        "few",
        "both",
        "all",
    ]
)
_PARTS = frozenset(
    [
        "majority",
        "minority",
        "plurality",
        "percent",
        "%",
        "half",
        "third",
        "quarter",
        "fifth",
        "share",
        "number",
        "dozen",
        "dozens",
        "score",
        "scores",
        "hundred",
        "hundreds",
        "thousand",
        "thousands",
        "million",
        "millions",
        "lot",
        "handful",
        "pair",
        "series",
        "range",
        "rest",
        "bulk",
        "member",
    ]
)
"""What is counted out of others: in "a majority of voters" it is the voters who speak."""
_PEOPLE_ENDINGS = (
    "er",
    "ers",
    "or",
    "ors",
    "ist",
    "ists",
    "ian",
    "ians",
    "man",
    "men",
    "woman",
    "women",
    "people",
    "person",
    "persons",
    "ee",
    "ees",
    "ant",
    "ants",
    "ents",
)


def object_phrase(tokens: Tokens, prep: int) -> tuple[int, int] | None:
    """First and last token of the noun phrase after a preposition."""
    thing = tokens.child(prep, "pobj")
    if thing is None:
        thing = next(
            (
                k
                for k in range(prep + 1, min(prep + 8, len(tokens)))
                if tokens.pos[k] in ("NOUN", "PROPN", "PRON") and tokens.dep[k] != "compound"
            ),
            None,
        )
    return noun_phrase(tokens, thing) if thing is not None else None


def noun_phrase(tokens: Tokens, head: int) -> tuple[int, int]:
    """The phrase of a noun with its titles and appositions, without relative clauses,
    without "in a statement", without the commas around it."""
    first, last = tokens.left[head], tokens.right[head]
    for c in tokens.children[head]:
        if c > head and (
            (
                tokens.dep[c] in ("cc", "advcl", "parataxis", "ccomp")
                and not (tokens.dep[c] == "cc" and _joins_nouns(tokens, head))
            )
            or _manner(tokens, c)
            or (
                tokens.dep[c] == "relcl"
                and (
                    (tokens.lemma[c] in verbs() and tokens.lemma[c] not in ("ask", "give"))
                    or tokens.lower[tokens.left[c]] not in RELATIVE
                )
            )
            or (tokens.dep[c] in ("appos", "conj") and tokens.tag[c] in FINITE)
            or (
                tokens.dep[c] == "acl"
                and tokens.pos[c] == "VERB"
                and tokens.tag[c] == "VBG"
                and tokens.lemma[c] in ("say", "add", "claim")
            )
            # "The governor, who is an ally, called for calm", parsed as if he was called so.
            or (tokens.dep[c] == "acl" and tokens.tag[c] == "VBD" and tokens.word[c - 1] == ",")
        ):
            last = min(last, tokens.left[c] - 1)
    for c in tokens.children[head]:
        if c < head and (
            tokens.dep[c] in ("cc", "punct", "advmod", "mark")
            and tokens.right[c] < head
            and c == first
            and tokens.lower[c] not in ("about", "only", "nearly", "almost", "some")
        ):
            first = tokens.right[c] + 1
    while last > head and (
        tokens.pos[last] in ("PUNCT", "SPACE") and tokens.word[last] not in ")]"
    ):
        last -= 1
    while first < head and tokens.pos[first] in ("PUNCT", "SPACE", "CCONJ"):
        first += 1
    return first, max(last, head)


def _joins_nouns(tokens: Tokens, head: int) -> bool:
    return any(
        tokens.dep[c] == "conj" and tokens.pos[c] in ("NOUN", "PROPN", "PRON")
        for c in tokens.children[head]
    )


def _manner(tokens: Tokens, child: int) -> bool:
    """Whether a phrase tells in what the statement was made."""
    if tokens.dep[child] != "prep" or tokens.lower[child] not in (
        "in",
        "on",
        "at",
        "via",
        "during",
    ):
        return False
    thing = tokens.child(child, "pobj")
    return thing is not None and (
        tokens.lemma[thing] in STATEMENTS or tokens.lower[thing] in PLATFORMS
    )


def can_speak(tokens: Tokens, source: tuple[int, int]) -> bool:
    """Whether a source is a person, a body or a group, going by its head and its names."""
    known = speakers()
    for k in range(source[0], source[1] + 1):
        if tokens.head[k] != k and source[0] <= tokens.head[k] <= source[1]:
            continue
        word = tokens.lower[k]
        if tokens.ent[k] in ("DATE", "TIME"):
            return False
        if (whole := _whole(tokens, k)) is not None:
            return can_speak(tokens, noun_phrase(tokens, whole))
        if tokens.pos[k] in ("PRON", "NUM", "DET"):
            return word in _PEOPLE or tokens.pos[k] == "NUM"
        if tokens.pos[k] == "PROPN" or tokens.ent[k] in ("PERSON", "ORG", "NORP", "GPE"):
            return True
        return word in known or tokens.lemma[k] in known or word.endswith(_PEOPLE_ENDINGS)
    return False


def _whole(tokens: Tokens, part: int) -> int | None:
    """The noun out of which a part is counted: "half of the residents"."""
    if tokens.pos[part] not in ("NUM", "DET", "PRON") and tokens.lower[part] not in _PARTS:
        return None
    of = next((c for c in tokens.children[part] if tokens.lower[c] == "of" and c > part), None)
    return tokens.child(of, "pobj") if of is not None else None
