"""Which verdicts change when a threshold moves."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd

from compare.errors import SettingsError
from compare.settings import Settings
from compare.view.lookup import Record, records

if TYPE_CHECKING:
    from compare.view.comparison import Comparison

SHARE = 0.2
"""By how much each threshold is moved, as a share of itself."""
SECTIONS = ("judge", "tabulate")
VAGUE = "vague numbers"
"""The move that is no setting: how wide a range vague and rounded words stand for."""


def _moves(settings: Settings, share: float) -> Iterator[tuple[str, str, float, float]]:
    """Every number in the sections, down and up by a share of itself."""
    for section in SECTIONS:
        for name, value in getattr(settings, section).model_dump().items():
            if isinstance(value, bool) or not isinstance(value, int | float) or value == 0:
                continue
            for factor in (1 - share, 1 + share):
                moved = round(value * factor, 9)
                if isinstance(value, int):
                    moved = round(moved)
                elif value < 1:
                    moved = min(moved, 1.0)  # a share or a probability stays one
                if moved != value:
                    yield section, name, value, moved


def widened(values: pd.DataFrame, factor: float) -> pd.DataFrame:
    """Figures in vague or rounded words read in a wider range, or a narrower one.

    Args:
        values: table `values`.
        factor: above 1 each such range is so much wider at either end, below 1 narrower;
            a range that would turn over is its middle.

    >>> frame = pd.DataFrame({"rule": ["exact", "about", "vague:dozens"],
    ...     "low": [5.0, 180.0, 24.0], "high": [5.0, 220.0, 199.0]})
    >>> widened(frame, 1.5)[["low", "high"]].to_numpy().tolist()
    [[5.0, 5.0], [120.0, 330.0], [16.0, 298.5]]
    """
    loose = values["rule"].isin(("about", "nearly")) | values["rule"].str.startswith("vague:")
    low, high = values["low"] / factor, values["high"] * factor
    over = (low > high).fillna(False)
    middle = (values["low"] + values["high"]) / 2
    return values.assign(
        low=values["low"].mask(loose, low.mask(over, middle)),
        high=values["high"].mask(loose, high.mask(over, middle)),
    )


def _discrepancies(c: Comparison, settings: Settings, values: pd.DataFrame) -> pd.DataFrame:
    from compare.judge import judge_pairs
    from compare.tabulate import tabulate_discrepancies

    def keywords(stage: Any, section: str) -> dict[str, Any]:
        taken = inspect.signature(stage).parameters
        values = getattr(settings, section).model_dump()
        return {name: value for name, value in values.items() if name in taken}

    judgements = judge_pairs(
        c.claims, c.documents, c.sources, values, c.assertions, c.when_where, c.events,
        c.vectors, **keywords(judge_pairs, "judge"),
    )  # fmt: skip
    return tabulate_discrepancies(
        c.claims, c.documents, c.sources, values, c.assertions, c.when_where, c.events,
        c.origins, judgements, **keywords(tabulate_discrepancies, "tabulate"),
    )  # fmt: skip


def _told(row: Record) -> str:
    where = f", {row['place']}" if row["place"] else ""
    question = f"event {row['event_id']}, {row['aspect']} {row['population']}".rstrip() + where
    if row["before"] != row["after"]:
        return f"{question}: {row['before']} → {row['after']}"
    causes = [row[k] or "no cause" for k in ("cause_before", "cause_after")]
    return f"{question}: {row['before']}, {causes[0]} → {causes[1]}"


def sensitivity(comparison: Comparison, *, share: float) -> pd.DataFrame:
    """Judge and tabulate again with each threshold moved down and up, one at a time.

    Last, the ranges that vague and rounded words stand for are narrowed and widened.
    Events stay as they are; what a reviewer decided is left out on both sides.

    Args:
        comparison: the run.
        share: by how much a threshold moves, as a share of itself in (0, 1).

    Returns:
        setting, value, moved, n_rows (rows at the value), n_changed (rows whose verdict or
        cause differs), changes (which, as text), one row a move, in the order of settings.

    Raises:
        SettingsError: `share` is not between 0 and 1.
    """
    from compare.tabulate import compare_verdicts

    if not 0 < share < 1:
        raise SettingsError(f"share is {share}; expected a number between 0 and 1, such as 0.2")
    settings, values = comparison.settings, comparison.values
    trials = []
    for section, name, value, moved in _moves(settings, share):
        part = getattr(settings, section).model_copy(update={name: moved})
        changed = settings.model_copy(update={section: part})
        trials.append((f"{section}.{name}", value, moved, changed, values))
    for factor in (1 - share, 1 + share):
        trials.append((VAGUE, 1.0, factor, settings, widened(values, factor)))
    before = _discrepancies(comparison, settings, values)
    rows = []
    for name, value, moved, tried, figures in trials:
        differing = compare_verdicts(before, _discrepancies(comparison, tried, figures))
        told = "; ".join(_told(row) for row in records(differing))
        rows.append({
            "setting": name, "value": value, "moved": moved, "n_rows": len(before),
            "n_changed": len(differing), "changes": told,
        })  # fmt: skip
    columns = ["setting", "value", "moved", "n_rows", "n_changed", "changes"]
    return pd.DataFrame(rows, columns=columns)
