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


def _discrepancies(c: Comparison, settings: Settings) -> pd.DataFrame:
    from compare.judge import judge_pairs
    from compare.tabulate import tabulate_discrepancies

    def keywords(stage: Any, section: str) -> dict[str, Any]:
        taken = inspect.signature(stage).parameters
        values = getattr(settings, section).model_dump()
        return {name: value for name, value in values.items() if name in taken}

    judgements = judge_pairs(
        c.claims, c.documents, c.sources, c.values, c.assertions, c.when_where, c.events,
        c.vectors, **keywords(judge_pairs, "judge"),
    )  # fmt: skip
    return tabulate_discrepancies(
        c.claims, c.documents, c.sources, c.values, c.assertions, c.when_where, c.events,
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
    before = _discrepancies(comparison, comparison.settings)
    rows = []
    for section, name, value, moved in _moves(comparison.settings, share):
        part = getattr(comparison.settings, section).model_copy(update={name: moved})
        settings = comparison.settings.model_copy(update={section: part})
        changed = compare_verdicts(before, _discrepancies(comparison, settings))
        told = "; ".join(_told(row) for row in records(changed))
        rows.append({
            "setting": f"{section}.{name}", "value": value, "moved": moved,
            "n_rows": len(before), "n_changed": len(changed), "changes": told,
        })  # fmt: skip
    columns = ["setting", "value", "moved", "n_rows", "n_changed", "changes"]
    return pd.DataFrame(rows, columns=columns)
