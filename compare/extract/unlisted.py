"""Verbs of no lexicon that can only attribute the quotation beside them."""

from __future__ import annotations

from compare.extract.cues import Cue
from compare.extract.lexicon import Verb
from compare.extract.phrases import can_speak
from compare.extract.quotes import Quote
from compare.extract.speakers import source_of
from compare.extract.tokens import Tokens

REACH = 60
"""How many tokens a cue may stand from its quotation."""


def verb_before(tokens: Tokens, quote: Quote, low: int) -> Cue | None:
    """The verb of any sentence that ends in a colon: 'The pilot radioed: "I am hit."'"""
    k = tokens.at[quote.start] - 1
    for i in range(k, max(tokens.at[low], k - REACH) - 1, -1):
        if tokens.word[i] in (".", "!", "?"):
            return None
        if tokens.tag[i] in ("VBD", "VBZ", "VBP") and tokens.pos[i] == "VERB":
            source = source_of(tokens, i, passive=False)
            if source is None or not can_speak(tokens, source):
                return None
            verb = Verb(tokens.lemma[i], "q", "asserted", (), ())
            return Cue(i, i, i, verb, source, False, False, "")
    return None


def verb_after(tokens: Tokens, quote: Quote, high: int) -> Cue | None:
    """A verb of no lexicon that can only attribute: '"Never," an angry Afzali shot.'"""
    text = tokens.text
    if text[quote.inner_end - 1 : quote.inner_end] not in (",", "?", "!"):
        return None
    k = tokens.at[quote.end]
    for i in range(k, min(tokens.at[high], k + 8)):
        if tokens.pos[i] in ("PUNCT", "SPACE") or tokens.tag[i] in ("VBG", "CC", "IN", "WP"):
            return None
        if tokens.tag[i] in ("VBD", "VBZ", "VBP"):
            after = text[tokens.end[i] : tokens.end[i] + 2].strip()[:1]
            if i == k or (after and after not in ".,;:"):
                return None
            return Cue(
                i,
                i,
                i,
                Verb(tokens.lemma[i], "q", "asserted", (), ()),
                (k, i - 1),
                False,
                False,
                "",
            )
    return None
