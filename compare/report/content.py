"""What a report says, whatever the format it is written in."""

from __future__ import annotations

import hashlib
import inspect
import pkgutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import pandas as pd

from compare.view import Comparison
from compare.view.labels import days
from compare.view.lookup import Record, records
from compare.view.picture import Picture
from compare.view.positions import Event, Position, by_event, summary
from compare.view.timeline import series, timeline

LIMITS = (
    "Agreement is not truth: accounts may agree because they copy one another, or be wrong "
    "together.",
    "Documented is not total: a count of what was reported says nothing of what was not.",
    "Speakers, figures, places and dates are read by rules and a small language model, and some "
    "are read wrongly. Check the quotation before you rely on a row.",
    "Nearness in the embedding space shows a common topic, never agreement.",
    "A pair is called a conflict only where its typed terms exclude one another; real conflicts "
    "in other words may stand under unclear, or not at all.",
    "Vague words such as dozens or nearly 200 are read as ranges by a written rule; another "
    "reading may settle or open a dispute.",
    "A camp is silent here when these documents quote none of its actors on the question; it may "
    "have spoken elsewhere.",
)
CHART_FROM = 3
"""A row is drawn when it has this many figures on at least two days."""


@dataclass(frozen=True)
class Content:
    """A report's parts in reading order."""

    title: str
    summary: str
    period: str
    verdicts: dict[str, int]
    positions: tuple[Position, ...]
    events: tuple[Event, ...]
    charts: dict[int, Picture]
    problems: tuple[Record, ...]
    judges: tuple[tuple[str, str], ...]
    settings: tuple[tuple[str, str], ...]
    documents: tuple[Record, ...]


def _charts(comparison: Comparison) -> dict[int, Picture]:
    """A timeline for each row whose figures move over time."""
    found = {}
    for position in comparison.positions:
        row = position.row
        if position.verdict not in ("disputed", "revised") or not position.range:
            continue
        fits = {k: row[k] for k in ("aspect", "population", "unit") if row[k]}
        figures = series(comparison.lookup, row["claim_ids"].split(), fits, comparison.revisions)
        dated = figures.dropna(subset=["published"])
        if len(dated) >= CHART_FROM and dated["published"].nunique() >= 2:
            title = position.question + (f", {position.place}" if position.place else "")
            found[position.number] = timeline(figures, title=title, unit=row["unit"] or "number")
    return found


def _explanation(text: str) -> str:
    """A docstring without its arguments and examples, which are for programmers."""
    lines = inspect.cleandoc(text).splitlines()
    ends = ("Args:", "Returns:", "Raises:", ">>>")
    cut = next((i for i, line in enumerate(lines) if line.startswith(ends)), len(lines))
    return "\n".join(lines[:cut]).strip()


def judges() -> Iterator[tuple[str, str]]:
    """Subject and explanation of every judge: the docstrings of `compare.judge`, in order.

    The subject is the first line of a module's docstring; paragraphs of the explanation
    are parted by an empty line.
    """
    package = import_module("compare.judge")
    found = pkgutil.iter_modules(package.__path__)
    names = sorted(module.name for module in found)
    for module in (package, *(import_module(f"compare.judge.{name}") for name in names)):
        functions = [
            f
            for name, f in sorted(vars(module).items())
            if name.startswith("judge_")
            and inspect.isfunction(f)
            and f.__module__ == module.__name__
        ]
        subject, _, rest = _explanation(module.__doc__ or "").partition("\n")
        parts = [rest.strip(), *(_explanation(f.__doc__ or "") for f in functions)]
        if functions or module is package:
            yield subject.rstrip("."), "\n\n".join(part for part in parts if part)


def _settings(comparison: Comparison) -> Iterator[tuple[str, str]]:
    def walk(prefix: str, value: Any) -> Iterator[tuple[str, str]]:
        if isinstance(value, dict):
            for name in value:
                yield from walk(f"{prefix}.{name}" if prefix else str(name), value[name])
        else:
            yield prefix, str(value)

    yield from walk("", comparison.settings.model_dump(mode="json"))


def content(comparison: Comparison) -> Content:
    """Gather what every format of the report shows."""
    counts = Counter(comparison.claims["document_id"].tolist())
    documents = []
    for row in records(comparison.documents):
        text = row.pop("text")
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        named = {name: row[name] or "" for name in ("url", "title")}
        extra = {"sha256": digest, "n_claims": counts[row["document_id"]]}
        documents.append(row | named | extra)
    documents.sort(key=lambda d: (str(d["published"] or "9"), d["publisher"], d["document_id"]))
    dates = comparison.documents["published"].dropna()
    next_day = dates.max().normalize() + pd.Timedelta(days=1) if len(dates) else None
    period = days(dates.min(), next_day) if len(dates) else ""
    return Content(
        title=comparison.title, summary=summary(comparison.lookup), period=period,
        verdicts=comparison.verdicts, positions=tuple(comparison.positions),
        events=tuple(by_event(comparison.lookup, comparison.positions)),
        charts=_charts(comparison), problems=tuple(records(comparison.problems)),
        judges=tuple(judges()), settings=tuple(_settings(comparison)),
        documents=tuple(documents),
    )  # fmt: skip
