"""Side and role of a speaker the registry does not hold, from the words about it."""

from __future__ import annotations

from datetime import date

from compare.resolve.lexicon import lexicon
from compare.resolve.names import words
from compare.resolve.offices import local_body
from compare.resolve.phrase import Phrase, read_phrase
from compare.resolve.registry import Registry

_STATE = frozenset({"andsf", "government"})
_ABROAD = {"andsf": ("government", "party"), "taliban": ("other", "party")}
"""Sides that words tell of in a text that is not about Afghanistan: `the army` is its
government's, `insurgents` are a party, and not the Taliban."""
_ALLIED = frozenset(["coalition", "alliance"])
"""What is NATO in Afghanistan, and elsewhere any."""
_OF_STATES = frozenset(
    ["the", "national", "federal", "armed", "royal", "republican", "air", "general", "staff",
     "border", "central", "presidential"]
)  # fmt: skip
"""Words in the names of many states' forces."""
_ARMS = frozenset(["armed", "force", "forces", "navy", "troops"])
_HEADS_OF_STATE = frozenset(["president", "premier", "chancellor"])
_REBELS = frozenset(
    ["free", "liberation", "resistance", "revolutionary", "independence", "democratic", "rebel",
     "shadow", "parallel", "rival", "breakaway", "opposition", "separatist", "exile", "ruling",
     "governing"]
)  # fmt: skip
"""Words by which a force or government is set against a state's, though it names the state."""
_RULING = frozenset(["council", "administration", "municipality", "governorate", "prefecture"])
"""Last words in the names of who rules a town or a region."""
Standing = tuple[str, str, str]
"""camp, role, organisation or \"\""""


def standing(phrase: Phrase, province: str, day: date | None, registry: Registry) -> Standing:
    """The side of the body a phrase names, else of the words in it; unknown if neither says.

    `province` is the one in question where the phrase is written, so that
    `the provincial council` has one.

    >>> from compare.resolve.phrase import read_phrase
    >>> from compare.resolve.registry import registry
    >>> standing(read_phrase("a Taliban commander", registry(None)), "", None, registry(None))
    ('taliban', 'party', 'Taliban')
    >>> standing(read_phrase("a resident", registry(None)), "helmand", None, registry(None))
    ('local', 'observer', '')
    >>> abroad = registry(None).abroad
    >>> standing(read_phrase("the health ministry", abroad), "", None, abroad)[:2]
    ('government', 'party')
    """
    local = local_body(phrase, phrase.province or province, registry)
    body = _closest(phrase, day, registry)
    if body and phrase.words & {"embassy", "ambassador", "consulate"}:
        embassy = f"{body.split('-')[0]}-embassy-kabul"
        body = embassy if embassy in registry.by_id else body
    if local and (not body or body in registry.chain(local)):
        body = local
    if body:
        row = registry.tenure(body, day)
        camp, role = row.camp, row.role
        if row.camp in {"local", "andsf"} and phrase.heads & {"resident", "elder", "witness"}:
            camp, role = "local", "observer"
        return camp, role, row.actor
    if not registry.home and (_serves_state(phrase) or _air_or_sea(phrase)):
        return "government", "party", phrase.body
    about = phrase.words - lexicon().people if phrase.form == "body" else phrase.words
    for camp, role, told in lexicon().camps:
        says = about & told
        if says and says <= _ALLIED and phrase.words & _REBELS:
            continue  # a rebel coalition
        ruling = camp == "andsf" or says == {"government"}
        if says and not (ruling and _named_apart(phrase, says, told, registry)):
            if registry.home and camp in _STATE and phrase.words & lexicon().foreign:
                return "other", "observer", phrase.body
            if not registry.home and says <= _ALLIED:
                return "other", "party", phrase.body  # "the Saudi-led coalition"
            camp, role = (camp, role) if registry.home else _ABROAD.get(camp, (camp, role))
            return camp, role, phrase.body
    return "unknown", "unknown", phrase.body


def publishes(publisher: str, day: date | None, registry: Registry) -> tuple[str, str]:
    """Camp and role of a publisher that is not listed: a paper, unless its name says otherwise.

    >>> from compare.resolve.registry import registry
    >>> [publishes(name, None, registry(None))[0] for name in ("Daily News", "Odesa City Council")]
    ['media', 'local']
    """
    phrase = read_phrase(publisher, registry)
    camp, role, _ = standing(phrase, "", day, registry)
    if camp not in {"unknown", "local"} or phrase.province:
        return camp, role
    rules = publisher.casefold().split()[-1:]
    return ("local", "local authority") if _RULING.intersection(rules) else ("media", "media")


def _serves_state(phrase: Phrase) -> bool:
    """A state's forces, or the one at its head: `Sudanese Armed Forces`, `Ukraine's president`."""
    if not phrase.words & lexicon().foreign or phrase.words & {"us", "american", *_REBELS}:
        return False
    if phrase.form == "body":
        return bool(phrase.words & _ARMS)
    return phrase.head in _HEADS_OF_STATE and not phrase.body


def _air_or_sea(phrase: Phrase) -> bool:
    """`The air force`, `the navy`: of the government in question."""
    own = {w.folded for w in words(phrase.body or phrase.text) if w.capital} - _OF_STATES
    told = {"air", "force"} <= phrase.words or bool(phrase.words & {"navy", "coastguard"})
    return phrase.form == "body" and told and not (own - _ARMS)


def _named_apart(
    phrase: Phrase, says: frozenset[str], told: frozenset[str], registry: Registry
) -> bool:
    """A force or government outside Afghanistan with a name of its own, not a state's.

    `The National Police` is the government's; whose the People's Defence Force, the Arakan
    Army or the National Unity Government is, its name does not say.
    """
    if registry.home:
        return False
    if phrase.words & _REBELS:
        return True
    states = phrase.words & lexicon().foreign
    if phrase.form != "body" or (states and says != {"government"}):
        return False
    own = {w.folded for w in words(phrase.body or phrase.text) if w.capital}
    return bool(own - told - states - lexicon().bodies - _OF_STATES)


def _closest(phrase: Phrase, day: date | None, registry: Registry) -> str:
    """The most particular body named: the longest chain up, the first on a tie."""
    if not phrase.bodies:
        return ""
    return max(
        phrase.bodies,
        key=lambda b: (len(registry.chain(b, day)), -phrase.bodies.index(b)),
    )
