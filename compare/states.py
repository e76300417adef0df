"""States, as the press names them, and whose people a group of words says.

Data: `data/states.tsv` and `data/peoples.tsv`, written for this project.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple


@dataclass(frozen=True)
class State:
    """A row of `compare/data/states.tsv`."""

    state: str
    country: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    seats: tuple[str, ...]
    """Capitals that stand for its government by themselves."""


class Mention(NamedTuple):
    """Where words name a state: the words `start <= i < end`."""

    state: str
    kind: str
    """`name`, `adjective` or `seat`, a capital that stands for the government."""
    start: int
    end: int


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a table of `compare/data` whose cells are parted by tabs."""
    text = (files("compare") / "data" / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t"))


@lru_cache(maxsize=1)
def states() -> tuple[State, ...]:
    """Every state of the table.

    >>> next(s.seats for s in states() if s.state == "ukraine")
    ('Kyiv', 'Kiev')
    """
    return tuple(
        State(r["state"], r["country"], _parts(r["names"]), _parts(r["adjectives"]),
              _parts(r["seats"]))
        for r in rows_of("states.tsv")
    )  # fmt: skip


def mentions(words: Sequence[str]) -> Iterator[Mention]:
    """The states that some words name, in order; the longest name first, as `South Sudan`.

    >>> [(m.state, m.kind) for m in mentions(["the", "Russian", "army", "and", "Kyiv"])]
    [('russia', 'adjective'), ('ukraine', 'seat')]
    """
    named, longest = _wordings()
    at = 0
    while at < len(words):
        ends = range(min(len(words), at + longest), at, -1)
        end = next((e for e in ends if tuple(words[at:e]) in named), at)
        if end > at:
            yield Mention(*named[tuple(words[at:end])], at, end)
        at = max(end, at + 1)


def nationality(words: Sequence[str]) -> str:
    """The country whose people some words name, "" for none.

    >>> nationality(["Tunisian", "men"]), nationality(["Turks"]), nationality(["local", "men"])
    ('Tunisia', 'Turkey', '')
    """
    return next((_peoples()[w] for w in words if w in _peoples()), "")


@lru_cache(maxsize=1024)
def state_of(body: str) -> str:
    """The country whose government or ministry a body is by its name, "" for none.

    >>> state_of("Government of Tunisia"), state_of("Tunisian army"), state_of("Red Cross")
    ('Tunisia', 'Tunisia', '')
    """
    ends = next((s.country for s in states() if body.endswith(f" of {s.country}")), "")
    return ends or nationality(body.split()[:1])


def people(words: Sequence[str]) -> str:
    """The people without a state, or the armed group, that some words name, "" for none.

    >>> people(["Kurdish", "fighters"]), people(["Islamic", "State", "men"]), people(["fighters"])
    ('Kurds', 'the Islamic State', '')
    """
    pairs = [f"{a} {b}" for a, b in pairwise(words)]
    return next((_stateless()[w] for w in [*words, *pairs] if w in _stateless()), "")


def armed_group(words: Sequence[str]) -> bool:
    """Whether words name an armed group, whose members fight, and not only a people.

    >>> armed_group(["PKK", "members"]), armed_group(["Kurdish", "members"])
    (True, False)
    """
    return not _armed().isdisjoint([*words, *(f"{a} {b}" for a, b in pairwise(words))])


@lru_cache(maxsize=1)
def powers() -> tuple[frozenset[str], frozenset[str]]:
    """What states, and what armed groups and peoples, are called as parties that act.

    >>> "russia" in powers()[0], "hamas" in powers()[1]
    (True, True)
    """
    groups = frozenset(r["people"].lower() for r in rows_of("peoples.tsv"))
    return frozenset(state.state for state in states()), groups


ENEMY = {"insurgent": "forces", "state": "fighters"}
"""Whom each side means by the enemy."""


@lru_cache(maxsize=1024)
def shown(label: str) -> str:
    """A party or thing as people write it.

    >>> shown("russia"), shown("rsf"), shown("taliban"), shown("aid convoy")
    ('Russia', 'RSF', 'Taliban', 'aid convoy')
    """
    return _shown().get(label, label)


@lru_cache(maxsize=1)
def _shown() -> dict[str, str]:
    groups = {r["people"].lower(): r["people"] for r in rows_of("peoples.tsv")}
    named = {state.state: state.country for state in states()}
    listed = {"taliban": "Taliban", "haqqani": "Haqqani network", "daesh": "Daesh", "us": "US",
              "uk": "UK", "nato": "NATO", "un": "UN", "andsf": "ANDSF",
              "own-hand": "suicide"}  # fmt: skip
    return groups | named | listed


@lru_cache(maxsize=1)
def _wordings() -> tuple[dict[tuple[str, ...], tuple[str, str]], int]:
    """Every name of every state with its kind, and the most words one has."""
    named: dict[tuple[str, ...], tuple[str, str]] = {}
    for row in states():
        for kind, told in (("name", row.names), ("adjective", row.adjectives), ("seat", row.seats)):
            for name in told:
                named.setdefault(tuple(name.split()), (row.state, kind))
    return named, max(map(len, named))


@lru_cache(maxsize=1)
def _stateless() -> dict[str, str]:
    return {word: r["people"] for r in rows_of("peoples.tsv") for word in _parts(r["words"])}


@lru_cache(maxsize=1)
def _armed() -> frozenset[str]:
    return frozenset(word for r in rows_of("peoples.tsv") for word in _parts(r["armed"]))


@lru_cache(maxsize=1)
def _peoples() -> dict[str, str]:
    found: dict[str, str] = {}
    for state in states():
        for adjective in state.adjectives:
            found.setdefault(adjective, state.country)
            found.setdefault(f"{adjective}s", state.country)
    return found


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(name for name in cell.split("|") if name)
