"""A reviewer at work: what is open, and decisions that go to the log of the case."""

from __future__ import annotations

import csv
import os
from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Protocol

import pandas as pd

from compare.errors import DecisionError
from compare.review import log
from compare.review.agreement import Agreement, reviewer_agreement
from compare.review.apply import cell
from compare.review.decision import COLUMNS, Decision, plain
from compare.review.label_studio import from_label_studio, to_label_studio, write_label_studio

_OPPOSITE = {
    "accept": "reject", "reject": "accept",
    "split-event": "merge-event", "merge-event": "split-event",
}  # fmt: skip


class Tables(Protocol):
    """The tables of a run that a review reads; a `Comparison` is one."""

    # fmt: off
    @property
    def documents(self) -> pd.DataFrame: "Table of that name."
    @property
    def claims(self) -> pd.DataFrame: "Table of that name."
    @property
    def sources(self) -> pd.DataFrame: "Table of that name."
    @property
    def values(self) -> pd.DataFrame: "Table of that name."
    @property
    def judgements(self) -> pd.DataFrame: "Table of that name."
    @property
    def discrepancies(self) -> pd.DataFrame: "Table of that name."
    # fmt: on


class Review:
    """One reviewer's decisions on a run. Each is added to `decisions.csv` in the case folder
    at once; the next run applies it.

    Args:
        tables: the run that is looked at.
        case: the case folder.
        who: the reviewer's name.
        actors: ids that a speaker may be changed to, beside those of the run and of the
            case's `actors.csv`.

    Raises:
        DecisionError: `who` is empty, or `case` is no folder.
    """

    def __init__(
        self, tables: Tables, case: str | os.PathLike[str], *, who: str,
        actors: Collection[str] = (),
    ) -> None:  # fmt: skip
        """Begin; nothing is written yet."""
        self.tables, self.case, self.who = tables, Path(case), plain(who)
        self.actors = frozenset(actors)
        if not self.who:
            raise DecisionError("who is empty; name the reviewer")
        if not self.case.is_dir():
            raise DecisionError(f"{self.case} is no case folder; decisions are kept in one")

    @property
    def decisions(self) -> list[Decision]:
        """Every decision in the log, by all reviewers, in order of time."""
        return log.load(self.case)

    def open(self, *, verdict: str = "disputed") -> pd.DataFrame:
        """Rows of discrepancies with `verdict` on which no decision bears yet."""
        table = self.tables.discrepancies
        rows = table[(table["verdict"] == verdict) & ~table["reviewed"]]
        columns = ["event_id", "aspect", "population", "place", "cause", "claim_ids"]
        return rows[columns]

    def pairs(self, row: int) -> pd.DataFrame:
        """The judged pairs behind row `row` of discrepancies, conflicts first, in their words."""
        shown = self.tables.discrepancies.loc[row]
        held = set(shown["claim_ids"].split())
        table = self.tables.judgements
        mine = table[table["claim_id_l"].isin(held) & table["claim_id_r"].isin(held)
                     & (table["aspect"] == shown["aspect"])]  # fmt: skip
        said = self.tables.claims.set_index("claim_id")["content"]
        mine = mine.assign(said_l=mine["claim_id_l"].map(said), said_r=mine["claim_id_r"].map(said))
        first = (mine["relation"] != "conflict").astype(int)
        return mine.iloc[first.argsort(kind="stable")][
            ["claim_id_l", "claim_id_r", "aspect", "population", "relation", "cause", "score",
             "reviewed", "said_l", "said_r", "reason"]
        ]  # fmt: skip

    def accept(self, claim_id: str, *, wording: str = "", why: str = "") -> Decision:
        """Accept a claim, or one of its figures, as it is."""
        return self._add("accept", claim_id, wording=wording, why=why)

    def reject(self, claim_id: str, *, wording: str = "", why: str = "") -> Decision:
        """Leave a claim, or one of its figures, out of the comparison."""
        return self._add("reject", claim_id, wording=wording, why=why)

    def change_speaker(
        self, claim_id: str, new: str, *, field: str = "actor_id", why: str = ""
    ) -> Decision:
        """Set who speaks a claim (an actor id), or that speaker's camp or role."""
        if field == "actor_id":
            self._check_actor(new)
        row = _one(self.tables.sources, {"claim_id": claim_id}, f"claim {claim_id!r}")
        old = str(row[field]) if field in row else ""
        return self._add("change-speaker", claim_id, field=field, old=old, new=new, why=why)

    def change_value(
        self, claim_id: str, wording: str, new: str, *, field: str = "range", old: str = "",
        why: str = "",
    ) -> Decision:  # fmt: skip
        """Set the range (such as `40..`) of a figure as worded, or another cell of it."""
        what = {"claim_id": claim_id, "wording": wording}
        table = self.tables.values
        if not old:
            row = _one(table, what, f"figure {wording!r} in claim {claim_id!r}")
            old = cell(row, field)
        return self._add("change-value", claim_id, wording=wording, field=field, old=old,
                         new=new, why=why)  # fmt: skip

    def split_event(self, claim_id: str, other: str, *, why: str = "") -> Decision:
        """Take a claim out of the event of another."""
        return self._add("split-event", claim_id, other, why=why)

    def merge_event(self, claim_id: str, other: str, *, why: str = "") -> Decision:
        """Make one event of those that two claims belong to."""
        return self._add("merge-event", claim_id, other, why=why)

    def accept_relation(
        self, claim_id: str, other: str, question: str, *, why: str = ""
    ) -> Decision:
        """Accept the relation of two claims on `aspect` or `aspect/population`."""
        old = self._relation(claim_id, other, question)
        return self._add("accept", claim_id, other, field=question, old=old, why=why)

    def change_relation(
        self, claim_id: str, other: str, question: str, new: str, *, why: str = ""
    ) -> Decision:
        """Set the relation of two claims on `aspect` or `aspect/population`, such as
        `agree` or `conflict:denial`."""
        old = self._relation(claim_id, other, question)
        return self._add("change-relation", claim_id, other, field=question, old=old, new=new,
                         why=why)  # fmt: skip

    def undo(self, decision_id: str, *, why: str = "") -> Decision:
        """Take a decision back by a later one; the log keeps both.

        Raises:
            DecisionError: there is no such decision, or it changed nothing.
        """
        held = {d.decision_id: d for d in self.decisions}
        if decision_id not in held:
            raise DecisionError(f"there is no decision {decision_id!r} in {self.case / log.NAME}")
        d = held[decision_id]
        if d.new or (d.paired and d.action == "accept"):
            if not d.new or not d.old or d.old == "none":
                raise DecisionError(f"decision {decision_id} does not say what was before it")
            return self._write(replace(d, old=d.new, new=d.old, who=self.who, why=why))
        return self._write(replace(d, action=_OPPOSITE[d.action], who=self.who, why=why))

    def agreement(self) -> Agreement:
        """Krippendorff's alpha over what reviewers decided; see `reviewer_agreement`."""
        return reviewer_agreement(self.decisions)

    def table(self) -> pd.DataFrame:
        """The log as a table."""
        rows = [{"decision_id": d.decision_id, **asdict(d)} for d in self.decisions]
        return pd.DataFrame(rows, columns=list(COLUMNS))

    def to_label_studio(self, folder: str | os.PathLike[str]) -> tuple[Path, Path]:
        """Write the claims and decisions as Label Studio tasks, and the labelling setup."""
        t = self.tables
        tasks = to_label_studio(t.documents, t.claims, t.values, self.decisions)
        return write_label_studio(tasks, Path(folder))

    def from_label_studio(self, tasks: Any) -> list[Decision]:
        """Add the decisions of a Label Studio export that the log does not hold, and return them.

        Raises:
            DecisionError: not an export; nothing is added.
        """
        held = {d.decision_id for d in self.decisions}
        found = [d for d in from_label_studio(tasks) if d.decision_id not in held]
        if found:
            log.append(self.case, found)
        return found

    def _check_actor(self, actor_id: str) -> None:
        known = self.actors | set(self.tables.sources["actor_id"])
        own = self.case / "actors.csv"
        if own.is_file():
            with own.open(encoding="utf-8-sig", newline="") as stream:
                known |= {row.get("actor_id") or "" for row in csv.DictReader(stream)}
        if actor_id not in known:
            near = ", ".join(get_close_matches(actor_id, sorted(known), n=3)) or "none"
            raise DecisionError(
                f"there is no actor {actor_id!r} (near it: {near}); put a new one in "
                f"{own} first, or give the id of one who speaks in this case"
            )

    def _relation(self, claim_id: str, other: str, question: str) -> str:
        left, right = sorted((claim_id, other))
        aspect, _, population = question.partition("/")
        what = {"claim_id_l": left, "claim_id_r": right, "aspect": aspect}
        what |= {"population": population} if population else {}
        table = self.tables.judgements
        if not len(_rows(table, what)):
            return "none"
        return str(_one(table, what, f"relation on {question!r}")["relation"])

    def _add(self, action: str, claim_id: str, other: str = "", **cells: str) -> Decision:
        said = self.tables.claims
        quotes = [
            str(_one(said, {"claim_id": c}, f"claim {c!r}")["content"]) if c else ""
            for c in (claim_id, other)
        ]
        return self._write(
            Decision("2000-01-01", self.who, action, claim_id=claim_id, quote=quotes[0],
                     other_claim_id=other, other_quote=quotes[1], **cells)
        )  # fmt: skip

    def _write(self, decision: Decision) -> Decision:
        done = replace(decision, when=datetime.now(UTC).isoformat(timespec="microseconds"))
        log.append(self.case, [done])
        return done


def _rows(table: pd.DataFrame, what: dict[str, str]) -> pd.DataFrame:
    for name, value in what.items():
        table = table[table[name] == value]
    return table


def _one(table: pd.DataFrame, what: dict[str, str], told: str) -> dict[Any, Any]:
    found: Sequence[dict[Any, Any]] = _rows(table, what).to_dict("records")
    if len(found) != 1:
        raise DecisionError(f"there are {len(found)} rows for {told}; expected one")
    return found[0]
