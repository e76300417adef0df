"""What kind of happening a claim is about: a displacement, a crash, civilian harm, fighting.

Two claims on one district and day may still answer different questions. The
kinds come from the typed figures and assertions, then from the claim's words
(`data/event_kinds.csv`), then from the claims before it in its document.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

import numpy as np
import pandas as pd

_POSITIONS = ("demanded", "promised", "condemned", "supported")
_TOLLS = ("killed", "wounded", "killed-or-wounded", "killed-and-wounded", "missing")
_BY_ASPECT = {
    "displaced": "displacement",
    "returned": "displacement",
    "captured": "combat",
    "surrendered": "combat",
    "detained": "detention",
    "attacks": "combat",
    "strikes": "air strike",
}
_BY_POPULATION = {
    "civilians": "civilian harm",
    "children": "civilian harm",
    "women": "civilian harm",
    "fighters": "combat",
}
FIGURE, WORD, INHERITED = 2.0, 1.0, 0.7
DAMPED = 0.5
"""Beside people displaced, the fighting that drove them out is background."""


@dataclass
class Facts:
    """What the figures and assertions of one claim say about its kind."""

    kinds: list[str] = field(default_factory=list)
    predicates: list[str] = field(default_factory=list)
    incident: bool = False


@lru_cache(maxsize=1)
def lexicon() -> tuple[tuple[str, ...], dict[str, str]]:
    """The kinds, sorted, and the kind of each word prefix.

    >>> lexicon()[1]["displac"]
    'displacement'
    """
    text = files("compare").joinpath("data/event_kinds.csv").read_text(encoding="utf-8")
    prefixes = {row["prefix"]: row["kind"] for row in csv.DictReader(text.splitlines())}
    return tuple(sorted(set(prefixes.values()))), prefixes


def facts(ids: np.ndarray, values: pd.DataFrame, assertions: pd.DataFrame) -> list[Facts]:
    """The facts of each claim, in the order of `ids`."""
    found = {claim: Facts() for claim in ids}
    for claim, aspect, population in zip(
        values["claim_id"], values["aspect"], values["population"], strict=True
    ):
        if claim not in found:
            continue
        found[claim].incident |= aspect != "other"
        kind = _BY_POPULATION.get(population) if aspect in _TOLLS else _BY_ASPECT.get(aspect)
        if kind:
            found[claim].kinds.append(kind)
    for claim, aspect, predicate in zip(
        assertions["claim_id"], assertions["aspect"], assertions["predicate"], strict=True
    ):
        if claim in found:
            found[claim].incident |= aspect != "position"
            found[claim].predicates.append(str(predicate))
    return [found[claim] for claim in ids]


def kind_of(word: str) -> str:
    """The kind a word speaks of, or "".

    >>> kind_of("displaced"), kind_of("talked")
    ('displacement', '')
    """
    prefixes = lexicon()[1]
    word = word.lower()
    return next((prefixes[word[:n]] for n in range(len(word), 2, -1) if word[:n] in prefixes), "")


def kind_rows(
    bags: Sequence[Sequence[str]], facts_: Sequence[Facts], document: np.ndarray, order: np.ndarray
) -> np.ndarray:
    """One row a claim over the kinds, float64, of unit length or zeros."""
    column = {kind: i for i, kind in enumerate(lexicon()[0])}
    rows = np.zeros((len(bags), len(column)))
    for i, (bag, fact) in enumerate(zip(bags, facts_, strict=True)):
        for kind in sorted(set(fact.kinds)):
            rows[i, column[kind]] += FIGURE
        for kind in sorted({kind_of(word) for word in [*bag, *fact.predicates]} - {""}):
            rows[i, column[kind]] += WORD
        if "displacement" in fact.kinds:
            others = np.arange(len(column)) != column["displacement"]
            rows[i, others] *= DAMPED
    last: dict[int, np.ndarray] = {}
    for i in np.lexsort((order, document)):
        if rows[i].any():
            last[int(document[i])] = rows[i]
        elif int(document[i]) in last:
            rows[i] = INHERITED * last[int(document[i])]
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(length > 0, length, 1))


def takes_position(claims: pd.DataFrame, facts_: Sequence[Facts]) -> np.ndarray:
    """bool (n,): demanded, promised, condemned or supported, with nothing told to have happened."""
    stance = claims["status"].isin(_POSITIONS).to_numpy(dtype=bool)
    told = np.array([fact.incident for fact in facts_], dtype=bool)
    return np.asarray(stance & ~told)
