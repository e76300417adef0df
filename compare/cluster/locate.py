"""Where claims lie, level by level, and how two of them lie to each other."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from compare import gazetteer
from compare.cluster.words import row_products
from compare.errors import TableError

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

SAME_DISTRICT, SAME_PROVINCE, CAPITAL, INSIDE = 1.0, 0.7, 0.6, 0.2
"""Values of the term `place`: one district; both province-wide; the province and its capital,
which stand for each other in reports; the province and another of its districts, or several
provinces and one of them."""
OTHER_DISTRICT, OTHER_PROVINCE = -0.8, -1.0
_TOLD = ("place_id", "mentioned_place_ids", "admin1", "country", "place_from")


@dataclass(frozen=True)
class Located:
    """Labels of each claim's place; -1 where a level is not known."""

    country: np.ndarray
    province: np.ndarray
    district: np.ndarray
    capital: np.ndarray
    """bool: the district is that of the province's capital."""
    sure: np.ndarray
    """float: 1 where the claim or its sentence says it was there, 0.5 where only its document does,
    or where it names the place in another way."""
    loose: np.ndarray
    """bool: it names the place in another way: "bound for Tokyo", "Tokyo's mayor"."""
    among: csr_matrix
    """float (n, provinces): 1 for each province that a claim speaks of, though they be several."""

    @property
    def wide(self) -> np.ndarray:
        """bool: the claim or its document speaks of a province, or several districts of one."""
        return np.asarray((self.province >= 0) & (self.district < 0) & (self.sure > 0))

    @property
    def somewhere(self) -> np.ndarray:
        """bool: any place of the claim is known, be it several."""
        return np.asarray((self.country >= 0) | (self.among.getnnz(axis=1) > 0))

    @property
    def area(self) -> np.ndarray:
        """bool: the claim speaks of a whole province, or of its capital."""
        return np.asarray(self.wide | (self.capital & (self.sure > 0)))

    def only(self, rows: np.ndarray) -> Located:
        """Those of the claims `rows`, in this order."""
        return Located(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})

    def forgetting(self, rows: np.ndarray) -> Located:
        """The same without the places of `rows` (bool), where they say nothing of the event."""
        country, province, district = (
            np.where(rows, -1, x) for x in (self.country, self.province, self.district)
        )
        sure = np.where(rows, 0.0, self.sure)
        among = self.among.multiply(~rows[:, None]).tocsr()
        return Located(
            country, province, district, self.capital & ~rows, sure, self.loose & ~rows, among
        )

    def labels(self, adds_up: np.ndarray, counted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Provinces, unless named in another way, and districts that keep claims apart, where sure.

        What adds up a whole province (`adds_up`) shares a label with
        the province's capital and is kept apart from its other districts. A
        figure (`counted`) of several provinces is kept apart from those of other provinces.
        """
        district = np.where(self.capital, -2 - self.province, self.district)
        district = np.where(adds_up & self.wide, -2 - self.province, district)
        province = np.where(counted, self.joint(), self.province)
        return np.where(self.loose, -1, province), np.where(self.sure < 1, -1, district)

    def joint(self) -> np.ndarray:
        """The province, or a label below -1 for each set of several."""
        known: dict[bytes, int] = {}
        out = self.province.copy()
        for row in np.flatnonzero(self.among.getnnz(axis=1) > 1):
            held = self.among[row].indices
            out[row] = -2 - known.setdefault(np.sort(held).tobytes(), len(known))
        return out


def locate(when_where: pd.DataFrame) -> Located:
    """Labels for the rows of `when_where`, in their order.

    A claim that names places in several districts, or several provinces, has
    no label on that level: it may go with any of them.
    """
    rows = [
        _levels(*told) for told in zip(*(when_where[name].tolist() for name in _TOLD), strict=True)
    ]
    columns = list(zip(*rows, strict=True)) if rows else [(), (), (), ()]
    sure = when_where["place_from"].map({"claim": 1.0, "sentence": 1.0, "document": 0.5})
    loose = ~when_where["place_sure"].fillna(True).astype(bool)
    return Located(
        country=_codes(columns[0]),
        province=_codes(columns[1]),
        district=_codes(columns[2]),
        capital=np.array([_is_capital(d) for d in columns[2]], dtype=bool),
        sure=sure.fillna(0).where(~loose, 0.5).to_numpy(dtype=np.float64),
        loose=loose.to_numpy(dtype=bool),
        among=_incidence(columns[3]),
    )


@lru_cache(maxsize=1 << 16)
def _levels(
    place: str | None, mentioned: str, province: str | None, country: str | None, source: str
) -> tuple[str, str, str, frozenset[str]]:
    """Country, province and district of a claim, "" where none or several; all its provinces."""
    ids = [place] if isinstance(place, str) else []
    if source == "claim" and isinstance(mentioned, str):
        ids += [i for i in mentioned.split() if i not in ids]
    chains = [chain for chain in map(_chain, ids) if chain]
    if not chains:
        named = [name if isinstance(name, str) else "" for name in (country, province)]
        return named[0], named[1], "", frozenset(named[1:]) - {""}
    countries, provinces, districts = (
        frozenset(level[name] for level in chains if name in level)
        for name in ("country", "admin1", "admin2")
    )
    return _only(countries), _only(provinces), _only(districts), provinces


def _only(found: frozenset[str]) -> str:
    return next(iter(found)) if len(found) == 1 else ""


def _chain(place_id: str) -> dict[str, str]:
    """Level to place id, from the place up to its country.

    Where the gazetteer knows no districts, a town or village stands for its own.
    """
    try:
        around = gazetteer.around(place_id)
    except TableError:
        return {}
    found = {gazetteer.place(p).kind: p for p in reversed(around)}
    local = [p for kind, p in found.items() if kind not in ("country", "admin1")]
    if _may_be_province(found, local):
        return {level: p for level, p in found.items() if level in ("country", "admin1")}
    return ({"admin2": local[-1]} if local else {}) | found


def _may_be_province(found: dict[str, str], local: list[str]) -> bool:
    """Whether a place abroad bears its province's name: `New York`, which most often is the state.

    In Afghanistan the bare name is read as the province, see `parse.places`.
    """
    if not local or "admin1" not in found:
        return False
    town, province = gazetteer.place(local[-1]), gazetteer.place(found["admin1"])
    return town.country != "AF" and town.name.startswith(province.name)


@lru_cache(maxsize=1 << 16)
def _is_capital(district: str) -> bool:
    if not district:
        return False
    province = gazetteer.province(district)
    return province is not None and any(
        gazetteer.contains(district, capital) for capital in (province.capital_id,) if capital
    )


def _codes(names: tuple[str, ...]) -> np.ndarray:
    known = {name: i for i, name in enumerate(sorted(set(names) - {""}))}
    return np.array([known.get(name, -1) for name in names], dtype=np.int64)


def _incidence(sets: tuple[frozenset[str], ...]) -> csr_matrix:
    from scipy.sparse import csr_matrix

    names = sorted(frozenset().union(*sets))
    column = {name: n for n, name in enumerate(names)}
    pairs = [(row, column[name]) for row, held in enumerate(sets) for name in sorted(held)]
    rows, columns = zip(*pairs, strict=True) if pairs else ((), ())
    return csr_matrix((np.ones(len(pairs)), (rows, columns)), shape=(len(sets), len(names)))


def place_term(located: Located, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """How the places of paired claims lie to each other, float64 (m,) in [-1, 1].

    1 is one district, -1 different provinces, 0 not known; halved where a
    place was only read from the document.
    """
    d = located.district
    count = located.among.getnnz(axis=1)
    both_p = (count[left] > 0) & (count[right] > 0)
    shared = row_products(located.among, left, right) > 0
    both_d = (d[left] >= 0) & (d[right] >= 0)
    one_d = (d[left] >= 0) ^ (d[right] >= 0)
    capital = np.where(d[left] >= 0, located.capital[left], located.capital[right])
    within = np.select(
        [both_d & (d[left] == d[right]), both_d, one_d & capital, one_d],
        [SAME_DISTRICT, OTHER_DISTRICT, CAPITAL, INSIDE],
        SAME_PROVINCE,
    )
    within = np.where((count[left] == 1) & (count[right] == 1), within, INSIDE)
    c = located.country
    abroad = (c[left] >= 0) & (c[right] >= 0) & (c[left] != c[right])
    value = np.where(both_p, np.where(shared, within, OTHER_PROVINCE), 0.0)
    value = np.where(abroad, OTHER_PROVINCE, value)
    return np.asarray(value * np.minimum(located.sure[left], located.sure[right]))
