"""The word lists of `compare/data/figures_words.toml`."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=1)
def _lists() -> dict[str, tuple[str, ...]]:
    text = resources.files("compare.data").joinpath("figures_words.toml").read_text("utf-8")
    return {name: tuple(listed.split()) for name, listed in tomllib.loads(text).items()}


def word_list(name: str) -> frozenset[str]:
    """One list of lower-case words.

    >>> "kilometres" in word_list("length")
    True
    """
    return frozenset(_lists()[name])


def word_sequence(name: str) -> tuple[str, ...]:
    """One list of lower-case words in the order of the file.

    >>> word_sequence("units")[:3]
    ('zero', 'one', 'two')
    """
    return _lists()[name]
