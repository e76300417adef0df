"""Cue phrases: verbs of the lexicon with their auxiliaries, and who is their source."""

from __future__ import annotations

from dataclasses import dataclass

from compare.extract.adjacent import with_apposition
from compare.extract.lexicon import Verb, verbs
from compare.extract.phrases import noun_phrase, object_phrase
from compare.extract.speakers import source_of
from compare.extract.tokens import Tokens

_NEGATIONS = frozenset(("not", "n't", "n’t", "never", "neither", "no", "nor"))
_ALSO_DEEDS = frozenset(("maintain", "continue", "begin", "start", "finish", "counter", "post"))

ACCORDING = Verb("according to", "q", "asserted", (), ())


@dataclass(frozen=True)
class Cue:
    """One verb that attributes. Token numbers; `source` is first and last, included."""

    token: int
    first: int
    last: int
    verb: Verb
    source: tuple[int, int] | None
    negated: bool
    passive: bool
    modal: str
    """"", or the modal or semi-modal that governs the verb, such as `could`."""


def find_cues(tokens: Tokens) -> list[Cue]:
    """Every verb that may attribute, in order; whether it does, its content shows."""
    lexicon = verbs()
    found = []
    for i, tag in enumerate(tokens.tag):
        if tokens.lower[i] == "according" and tokens.lower[i + 1 : i + 2] == ["to"]:
            source = object_phrase(tokens, i + 1)
            if source is not None:
                source = with_apposition(tokens, source)
                found.append(Cue(i, i, i + 1, ACCORDING, source, False, False, ""))
            continue
        if tag[:1] != "V" or tokens.lemma[i] not in lexicon or tokens.dep[i] == "amod":
            continue
        verb = lexicon[tokens.lemma[i]]
        particle = tokens.child(i, "prt")
        if particle is not None:
            phrasal = lexicon.get(f"{verb.lemma} {tokens.lower[particle]}")
            if phrasal is None:
                continue
            verb = phrasal
        elif not _names(tokens, i, verb):
            verb = next(
                (
                    lexicon[name]
                    for c in tokens.children[i]
                    if c > i
                    and (k := _opening(tokens, c)) is not None
                    and (name := f"{verb.lemma} {tokens.lower[k]}") in lexicon
                ),
                verb,
            )
        if not _does_a_thing(tokens, i, verb):
            found.append(_cue(tokens, i, verb))
    return found


def _names(tokens: Tokens, i: int, verb: Verb) -> bool:
    """ "Blamed what they called fascists for the raid": nothing is called for."""
    thing = tokens.child(i, "dobj")
    return thing is not None and tokens.lower[thing] == "what" and "a" in verb.frames


def _does_a_thing(tokens: Tokens, i: int, verb: Verb) -> bool:
    """ "Maintain control": a verb that also speaks has a plain noun for its object."""
    thing = tokens.child(i, "dobj")
    return (
        thing is not None
        and verb.lemma in _ALSO_DEEDS
        and tokens.pos[thing] == "NOUN"
        and i < thing <= i + 3
        and tokens.child(i, "ccomp", "parataxis") is None
        and not any('"' in word or "“" in word for word in tokens.word[i:thing])
    )


def _opening(tokens: Tokens, child: int) -> int | None:
    """The preposition a complement opens with: "called for talks", "called for them to talk"."""
    if tokens.dep[child] == "prep":
        return child
    first = tokens.left[child]
    opens = tokens.dep[child] in ("advcl", "ccomp") and tokens.dep[first] == "mark"
    return first if opens and tokens.lower[first] == "for" else None


def _cue(tokens: Tokens, i: int, verb: Verb) -> Cue:
    before = [c for c in tokens.children[i] if c < i and tokens.dep[c] in ("aux", "auxpass", "neg")]
    negated = _negated(tokens, i)
    modal = next((tokens.lower[c] for c in before if tokens.tag[c] == "MD"), "")
    governor = tokens.head[i]
    if tokens.dep[i] == "conj" and before_or(tokens, governor):
        # "would not confirm or deny": what is said of the first verb holds for both
        negated = negated or _negated(tokens, governor)
        auxiliary = tokens.child(governor, "aux")
        modal = modal or (tokens.lower[auxiliary] if auxiliary is not None else "")
    if tokens.dep[i] == "xcomp" and governor < i:
        outer = tokens.head[governor] if tokens.pos[governor] == "ADJ" else governor
        negated = negated or any(
            tokens.lower[c] in _NEGATIONS
            for c in (*tokens.children[governor], *tokens.children[outer])
        )
        if tokens.lemma[governor] in ("able", "unable", "decline", "refuse", "fail"):
            modal = tokens.lemma[governor]
    first = last = i
    source: tuple[int, int] | None = None
    if tokens.tag[i] == "VBG" and i >= 2 and tokens.lower[i - 1] == "as" and "q" in verb.frames:
        first, source = _quoted_as(tokens, i)
    particle = tokens.child(i, "prt")
    if particle == i + 1:
        last = particle
    passive = tokens.tag[i] == "VBN" and (
        tokens.child(i, "auxpass", "nsubjpass", "agent") is not None
        or (tokens.dep[i] in ("acl", "advcl") and tokens.child(i, "aux", "nsubj") is None)
    )
    source = source or source_of(tokens, i, passive)
    return Cue(i, first, last, verb, source, negated, passive, modal)


def before_or(tokens: Tokens, i: int) -> bool:
    """Whether `or` or `nor` follows."""
    return tokens.lower[i + 1 : i + 2] in (["or"], ["nor"])


def _negated(tokens: Tokens, i: int) -> bool:
    if any(tokens.lower[c] in _NEGATIONS for c in tokens.children[i] if c < i + 3):
        return True
    subject = tokens.child(i, "nsubj")
    if subject is None or subject > i:
        return False
    # "Neither the army nor the government has confirmed it"; a parse may hang it on the verb.
    first = tokens.left[subject]
    return "neither" in tokens.lower[max(first - 1, 0) : first + 1]


def _quoted_as(tokens: Tokens, i: int) -> tuple[int, tuple[int, int] | None]:
    """First token of "quoted ... as saying", and who was quoted."""
    for k in range(i - 2, max(i - 14, -1), -1):
        if tokens.lemma[k] in ("quote", "cite", "report", "hear") and tokens.pos[k] == "VERB":
            quoted = (
                tokens.child(k, "nsubjpass")
                if tokens.child(k, "auxpass") is not None
                else tokens.child(k, "dobj")
            )
            if quoted is None:
                quoted = tokens.child(k, "nsubj")
            whom = noun_phrase(tokens, quoted) if quoted is not None else None
            return (k if k == i - 2 else i), whom
        if tokens.word[k] in (".", ";", ":"):
            break
    return i, None
