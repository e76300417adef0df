"""Near copies among texts, found in near-linear time.

Texts are compared by their word n-grams ("shingles", Broder 1997). Candidates
are neighbours in the lists of texts that share a shingle, sorted by time, so
that ten thousand copies of a sentence cost ten thousand comparisons and not
their square.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hashlib import blake2b

import numpy as np

_WORD = re.compile(r"\w+")
_COMMA = re.compile(r"(?<=\d),(?=\d{3})")
_NEIGHBOURS = 4
"""How many earlier texts in a list each text is compared with."""
_CHUNK = 1 << 12
_BITS = 16
"""For each shingle of a text, to which those are dealt to see soon that two texts share few."""
_WIDEST = 32
"""The same at most, as numbers of 64 bits a text."""
_ODD = 0x9E3779B97F4A7C15
"""Its powers tell the places of an n-gram apart; being odd, they lose nothing of a word."""


def tokens(text: str) -> list[str]:
    """Words without case and punctuation; figures lose their commas.

    >>> tokens("Over 35,000 fled.")
    ['over', '35000', 'fled']
    """
    return _WORD.findall(_COMMA.sub("", text).casefold())


def shingles(texts: Iterable[Sequence[str]], size: int) -> list[np.ndarray]:
    """The distinct n-grams of each text, uint64 (n,), sorted; of a shorter text, the text itself.

    Each is a hash of 64 bits: among a hundred million, two alike by chance are one in 3,000.

    >>> one, other, none = shingles([["a", "b", "c"], ["b", "c"], []], 2)
    >>> len(one), len(other), bool(np.isin(other, one).all()), len(none)
    (2, 1, True, 0)
    """
    hashed, odd = _Hashed(), [pow(_ODD, n + 1, 1 << 64) for n in range(size)]
    found = []
    for words in texts:
        hashes = np.array([hashed[word] for word in words], np.uint64)
        width = min(size, len(hashes))
        grams = np.full(len(hashes) - width + 1 if width else 0, width, np.uint64)
        for place in range(width):
            grams += hashes[place : place + len(grams)] * np.uint64(odd[place])
        found.append(np.unique(grams))
    return found


class _Hashed(dict[str, int]):
    """A hash of 64 bits of each word, worked out once."""

    def __missing__(self, word: str) -> int:
        """Of a word that is new."""
        digest = blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        return self.setdefault(word, int.from_bytes(digest, "little"))


def near_copies(sets: Sequence[np.ndarray], least: float) -> list[tuple[int, int]]:
    """Pairs `(earlier, later)` of positions whose smaller set is in the other to `least`.

    `sets` stand in order of time. Among many copies each is paired with some
    earlier ones, enough to chain them all.

    >>> near_copies(shingles([["a", "b"], ["c"], ["a"]], 1), 0.8)
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
        found.append(_distinct(text[:-step][same] * len(sets) + text[step:][same]))
    first, second = np.divmod(_distinct(np.concatenate(found)), len(sets))
    small = np.where(sizes[first] <= sizes[second], first, second)
    large = first + second - small
    may = _may_share(owner, rank, sizes, small, large, least)
    first, second, small, large = (side[may] for side in (first, second, small, large))
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


def _distinct(numbers: np.ndarray) -> np.ndarray:
    """The distinct ones in order; `np.unique` takes several times as long."""
    ordered = np.sort(numbers)
    first = np.ones(len(ordered), bool)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


def _may_share(
    owner: np.ndarray,
    rank: np.ndarray,
    sizes: np.ndarray,
    small: np.ndarray,
    large: np.ndarray,
    least: float,
) -> np.ndarray:
    """Whether pairs may share enough shingles, bool (m,), by bits that shingles are dealt to.

    A shingle that only the smaller set has accounts for one bit at most that only it has.
    """
    wide = 8 * min(_WIDEST, 1 + int(_BITS * sizes.mean()) // 64)
    bits, place = np.zeros((len(sizes), wide), np.uint8), rank % (8 * wide)
    np.bitwise_or.at(bits, (owner, place // 8), np.uint8(1) << (place % 8).astype(np.uint8))
    held = bits.view(np.uint64)
    kept = [np.zeros(0, bool)]
    for at in range(0, len(small), _CHUNK):
        one, other = held[small[at : at + _CHUNK]], held[large[at : at + _CHUNK]]
        alone = np.bitwise_count(one & ~other).sum(1, dtype=np.int64)
        many = sizes[small[at : at + _CHUNK]]
        kept.append((many - alone) / many >= least)
    return np.concatenate(kept)
