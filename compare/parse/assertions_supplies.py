"""What people are short of, or have enough of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compare.parse.assertions_lexicon import Lexicon
from compare.parse.assertions_modality import irrealis, possible
from compare.parse.assertions_parties import Speaker
from compare.parse.assertions_polarity import denied, negated
from compare.parse.assertions_roles import Fact, children, pobj, roles

if TYPE_CHECKING:
    from spacy.tokens import Token

SHORTAGE = "shortage"
_SHORTAGES = {"shortage", "lack", "scarcity"}
_ENOUGH = {"enough", "sufficient", "adequate", "ample", "plenty"}
_GOODS = {"food", "water", "medicine", "fuel", "ammunition", "bread", "flour", "blood", "oxygen",
          "shelter", "supply", "aid", "shell", "weapon"}  # fmt: skip
_KIN = {"bread": "food", "flour": "food", "drug": "medicine", "munition": "ammunition"}
_HAS = {"have", "be", "get", "receive"}


def supplies_of(token: Token, lemma: str, speaker: Speaker, lexicon: Lexicon) -> Iterator[Fact]:
    """A shortage, of what; "ran out of fuel"; "have enough food"; "were starving"."""
    if token.pos_ == "NOUN" and lemma in _SHORTAGES and not irrealis(token, lexicon):
        of = pobj(token, {"of"}) or next(iter(children(token, {"compound"})), None)
        if of is not None and _kind(of) in _GOODS:
            no = negated(token, lexicon) or denied(token, 0, lexicon)
            yield Fact("occurrence", SHORTAGE, None, _kind(of), no)
    if token.pos_ not in ("VERB", "AUX") or irrealis(token, lexicon) or possible(token):
        return
    if lemma == "run" and (gone := _run_out(token)) is not None and _kind(gone) in _GOODS:
        yield Fact("occurrence", SHORTAGE, None, _kind(gone))
    elif lemma == "starve" and roles(token)[1] is None:
        yield Fact("occurrence", SHORTAGE, None, "food")
    elif lemma in _HAS:
        for noun in children(token, {"dobj", "attr", "nsubj"}):
            enough = any(c.lower_ in _ENOUGH for c in noun.children)
            if enough and _kind(noun) in _GOODS:
                yield Fact("occurrence", SHORTAGE, None, _kind(noun), not denied(token, 0, lexicon))


def _kind(noun: Token) -> str:
    lemma = str(noun.lemma_).lower()
    return _KIN.get(lemma, lemma)


def _run_out(verb: Token) -> Token | None:
    """ "Had run out of medicine", "was running low on fuel"."""
    links = [verb, *children(verb, {"prt", "prep", "advmod", "acomp"})]
    gone = any(t.lower_ in ("out", "low", "short") for t in links)
    return (
        next((o for t in links if (o := pobj(t, {"of", "on"})) is not None), None) if gone else None
    )
