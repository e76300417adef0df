"""One row of the registry of actors: who somebody is, and during which time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from compare.errors import TableError
from compare.resolve.names import fold, key
from compare.schema import CAMPS, ROLES

KINDS = ("person", "office", "organisation", "group", "publisher")
NEEDED = ("actor_id", "actor", "camp", "role")
OPTIONAL = (
    "kind", "organisation", "gender", "aliases", "titles", "valid_from", "valid_to", "note",
)  # fmt: skip


@dataclass(frozen=True)
class Tenure:
    """One row of the registry: an actor, during the time it stood as the row says."""

    actor_id: str
    actor: str
    kind: str
    organisation: str
    camp: str
    role: str
    gender: str
    aliases: tuple[str, ...]
    titles: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None

    def covers(self, day: date | None) -> bool:
        """The row holds on that day; the last day is not part of it."""
        if day is None:
            return True
        after = self.valid_from is None or self.valid_from <= day
        return after and (self.valid_to is None or day < self.valid_to)

    def distance(self, day: date) -> int:
        """Days between that day and the row's time, 0 within it."""
        if self.valid_from and day < self.valid_from:
            return (self.valid_from - day).days
        return (day - self.valid_to).days + 1 if self.valid_to and day >= self.valid_to else 0


def read_row(cells: Mapping[str, str], where: str) -> Tenure:
    """A row from its cells; `where` names it in errors.

    Raises:
        TableError: an empty cell that is needed, a value outside its list, or a date that is none.

    >>> read_row({"actor_id": "un", "actor": "United Nations", "camp": "un", "role": "observer"},
    ...          "line 2").kind
    'organisation'
    """
    got = {name: (cells.get(name) or "").strip() for name in (*NEEDED, *OPTIONAL)}
    kind = got["kind"] or "organisation"
    for name in NEEDED:
        if not got[name]:
            raise TableError(f"{where} ({got['actor_id'] or got['actor']!r}): {name} is empty")
    for name, value, allowed in (
        ("kind", kind, KINDS),
        ("camp", got["camp"], CAMPS),
        ("role", got["role"], ROLES),
        ("gender", got["gender"], ("", "m", "f")),
    ):
        if value not in allowed:
            raise TableError(
                f"{where} ({got['actor_id']}): {name} is {value!r}; expected one of {list(allowed)}"
            )
    begin, end = (_day(got[name], name, where) for name in ("valid_from", "valid_to"))
    if begin and end and begin >= end:
        raise TableError(f"{where} ({got['actor_id']}): valid_from {begin} is not before {end}")
    if not any(fold(w).strip() for w in key(got["actor"])):
        raise TableError(f"{where} ({got['actor_id']}): actor {got['actor']!r} holds no word")
    return Tenure(
        got["actor_id"], got["actor"], kind, got["organisation"], got["camp"], got["role"],
        got["gender"], _list(got["aliases"]), _list(got["titles"]), begin, end,
    )  # fmt: skip


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if key(part))


def _day(cell: str, name: str, where: str) -> date | None:
    try:
        return date.fromisoformat(cell) if cell else None
    except ValueError as error:
        raise TableError(f"{where}: {name} is {cell!r}; expected a day as 2020-10-21") from error
