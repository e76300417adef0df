"""How a figure is told: by whom it is said to be done, whether it was verified, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare import gazetteer
from compare.numbers.lists import word_list
from compare.parse.assertions_lexicon import load
from compare.parse.assertions_polarity import denied, negated
from compare.parse.assertions_roles import disguised
from compare.parse.figures_lexicon import ARMED, modifiers, nouns
from compare.parse.figures_phrases import Counted
from compare.parse.figures_triggers import Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token

    from compare.parse.places import PlaceMention

_VERIFIED = word_list("verified")
_CONFIRMED = frozenset(("confirmed",))
_NOT = frozenset(("not", "n't", "yet", "unable", "never", "cannot", "no"))
_BE = word_list("aux")
_SUBJECTS = frozenset(("nsubj", "csubj"))
_INFLATED = frozenset(("exaggerated", "inflated", "overstated"))
_CHUNK = frozenset(("compound", "amod", "poss", "nmod", "det", "case", "punct", "nummod"))
_WEAPONS = word_list("deeds")


def responsible(tokens: Sequence[Token], trigger: Trigger | None, counted: Counted) -> str | None:
    """Who is said to have done what `trigger` says to `counted`, as written, None if nobody.

    The subject of a verb whose object the figure is, the agent of a passive, or the side
    named in the deed ("killed in a US air strike"). A weapon without a side is nobody.
    """
    if trigger is None or any(s.role in ("self", "noun", "toll") for s in trigger.senses[-1]):
        return None
    if counted.past <= trigger.first:
        heads = _agents(tokens, trigger)
    else:
        heads = _subjects(tokens, trigger)
    return next((text for head in heads if (text := _side(head))), None)


def _subjects(tokens: Sequence[Token], trigger: Trigger) -> list[Token]:
    verb = tokens[trigger.first]
    for _ in range(4):
        subjects = [t for t in verb.children if t.dep_ in _SUBJECTS]
        real = [t for t in subjects if t.lower_ not in ("that", "which", "who")]
        if real:
            return [disguised(one) or one for one in real]
        if verb.dep_ == "relcl" or (verb.dep_ == "acl" and verb.tag_ == "VBG"):
            return [verb.head]
        if verb.head.i == verb.i or verb.dep_ not in ("conj", "advcl", "xcomp", "pcomp", "acl"):
            return []
        verb = verb.head
    return []


def _agents(tokens: Sequence[Token], trigger: Trigger) -> list[Token]:
    heads: list[Token] = []
    for i in range(trigger.past, min(trigger.past + 8, len(tokens) - 1)):
        if tokens[i].lower_ in ("by", "in", "when", "after", ";", "."):
            if tokens[i].lower_ not in ("by", "in"):
                break
            end = i + 1
            while end < len(tokens) and tokens[end].dep_ in _CHUNK and end < i + 7:
                end += 1
            if end < len(tokens) and (tokens[i].lower_ == "by" or tokens[end].lower_ in _WEAPONS):
                heads.append(tokens[end])
    return heads


def _side(head: Token) -> str | None:
    """The noun phrase of `head` if it names a side, as written."""
    doc, first = head.doc, head.i
    while first > head.sent.start and (
        doc[first - 1].dep_ in _CHUNK and first <= doc[first - 1].head.i <= head.i
    ):
        first -= 1
    while first < head.i and doc[first].dep_ in ("det", "punct"):
        first += 1
    chunk = doc[first : head.i + 1]
    return str(chunk.text) if any(_names_side(t) for t in chunk) else None


def _names_side(token: Token) -> bool:
    word = token.lower_
    noun = nouns().get(word)
    if noun and noun.population in ARMED and noun.kind == "person":
        return True
    if modifiers().get(word) in ARMED or word in ("afghan", "foreign", "government"):
        return True
    return token.ent_type_ in ("ORG", "NORP", "GPE") and token.pos_ == "PROPN"


def denied_at(tokens: Sequence[Token], trigger: Trigger | None, counted: Counted) -> int | None:
    """The offset of the word that denies a figure, None where nothing does.

    "Reports that 12 died are false", "there is no evidence that 12 died", "contrary to
    reports that 12 died", "the toll of 12 is exaggerated". Nothing here denies a count of none.
    """
    word = tokens[trigger.first if trigger else counted.past - 1]
    lexicon = load()
    if any(
        not _INFLATED.isdisjoint({verb.lower_, *(c.lower_ for c in verb.children)})
        for verb in word.ancestors
        if any(c.dep_ in _SUBJECTS for c in verb.children)
    ):
        return int(word.idx)
    if counted.number.high == 0 or negated(word, lexicon):
        return None
    before = sorted({word.idx, *(t.idx for t in word.ancestors if t.i < word.i)}, reverse=True)
    return next((first for first in before if denied(word, first, lexicon)), None)


def verified(lower: Sequence[str], counted: Counted, first: int, past: int) -> bool:
    """Whether the source says that it verified or counted this figure itself.

    `first:past` are the tokens between the figures before and after. "OCHA has verified
    9,687" and "1,051 had been verified" count; "could not verify", "unverified" do not.
    """
    for i in range(first, past):
        passive = lower[i] in _CONFIRMED or lower[i] in _VERIFIED
        near = lower[max(first, i - 4) : i]
        if not passive or _NOT & set(near):
            continue
        be = bool(_BE & set(lower[max(first, i - 3) : i]))
        if i < counted.first and lower[i] in _VERIFIED and not be:
            return True
        if i >= counted.noun_first and (lower[i] in _VERIFIED or be):
            return True
    return False


@dataclass(frozen=True, slots=True)
class Located:
    """The span of a figure, and how far the words after it still speak of it."""

    start: int
    end: int
    reach: int


def places_of(figures: Sequence[Located], mentions: Sequence[PlaceMention]) -> list[str | None]:
    """The place of each figure of one sentence, None where all share one or it is not told.

    A figure's place is the one named after it, before the next figure; of several the
    first if the others contain it ("in Nawa, Helmand"), else none.
    """
    own: list[str | None] = []
    for figure in figures:
        after = [
            m.place_id
            for m in mentions
            if m.place_id and figure.end <= m.start < figure.reach and m.locative
        ]
        nested = after and all(_holds(outer, after[0]) for outer in after[1:])
        own.append(after[0] if nested else None)
    return own if len({place for place in own if place}) > 1 else [None] * len(own)


def _holds(outer: str, inner: str) -> bool:
    at: str | None = inner
    while at:
        if at == outer:
            return True
        at = gazetteer.place(at).parent_id
    return False
