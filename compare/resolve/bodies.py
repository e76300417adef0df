"""Forces, armed groups, missions and observers outside Afghanistan: `compare/data/bodies.tsv`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from compare.resolve.names import Word, fold
from compare.resolve.tenure import Tenure, read_row
from compare.states import rows_of


@dataclass(frozen=True)
class _Short:
    """A short form that others bear too, and the words beside which it is this body's."""

    name: str
    near: frozenset[str]


@lru_cache(maxsize=1)
def bodies() -> tuple[Tenure, ...]:
    """The rows of the table.

    >>> next(b.actor for b in bodies() if "IDF" in b.aliases)
    'Israel Defense Forces'
    """
    rows = rows_of("bodies.tsv")
    return tuple(read_row(row, f"bodies.tsv, {row['actor_id']}") for row in rows)


@lru_cache(maxsize=1)
def body_names() -> frozenset[str]:
    """What they are called in full.

    >>> "Rapid Support Forces" in body_names()
    True
    """
    return frozenset(body.actor for body in bodies())


def at_home(body: Tenure) -> Tenure:
    """How such a body stands in a text on Afghanistan: as another country's."""
    return replace(body, camp="other", role="observer") if body.camp == "government" else body


def known_forms(items: Sequence[Word]) -> dict[str, str]:
    """Short forms that the other words of a text tell, each with its name.

    >>> from compare.resolve.names import words
    >>> known_forms(words("The RSF shelled Khartoum")), known_forms(words("RSF ranks the press"))
    ({'RSF': 'Rapid Support Forces'}, {})
    """
    told = {w.folded for w in items}
    forms = {re.sub(r"['’]s?$", "", w.text) for w in items} & set(_short())
    return {
        form: short.name
        for form in sorted(forms)
        for short in _short()[form]
        if not short.near.isdisjoint(told) and not _surname(form, short, items)
    }


def _surname(form: str, short: _Short, items: Sequence[Word]) -> bool:
    """Whether somebody in the text bears the name: Anna Wagner."""
    return not form.isupper() and any(
        word.text == form
        and last.capital
        and word.start - last.end == 1
        and last.folded not in {*short.near, "the"}
        for last, word in pairwise(items)
    )


@lru_cache(maxsize=1)
def _short() -> dict[str, tuple[_Short, ...]]:
    found: dict[str, tuple[_Short, ...]] = {}
    for row in rows_of("bodies.tsv"):
        for cell in filter(None, row["initials"].split("|")):
            form, _, near = cell.partition(":")
            one = _Short(row["actor"], frozenset(fold(word) for word in near.split(",")))
            found[form] = (*found.get(form, ()), one)
    return found
