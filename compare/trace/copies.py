"""Near copies among texts, found in near-linear time.

Texts are compared by their word n-grams ("shingles", Broder 1997). Candidates
are neighbours in the lists of texts that share a shingle, sorted by time, so
that ten thousand copies of a sentence cost ten thousand comparisons and not
their square.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

_WORD = re.compile(r"\w+")
_NEIGHBOURS = 4
"""How many earlier texts in a list each text is compared with."""
_CHUNK = 1 << 12


def tokens(text: str) -> list[str]:
    """Words without case and punctuation; figures lose their commas.

    >>> tokens("Over 35,000 fled.")
    ['over', '35000', 'fled']
    """
    return _WORD.findall(re.sub(r"(?<=\d),(?=\d{3})", "", text).casefold())


def shingles(words: Sequence[str], size: int) -> np.ndarray:
    """The distinct n-grams of a text, uint64 (n,), sorted; of a shorter text, the text itself.

    Each is a hash of 64 bits: among a hundred million, two alike by chance are one in 3,000.
    """
    grams = [words[n : n + size] for n in range(max(1, len(words) - size + 1))] if words else []
    hashes = {
        blake2b("\0".join(gram).encode("utf-8", "surrogatepass"), digest_size=8).digest()
        for gram in grams
    }
    return np.sort(np.frombuffer(b"".join(hashes), dtype="<u8")).astype(np.uint64)


def containment(a: np.ndarray, b: np.ndarray) -> float:
    """Share of the smaller set found in the other, 0 to 1.

    >>> containment(shingles(["a", "b"], 1), shingles(["b"], 1))
    1.0
    """
    smaller = min(len(a), len(b))
    return len(np.intersect1d(a, b, assume_unique=True)) / smaller if smaller else 0.0


def near_copies(sets: Sequence[np.ndarray], least: float) -> list[tuple[int, int]]:
    """Pairs `(earlier, later)` of positions whose containment reaches `least`.

    `sets` stand in order of time. Among many copies each is paired with some
    earlier ones, enough to chain them all.

    >>> near_copies([shingles(["a", "b"], 1), shingles(["c"], 1), shingles(["a"], 1)], 0.8)
    [(0, 2)]
    """
    sizes = np.array([len(found) for found in sets], dtype=np.int64)
    if not sizes.sum():
        return []
    owner = np.repeat(np.arange(len(sets)), sizes)
    values, rank = np.unique(np.concatenate(sets), return_inverse=True)
    order = np.lexsort((owner, rank))
    listed, text = rank[order], owner[order]
    found = [np.zeros(0, np.int64)]
    for step in range(1, _NEIGHBOURS + 1):
        same = listed[step:] == listed[:-step]
        found.append(np.unique(text[:-step][same] * len(sets) + text[step:][same]))
    first, second = np.divmod(np.unique(np.concatenate(found)), len(sets))
    small = np.where(sizes[first] <= sizes[second], first, second)
    large = first + second - small
    # Each text's shingles are in order, so these are too: text and shingle as one number.
    keys, starts = owner * len(values) + rank, np.cumsum(sizes) - sizes
    kept = []
    for at in range(0, len(first), _CHUNK):
        part = slice(at, at + _CHUNK)
        many = sizes[small[part]]
        ends = np.cumsum(many)
        within = np.arange(ends[-1]) - np.repeat(ends - many, many)
        wanted = rank[np.repeat(starts[small[part]], many) + within]
        wanted += np.repeat(large[part], many) * len(values)
        place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        shared = np.add.reduceat(keys[place] == wanted, ends - many, dtype=np.int64)
        kept.append(shared / many >= least)
    near = np.concatenate([np.zeros(0, bool), *kept])
    return list(zip(first[near].tolist(), second[near].tolist(), strict=True))
