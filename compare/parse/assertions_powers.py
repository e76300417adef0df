"""States and armed groups that act under their own names: "Russia", "Houthi rebels".

The Taliban, the Afghan forces and their allies are listed as parties; of any other state the
name says who acts, with or without a word for its forces.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compare.parse.assertions_lexicon import Lexicon, longest
from compare.states import mentions, people, powers

if TYPE_CHECKING:
    from spacy.tokens import Token

_DOTTED = re.compile(r"(?:[A-Za-z]\.){2,}")
GENERAL = {"forces", "government", "fighters"}
"""Parties that say nothing of whose they are."""
_OF_A_STATE = {"forces", "government"}
ARMS = {"missile", "rocket", "drone", "artillery", "warplane", "jet", "tank", "gunship",
        "helicopter", "plane", "aircraft", "warship", "gunboat"}  # fmt: skip
_ACTS = ARMS | {"strike", "airstrike", "shelling", "bombardment", "raid", "incursion", "invasion",
                "offensive", "crime", "provocation", "aggression"}  # fmt: skip
"""Deeds and arms of an army. A "Pakistani bombing" is one in Pakistan."""
_FORCES = {"force", "troop", "soldier", "army", "military", "navy", "police"}
_UNITS = {"unit", "battalion", "regiment", "division", "marine", "paratrooper", "personnel"}
_BODIES = {"side", "authority", "leadership", "regime", "state"}
_CORPS = {"Force", "Corps", "Guard", "Guards", "Staff", "staff"}
_SERVICES = {"service", "intelligence", "agency", "agent", "spy"}
_SECRET = {"special", "secret", "security", "intelligence", "military", "spy", "service",
           "services", "agency", "agencies", "agent", "agents", "spies"}  # fmt: skip
_GROUPS = {"militia", "group", "movement", "organisation", "organization", "faction", "gunman"}
_ACCUSING = {"accuse", "blame", "suspect"}
_AFGHAN = "afghan"


def power(noun: Token, told: list[Token], lexicon: Lexicon) -> tuple[str, bool] | None:
    """The state or armed group that a phrase names, and whether the phrase names nothing else.

    `told` are the words of the phrase of `noun`. A capital is a state only where it acts or
    is accused.
    """
    texts = [undotted(t.text) for t in told]
    found = longest([t.lower() for t in texts], lexicon.parties)
    general = found if found and found[0] in GENERAL else None
    if found and not general and found[0] != "gunmen":
        return None
    whole = general is not None and general[2] == len(told)
    acts = bool({noun.lemma_.lower(), noun.lower_} & _ACTS) or _hits(noun)
    for mention in mentions(texts):
        if told[mention.start - 1 : mention.start] and texts[mention.start - 1] == "-":
            continue  # "pro-Russian"
        rest = [t for t in told[mention.end :] if t.tag_ != "POS"]
        alone = not rest and all(t.dep_ == "det" for t in told[: mention.start])
        if alone and (mention.kind == "name" or (mention.kind == "seat" and _acting(noun))):
            return called(mention.state, "government"), True
        if alone and mention.kind == "adjective" and _split(noun):
            return called(mention.state, "andsf"), False
        if not rest or rest[0].text == "-":
            continue  # "Russian-led forces"
        if rest == [noun] and noun.lemma_.lower() in _UNITS:
            return called(mention.state, "forces"), True
        secret = noun.lemma_.lower() in _SERVICES and {t.lower_ for t in rest} <= _SECRET
        if secret or noun.lemma_.lower() in ("ministry", *(_BODIES if rest == [noun] else ())):
            return called(mention.state, "government"), True
        if general and general[0] in _OF_A_STATE and general[1] >= mention.end:
            return called(mention.state, general[0]), whole
        if acts and (mention.kind == "adjective" or len(rest) < len(told) - mention.end):
            return called(mention.state, "andsf"), False
    group = people(texts)
    if not group:
        return None
    named = all(t.dep_ == "det" or t.pos_ == "PROPN" for t in told)
    named = named or noun.lemma_.lower() in _GROUPS
    return (_label(group), whole or named) if general or named or acts else None


def group_of(actor: str) -> str | None:
    """The armed group that an actor is, by the name it begins with.

    >>> group_of("Rapid Support Forces"), group_of("Hamas"), group_of("Islamic State Khorasan")
    ('rsf', 'hamas', 'daesh')
    >>> group_of("A Kurdish farmer") is None
    True
    """
    words = actor.removeprefix("The ").removeprefix("the ").split()
    group = people(words[:1]) or people([" ".join(words[:2])])
    return _label(group) if group else None


def _label(group: str) -> str:
    return "daesh" if group == "the Islamic State" else group.lower()


def is_party(label: str | None, lexicon: Lexicon) -> bool:
    """Whether a label is a party of a conflict: a side, a state or an armed group.

    >>> from compare.parse.assertions_lexicon import load
    >>> [is_party(label, load()) for label in ("forces", "russia", "guard", None)]
    [True, True, False, False]
    """
    return label in lexicon.side_of or any(label in names for names in powers())


def undotted(word: str) -> str:
    """`US` for `U.S.`

    >>> undotted("U.S."), undotted("Co."), undotted("u.k.")
    ('US', 'Co.', 'uk')
    """
    return word.replace(".", "") if _DOTTED.fullmatch(word) else word


def coordinated(noun: Token, told: list[Token]) -> list[str]:
    """The states that share a noun: Syria and Russia of "Syrian or Russian jets"."""
    if noun.lemma_.lower() not in _ACTS | _FORCES:
        return []
    found = [m for m in mentions([undotted(t.text) for t in told]) if m.kind != "seat"]
    return [called(m.state, "andsf") for m in found if _joined(told[m.end - 1])]


def _joined(word: Token) -> bool:
    return word.dep_ == "conj" or any(c.dep_ == "conj" for c in word.children)


def speaks_for(actor: str, lexicon: Lexicon) -> str | None:
    """The state whose government, ministry or forces an actor is; None for an Afghan one.

    >>> from compare.parse.assertions_lexicon import load
    >>> [speaks_for(name, load()) for name in ("Government of Russia", "Israeli military", "UN")]
    ['russia', 'israel', None]
    >>> speaks_for("Syrian Democratic Forces", load()) is None
    True
    """
    if group_of(actor):
        return None
    words = [re.sub("['’]s$", "", word) for word in actor.split()]
    found = longest(actor.lower().split(), lexicon.parties)
    first = next((m for m in mentions(words) if m.kind != "seat"), None)
    body = {"Government", "Ministry"} & set(words) or (found and found[0] in _OF_A_STATE)
    # "Rwanda Defence Force", but not "UN Interim Force in Lebanon".
    body = body or (first is not None and first.start == 0 and (_CORPS | _SECRET) & set(words))
    return first.state if first is not None and body and first.state != _AFGHAN else None


def called(state: str, afghan: str) -> str:
    """What a state is called as a party: the Afghan ones are listed."""
    return afghan if state == _AFGHAN else state


def _hits(noun: Token) -> bool:
    """ "Russian bombing hit a hospital"; "a Russian bombing" may be one in Russia."""
    hit = noun.dep_ == "nsubj" and noun.head.lemma_ in ("hit", "strike", "destroy", "target")
    hit = hit and all(c.dep_ != "det" for c in noun.children)
    # "The Russian bombing of a hospital" is Russia's.
    on = any(c.lower_ in ("of", "on", "against") for c in noun.children if c.dep_ == "prep")
    return (hit or on) and noun.lemma_.lower() in ("bombing", "attack")


def _split(noun: Token) -> bool:
    """ "Ukrainian shelling destroyed it", where the parse takes Ukrainian alone as the doer."""
    after = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else None
    shot = after is not None and after.tag_ == "VBG" and after.lower_ in _ACTS | {"bombing"}
    return shot and noun.dep_ == "nsubj" and after is not None and after.head == noun.head


def _acting(noun: Token) -> bool:
    head = noun.head
    if noun.dep_ == "pobj":
        return head.lower_ == "by"
    return noun.dep_ == "nsubj" or (noun.dep_ == "dobj" and head.lemma_ in _ACCUSING)
