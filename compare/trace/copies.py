"""Near copies among texts, found in near-linear time.

Texts are compared by their word n-grams ("shingles", Broder 1997). Candidates
are neighbours in the lists of texts that share a shingle, sorted by time, so
that ten thousand copies of a sentence cost ten thousand comparisons and not
their square.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

_WORD = re.compile(r"\w+")
_NEIGHBOURS = 4
"""How many earlier texts in a list each text is compared with."""

Shingle = tuple[str, ...]


def tokens(text: str) -> list[str]:
    """Words without case and punctuation; figures lose their commas.

    >>> tokens("Over 35,000 fled.")
    ['over', '35000', 'fled']
    """
    return _WORD.findall(re.sub(r"(?<=\d),(?=\d{3})", "", text).casefold())


def shingles(words: Sequence[str], size: int) -> frozenset[Shingle]:
    """The distinct n-grams of a text; of a shorter text, the text itself."""
    if len(words) < size:
        return frozenset([tuple(words)]) if words else frozenset()
    return frozenset(tuple(words[n : n + size]) for n in range(len(words) - size + 1))


def containment(a: frozenset[Shingle], b: frozenset[Shingle]) -> float:
    """Share of the smaller set found in the other, 0 to 1.

    >>> containment(frozenset([("a",), ("b",)]), frozenset([("b",)]))
    1.0
    """
    smaller = min(len(a), len(b))
    return len(a & b) / smaller if smaller else 0.0


def near_copies(sets: Sequence[frozenset[Shingle]], least: float) -> list[tuple[int, int]]:
    """Pairs `(earlier, later)` of positions whose containment reaches `least`.

    `sets` stand in order of time. Among many copies each is paired with some
    earlier ones, enough to chain them all.

    >>> near_copies([frozenset([("a",), ("b",)]), frozenset([("c",)]), frozenset([("a",)])], 0.8)
    [(0, 2)]
    """
    lists: dict[Shingle, list[int]] = defaultdict(list)
    for n, found in enumerate(sets):
        for shingle in found:
            lists[shingle].append(n)
    pairs = {
        (listed[n - step], listed[n])
        for listed in lists.values()
        for n in range(len(listed))
        for step in range(1, min(_NEIGHBOURS, n) + 1)
    }
    return [p for p in sorted(pairs) if containment(sets[p[0]], sets[p[1]]) >= least]
