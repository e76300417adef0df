"""Short forms of bodies' names: as a text introduces them, or as another text of the case does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from compare.resolve.bodies import body_names, known_forms
from compare.resolve.lexicon import lexicon
from compare.resolve.names import Word, folded_text, words
from compare.resolve.phrase import Phrase, read_phrase
from compare.resolve.registry import Registry

_INTRODUCED = re.compile(r"\(\s*(?:the\s+)?([A-Z][A-Za-z\d\-]{1,9})\s*\)")
_SMALL = frozenset(["of", "the", "for", "and", "in", "on", "to", "de", "des", "du"])
_LEAST = 3
"""Letters from which a name's initials are its short form without being introduced as one."""


def introduced(text: str, items: Sequence[Word]) -> dict[str, str]:
    """Short forms a text introduces in brackets, each with the name before it.

    >>> text = "The Sanjar Women's Network (SWN) said"
    >>> introduced(text, words(text))
    {'SWN': "Sanjar Women's Network"}
    >>> text = "The May 30 Movement (M30) said"
    >>> introduced(text, words(text))
    {'M30': 'May 30 Movement'}
    """
    short: dict[str, str] = {}
    for found in _INTRODUCED.finditer(text):
        letters = found.group(1).replace("-", "")
        before = [w for w in items if w.end <= found.start()][-12:]
        for first in range(len(before) - 2, -1, -1):
            part = [w for w in before[first:] if w.capital or w.text.isdigit()]
            initials = "".join(w.text if w.text.isdigit() else w.text[0] for w in part).upper()
            # The May 30 Movement is M30 with its last letter left out.
            whole = {initials, initials[:-1]} if initials[1:-1].isdigit() else {initials}
            if before[first].capital and letters.upper() in whole:
                short[found.group(1)] = text[before[first].start : before[-1].end]
                break
    return short


def spelled_out(text: str, items: Sequence[Word]) -> dict[str, str]:
    """Initials of the bodies' names in a text, each with its name.

    >>> text = "The town fell to the Rapid Support Forces."
    >>> spelled_out(text, words(text))
    {'RSF': 'Rapid Support Forces'}
    """
    short: dict[str, str] = {}
    for last, word in enumerate(items):
        if not (word.capital and word.folded in lexicon().bodies):
            continue
        for linked in (_SMALL, frozenset[str]()):
            first = last
            while first and _joined(text, items, first, linked):
                first -= 1
            while not items[first].capital or items[first].folded in _SMALL:
                first += 1
            part = items[first : last + 1]
            initials = "".join(w.text[0] for w in part if w.capital)
            if len(initials) >= _LEAST:
                short[initials] = text[items[first].start : word.end]
    return short


def _joined(text: str, items: Sequence[Word], n: int, linked: frozenset[str]) -> bool:
    """The word before `n` may be of the same name."""
    before = items[n - 1]
    told = (before.capital and not before.acronym) or before.folded in linked
    return told and text[before.end : items[n].start] in {" ", "-"}


def of_text(text: str) -> dict[str, str]:
    """Short forms of a text, spelled out or introduced or known beside its words, with its name."""
    items = words(text)
    return {**known_forms(items), **spelled_out(text, items), **introduced(text, items)}


def of_case(found: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Of the short forms of all texts of a case, those that stand for one name in all of them.

    >>> of_case([("RSF", "Rapid Support Forces"), ("MSF", "Some Body"), ("MSF", "Other Body")])
    {'RSF': 'Rapid Support Forces'}
    """
    names: dict[str, dict[str, str]] = {}
    for short, name in found:
        spellings = names.setdefault(short, {})
        key = folded_text(name)
        spellings[key] = min(name, spellings.get(key, name))
    return {short: min(all_.values()) for short, all_ in sorted(names.items()) if len(all_) == 1}


def read_named(phrase: str, registry: Registry, short: Mapping[str, str]) -> Phrase:
    """A speaker phrase taken apart, the short forms of listed bodies in it read as their names.

    >>> from compare.resolve.registry import registry
    >>> read_named("an RSF officer", registry(None), {"RSF": "Rapid Support Forces"}).bodies
    ('rapid-support-forces',)
    """
    found = read_phrase(phrase, registry)
    told = phrase
    for form, name in short.items():
        if form in phrase and name in body_names():
            told = re.sub(rf"\b{re.escape(form)}\b", name, told)
    if told == phrase:
        return found
    named = read_phrase(told, registry)
    return replace(found, bodies=named.bodies, body=named.body)


def expand(phrase: str, short: Mapping[str, str]) -> str:
    """The name that a phrase stands for, if it is a short form or that name; else "".

    >>> expand("the RSF", {"RSF": "Rapid Support Forces"})
    'Rapid Support Forces'
    >>> expand("The Rapid Support Forces", {"RSF": "Rapid Support Forces"})
    'Rapid Support Forces'
    """
    bare = re.sub(r"^[Tt]he ", "", phrase)
    return bare if bare in short.values() else short.get(bare, "")
