"""What people are short of, or have enough of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compare.parse.assertions_lexicon import Lexicon
from compare.parse.assertions_modality import irrealis, possible
from compare.parse.assertions_parties import Speaker
from compare.parse.assertions_polarity import denied, negated
from compare.parse.assertions_roles import Fact, children, first_child, pobj, roles

if TYPE_CHECKING:
    from spacy.tokens import Token

SHORTAGE = "shortage"
_SHORTAGES = {"shortage", "lack", "scarcity"}
_ENOUGH = {"enough", "sufficient", "adequate", "ample", "plenty"}
_GOODS = {"food", "water", "medicine", "fuel", "ammunition", "bread", "flour", "blood", "oxygen",
          "shelter", "supply", "aid", "shell", "weapon"}  # fmt: skip
_KIN = {"bread": "food", "flour": "food", "drug": "medicine", "munition": "ammunition"}
_HAS = {"have", "be", "get", "receive"}
_TOLD = _HAS | {"run", "starve"}


def supplies_of(token: Token, lemma: str, speaker: Speaker, lexicon: Lexicon) -> Iterator[Fact]:
    """A shortage, of what; "ran out of fuel"; "have enough food"; "were starving"."""
    if token.pos_ == "NOUN" and lemma in _SHORTAGES and not irrealis(token, lexicon):
        of = _goods(pobj(token, {"of"}) or first_child(token, {"compound"}))
        if of:
            no = negated(token, lexicon) or denied(token, 0, lexicon)
            yield Fact("occurrence", SHORTAGE, None, of, no)
    if token.pos_ not in ("VERB", "AUX") or lemma not in _TOLD:
        return
    short, enough = _short_of(token, lemma), _enough(token) if lemma in _HAS else None
    # What verbs at large are asked comes last: these are among the most common.
    if not (short or enough) or irrealis(token, lexicon) or possible(token):
        return
    no = denied(token, 0, lexicon)
    if short:
        yield Fact("occurrence", SHORTAGE, None, short, no)
    elif enough:
        yield Fact("occurrence", SHORTAGE, None, enough, not no)


def _short_of(verb: Token, lemma: str) -> str | None:
    """What there is none of: "had run out of medicine", "was running low on fuel", "starved"."""
    if lemma == "starve":
        return "food" if roles(verb)[1] is None else None
    if lemma != "run":
        return None
    links = [verb, *children(verb, {"prt", "prep", "advmod", "acomp"})]
    if not any(t.lower_ in ("out", "low", "short") for t in links):
        return None
    gone = next((o for t in links if (o := pobj(t, {"of", "on"})) is not None), None)
    return _goods(gone)


def _enough(verb: Token) -> str | None:
    """What there is enough of."""
    for noun in children(verb, {"dobj", "attr", "nsubj"}):
        if any(c.lower_ in _ENOUGH for c in noun.children):
            return _goods(noun)
    return None


def _goods(noun: Token | None) -> str | None:
    """Which of the goods people are short of a noun names."""
    lemma = "" if noun is None else noun.lemma_.lower()
    kind = _KIN.get(lemma, lemma)
    return kind if kind in _GOODS else None
