"""Side and role of a speaker the registry does not hold, from the words about it."""

from __future__ import annotations

from datetime import date

from compare.resolve.lexicon import lexicon
from compare.resolve.offices import local_body
from compare.resolve.phrase import Phrase
from compare.resolve.registry import Registry

_STATE = frozenset({"andsf", "government"})
_ABROAD = {"andsf": ("government", "party"), "taliban": ("other", "party")}
"""Sides that words tell of in a text that is not about Afghanistan: `the army` is its
government's, `insurgents` are a party, and not the Taliban."""
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
    words = phrase.words - lexicon().people if phrase.form == "body" else phrase.words
    for camp, role, told in lexicon().camps:
        if words & told:
            if registry.home and camp in _STATE and phrase.words & lexicon().foreign:
                return "other", "observer", phrase.body
            camp, role = (camp, role) if registry.home else _ABROAD.get(camp, (camp, role))
            return camp, role, phrase.body
    return "unknown", "unknown", phrase.body


def _closest(phrase: Phrase, day: date | None, registry: Registry) -> str:
    """The most particular body named: the longest chain up, the first on a tie."""
    if not phrase.bodies:
        return ""
    return max(
        phrase.bodies,
        key=lambda b: (len(registry.chain(b, day)), -phrase.bodies.index(b)),
    )
