"""One decision of a reviewer: who decided what about which words, when and why."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime

from compare.errors import DecisionError
from compare.schema import (
    ACTIONS,
    ASSERTION_ASPECTS,
    CAMPS,
    CAUSES,
    FIGURE_ASPECTS,
    POPULATIONS,
    RELATIONS,
    ROLES,
)

ASPECTS = (*FIGURE_ASPECTS, *ASSERTION_ASPECTS, "text")
_CLOSED = {
    ("change-speaker", "actor_id"): (),
    ("change-speaker", "camp"): CAMPS,
    ("change-speaker", "role"): ROLES,
    ("change-value", "range"): (),
    ("change-value", "aspect"): FIGURE_ASPECTS,
    ("change-value", "population"): POPULATIONS,
    ("change-value", "unit"): (),
    ("change-value", "scope"): ("total", "subset", "share", "new"),
    ("change-value", "verified"): ("true", "false"),
}
_PAIRED = ("split-event", "merge-event", "change-relation")


def plain(text: str) -> str:
    r"""`text` as the log keeps it: one kind of line end, and nothing that UTF-8 or CSV refuses.

    >>> plain("a\r\nb\x00")
    'a\nb�'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
    return text.encode("utf-8", "replace").decode("utf-8").strip()


@dataclass(frozen=True)
class Decision:
    """One row of `decisions.csv`. A claim is named by its id, by its words, or by both.

    Args:
        when: ISO 8601; a time without a zone is UTC.
        who: the reviewer.
        action: one of `ACTIONS`.
        claim_id, quote: the claim and its words.
        other_claim_id, other_quote: the second claim of a pair.
        wording: the figure as written, where the decision is on one.
        field: `actor_id`, `camp`, `role` of a speaker; `range`, `aspect`, `population`,
            `unit`, `scope`, `verified` of a figure; `aspect` or `aspect/population` of a
            relation.
        old: what the reviewer saw; "" is not checked.
        new: what it should be: an actor id, a range such as `40..` or `12`, a relation such
            as `agree` or `conflict:denial`.
        why: the reason.

    Raises:
        DecisionError: a cell is missing, or not one that the action knows.
    """

    when: str
    who: str
    action: str
    claim_id: str = ""
    quote: str = ""
    other_claim_id: str = ""
    other_quote: str = ""
    wording: str = ""
    field: str = ""
    old: str = ""
    new: str = ""
    why: str = ""

    def __post_init__(self) -> None:
        """Hold the row to what its action needs."""
        for item in fields(self):
            object.__setattr__(self, item.name, plain(getattr(self, item.name)))
        moment(self.when)
        if not self.who:
            raise DecisionError("who is empty; name the reviewer")
        if self.action not in ACTIONS:
            raise DecisionError(f"action is {self.action!r}; expected one of {', '.join(ACTIONS)}")
        if not self.claim_id and not self.quote:
            raise DecisionError("claim_id and quote are both empty; name the claim by one of them")
        if self.paired != (self.action in _PAIRED) and self.action != "accept":
            expected = "must" if self.action in _PAIRED else "must not"
            raise DecisionError(f"{self.action} {expected} name a second claim in other_claim_id")
        if self.paired and self.claim_id and self.claim_id == self.other_claim_id:
            raise DecisionError(f"claim_id and other_claim_id are both {self.claim_id!r}")
        if self.action in ("change-speaker", "change-value"):
            self._check_change()
        elif self.action == "change-relation" or (self.action == "accept" and self.paired):
            self._check_relation()

    def _check_change(self) -> None:
        known = [name for action, name in _CLOSED if action == self.action]
        if self.field not in known:
            raise DecisionError(
                f"{self.action} of the field {self.field!r}; expected one of {', '.join(known)}"
            )
        if not self.new:
            raise DecisionError(f"{self.action} needs the new {self.field} in new")
        if self.action == "change-value" and not self.wording:
            raise DecisionError("change-value needs the figure, as written, in wording")
        allowed = _CLOSED[self.action, self.field]
        if allowed and self.new not in allowed:
            raise DecisionError(
                f"new {self.field} is {self.new!r}; expected one of {', '.join(allowed)}"
            )
        if self.field == "range":
            parse_range(self.new)
            parse_range(self.old or self.new)

    def _check_relation(self) -> None:
        aspect, _, population = self.field.partition("/")
        if aspect not in ASPECTS:
            raise DecisionError(
                f"{self.action} on the aspect {aspect!r}; expected field to be "
                f"`aspect` or `aspect/population`, with one of {', '.join(ASPECTS)}"
            )
        if population and population not in POPULATIONS:
            raise DecisionError(
                f"population is {population!r}; expected one of {', '.join(POPULATIONS)}"
            )
        relation, _, cause = self.new.partition(":")
        if self.action == "change-relation" and (
            relation not in RELATIONS or cause not in CAUSES or (relation == "agree" and cause)
        ):
            raise DecisionError(
                f"new relation is {self.new!r}; expected one of {', '.join(RELATIONS)}, "
                f"and where it is a difference, a colon and one of {', '.join(CAUSES[1:])}"
            )

    @property
    def paired(self) -> bool:
        """Whether it is on two claims."""
        return bool(self.other_claim_id or self.other_quote)

    @property
    def decision_id(self) -> str:
        """16 hex digits of the sha256 of every other cell: altered rows are found out."""
        cells = json.dumps(asdict(self), sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(cells.encode()).hexdigest()[:16]

    @property
    def at(self) -> str:
        """When, in UTC and to the microsecond, so that text sorts as time does."""
        return moment(self.when).isoformat(timespec="microseconds")


COLUMNS = ("decision_id", *(item.name for item in fields(Decision)))


def moment(when: str) -> datetime:
    """A time in ISO 8601, in UTC.

    Raises:
        DecisionError: another form, or a time that does not exist.

    >>> moment("2020-11-03T09:30:00+04:30").isoformat()
    '2020-11-03T05:00:00+00:00'
    """
    try:
        found = datetime.fromisoformat(when)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise DecisionError(
            f"when is {when[:40]!r}; expected a time as 2020-11-03T09:30:00+04:30"
        ) from error


def parse_range(text: str) -> tuple[float | None, float | None]:
    """The least and most of a range; None is no bound.

    Raises:
        DecisionError: not a range, or the least is above the most.

    >>> parse_range("40.."), parse_range("..9"), parse_range("12"), parse_range("2.5..3")
    ((40.0, None), (None, 9.0), (12.0, 12.0), (2.5, 3.0))
    """
    left, dots, right = text.partition("..")
    try:
        if not all(set(part) <= set("0123456789.") for part in (left, right)) or text == "..":
            raise ValueError
        low = float(left) if left else None
        high = (float(right) if right else None) if dots else low
        if low is not None and high is not None and low > high:
            raise ValueError
    except ValueError as error:
        raise DecisionError(
            f"range is {text!r}; expected numbers as 12, 40.., ..200 or 27000..30000, "
            "the least first"
        ) from error
    return low, high


def range_text(low: float | None, high: float | None) -> str:
    """The range as `parse_range` reads it.

    >>> range_text(40.0, None), range_text(12.0, 12.0), range_text(2.5, 3.0)
    ('40..', '12', '2.5..3')
    """
    left, right = ("" if x is None else f"{x:.6f}".rstrip("0").rstrip(".") for x in (low, high))
    return left if left == right else f"{left}..{right}"
