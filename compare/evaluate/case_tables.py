"""Figures, places, times and events of a case against its gold."""

from __future__ import annotations

from typing import Any

import pandas as pd

from compare.evaluate.case_gold import Match, Miss, Row, fits, share
from compare.evaluate.partitions import b_cubed
from compare.evaluate.score import precision_recall
from compare.view import Comparison

_FIELDS = ("aspect", "population", "low", "high", "unit")


def score_values(
    comparison: Comparison, matched: Match, rows: list[Row], misses: list[Miss]
) -> pd.DataFrame:
    """Figures of the claims found: the right range, aspect, population and unit at a place.

    Precision counts each place and aspect once, though a nested claim repeats
    it, and leaves out the aspect `other`, which is never compared.
    """
    paths = dict(
        zip(comparison.documents["document_id"], comparison.documents["path"], strict=True)
    )
    found: dict[tuple[str, int, int, str], dict[Any, Any]] = {}
    for value in comparison.values.to_dict("records"):
        path = paths[str(value["claim_id"]).rpartition(":")[0]]
        key = (path, int(value["start"]), int(value["end"]), str(value["aspect"]))
        found.setdefault(key, value)
    told = sum(key[3] != "other" for key in found)
    used: set[tuple[str, int, int, str]] = set()
    optional: set[tuple[str, int, int, str]] = set()
    scored: set[tuple[str, int, int, str]] = set()
    marks: list[bool] = []
    fields: dict[str, list[bool]] = {name: [] for name in _FIELDS}
    for row in rows:
        start, end = int(row["start"]), int(row["start"]) + len(row["wording"])
        here = [k for k in found if k[0] == row["document"] and k[1] < end and k[2] > start]
        best = max(here, key=lambda k: (_right(found[k], row), -k[1], k[3]), default=None)
        if row["required"] == "no":
            used.update(here)
            optional.update(k for k in here if k[3] != "other")
            continue
        right = [fits(_cell(found[best][n]), row[n]) for n in _FIELDS] if best else [False] * 5
        if best:
            used.add(best)
            scored.add(best)
        marks.append(all(right))
        for name, mark in zip(_FIELDS, right, strict=True):
            fields[name].append(mark)
        if not all(right):
            misses.append(
                Miss(
                    "values",
                    f"{row['document']}:{start} “{row['wording']}”",
                    " ".join(f"{n}={row[n]}" for n in _FIELDS),
                    " ".join(f"{n}={_cell(found[best][n])}" for n in _FIELDS) if best else "none",
                )
            )
    for key in sorted(set(found) - used):
        if key[3] != "other" and any(_inside(key, row) for row in matched.rows):
            value = found[key]
            said = " ".join(f"{n}={_cell(value[n])}" for n in _FIELDS)
            misses.append(
                Miss("values", f"{key[0]}:{key[1]} “{value['wording']}”", "no figure", said)
            )
    table = [
        {
            "measure": "exact",
            "found": sum(marks),
            "predicted": told - len(optional - scored),
            "gold": len(marks),
        }
        | precision_recall(sum(marks), told - len(optional - scored), len(marks))
    ]
    table += [
        {"measure": name, "found": sum(right), "gold": len(right)} for name, right in fields.items()
    ]
    return pd.DataFrame(table)


def _cell(value: Any) -> Any:
    return "" if pd.isna(value) else value


def _right(value: dict[Any, Any], row: Row) -> int:
    return sum(fits(_cell(value[name]), row[name]) for name in _FIELDS)


def _inside(key: tuple[str, int, int, str], row: Row) -> bool:
    return key[0] == row["document"] and int(row["start"]) <= key[1] < int(row["end"])


def score_when_where(
    comparison: Comparison, matched: Match, rows: list[Row], misses: list[Miss]
) -> pd.DataFrame:
    """Place, province, first and last day of the claims found that state one."""
    table = comparison.when_where.set_index("claim_id")
    marks: dict[str, list[bool]] = {name: [] for name in ("place", "admin1", "begin", "end_before")}
    for row in rows:
        claim = matched.claim(row["document"], row["start"], row["end"])
        if claim is None:
            continue
        told = table.loc[claim]
        last: Any = told["end"]
        if not pd.isna(last):  # exclusive: the last moment, then the day after it
            last = last - pd.Timedelta(milliseconds=1) + pd.Timedelta(days=1)
        cells = {
            "place": _cell(told["place"]),
            "admin1": _cell(told["admin1"]),
            "begin": _day(told["begin"]),
            "end_before": _day(last),
        }
        for name, cell in cells.items():
            if row[name] in ("", "*"):
                continue
            marks[name].append(fits(cell, row[name]))
            if not marks[name][-1]:
                where = f"{name} of {row['document']}:{row['start']}-{row['end']}"
                misses.append(Miss("when_where", where, row[name], str(cell)))
    return pd.DataFrame([share(name, right) for name, right in marks.items()])


def _day(moment: Any) -> str:
    return "" if pd.isna(moment) else str(pd.Timestamp(moment).date())


def score_events(
    comparison: Comparison, matched: Match, rows: list[Row], misses: list[Miss]
) -> pd.DataFrame:
    """B-cubed of incidents, of the six main events, and of stories, over the claims found.

    Noise is a cluster of its own. Claims of position are in stories only.
    """
    ids = {
        column: dict(
            zip(comparison.events["claim_id"], comparison.events[column].tolist(), strict=True)
        )
        for column in ("event_id", "story_id")
    }
    labels = {
        claim: row
        for row in rows
        if (claim := matched.claim(row["document"], row["start"], row["end"]))
    }
    incidents = {c: r["event"] for c, r in labels.items() if r["event"]}
    main = {c: label.partition("-")[0] for c, label in incidents.items()}
    stories = {c: r["story"] for c, r in labels.items()}
    table = []
    for name, gold, column in (
        ("incident", incidents, "event_id"),
        ("main event", main, "event_id"),
        ("story", stories, "story_id"),
    ):
        found = {
            c: f"noise {c}" if ids[column][c] == -1 else str(ids[column][c]) for c in sorted(gold)
        }
        clusters = len(set(found.values()))
        table.append(
            {"what": name, "claims": len(gold), "in gold": len(set(gold.values()))}
            | {"found": clusters}
            | b_cubed([found[c] for c in sorted(gold)], [gold[c] for c in sorted(gold)])
        )
    together = pd.DataFrame(
        {
            "gold": [incidents[c] for c in sorted(incidents)],
            "found": [ids["event_id"][c] for c in sorted(incidents)],
            "claim": sorted(incidents),
        }
    )
    content = comparison.claims.set_index("claim_id")["content"]
    for label, group in together.groupby("gold"):
        main_id = group["found"].mode().iloc[0]
        for row in group[group["found"] != main_id].to_dict("records"):
            misses.append(
                Miss(
                    "events",
                    f"{row['claim']} “{content[row['claim']][:70]}”",
                    f"event {label}, which is mostly {main_id}",
                    f"event {row['found']}",
                )
            )
    for event, group in together[together["found"] != -1].groupby("found"):
        if group["gold"].nunique() > 1:
            counts = ", ".join(f"{k}: {v}" for k, v in sorted(group["gold"].value_counts().items()))
            misses.append(Miss("events", f"event {event}", "one incident", f"holds gold {counts}"))
    return pd.DataFrame(table)
