"""What kind of happening a claim is about: a displacement, a crash, civilian harm, fighting.

Two claims on one district and day may still answer different questions. The
kinds come from the typed figures and assertions, then from the claim's words
(`data/event_kinds.csv`), then from the claims before it in its document.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise, product

import numpy as np
import pandas as pd

_WISHES = ("demanded", "promised", "supported")
"""Speech about what ought to be or will be: what happens in it has not happened.
A condemnation is not among it: what is condemned is told to have happened."""
_STANDS = ("commit", "demand", "support")
"""The same, read from the claim's own words."""
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
_BY_WHOM = {**_BY_POPULATION, "people": "civilian harm", "forces": "combat"}
"""A toll over a whole province by whom it counts; `people` is how civilians are mostly written."""
_ADDED_UP = ("displacement", "civilian harm", "combat")
_TRUCES = frozenset(("ceasefire", "truce", "armistice"))
_KEPT = frozenset(("hold", "holds", "holding", "held"))
_BROKEN = frozenset(("violated", "broke", "broken"))
_SINGLE = ("air strike", "crash", "disaster")
QUESTIONS = (*_ADDED_UP, *_SINGLE, "talks")
_SITE = (
    "village hamlet town camp neighbourhood neighborhood suburb street market bazaar mosque church "
    "school hospital clinic house home compound base checkpoint outpost bridge crossing airport "
    "port prison garrison dam headquarters barracks hotel guesthouse university"
)
_SITES = frozenset(_SITE.split())
"""One of these in the singular is where a single incident was, though no gazetteer knows it."""
_ONE = ("attack", "explosion", "blast", "ambush", "raid")
"""In the singular, one incident, which adds up to nothing."""
_BEFORE = frozenset(("incident", "incidents", "killing", "killings", "deaths"))
"""Words for what was told before: a claim that says how these may end talks is about these."""
_OFTEN = frozenset(("also", "often", "sometimes", "usually", "itself"))
_DESCRIBES = frozenset(("lie", "locate", "situate", "write", "spell", "pronounce"))
_DESCRIBING = frozenset((
    *product(("is", "are"), ("located", "situated", "written", "spelled", "spelt", "pronounced")),
    *product(("lies",), ("in", "on", "near", "between", "north", "south", "east", "west")),
))  # fmt: skip
"""Two words that describe a place; `_OFTEN` may stand between them."""
LONGEST = 60
"""Words above which a text names too many things to answer one question."""
FIGURE, WORD = 2.0, 1.0
DAMPED = 0.5
"""Beside people displaced, the fighting that drove them out is background."""


@dataclass(slots=True)
class Facts:
    """What the figures and assertions of one claim say about its kind."""

    kinds: list[str] = field(default_factory=list)
    predicates: list[str] = field(default_factory=list)
    incident: bool = False
    position: bool = False
    figures: list[tuple[int, str]] = field(default_factory=list)
    """Where each figure stands and the question it answers, "" for none."""


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
    counted = (values[name].tolist() for name in ("claim_id", "aspect", "population", "start"))
    for claim, aspect, population, start in zip(*counted, strict=True):
        if claim not in found:
            continue
        found[claim].incident |= aspect != "other"
        kind = _BY_POPULATION.get(population) if aspect in _TOLLS else _BY_ASPECT.get(aspect)
        if kind:
            found[claim].kinds.append(kind)
        question = _BY_WHOM.get(population, "") if aspect in _TOLLS else kind or ""
        found[claim].figures.append((int(start), question))
    acting = assertions["agent"].notna() & (assertions["aspect"] != "position")
    doing = set(assertions.loc[acting, "claim_id"])
    told = (assertions[name].tolist() for name in ("claim_id", "aspect", "predicate"))
    for claim, aspect, predicate in zip(*told, strict=True):
        if claim in found:
            found[claim].incident |= aspect != "position"
            # "Fighters backed by troops took the airport" tells what was done, and by whom.
            stands = predicate in _STANDS and not (predicate == "support" and claim in doing)
            found[claim].position |= aspect == "position" and stands
            found[claim].predicates.append(str(predicate))
    return [found[claim] for claim in ids]


@lru_cache(maxsize=1 << 18)
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
    """One row a claim over the kinds, float64, of unit length or zeros.

    A claim without a kind takes that of the claim before it in its document.
    """
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
            rows[i] = last[int(document[i])]
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(length > 0, length, 1))


