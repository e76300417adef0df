"""What a report says, whatever the format it is written in."""

from __future__ import annotations

import hashlib
import inspect
import pkgutil
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import pandas as pd

from compare.report.manifest import versions
from compare.tables import records
from compare.view import Comparison
from compare.view.labels import days, plural
from compare.view.lookup import Record
from compare.view.picture import Picture
from compare.view.positions import Event, Position, by_event
from compare.view.sensitivity import SHARE

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
ROWS = 300
"""Most rows of a report; nobody reads more, and the tables have all."""
ABREAST = 4
"""Camps whose words fit beside one another on a sheet; more are set below one another."""
MOVES = ("Threshold", "From, to", "Rows changed", "Which")
DECISIONS = ("Decision", "On", "From, to", "Who, when and why", "In this run")


@dataclass(frozen=True)
class Background:
    """What a report tells of a run beside its tables.

    Args:
        moves: what `comparison.sensitivity()` returned; None says how to compute it.
        inputs: sha256 of every file of the case by path, from `hash_inputs`.
        models: by name, with `version` or `revision` and `sha256`.
    """

    moves: pd.DataFrame | None = None
    inputs: Mapping[str, str] = field(default_factory=dict)
    models: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


UNKNOWN = Background()


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
    decisions: tuple[tuple[str, ...], ...]
    reviewed: str
    judges: tuple[tuple[str, str], ...]
    settings: tuple[tuple[str, str], ...]
    sensitivity: str
    moves: tuple[tuple[str, ...], ...]
    documents: tuple[Record, ...]
    files: tuple[tuple[str, str], ...]
    models: tuple[tuple[str, str, str], ...]
    packages: tuple[tuple[str, str], ...]


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
            yield prefix, "none" if value in (None, "", [], ()) else str(value)

    yield from walk("", comparison.settings.model_dump(mode="json"))


def _sensitivity(moves: pd.DataFrame | None) -> tuple[str, tuple[tuple[str, ...], ...]]:
    """What moving the thresholds did, in words, and a line for each `MOVES` that changed a row."""
    if moves is None:
        return (
            "Not computed for this report; comparison.sensitivity() tells which verdicts change "
            "when a threshold moves."
        ), ()
    changing = tuple(
        (row["setting"], f"{row['value']} → {row['moved']}",
         f"{row['n_changed']} of {row['n_rows']}", row["changes"])
        for row in records(moves) if row["n_changed"]
    )  # fmt: skip
    told = (
        f"Moved by {SHARE:.0%}, down and up, one at a time: "
        f"{', '.join(dict.fromkeys(moves['setting']))}. Decisions of reviewers are left out. "
    )
    if changing:
        return told + "The moves not listed change no verdict and no cause.", changing
    return told + "No verdict and no cause changes.", ()


def _reviewed(comparison: Comparison) -> str:
    """How far the verdicts are automatic, and which rows stand here where there are many."""
    rows = len(comparison.discrepancies)
    shown = (
        f"Of {rows:,} rows the foremost {ROWS:,} stand here, disputed ones first, and of a verdict "
        "those with most independent accounts; discrepancies.csv has all of them. "
        if rows > ROWS else ""
    )  # fmt: skip
    return shown + _decided(comparison)


def _decided(comparison: Comparison) -> str:
    marked, decided = int(comparison.discrepancies["reviewed"].sum()), len(comparison.decisions)
    if not decided and not marked:
        return "Every verdict is automatic; nobody has reviewed one yet."
    return (
        f"{plural(marked, 'row')} on which a reviewer decided, marked reviewed; the others are "
        f"automatic. The log has {plural(decided, 'decision')}."
    )


def _decision(row: Record) -> tuple[str, ...]:
    """A row of decisions as a reader has it, by the columns of `DECISIONS`."""
    words = row["quote"] or row["claim_id"]
    on = f"“{row['wording']}” in “{words}”" if row["wording"] else f"“{words}”"
    other = row["other_quote"] or row["other_claim_id"]
    change = f"{row['old'] or 'any'} → {row['new']}" if row["new"] else ""
    return (
        row["action"].replace("-", " ") + (f", {row['field']}" if row["field"] else ""),
        on + (f" and “{other}”" if other else ""),
        change,
        f"{row['who']}, {row['when'][:10]}" + (f": {row['why']}" if row["why"] else ""),
        row["state"].replace("-", " ") + (f": {row['note']}" if row["note"] else ""),
    )


def content(comparison: Comparison, background: Background = UNKNOWN) -> Content:
    """Gather what every format of the report shows."""
    counts = Counter(comparison.claims["document_id"].tolist())
    documents = []
    for row in records(comparison.documents):
        text = row.pop("text")
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        named = {name: row[name] or "" for name in ("url", "title")}
        extra = {"sha256": digest, "n_claims": counts[row["document_id"]],
                 "file_sha256": background.inputs.get(row["path"], "")}  # fmt: skip
        documents.append(row | named | extra)
    documents.sort(key=lambda d: (str(d["published"] or "9"), d["publisher"], d["document_id"]))
    dates = comparison.documents["published"].dropna()
    next_day = dates.max().normalize() + pd.Timedelta(days=1) if len(dates) else None
    period = days(dates.min(), next_day) if len(dates) else ""
    told, moves = _sensitivity(background.moves)
    read = {d["path"] for d in documents}
    near = comparison.foremost(ROWS)
    return Content(
        title=comparison.title, summary=comparison.summary, period=period,
        verdicts=comparison.verdicts, positions=tuple(near.positions),
        events=tuple(by_event(near.lookup, near.positions, near.play)),
        charts=near.timelines,
        problems=tuple(records(comparison.problems)),
        decisions=tuple(_decision(row) for row in records(comparison.decisions)),
        reviewed=_reviewed(comparison),
        judges=tuple(judges()), settings=tuple(_settings(comparison)),
        sensitivity=told, moves=moves, documents=tuple(documents),
        files=tuple(item for item in sorted(background.inputs.items()) if item[0] not in read),
        models=tuple(
            (
                name,
                " ".join(used[k] for k in ("name", "version", "revision") if k in used),
                used.get("sha256", ""),
            )
            for name, used in sorted(background.models.items())
        ),
        packages=tuple(versions().items()),
    )  # fmt: skip
