"""The written rule for words that give no exact number.

The rule and its sources stand in `compare/data/figures_vague.toml`; a case
changes single words in `[settings.parse] vague`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from compare.errors import SettingsError
from compare.numbers.words import NUMBER_WORDS


@dataclass(frozen=True, slots=True)
class Vague:
    """What one vague word allows; `high` None is no upper bound."""

    word: str
    low: float
    high: float | None


@dataclass(frozen=True, slots=True)
class Rules:
    """Phrases, as words, with what they allow; and the longest phrase a word can open."""

    phrases: Mapping[tuple[str, ...], Vague]
    longest: Mapping[str, int]
    anchors: re.Pattern[str]
    """Where a number may be: a digit, a number word, the longest word of a vague phrase."""


def vague_rules(changed: Mapping[str, tuple[float, float | None]]) -> Rules:
    """The shipped rule with the words in `changed` given another range.

    Raises:
        SettingsError: a word in `changed` has a low above its high, or below 0.

    >>> vague_rules({}).phrases["dozens", "of"]
    Vague(word='dozens', low=24.0, high=199.0)
    >>> vague_rules({"dozens": (12, None)}).phrases["dozens",]
    Vague(word='dozens', low=12.0, high=None)
    """
    return _rules(tuple(sorted((w.lower(), tuple(r)) for w, r in changed.items())))


@lru_cache(maxsize=8)
def _rules(changed: tuple[tuple[str, tuple[float, float | None]], ...]) -> Rules:
    shipped = resources.files("compare.data").joinpath("figures_vague.toml")
    data = tomllib.loads(shipped.read_text(encoding="utf-8"))
    ranges: dict[str, tuple[float, float | None]] = {
        word: (entry["low"], entry.get("high")) for word, entry in data["word"].items()
    }
    for word, (low, high) in changed:
        if low < 0 or (high is not None and high < low):
            raise SettingsError(
                f"setting parse.vague: {word!r} has the range [{low}, {high}]; "
                "expected 0 <= low <= high, or no high"
            )
        ranges[word] = (low, high)
    rules: dict[tuple[str, ...], Vague] = {}
    for word, (low, high) in ranges.items():
        vague = Vague(word, float(low), None if high is None else float(high))
        for phrase in (word, *data["same"].get(word, ())):
            rules[tuple(phrase.split())] = vague
    longest: dict[str, int] = {}
    for words in rules:
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    marks = {max(words, key=lambda w: (len(w), w)) for words in rules} | NUMBER_WORDS | {"twin"}
    pattern = (
        r"\d+|\b(?:"
        + "|".join(re.escape(m) for m in sorted(marks, key=lambda w: (-len(w), w)))
        + r")\b"
    )
    return Rules(rules, longest, re.compile(pattern, re.IGNORECASE))
