"""Where a decision belongs in this run, and what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

import pandas as pd

from compare.errors import DecisionError
from compare.review.decision import Decision, plain
from compare.tables import from_rows

APPLIED, SUPERSEDED, OPEN = "applied", "superseded", "not-applied"


@dataclass(frozen=True)
class Placed:
    """A decision with the claims of this run that it is on."""

    decision: Decision
    claim_id: str
    other: str
    note: str


@dataclass(frozen=True)
class Outcome:
    """What became of a decision: applied, superseded by a later one, or not applied.

    `touches` are the claims whose rows it bears on, `aspects` the questions (none named is
    all), and `both` says that a row must hold both claims.
    """

    decision: Decision
    state: str
    note: str = ""
    touches: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    both: bool = False


def place(
    decisions: Sequence[Decision], claims: pd.DataFrame
) -> tuple[list[Placed], list[Outcome]]:
    """Find the claims that decisions are on, by id, else by their words.

    An id holds the hash of its document, so it means the same in every run. Where it is
    gone, because the document was edited or the claim is now cut otherwise, the quoted words
    find it again if one claim of that document, or else of all documents, has them alone.

    Returns:
        Those placed, in order, and outcomes for those whose claim is gone.
    """
    contents = dict(zip(claims["claim_id"], map(plain, claims["content"]), strict=True))
    quoted: defaultdict[str, list[str]] = defaultdict(list)
    for claim_id in sorted(contents):
        quoted[contents[claim_id]].append(claim_id)

    def find(claim_id: str, quote: str) -> tuple[str, str]:
        if claim_id in contents:
            if quote and quote != contents[claim_id]:
                raise DecisionError(f"claim {claim_id} reads {contents[claim_id]!r}, not {quote!r}")
            return claim_id, ""
        hits = quoted.get(quote, []) if quote else []
        document = claim_id.partition(":")[0]
        hits = [h for h in hits if document and h.startswith(f"{document}:")] or hits
        named = f"claim {claim_id}" if claim_id else f"a claim of the words {quote!r}"
        if len(hits) != 1:
            found = f"{len(hits)} claims have its words" if quote else "its words are not given"
            raise DecisionError(f"{named} is not in this run, and {found}")
        return hits[0], f"{named} was found again by its words as {hits[0]}" if claim_id else ""

    placed, lost = [], []
    for decision in decisions:
        try:
            one, note = find(decision.claim_id, decision.quote)
            two, more = "", ""
            if decision.paired:
                two, more = find(decision.other_claim_id, decision.other_quote)
                if one == two:
                    raise DecisionError(f"both of its claims are {one}")
            placed.append(Placed(decision, one, two, "; ".join(n for n in (note, more) if n)))
        except DecisionError as error:
            lost.append(Outcome(decision, OPEN, str(error)))
    return placed, lost


def settle(chain: Sequence[tuple[Placed, str, str]], automatic: str) -> tuple[str, list[Outcome]]:
    """The value that decisions on one thing come to; the last one wins.

    Args:
        chain: each decision in order with the value it saw ("" is not checked) and the value
            it sets.
        automatic: the value without a reviewer.

    Returns:
        The value, and an outcome each. A decision that saw neither the automatic value nor
        one that an applied decision set no longer applies.
    """
    value, seen = automatic, {automatic}
    outcomes: list[Outcome] = []
    last = -1
    for number, (item, old, new) in enumerate(chain):
        if old and old not in seen and new not in seen:
            note = f"it saw {old!r}, which is now {value!r}; look again and decide anew"
            outcomes.append(Outcome(item.decision, OPEN, note))
            continue
        if last >= 0:
            outcomes[last] = replace(outcomes[last], state=SUPERSEDED)
        value, last = new or value, number
        seen.add(value)
        touches = tuple(c for c in (item.claim_id, item.other) if c)
        outcomes.append(Outcome(item.decision, APPLIED, item.note, touches))
    return value, outcomes


def decisions_table(outcomes: Sequence[Outcome]) -> pd.DataFrame:
    """Every well-formed decision and what became of it: table `decisions`."""
    return from_rows(
        "decisions",
        [
            {
                **asdict(o.decision), "when": o.decision.at, "state": o.state, "note": o.note,
                "decision_id": o.decision.decision_id,
            }
            for o in outcomes
        ],
    )  # fmt: skip


def problem_rows(outcomes: Sequence[Outcome], malformed: Sequence[str]) -> list[dict[str, object]]:
    """Rows of `problems`: malformed lines, decisions not applied, and those found again."""
    rows: list[dict[str, object]] = [
        {"path": "decisions.csv", "kind": "rejected", "message": text} for text in malformed
    ]
    for o in outcomes:
        if o.note:
            d = o.decision
            state = "is not applied" if o.state == OPEN else f"is {o.state}"
            message = (
                f"decision {d.decision_id} ({d.action} by {d.who}, {d.when}) {state}: {o.note}"
            )
            rows.append({"path": "decisions.csv", "kind": "warning", "message": message})
    return rows
