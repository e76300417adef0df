"""Which verdicts change when a threshold moves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from compare.errors import SettingsError
from compare.settings import Settings, chosen
from compare.tables import records
from compare.view.lookup import Record

if TYPE_CHECKING:
    from compare.view.comparison import Comparison

SHARE = 0.2
"""By how much each threshold is moved, as a share of itself."""
SECTIONS = ("cluster", "judge", "tabulate")
VAGUE = "vague numbers"
"""The move that is no setting: how wide a range vague and rounded words stand for."""


def _moves(settings: Settings, share: float) -> Iterator[tuple[str, str, float, float]]:
    """Every number in the sections that has a say, down and up by a share of itself."""
    for section in SECTIONS:
        for name, value in getattr(settings, section).model_dump().items():
            if name.startswith("inference_") and settings.judge.inference_model is None:
                continue
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


def _events(c: Comparison, settings: Settings) -> pd.DataFrame:
    """Events anew, under the ids of those of the run with which they share most claims."""
    from compare.cluster import cluster_events

    found = cluster_events(
        c.claims, c.documents, c.sources, c.values, c.assertions, c.when_where, c.vectors,
        **chosen(cluster_events, settings, "cluster"),
    )  # fmt: skip
    found = found.set_index("claim_id").loc[c.events["claim_id"]].reset_index()
    for column in ("event_id", "story_id"):
        found[column] = renumbered(found[column].to_numpy(), c.events[column].to_numpy())
    return found


def renumbered(labels: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Clusters under the numbers of those known with which they share most rows.

    Args:
        labels, known: int (n,), a cluster of each row; -1 is none.

    Returns:
        int (n,). Each known number is given once, the largest overlap first, then the
        smallest numbers; clusters left over are numbered above all known ones.

    >>> renumbered(np.array([7, 7, 7, 8, 9, -1]), np.array([1, 1, 2, 2, -1, 1])).tolist()
    [1, 1, 1, 2, 3, -1]
    """
    shared: dict[tuple[int, int], int] = {}
    for pair in zip(labels.tolist(), known.tolist(), strict=True):
        if -1 not in pair:
            shared[pair] = shared.get(pair, 0) + 1
    new = {-1: -1}
    for label, number in sorted(shared, key=lambda pair: (-shared[pair], pair)):
        if label not in new and number not in new.values():
            new[label] = number
    above = int(known.max(initial=0))
    for label in sorted(set(labels.tolist()) - set(new)):
        above += 1
        new[label] = above
    return np.array([new[label] for label in labels.tolist()], dtype=np.int64)


def _judgements(
    c: Comparison, settings: Settings, values: pd.DataFrame, events: pd.DataFrame
) -> pd.DataFrame:
    from compare.judge import judge_pairs

    return judge_pairs(
        c.claims, c.documents, c.sources, values, c.assertions, c.when_where, events,
        c.vectors, **chosen(judge_pairs, settings, "judge"),
    )  # fmt: skip


def _discrepancies(
    c: Comparison,
    settings: Settings,
    values: pd.DataFrame,
    events: pd.DataFrame,
    judgements: pd.DataFrame | None = None,
) -> pd.DataFrame:
    from compare.tabulate import tabulate_discrepancies

    if judgements is None:
        judgements = _judgements(c, settings, values, events)
    return tabulate_discrepancies(
        c.claims, c.documents, c.sources, values, c.assertions, c.when_where, events,
        c.origins, judgements, **chosen(tabulate_discrepancies, settings, "tabulate"),
    )  # fmt: skip


def _told(row: Record) -> str:
    where = f", {row['place']}" if row["place"] else ""
    question = f"event {row['event_id']}, {row['aspect']} {row['population']}".rstrip() + where
    if row["before"] != row["after"]:
        return f"{question}: {row['before']} → {row['after']}"
    causes = [row[k] or "no cause" for k in ("cause_before", "cause_after")]
    return f"{question}: {row['before']}, {causes[0]} → {causes[1]}"


def sensitivity(comparison: Comparison, *, share: float) -> pd.DataFrame:
    """Link, judge and tabulate again with each threshold moved down and up, one at a time.

    Last, the ranges that vague and rounded words stand for are narrowed and widened.
    What a reviewer decided is left out on both sides, except that a threshold of judging
    moves over the events as they stand. Thresholds of inference are moved where it is asked.

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
    c, settings = comparison, comparison.settings
    judged = _judgements(c, settings, c.values, c.events)
    before = _discrepancies(c, settings, c.values, c.events, judged)
    anew = _events(c, settings) if len(c.decisions) else c.events
    linked = _discrepancies(c, settings, c.values, anew) if len(c.decisions) else before
    rows = []

    def tell(name: str, value: float, moved: float, old: pd.DataFrame, new: pd.DataFrame) -> None:
        differing = compare_verdicts(old, new)
        told = "; ".join(_told(row) for row in records(differing))
        rows.append({
            "setting": name, "value": value, "moved": moved, "n_rows": len(old),
            "n_changed": len(differing), "changes": told,
        })  # fmt: skip

    for section, name, value, moved in _moves(settings, share):
        part = getattr(settings, section).model_copy(update={name: moved})
        tried = settings.model_copy(update={section: part})
        if section == "tabulate":
            old, new = before, _discrepancies(c, tried, c.values, c.events, judged)
        elif section != "cluster":
            found = _judgements(c, tried, c.values, c.events)
            old = new = before
            if not found.equals(judged):
                new = _discrepancies(c, tried, c.values, c.events, found)
        else:
            events, old = _events(c, tried), linked
            same = all(events[k].equals(anew[k]) for k in ("event_id", "story_id"))
            new = old if same else _discrepancies(c, tried, c.values, events)
        tell(f"{section}.{name}", value, moved, old, new)
    for factor in (1 - share, 1 + share):
        figures = widened(c.values, factor)
        tell(VAGUE, 1.0, factor, before, _discrepancies(c, settings, figures, c.events))
    columns = ["setting", "value", "moved", "n_rows", "n_changed", "changes"]
    return pd.DataFrame(rows, columns=columns)
