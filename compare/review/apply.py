"""What decisions change in the tables of a run, each in its place in the flow.

Every function is pure: a table and the decisions placed in this run go in, the changed table
and the outcome of each decision come out. Without decisions the table comes out as it went in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from compare.errors import TableError
from compare.review.decision import parse_range, range_text
from compare.review.outcome import APPLIED, OPEN, Outcome, Placed, settle
from compare.tables import check

REJECTED = "rejected"
_KEPT = "kept"
_VERDICT = {"accept": _KEPT, "reject": REJECTED}
_WHO = ("actor_id", "actor", "organisation", "camp", "role")


def _chains(
    placed: Iterable[Placed], key: Callable[[Placed], tuple[str, ...] | None]
) -> dict[tuple[str, ...], list[Placed]]:
    chains: defaultdict[tuple[str, ...], list[Placed]] = defaultdict(list)
    for item in placed:
        if (name := key(item)) is not None:
            chains[name].append(item)
    return dict(sorted(chains.items()))


def _verdicts(items: Sequence[Placed]) -> tuple[str, list[Outcome]]:
    return settle([(i, "", _VERDICT[i.decision.action]) for i in items], "")


def rejected_claims(placed: Sequence[Placed]) -> tuple[set[str], list[Outcome]]:
    """Claims whose last verdict is reject, and the outcome of every verdict on a whole claim.

    A rejected claim stays in `claims`, `sources` and `when_where`, so that what was rejected
    can be read; it loses its figures and facts, belongs to no event and is judged with nothing.
    """
    gone: set[str] = set()
    outcomes: list[Outcome] = []

    def key(item: Placed) -> tuple[str, ...] | None:
        d = item.decision
        whole = d.action in _VERDICT and not d.paired and not d.wording
        return (item.claim_id,) if whole else None

    for (claim_id,), items in _chains(placed, key).items():
        verdict, found = _verdicts(items)
        outcomes += found
        if verdict == REJECTED:
            gone.add(claim_id)
    return gone, outcomes


def apply_speakers(
    sources: pd.DataFrame, placed: Sequence[Placed], known: pd.DataFrame
) -> tuple[pd.DataFrame, list[Outcome]]:
    """Table `sources` with the speakers that reviewers set; `how` is then `reviewed`.

    Args:
        sources: the table.
        placed: decisions in order.
        known: actor_id, actor, organisation, camp and role of every actor that may be set.
    """

    def key(item: Placed) -> tuple[str, ...] | None:
        d = item.decision
        return (item.claim_id, d.field) if d.action == "change-speaker" else None

    chains = _chains(placed, key)
    if not chains:
        return sources, []
    actors = {
        row["actor_id"]: {name: row[name] for name in _WHO}
        for row in (*known.to_dict("records"), *sources.to_dict("records"))
    }
    rows: dict[str, dict[Any, Any]] = {r["claim_id"]: r for r in sources.to_dict("records")}
    outcomes: list[Outcome] = []
    for (claim_id, field), items in chains.items():
        row = rows[claim_id]
        usable = [i for i in items if field != "actor_id" or i.decision.new in actors]
        outcomes += [
            Outcome(i.decision, OPEN, f"there is no actor {i.decision.new!r}; put them in "
                    "actors.csv, or give the id of one who speaks in this case")
            for i in items if i not in usable
        ]  # fmt: skip
        chain = [(i, i.decision.old, i.decision.new) for i in usable]
        value, found = settle(chain, str(row[field]))
        outcomes += found
        if any(o.state == APPLIED for o in found):
            row |= actors[value] if field == "actor_id" else {field: value}
            row |= {"how": "reviewed", "score": 1.0}
            if field == "actor_id":
                row["mention"] = row["actor"]
    return check("sources", pd.DataFrame(list(rows.values()), columns=sources.columns)), outcomes


def cell(row: dict[Any, Any], field: str) -> str:
    """A cell of a figure as decisions write it.

    >>> cell({"low": 40.0, "high": None}, "range")
    '40..'
    """
    if field == "range":
        low, high = (None if pd.isna(row[k]) else float(row[k]) for k in ("low", "high"))
        return range_text(low, high)
    return str(row.get(field, "")).lower() if field == "verified" else str(row.get(field, ""))


def _set(row: dict[Any, Any], field: str, value: str) -> None:
    if field == "range":
        row["low"], row["high"] = parse_range(value)
        row["rule"] = "reviewed"
    else:
        row[field] = value == "true" if field == "verified" else value


def _canonical(field: str, text: str) -> str:
    return range_text(*parse_range(text)) if field == "range" and text else text


def apply_values(
    values: pd.DataFrame, placed: Sequence[Placed]
) -> tuple[pd.DataFrame, list[Outcome]]:
    """Table `values` with figures changed or dropped; the rule of a changed range is `reviewed`.

    A decision is on the rows of its claim whose wording it quotes. Where one wording has
    several rows, `old` says which is meant.
    """

    def key(item: Placed) -> tuple[str, ...] | None:
        d = item.decision
        if d.action == "change-value" or (d.action in _VERDICT and d.wording and not d.paired):
            return item.claim_id, d.wording, d.field if d.action == "change-value" else ""
        return None

    table, outcomes = values, []
    # Every change stands on the automatic figure, so that one of a range does not hide a
    # row from one of its population.
    for (claim_id, wording, field), items in _chains(placed, key).items():
        rows: list[dict[Any, Any]] = table.to_dict("records")
        mine = [
            n for n, r in enumerate(rows) if (r["claim_id"], r["wording"]) == (claim_id, wording)
        ]
        if not mine:
            note = f"claim {claim_id} has no figure {wording!r}"
            outcomes += [Outcome(i.decision, OPEN, note) for i in items]
            continue
        aspects = {str(rows[n]["aspect"]) for n in mine}
        if not field:
            verdict, found = _verdicts(items)
            if verdict == REJECTED:
                rows = [r for n, r in enumerate(rows) if n not in mine]
        else:
            chain = [(i, _canonical(field, i.decision.old), _canonical(field, i.decision.new))
                     for i in items]  # fmt: skip
            meant = [n for n in mine if cell(rows[n], field) == chain[0][1]] or mine
            cells = sorted({cell(rows[n], field) for n in meant})
            if len(cells) > 1:
                note = f"{wording!r} has the {field} {' and '.join(cells)}; say which in old"
                outcomes += [Outcome(i.decision, OPEN, note) for i in items]
                continue
            value, found = settle(chain, cells[0])
            if value != cells[0]:
                for n in meant:
                    _set(rows[n], field, value)
            aspects |= {str(rows[n]["aspect"]) for n in meant}
        try:
            table = check("values", pd.DataFrame(rows, columns=values.columns))
        except TableError as error:
            found = [replace(o, state=OPEN, note=str(error), touches=()) for o in found]
        outcomes += [replace(o, aspects=tuple(sorted(aspects))) for o in found]
    return table, outcomes


def apply_relations(
    judgements: pd.DataFrame, events: pd.DataFrame, placed: Sequence[Placed]
) -> tuple[pd.DataFrame, list[Outcome]]:
    """Table `judgements` with the relations that reviewers set or accepted: `reviewed` is true.

    A relation set gets the score 1 and a reason that names the reviewer and keeps the
    automatic reason. A pair that was not judged gets a row where a reviewer sets one.
    """

    def key(item: Placed) -> tuple[str, ...] | None:
        d = item.decision
        if d.action == "change-relation" or (d.action == "accept" and d.paired):
            return (*sorted((item.claim_id, item.other)), d.field)
        return None

    chains = _chains(placed, key)
    if not chains:
        return judgements, []
    rows: list[dict[Any, Any]] = judgements.to_dict("records")
    event = dict(zip(events["claim_id"], events["event_id"], strict=True))
    outcomes: list[Outcome] = []
    for (left, right, question), items in chains.items():
        aspect, _, population = question.partition("/")
        mine = [
            r for r in rows
            if (r["claim_id_l"], r["claim_id_r"], r["aspect"]) == (left, right, aspect)
            and r["population"] == (population or r["population"])
        ]  # fmt: skip
        if len(mine) > 1:
            told = ", ".join(f"{aspect}/{r['population']}" for r in mine)
            note = f"the pair has several relations; say in field which of {told}"
            outcomes += [Outcome(i.decision, OPEN, note) for i in items]
            continue
        if rejected := sorted({left, right} - event.keys()):
            note = f"claim {rejected[0]} was rejected and is judged with nothing"
            outcomes += [Outcome(i.decision, OPEN, note) for i in items]
            continue
        automatic = str(mine[0]["relation"]) if mine else "none"
        if not mine and not any(i.decision.new for i in items):
            note = f"the pair is not judged on {question}"
            outcomes += [Outcome(i.decision, OPEN, note) for i in items]
            continue
        chain = [(i, _relation(i.decision.old), _relation(i.decision.new or i.decision.old))
                 for i in items]  # fmt: skip
        relation, found = settle(chain, automatic)
        outcomes += [replace(o, aspects=(aspect,), both=True) for o in found]
        applied = [o for o in found if o.state == APPLIED]
        if not applied or relation == "none":
            continue
        row = mine[0] if mine else {
            "claim_id_l": left, "claim_id_r": right, "aspect": aspect, "population": population,
            "event_id": event[left] if event.get(left, -1) == event.get(right, -1) else -1,
            "cause": "", "reason": "not judged",
        }  # fmt: skip
        setters = [o.decision for o in found if o.state != OPEN
                   and _relation(o.decision.new) == relation]  # fmt: skip
        d = setters[-1] if setters else applied[0].decision
        row["reviewed"] = True
        if relation != automatic or d.new.partition(":")[2] not in ("", row["cause"]):
            why = f": {d.why}" if d.why else ""
            row |= {
                "relation": relation, "cause": _cause(relation, d.new, str(row["cause"])),
                "score": 1.0, "near_threshold": False,
                "reason": f"{d.who} set {relation}{why} (automatic: {automatic}, {row['reason']})",
            }  # fmt: skip
        if not mine:
            rows.append(row)
    table = check("judgements", pd.DataFrame(rows, columns=judgements.columns))
    return table, outcomes


def _relation(text: str) -> str:
    return text.partition(":")[0]


def _cause(relation: str, new: str, automatic: str) -> str:
    if relation == "agree":
        return ""
    return new.partition(":")[2] or automatic or "wording"


def mark_reviewed(discrepancies: pd.DataFrame, outcomes: Sequence[Outcome]) -> pd.DataFrame:
    """Table `discrepancies` with `reviewed` true on every row that an applied decision bears on.

    A decision on a claim, its speaker or its event bears on every row of the claim; one on a
    figure on rows of its aspect; one on a relation on rows of its aspect with both claims.
    """
    applied = [o for o in outcomes if o.state == APPLIED and o.touches]
    if not applied or not len(discrepancies):
        return discrepancies
    marks = []
    for aspect, ids, reviewed in zip(
        discrepancies["aspect"], discrepancies["claim_ids"], discrepancies["reviewed"], strict=True
    ):
        held = set(ids.split())
        marks.append(
            bool(reviewed)
            or any(
                (not o.aspects or aspect in o.aspects)
                and (held >= set(o.touches) if o.both else bool(held & set(o.touches)))
                for o in applied
            )
        )
    return check("discrepancies", discrepancies.assign(reviewed=marks))
