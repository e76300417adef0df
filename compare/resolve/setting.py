"""What the texts of a case tell together: their short forms, and which country they are about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from compare.resolve.acronyms import of_case, of_text
from compare.resolve.country import about_home
from compare.resolve.registry import registry


def read_setting(texts: Iterable[str], actors: pd.DataFrame | None) -> pd.DataFrame:
    """What each text tells by itself: its short forms (short, name) and one row with `home`."""
    known = registry(actors)
    rows: list[dict[str, object]] = []
    for text in texts:
        rows += [{"short": short, "name": name} for short, name in of_text(text).items()]
        rows.append({"home": about_home(text, known)})
    columns = {"short": "string", "name": "string", "home": "boolean"}
    return pd.DataFrame(rows, columns=list(columns)).astype(columns)


def settle_setting(found: pd.DataFrame) -> dict[str, Any]:
    """The keywords `short` and `home` of `resolve_within`, from all texts of a case.

    A text that names no country is about what most others are about; a case
    that names none is read with the whole registry.

    >>> settle_setting(read_setting(["The Sudanese army denied it.", "It rained."], None))
    {'short': {}, 'home': False}
    """
    forms = found.dropna(subset="short")
    told = found["home"].dropna()
    return {
        "short": of_case(zip(forms["short"], forms["name"], strict=True)),
        "home": bool(2 * told.sum() >= len(told)),
    }
