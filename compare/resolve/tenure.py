"""One row of the registry of actors: who somebody is, and during which time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


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