def questions(
    bags: Sequence[Sequence[str]],
    around: Callable[[int], Sequence[str]],
    facts_: Sequence[Facts],
    wide: np.ndarray,
    placed: np.ndarray,
) -> np.ndarray:
    """Which question each claim answers, as an index in `QUESTIONS`, or -1 for none in particular.

    Questions divide what is told of one area, so a claim without a place (`placed`)
    has none. A claim that names a crash or an air strike is about that, and one of talks
    about the talks. Displaced people
    are a question of their own wherever they are counted. A toll, or fighting,
    is one only where it is told of a whole province or its capital (`wide`), no single
    site is named and no single incident in the words `around` its row: the dead of a single
    incident belong to the incident whoever they were. Fighters counted anywhere
    else are kept from crashes, strikes and displacement, and from nothing more.
    """
    found = np.full(len(bags), -1)
    for i, (bag, fact) in enumerate(zip(bags, facts_, strict=True)):
        if len(bag) > LONGEST or not placed[i]:
            continue
        named = {kind_of(word) for word in bag}
        words = [*bag, *fact.predicates]
        spoken = {kind_of(word) for word in words if word.lower() not in _ONE}
        counted = min(fact.figures)[1] if fact.figures else ""
        told = spoken & set(_ADDED_UP)
        question = counted or (told.pop() if len(told) == 1 else "")
        # A car can hit and an earthquake strike: only the name of an air strike makes it one.
        single = sorted(named & set(_SINGLE))
        if question == "displacement" and (counted or wide[i]):
            found[i] = QUESTIONS.index(question)
        elif single:
            found[i] = QUESTIONS.index(single[0]) if len(single) == 1 else -1
        elif "talks" in spoken and not (counted or told) and _of_talks(bag):
            found[i] = QUESTIONS.index("talks")
        elif (
            question in _ADDED_UP
            and ((wide[i] and _SITES.isdisjoint(map(str.lower, bag)))
                 or (counted and question == "combat"))
            and {kind_of(word) for word in around(i)}.isdisjoint(_SINGLE)
        ):  # fmt: skip
            found[i] = QUESTIONS.index(question)
    return found


def _of_talks(bag: Sequence[str]) -> bool:
    """Whether talks are told of, and neither what came before them nor a visit to a site."""
    told = {word.lower() for word in bag}
    visit = {w[:5] for w in told if kind_of(w) == "talks"} == {"visit"}
    return _BEFORE.isdisjoint(told) and not (visit and told & _SITES)


def deals(bags: Sequence[Sequence[str]], question: np.ndarray) -> np.ndarray:
    """bool (n,): about an agreement or talks; a place it names says where those were held.

    Not so where a truce is kept or broken: "the ceasefire in Donetsk", "is holding in Donetsk".
    """
    spoken = [
        bool({kind_of(word) for word in bag} & {"agreement", "talks"}) and not _kept_there(bag)
        for bag in bags
    ]
    talked = (question < 0) | (question == QUESTIONS.index("talks"))
    return np.asarray(np.array(spoken, dtype=bool) & talked)


def _kept_there(bag: Sequence[str]) -> bool:
    told = [word.lower() for word in bag]
    truces = [i for i, word in enumerate(told) if word in _TRUCES]
    near = [told[i + 1 : i + 4] for i in truces]  # not "held talks on a ceasefire"
    kept = any(after[:1] == ["in"] or not _KEPT.isdisjoint(after) for after in near)
    return bool(truces) and (kept or not _BROKEN.isdisjoint(told))


def adds_up(question: np.ndarray) -> np.ndarray:
    """bool: the question is one of a whole area and not of a single incident."""
    return np.asarray((question >= 0) & (question < len(_ADDED_UP)))


def describes(
    bags: Sequence[Sequence[str]], facts_: Sequence[Facts], placed: np.ndarray
) -> np.ndarray:
    """bool (n,): the claim says where a place lies or how its name is written, and tells no fact.

    >>> told = ["Nad Ali is also written Nad-e-Ali", "Nad Ali was taken"]
    >>> describes([claim.split() for claim in told], [Facts(), Facts()], np.ones(2, bool)).tolist()
    [True, False]
    """
    return np.array(
        [
            bool(place and not fact.figures and _DESCRIBES.issuperset(fact.predicates))
            and _described(bag)
            for bag, fact, place in zip(bags, facts_, placed, strict=True)
        ],
        dtype=bool,
    )


def _described(bag: Sequence[str]) -> bool:
    told = [word.lower() for word in bag if word.lower() not in _OFTEN]
    pairs = set(pairwise(told))
    return not pairs.isdisjoint(_DESCRIBING)


def takes_position(
    claims: pd.DataFrame, bags: Sequence[Sequence[str]], facts_: Sequence[Facts]
) -> np.ndarray:
    """bool (n,): the claim says what ought to be or what someone stands for, and counts nothing.

    A long text that also tells what happened is about that.
    """
    return np.array(
        [
            not fact.figures
            and (status in _WISHES or fact.position)
            and not (fact.incident and len(bag) > LONGEST)
            for status, bag, fact in zip(claims["status"], bags, facts_, strict=True)
        ],
        dtype=bool,
    )
