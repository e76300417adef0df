"""The registry of actors: who they are, what they are called, when they held an office."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from importlib.resources import files

import pandas as pd

from compare.errors import TableError
from compare.resolve.bodies import at_home, bodies
from compare.resolve.governments import GOVERNMENT, body_at, display, plain_names, ruler
from compare.resolve.lexicon import lexicon
from compare.resolve.names import Word, key, owning, skeleton
from compare.resolve.tenure import NEEDED, OPTIONAL, Tenure, read_row

_STATE = frozenset({"andsf", "government", "local"})
"""Camps of Afghan bodies, which need no country in their name at home."""


@dataclass(frozen=True)
class Hit:
    """An alias found in a sequence of words: `words[first:last]`."""

    first: int
    last: int
    actor_id: str


class Registry:
    """Rows of the registry with their indexes; a case's rows come first and replace by id."""

    def __init__(self, own: Sequence[Tenure], shipped: Sequence[Tenure], home: bool) -> None:
        """Index the rows; of two that share an alias the first counts.

        `home` is whether the text read is about Afghanistan, whose actors are
        shipped. Elsewhere `the interior ministry` is another country's.
        """
        self.home, self._own, self._shipped = home, own, shipped
        self.rows = (*own, *shipped)
        self.by_id: dict[str, list[Tenure]] = defaultdict(list)
        self._aliases: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
        self._persons: dict[str, set[tuple[str, tuple[str, ...]]]] = defaultdict(set)
        self.provinces: dict[tuple[str, ...], str] = {}
        self._longest: dict[str, int] = defaultdict(int)
        self._of_states: dict[tuple[str, str], str] = {}
        for row in self.rows:
            self.by_id[row.actor_id].append(row)
        for row in own:
            for alias in (row.actor, *row.aliases):
                self._add(row, alias)
        for row in () if home else self._elsewhere():
            self._add_names(row)
        for row in shipped:
            for alias in (row.actor, *row.aliases):
                if home or _anywhere(row, alias):
                    self._add(row, alias)
        for row in map(at_home, self._elsewhere()) if home else ():
            self._add_names(row)

    def _elsewhere(self) -> Iterator[Tenure]:
        """Bodies of other conflicts; those that the case lists itself stand as it says."""
        own = {row.actor_id for row in self._own}
        return (body for body in bodies() if body.actor_id not in own)

    def _add_names(self, body: Tenure) -> None:
        self.by_id[body.actor_id].append(body)
        for alias in (body.actor, *body.aliases):
            self._add(body, alias)

    @cached_property
    def abroad(self) -> Registry:
        """The registry for a text on another country: no Afghan body goes by a general name."""
        return Registry(self._own, self._shipped, home=False)

    @cached_property
    def bodies(self) -> dict[str, str]:
        """The actor of each name of two words or more that a body has in such a text."""
        return {
            " ".join(found): names[0][0]
            for found, names in self._aliases.items()
            if len(found) > 1 and self.by_id[names[0][0]][0].kind != "person"
        }

    def _add(self, row: Tenure, alias: str) -> None:
        found = key(alias)
        self._longest[found[0]] = max(self._longest[found[0]], len(found))
        if (row.actor_id, alias) not in self._aliases[found]:
            self._aliases[found].append((row.actor_id, alias))
        if row.kind == "person":
            bare = tuple(w for w in found if w not in lexicon().honorifics)
            for word in bare:
                self._persons[skeleton(word)].add((row.actor_id, bare))
        if row.actor_id.endswith("-governor") and found[-1:] == ("governor",) and len(found) < 5:
            self.provinces[found[:-1]] = row.actor_id.removesuffix("-governor")

    def by_title(self, row: Tenure) -> bool:
        """Whether `the army chief` can be an actor: elsewhere only if the case lists him."""
        return self.home or row in self._own

    def tenure(self, actor_id: str, day: date | None) -> Tenure:
        """The row of an actor on a day, else the nearest in time, else the first."""
        rows = self.by_id[actor_id]
        if day is None:
            return rows[0]
        row = min(rows, key=lambda r: (r.distance(day), rows.index(r)))
        if row.covers(day) or row.camp not in _STATE - {"local"} or row.kind == "person":
            return row
        # The police of a province serve whoever holds their ministry.
        above = self.by_id.get(row.organisation) and self.tenure(row.organisation, day)
        return replace(row, camp=above.camp) if above and above.covers(day) else row

    def name(self, organisation: str, day: date | None) -> str:
        """The display name on a day of an organisation given as an id or as a name."""
        known = organisation in self.by_id
        return self.tenure(organisation, day).actor if known else organisation

    def chain(self, actor_id: str, day: date | None = None) -> list[str]:
        """The actor and the bodies above it, nearest first."""
        found: list[str] = []
        while actor_id in self.by_id and actor_id not in found:
            found.append(actor_id)
            actor_id = self.tenure(actor_id, day).organisation
        return found

    def exact(self, words: Sequence[Word]) -> list[str]:
        """Actors one of whose aliases is exactly these words, or the body of a state they name."""
        listed = self._listed(words)
        state = None if listed or not words else body_at(words, 0)
        return [self.of_state(state.state, state.body)] if state and state.last == len(words) \
            else listed  # fmt: skip

    def _listed(self, words: Sequence[Word]) -> list[str]:
        found = [
            actor_id
            for actor_id, alias in self._aliases.get(tuple(w.folded for w in words), ())
            if _cased(alias, words)
        ]
        return list(dict.fromkeys(found))

    def ruler(self, words: Sequence[Word]) -> str:
        """The government that a country or a capital alone stands for, or ""."""
        state = ruler(words)
        return self.of_state(state, GOVERNMENT) if state else ""

    def of_state(self, state: str, body: str) -> str:
        """The actor that a state's government or ministry is: a row's, else one of its own.

        Bodies no row holds stand as their government does; without a row of that,
        they are of another country at home, and of the one in question elsewhere.
        """
        if (state, body) not in self._of_states:
            listed = (
                a for name in plain_names(state, body) for a, _ in self._aliases.get(name, ())
            )
            actor_id = next(listed, f"{state}-{body}")
            if actor_id not in self.by_id:
                above = "" if body == GOVERNMENT else self.of_state(state, GOVERNMENT)
                camp, role = ("other", "observer") if self.home else ("government", "party")
                if above:
                    camp, role = self.by_id[above][0].camp, self.by_id[above][0].role
                self.by_id[actor_id].append(Tenure(
                    actor_id, display(state, body), "organisation", above, camp, role, "", (), (),
                    None, None,
                ))  # fmt: skip
            self._of_states[state, body] = actor_id
        return self._of_states[state, body]

    def scan(self, words: Sequence[Word], *, persons: bool) -> list[Hit]:
        """The longest aliases in a text, left to right, none over another."""
        hits: list[Hit] = []
        at = 0
        while at < len(words):
            longest = self._longest.get(words[at].folded, 0)
            state = body_at(words, at)
            least = state.last if state else at + 1
            for last in range(min(len(words), at + longest), least - 1, -1):
                found = [
                    a
                    for a in self._listed(words[at:last])
                    if persons or self.by_id[a][0].kind != "person"
                ]
                if found and not owning(words, last):
                    hits.append(Hit(at, last, found[0]))
                    break
            else:
                if state:
                    hits.append(Hit(at, state.last, self.of_state(state.state, state.body)))
            at = hits[-1].last if hits and hits[-1].first == at else at + 1
        return hits

    def people(self, name: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
        """Registered persons, each with a folded name, who share the sound of a word."""
        found: set[tuple[str, tuple[str, ...]]] = set()
        for word in name:
            found |= self._persons.get(skeleton(word), set())
        return sorted(found)


@lru_cache(maxsize=1)
def _provinces() -> frozenset[str]:
    """Every word of a province's name."""
    rows = [r for r in shipped() if r.actor_id.endswith("-governor")]
    found = {w for r in rows for a in r.aliases if key(a)[-1] == "governor" for w in key(a)[:-1]}
    return frozenset(found - {"provincial", "of", "the"})


def _afghan(alias: str) -> bool:
    """The name says that it is of Afghanistan or of one of its provinces."""
    return any(w.startswith(("afghan", "kabul")) or w in _provinces() for w in key(alias))


def _anywhere(row: Tenure, alias: str) -> bool:
    """The name means the actor in texts on other countries too: not `the insurgents`, `UN mission`.

    Of what is Afghan, names that say so count there, and initials.
    """
    if row.kind == "person" or _afghan(alias):
        return True
    if row.camp in _STATE or alias == alias.lower() != alias.upper():
        return False
    here = any(_afghan(n) for n in (row.actor, *(a for a in row.aliases if " in " in a)))
    return not here or " " not in alias


def _cased(alias: str, words: Sequence[Word]) -> bool:
    """Short names are found in their own case only: WHO is not who, Dawn not dawn."""
    alias = alias.removeprefix("the ").removeprefix("The ")
    if len(words) > 1 or alias[:1].islower():
        return True
    plain = alias.replace(".", "")
    return words[0].acronym if plain.isupper() and len(plain) > 1 else words[0].capital


@lru_cache(maxsize=1)
def shipped() -> tuple[Tenure, ...]:
    """The registry in `compare/data/actors.csv`.

    >>> [t.camp for t in shipped() if t.actor_id == "unama"]
    ['un']
    """
    text = (files("compare") / "data" / "actors.csv").read_text(encoding="utf-8")
    return tuple(read_row(cells, f"actors.csv line {n}") for n, cells in _numbered(text))


def _numbered(text: str) -> Iterable[tuple[int, Mapping[str, str]]]:
    return enumerate(csv.DictReader(text.splitlines()), start=2)


def registry(actors: pd.DataFrame | None) -> Registry:
    """The shipped registry, extended and overridden by a case's own actors.

    `actors` has the columns actor_id, actor, camp and role, and may have kind
    (default organisation), organisation, gender (m or f), aliases and titles
    (separated by `|`), valid_from, valid_to (days, the last not included) and
    note; errors name a row by its index, for a case the line of its file. An actor with
    several rows held several offices. Rows for a known actor_id take the place of all its
    shipped rows.

    Raises:
        TableError: a missing or unknown column, an empty cell, a value outside
            its list, or a date that is none, naming the row.

    >>> own = pd.DataFrame([{"actor_id": "sanjar", "actor": "Sanjar Trust", "kind": "organisation",
    ...                      "camp": "ngo", "role": "humanitarian", "aliases": "Sanjar"}])
    >>> registry(own).tenure("sanjar", None).camp
    'ngo'
    """
    if actors is None or not len(actors):
        return _default()
    missing = [c for c in NEEDED if c not in actors.columns]
    unknown = [c for c in actors.columns if c not in (*NEEDED, *OPTIONAL)]
    if missing or unknown:
        raise TableError(
            f"the case's actors.csv lacks the columns {missing} and has the unknown columns "
            f"{unknown}; it needs {list(NEEDED)} and may have {list(OPTIONAL)}"
        )
    cells = actors.fillna("").astype(str)
    own = [
        read_row({str(k): v for k, v in record.items()}, f"the case's actors.csv, line {n}")
        for n, record in zip(cells.index, cells.to_dict("records"), strict=True)
    ]
    replaced = {row.actor_id for row in own}
    return Registry(own, [t for t in shipped() if t.actor_id not in replaced], home=True)


@lru_cache(maxsize=1)
def _default() -> Registry:
    return Registry((), shipped(), home=True)
