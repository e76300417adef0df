"""States told with a copula, and demands told with `must`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compare.parse.assertions_lexicon import Lexicon
from compare.parse.assertions_parties import Speaker, name, party
from compare.parse.assertions_polarity import denied
from compare.parse.assertions_roles import Fact, antecedent, children, first_child, pobj, roles

if TYPE_CHECKING:
    from spacy.tokens import Token


TRUCES = frozenset(("ceasefire", "cease-fire", "truce", "armistice"))
_PARTLY = frozenset(("largely", "mostly", "broadly", "generally", "mainly", "barely"))


def states_of(token: Token, lemma: str, speaker: Speaker, lexicon: Lexicon) -> Iterator[Fact]:
    """States told with a copula: under control, in hands, open, closed, normal, committed."""
    if lemma in ("be", "remain", "stay", "go", "continue", "return", "have"):
        subject = first_child(token, {"nsubj", "nsubjpass", "attr"})
        place = name(antecedent(subject), speaker, lexicon) if subject is not None else None
        under = pobj(token, {"under", "in"})
        of = pobj(under, {"of", "over"}) if under is not None else None
        if of is not None and under is not None and under.head.lower_ == "in" and (
            under.lemma_ == "control"
        ):  # fmt: skip
            who = party(subject, speaker, lexicon)
            yield Fact("outcome", "held", who, name(of, speaker, lexicon))
        elif under is not None and under.lemma_ in ("control", "hand", "hands"):
            own = any(c.lower_ in ("its", "our") for c in children(under, {"poss"}))
            who = speaker.party if own else party(under, speaker, lexicon)
            yield Fact("outcome", "held", who, place)
        elif under is not None and under.lemma_ == "siege":
            by = pobj(under, {"by"}) or pobj(token, {"by"})
            yield Fact("outcome", "besieged", party(by, speaker, lexicon), place)
        called = {c.lower_ for c in children(token, {"acomp", "attr", "oprd", "advmod"})}
        if place and subject is not None and subject.tag_ in ("NN", "NNP"):
            # Of one who is known: "the commander is alive" denies that he was killed.
            for word, lives in (("alive", True), ("dead", False)):
                if word in called:
                    no = lives != denied(token, 0, lexicon)
                    yield Fact("occurrence", "killing", None, place, no)
        if "unarmed" in called | _said_of(token):
            yield Fact("occurrence", "armed", None, place, not denied(token, 0, lexicon))
        to = pobj(token, {"to"})
        called |= {to.lower_} if to is not None else set()
        for word, predicate in (("open", "open"), ("closed", "closed"), ("shut", "closed"),
                                ("suspended", "closed"), ("normal", "normal"),
                                ("calm", "normal"), ("secure", "normal"),
                                ("committed", "commit")):  # fmt: skip
            if word not in called:
                continue
            if predicate == "commit":
                adjective = next(c for c in token.children if c.lower_ == word)
                target = pobj(adjective, {"to"})
                who = party(subject, speaker, lexicon) or speaker.party
                yield Fact("position", predicate, who, name(target, speaker, lexicon, whose=True))
            else:
                yield Fact("outcome", predicate, None, place)
    if lemma == "arm" and children(token, {"auxpass"}) and pobj(token, {"by"}) is None:
        yield Fact("occurrence", "armed", None, name(roles(token)[1], speaker, lexicon))
    if lemma == "hold" and roles(token)[1] is None:
        yield from _truce(token, speaker, lexicon)
    if token.pos_ == "VERB" and any(
        c.dep_ == "aux" and c.lower_ in ("must", "should") for c in token.children
    ):
        subject = first_child(token, {"nsubj", "nsubjpass"})
        target = roles(token)[1] or pobj(token, {"to", "for", "with", "from"})
        if target is not None and target != subject:
            about = name(target, speaker, lexicon, whose=True)
            yield Fact("position", "demand", speaker.party, about, False)


def _said_of(verb: Token) -> set[str]:
    """What describes what somebody is said to be: unarmed, of "were unarmed farmers"."""
    nouns = children(verb, {"attr"})
    return {c.lower_ for noun in nouns for c in children(noun, {"amod"})}


def _truce(verb: Token, speaker: Speaker, lexicon: Lexicon) -> Iterator[Fact]:
    """ "The ceasefire is holding": it is calm, and unless largely so, nobody broke it."""
    subject = first_child(verb, {"nsubj"})
    if subject is None or subject.lemma_ not in TRUCES:
        return
    yield Fact("outcome", "normal", None, None)
    if _PARTLY.isdisjoint(c.lower_ for c in verb.children):
        fails = any(c.dep_ == "neg" for c in verb.children)
        yield Fact("occurrence", "violation", None, name(subject, speaker, lexicon), not fails)
