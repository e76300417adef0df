"""The words by which a phrase tells what kind of speaker it names."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True)
class Lexicon:
    """`compare/data/speakers.toml`, ready for lookup; every word is folded."""

    pronouns: Mapping[str, tuple[str, str]]
    """word -> (gender, number)"""
    honorifics: frozenset[str]
    female: frozenset[str]
    male: frozenset[str]
    heads: Mapping[str, frozenset[str]]
    """word -> classes of office"""
    ranks: Mapping[str, str]
    """form of address -> the office it stands for"""
    literal: frozenset[str]
    writings: frozenset[str]
    plain: frozenset[str]
    bodies: frozenset[str]
    press: frozenset[str]
    anaphors: Mapping[str, frozenset[str]]
    """noun -> last words of names it can stand for"""
    collective: frozenset[str]
    camps: tuple[tuple[str, str, frozenset[str]], ...]
    people: frozenset[str]
    """words that tell a side of people but not of a body named with them"""
    numbers: frozenset[str]
    apart: frozenset[str]
    foreign: frozenset[str]
    weak: frozenset[str]
    female_names: frozenset[str]
    male_names: frozenset[str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The shipped lexicon.

    >>> sorted(lexicon().heads["spokeswoman"]), lexicon().pronouns["she"]
    (['spokesperson'], ('f', 'sg'))
    """
    path = files("compare") / "data" / "speakers.toml"
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    heads: dict[str, set[str]] = {}
    for name, listed in found["heads"].items():
        for word in listed:
            heads.setdefault(word, set()).add(name)
    return Lexicon(
        pronouns={word: (g, n) for word, (g, n) in found["pronouns"].items()},
        honorifics=frozenset(found["honorifics"]["words"]),
        female=frozenset(found["honorifics"]["female"]),
        male=frozenset(found["honorifics"]["male"]),
        heads={word: frozenset(names) for word, names in heads.items()},
        ranks=dict(found["ranks"]),
        literal=frozenset(found["literal"]["classes"]),
        writings=frozenset(found["writings"]["words"]),
        plain=frozenset(found["plain"]["words"]),
        bodies=frozenset(found["bodies"]["words"]),
        press=frozenset(found["bodies"]["media"]),
        anaphors={noun: frozenset(names) for noun, names in found["anaphors"].items()},
        collective=frozenset(found["collective"]["words"]),
        camps=tuple((c["camp"], c["role"], frozenset(c["words"])) for c in found["camps"]),
        people=frozenset(w for c in found["camps"] if c.get("people") for w in c["words"]),
        numbers=frozenset(found["numbers"]["words"]),
        apart=frozenset(found["numbers"]["apart"]),
        foreign=frozenset(found["foreign"]["words"]),
        weak=frozenset(found["weak"]["words"]),
        female_names=frozenset(found["given_names"]["female"]),
        male_names=frozenset(found["given_names"]["male"]),
    )
