"""The words that name a source: the subject of a cue, wherever it stands."""

from __future__ import annotations

from compare.extract.adjacent import adjacent_phrase, of_speech, with_title
from compare.extract.lexicon import STATEMENTS, verbs
from compare.extract.phrases import RELATIVE, noun_phrase, object_phrase
from compare.extract.tokens import FINITE, Tokens

_LINKS = frozenset(("conj", "xcomp", "advcl", "pcomp", "prep", "dep", "parataxis", "aux", "acomp"))
_STEPS = 6
_HYPHENS = frozenset("-‐‑")


def source_of(tokens: Tokens, verb: int, passive: bool) -> tuple[int, int] | None:
    """First and last token of who is the source of `verb`; None where nobody is named."""
    if passive:
        agent = tokens.child(verb, "agent")
        phrase = object_phrase(tokens, agent) if agent is not None else None
        return _without_charge(tokens, verb, phrase) if phrase is not None else None
    parsed = _after(tokens, verb) or _parsed_subject(tokens, verb)
    beside = adjacent_phrase(tokens, verb)
    if parsed is None or (
        beside is not None
        and parsed[1] < beside[0]
        and tokens.head[parsed[1]] != verb
        and not tokens.left[parsed[1]] <= beside[1] <= tokens.right[_top(tokens, parsed)]
    ):
        parsed = beside
    if parsed is not None and parsed[0] < verb <= parsed[1]:
        parsed = _before(tokens, parsed[0], verb)
    return with_title(tokens, _whole_words(tokens, parsed)) if parsed is not None else None


def _after(tokens: Tokens, verb: int) -> tuple[int, int] | None:
    """Who stands right after a verb of speech that a comma parts from the words before it.

    "The roof fell and people were trapped, said Ada Lind": whatever else a parse takes for
    the subject.
    """
    if verb < 2 or tokens.word[verb - 1] != "," or tokens.tag[verb] not in FINITE:
        return None
    if not of_speech(tokens, verb):
        return None
    subject = next(
        (c for c in tokens.children[verb] if c > verb and tokens.dep[c] == "nsubj"), None
    )
    told = subject is not None and tokens.left[subject] == verb + 1
    return noun_phrase(tokens, subject) if subject is not None and told else None


def _whole_words(tokens: Tokens, span: tuple[int, int]) -> tuple[int, int]:
    """A span without the cut that a parse makes at a hyphen: al-Burhan, Ba-Nyar."""
    first, last = span
    while first >= 2 and tokens.word[first - 1] in _HYPHENS and (
        tokens.end[first - 2] + len(tokens.word[first - 1]) == tokens.start[first]
    ):  # fmt: skip
        first -= 2
    return first, last


def _without_charge(tokens: Tokens, verb: int, phrase: tuple[int, int]) -> tuple[int, int]:
    """An agent without what is said of the accused: "accused by the family of theft"."""
    joined = verbs()[tokens.lemma[verb]].joined if tokens.lemma[verb] in verbs() else ()
    for k in range(phrase[0] + 1, phrase[1]):
        if tokens.dep[k] == "prep" and tokens.lower[k] in joined:
            return phrase[0], k - 1
    return phrase


def _before(tokens: Tokens, first: int, verb: int) -> tuple[int, int]:
    """The part of a phrase before the verb that a parse took into it."""
    last = verb - 1
    while last > first and tokens.pos[last] in ("ADV", "AUX", "PUNCT", "SPACE", "PART"):
        last -= 1
    return first, last


def _top(tokens: Tokens, span: tuple[int, int]) -> int:
    """The token of a span whose head lies outside it."""
    return next(
        (k for k in range(span[0], span[1] + 1) if not span[0] <= tokens.head[k] <= span[1]),
        span[1],
    )


def _parsed_subject(tokens: Tokens, verb: int) -> tuple[int, int] | None:
    node = verb
    for _ in range(_STEPS):
        subjects = [c for c in tokens.children[node] if tokens.dep[c] in ("nsubj", "nsubjpass")]
        if subjects:
            subject = max([c for c in subjects if c < node], default=subjects[0])
            if tokens.dep[subject] == "nsubjpass" and node == verb:
                return None
            return _antecedent(tokens, subject, node)
        dep = tokens.dep[node]
        if dep == "advcl" and tokens.tag[node] == "VBG" and tokens.word[node - 1] == ",":
            outer = _outer_speaker(tokens, node)
            if outer is not None:
                return noun_phrase(tokens, outer)
        if dep == "acl":
            return _holder(tokens, tokens.head[node])
        if dep == "relcl":
            return noun_phrase(tokens, tokens.head[node])
        if (
            dep == "conj"
            and tokens.tag[tokens.head[node]] != tokens.tag[node]
            and tokens.tag[node] in FINITE
        ):
            outer = _outer_subject(tokens, node)
            if outer is not None:
                return noun_phrase(tokens, outer)
        if dep not in _LINKS:
            return None
        node = tokens.head[node]
    return None


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


def _outer_speaker(tokens: Tokens, participle: int) -> int | None:
    """Who goes on speaking in "the ministry said that A fled, adding that B"."""
    node = tokens.head[participle]
    for _ in range(_STEPS):
        governor = tokens.head[node]
        if tokens.dep[node] == "ccomp" and governor < node and tokens.lemma[governor] in verbs():
            return tokens.child(governor, "nsubj")
        if tokens.dep[node] not in ("conj", "aux", "acl", "relcl", "xcomp"):
            return None
        node = governor
    return None


def _antecedent(tokens: Tokens, subject: int, verb: int) -> tuple[int, int] | None:
    if tokens.lower[subject] in RELATIVE and tokens.tag[subject] in ("WP", "WDT"):
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
