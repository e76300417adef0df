"""The words that name a source: the subject of a cue, wherever it stands."""

from __future__ import annotations

from compare.extract.lexicon import STATEMENTS
from compare.extract.tokens import FINITE, Tokens

_RELATIVE = frozenset(("who", "which", "that", "whom"))
_LINKS = frozenset(("conj", "xcomp", "advcl", "pcomp", "prep", "dep", "parataxis", "aux"))
_STEPS = 6


def source_of(tokens: Tokens, verb: int, passive: bool) -> tuple[int, int] | None:
    """First and last token of who is the source of `verb`; None where nobody is named."""
    if passive:
        agent = tokens.child(verb, "agent")
        if agent is not None:
            thing = tokens.child(agent, "pobj")
            return noun_phrase(tokens, thing) if thing is not None else None
        return None
    node = verb
    for _ in range(_STEPS):
        subject = next(
            (c for c in tokens.children[node] if tokens.dep[c] in ("nsubj", "nsubjpass")), None
        )
        if subject is not None:
            if tokens.dep[subject] == "nsubjpass" and node == verb:
                return None
            return _antecedent(tokens, subject, node)
        dep = tokens.dep[node]
        if dep == "acl":
            return _holder(tokens, tokens.head[node])
        if dep == "relcl":
            return noun_phrase(tokens, tokens.head[node])
        if dep == "conj" and tokens.tag[tokens.head[node]] != tokens.tag[node] \
                and tokens.tag[node] in FINITE:
            outer = _outer_subject(tokens, node)
            if outer is not None:
                return noun_phrase(tokens, outer)
        if dep not in _LINKS:
            return None
        node = tokens.head[node]
    return None


def object_phrase(tokens: Tokens, prep: int) -> tuple[int, int] | None:
    """First and last token of the noun phrase after a preposition."""
    thing = tokens.child(prep, "pobj")
    if thing is None:
        thing = next((k for k in range(prep + 1, min(prep + 8, len(tokens)))
                      if tokens.pos[k] in ("NOUN", "PROPN", "PRON")
                      and tokens.dep[k] != "compound"), None)
    return noun_phrase(tokens, thing) if thing is not None else None


def _outer_subject(tokens: Tokens, verb: int) -> int | None:
    """The subject of the clause around, where the tense of a joined verb is that clause's:
    in "they fear that A has failed and warn that B" it is they who warn."""
    node = tokens.head[verb]
    for _ in range(_STEPS):
        if tokens.dep[node] not in ("ccomp", "aux", "conj"):
            return None
        governor = tokens.head[node]
        if tokens.dep[node] == "ccomp" and tokens.tag[governor] == tokens.tag[verb]:
            return tokens.child(governor, "nsubj")
        node = governor
    return None


def _antecedent(tokens: Tokens, subject: int, verb: int) -> tuple[int, int] | None:
    if tokens.lower[subject] in _RELATIVE and tokens.tag[subject] in ("WP", "WDT"):
        if tokens.dep[verb] == "relcl":
            return noun_phrase(tokens, tokens.head[verb])
        return None
    if (
        tokens.lower[subject] in ("it", "there", "that", "this", "what")
        and tokens.dep[subject] == "expl"
    ):
        return None
    return noun_phrase(tokens, subject)


def _holder(tokens: Tokens, noun: int) -> tuple[int, int] | None:
    """Who issued a statement "saying ...": its owner, its issuer, else the statement."""
    if tokens.lemma[noun] in STATEMENTS:
        owner = tokens.child(noun, "poss")
        if owner is not None:
            return noun_phrase(tokens, owner)
        for prep in tokens.children[noun]:
            if tokens.dep[prep] == "prep" and tokens.lower[prep] in ("by", "from"):
                thing = tokens.child(prep, "pobj")
                if thing is not None:
                    return noun_phrase(tokens, thing)
        verb = tokens.head[noun]
        if tokens.dep[noun] == "pobj":
            verb = tokens.head[tokens.head[noun]]
        if tokens.dep[noun] in ("dobj", "pobj") and tokens.pos[verb] == "VERB":
            subject = tokens.child(verb, "nsubj")
            if subject is not None:
                return noun_phrase(tokens, subject)
    return noun_phrase(tokens, noun)


def noun_phrase(tokens: Tokens, head: int) -> tuple[int, int]:
    """The phrase of a noun with its titles and appositions, without relative clauses,
    without "in a statement", without the commas around it."""
    first, last = tokens.left[head], tokens.right[head]
    for c in tokens.children[head]:
        if c > head and (
            tokens.dep[c] in ("relcl", "cc", "advcl", "parataxis", "ccomp")
            and not (tokens.dep[c] == "cc" and _joins_nouns(tokens, head))
            or _manner(tokens, c)
            or tokens.dep[c] == "acl"
            and tokens.pos[c] == "VERB"
            and tokens.tag[c] == "VBG"
            and tokens.lemma[c] in ("say", "add", "claim")
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
        tokens.lemma[thing] in STATEMENTS or tokens.lower[thing] in ("twitter", "facebook")
    )
