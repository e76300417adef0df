"""States, as the press names them, and whose people a group of words says.

Data: `data/states.tsv` and `data/peoples.tsv`, written for this project.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise


@dataclass(frozen=True)
class State:
    """A row of `compare/data/states.tsv`."""

    state: str
    country: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    seats: tuple[str, ...]
    """Capitals that stand for its government by themselves."""


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


def nationality(words: Sequence[str]) -> str:
    """The country whose people some words name, "" for none.

    >>> nationality(["Tunisian", "men"]), nationality(["Turks"]), nationality(["local", "men"])
    ('Tunisia', 'Turkey', '')
    """
    return next((_peoples()[w] for w in words if w in _peoples()), "")


def people(words: Sequence[str]) -> str:
    """The people without a state, or the armed group, that some words name, "" for none.

    >>> people(["Kurdish", "fighters"]), people(["Islamic", "State", "men"]), people(["fighters"])
    ('Kurds', 'the Islamic State', '')
    """
    pairs = [f"{a} {b}" for a, b in pairwise(words)]
    return next((_stateless()[w] for w in [*words, *pairs] if w in _stateless()), "")


@lru_cache(maxsize=1)
def _stateless() -> dict[str, str]:
    return {word: r["people"] for r in rows_of("peoples.tsv") for word in _parts(r["words"])}


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
