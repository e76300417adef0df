"""Which words name what is counted, and which say what happened to it.

Three files in `compare/data`, written for this project: `figures_nouns.csv` (noun ->
population, unit, class), `figures_modifiers.csv` (`police` in "police chief") and
`figures_triggers.toml` (words of killing, wounding, displacement, ...).
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

ARMED = frozenset(("fighters", "forces"))
"""Populations that are a side of the fighting."""
_ALL = 8
"""Words within which those counted are told to be all of one kind."""


@dataclass(frozen=True, slots=True)
class Noun:
    """A counted noun: whom it means, in which unit, and its class."""

    population: str
    unit: str
    kind: str
    """person, family, place or thing."""
    generic: bool
    """Says nothing by itself of who it is: members, commanders, others."""


@dataclass(frozen=True, slots=True)
class Sense:
    """One reading of a trigger: its aspect and the class of noun it needs, "" for any."""

    aspect: str
    role: str
    """verb, self, state, noun, force or toll; see figures_triggers.toml."""
    form: str
    """base, s, past or ing for verbs, else ""."""
    needs: str


Phrases = Mapping[str, tuple[tuple[tuple[str, ...], tuple[Sense, ...]], ...]]
"""First word -> phrases that open with it, longest first, with their senses."""

_FORMS = ("base", "s", "past", "ing")


def _read(name: str) -> str:
    return resources.files("compare.data").joinpath(name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def nouns() -> Mapping[str, Noun]:
    """Every listed noun, lower case, one or more words joined by a space.

    >>> nouns()["villagers"]
    Noun(population='civilians', unit='people', kind='person', generic=False)
    """
    return {
        row["noun"]: Noun(row["population"], row["unit"], row["class"], bool(row["generic"]))
        for row in csv.DictReader(_read("figures_nouns.csv").splitlines())
    }


@lru_cache(maxsize=1)
def modifiers() -> Mapping[str, str]:
    """Words before a generic noun -> the population they make of it.

    >>> modifiers()["police"]
    'forces'
    """
    return {
        row["modifier"]: row["population"]
        for row in csv.DictReader(_read("figures_modifiers.csv").splitlines())
    }


@lru_cache(maxsize=1)
def triggers() -> Phrases:
    """Every phrase that says what happened, with its senses.

    >>> [sense.aspect for words, senses in triggers()["captured"] for sense in senses]
    ['captured', 'areas']
    """
    senses: dict[tuple[str, ...], list[Sense]] = {}
    for aspect, section in sorted(tomllib.loads(_read("figures_triggers.toml")).items()):
        plain = {k: v for k, v in section.items() if isinstance(v, list)}
        for needs, roles in [("", plain), *((k, v) for k, v in section.items() if k not in plain)]:
            for role, phrases in roles.items():
                for phrase in phrases:
                    _add(senses, phrase, aspect, role, needs)
    table: dict[str, list[tuple[tuple[str, ...], tuple[Sense, ...]]]] = {}
    for words in sorted(senses, key=lambda w: (-len(w), w)):
        ordered = sorted(senses[words], key=lambda s: (s.needs != "", s.aspect))
        table.setdefault(words[0], []).append((words, tuple(ordered)))
    return {first: tuple(entries) for first, entries in table.items()}


def _add(
    senses: dict[tuple[str, ...], list[Sense]], phrase: str, aspect: str, role: str, needs: str
) -> None:
    forms: Sequence[str] = phrase.split("|")
    for form, words in zip(_FORMS, forms, strict=False):
        if words:
            verbal = role in ("verb", "self", "force")
            name = ("past" if len(forms) == 1 else form) if verbal else ""
            sense = Sense(aspect, role, name, needs)
            known = senses.setdefault(tuple(words.split()), [])
            same = [s for s in known if (s.aspect, s.role, s.needs) == (aspect, role, needs)]
            for older in same:
                known.remove(older)
            known.append(sense)


def part_is(lower: Sequence[str], at: int) -> str:
    """The population that a part counted before word `at` is said to be, "" where not told.

    >>> part_is("forty of the dead were children".split(), 3)
    'children'
    """
    at += int(list(lower[at : at + 1]) != ["were"])
    named = lower[at + 1 : at + 2] if list(lower[at : at + 1]) == ["were"] else ()
    return _persons(nouns().get(" ".join(named)))


def _persons(noun: Noun | None) -> str:
    """The population of a noun for particular people, "" of any other."""
    if noun is None or noun.kind != "person" or noun.generic:
        return ""
    return noun.population


def all_are(lower: Sequence[str], at: int) -> str:
    """The population that all those counted before word `at` are said to be, "" where not told.

    >>> all_are("12 people were killed , all of them civilians".split(), 2)
    'civilians'
    """
    for k in range(at, min(at + _ALL, len(lower) - 2)):
        if lower[k] == "," and lower[k + 1] == "all":
            i = k + 2
            i += 2 * (list(lower[i : i + 2]) in (["of", "them"], ["of", "whom"]))
            i += lower[i : i + 1] in (["were"], ["are"])
            return _persons(
                nouns().get(" ".join(lower[i : i + 2])) or nouns().get(" ".join(lower[i : i + 1]))
            )
    return ""
