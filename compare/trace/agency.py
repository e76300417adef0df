"""The agency whose text a document carries, by its mark."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

_HEAD, _TAIL = 250, 250
"""Characters at either end of a text in which a mark is looked for."""


@lru_cache(maxsize=1)
def _known() -> dict[str, list[str]]:
    """The names of each agency by its actor id."""
    path = files("compare") / "data" / "agencies.toml"
    found: dict[str, list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))["marks"]
    return found


@lru_cache(maxsize=1)
def _marks() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(
        (
            actor_id,
            re.compile(r"\((?:%s)\)|^[A-Z][\w ,]{2,40}[,:] (?:%s)\b" % ((listed,) * 2), re.M),
            re.compile(
                r"(?:[Ss]ource|[Vv]ia|SOURCE)\s*:?\s+(?:%s)\b|\((?:%s)\)\s*$" % ((listed,) * 2)
            ),
        )
        for actor_id, names in sorted(_known().items())
        for listed in ("|".join(re.escape(n) for n in names),)
    )


@lru_cache(maxsize=1)
def _named() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(n) for names in _known().values() for n in names))


def agency_of(text: str) -> str:
    """The actor id of the agency a text is marked with, or "".

    A mark is a dateline (`KABUL (AFP) -`) or a credit at the end.

    >>> agency_of("KABUL (AFP) - Thousands fled."), agency_of("Fled. Source: Xinhua")
    ('afp', 'xinhua')
    >>> agency_of("A report in the AP style book.")
    ''
    """
    head, tail = text[:_HEAD], text[-_TAIL:].rstrip()
    if not (_named().search(head) or _named().search(tail)):
        return ""  # most texts, and one search tells
    return next((a for a, h, t in _marks() if h.search(head) or t.search(tail)), "")
