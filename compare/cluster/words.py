"""The words of claims as weighted vectors: rare shared words say more than common ones."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from compare.cluster.runs import ranges

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

UNKNOWN, COMMON = 7.0, 0.5
"""The weights of a word nobody knows and of one that stands in every text."""
_TOKEN = re.compile(r"\d{1,12}(?:[.,:]\d{1,6}){0,4}|[^\W\d_]{2,40}")
# fmt: off
_STOPPED = (
    "the of and to in on at for from by with as is are was were be been being has have had it its "
    "he his she her they their them we our us you your this that these those there here who whom "
    "which what when where while after before during an or but not no nor if than then so such "
    "into over under about up down out off also more most other some any all both each only just "
    "said say says told added according will would could should may might can do does did one two"
)
# fmt: on
STOPPED = frozenset(_STOPPED.split())
"""Function words and words of saying: shared by all claims, they link none."""


def tokens(text: str) -> list[str]:
    """Words of two letters or more and numbers, as written.

    >>> tokens("Nearly 35,000 fled Nad-e-Ali.")
    ['Nearly', '35,000', 'fled', 'Nad', 'Ali']
    """
    return _TOKEN.findall(text)


@lru_cache(maxsize=1 << 18)
def stem(word: str) -> str:
    """A word in lower case without plural or possessive s (S-stemmer, Harman 1991).

    >>> [stem(w) for w in ("Families", "strikes", "crisis", "press")]
    ['family', 'strike', 'crisis', 'press']
    """
    word = word.lower()
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and word[-2] not in "sui":
        return word[:-1]
    return word


def is_name(word: str) -> bool:
    """Whether a token looks like a name or is a number.

    >>> is_name("Nawa"), is_name("fled"), is_name("35,000")
    (True, False, True)
    """
    return word[0].isupper() or word[0].isdigit()


@lru_cache(maxsize=1 << 18)
def rarity(word: str) -> float:
    """How much it says that two claims share a word: 7 less its zipf value, at least 0.5.

    The zipf value is log10 of how often a word stands in a thousand million words of
    English (wordfreq, Speer 2022; 0 where it is not known). It depends on no case, so that
    a pair of claims is scored alike whatever stands beside it, in a case of three
    documents as in one of thousands.

    >>> [round(rarity(word), 1) for word in ("the", "killed", "taliban", "helmand", "qxz")]
    [0.5, 1.8, 3.3, 4.3, 7.0]
    """
    from wordfreq import zipf_frequency

    return max(UNKNOWN - zipf_frequency(word, "en"), COMMON)


def weigh(bags: Sequence[Sequence[str]]) -> csr_matrix:
    """Rows of weighted words, of unit length (an empty bag is a row of zeros), float64 (n, words).

    A word weighs `rarity` times 1 + log(count), as in TF-IDF (Salton and Buckley 1988) with
    a fixed body of text in place of the case.

    >>> weigh([["nawa"], ["nawa", "toll"]]).shape
    (2, 2)
    """
    from scipy.sparse import csr_matrix

    names = sorted({word for bag in bags for word in bag})
    column = {word: i for i, word in enumerate(names)}
    data, indices, starts = array("d"), array("q"), [0]
    for bag in bags:
        counts: dict[int, int] = {}
        for word in bag:
            counts[column[word]] = counts.get(column[word], 0) + 1
        indices.extend(sorted(counts))
        data.extend(counts[i] for i in sorted(counts))
        starts.append(len(indices))
    matrix = csr_matrix(
        (np.array(data), np.array(indices), starts),
        shape=(len(bags), len(names)),
    )
    rare = np.array([rarity(word) for word in names])
    matrix.data = (1 + np.log(matrix.data)) * rare[matrix.indices]
    return unit(matrix)


def unit(matrix: csr_matrix) -> csr_matrix:
    """Rows scaled to unit length; rows of zeros stay."""
    from scipy.sparse import diags

    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return (diags(1 / np.where(length > 0, length, 1)) @ matrix).tocsr()


def row_products(matrix: csr_matrix, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Dot products of the paired rows, float64 (m,).

    Asked for few rows thousands of times, so without matrices of them: those cost 0.4 ms each.

    >>> rows = weigh([["nawa"], ["nawa", "toll"], ["toll"]])
    >>> row_products(rows, np.array([0, 0]), np.array([0, 2])).tolist()
    [1.0, 0.0]
    """
    matrix.sort_indices()
    out = np.zeros(len(left))
    for at in range(0, len(left), 65536):
        part = slice(at, at + 65536)
        (pair, key, value), (_, other, by) = (
            _entries(matrix, rows[part]) for rows in (left, right)
        )
        found = np.searchsorted(other, key)
        both = np.flatnonzero(np.append(other, -1)[found] == key)
        product = value[both] * by[found[both]]
        out[part] = np.bincount(pair[both], product, len(out[part]))
    return out


def _entries(matrix: csr_matrix, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The place in `rows`, a number for it and the column, and the value of each entry of rows."""
    begin = matrix.indptr[rows].astype(np.int64)
    size = matrix.indptr[rows + 1] - begin
    at = ranges(begin, size)
    place = np.repeat(np.arange(len(rows)), size)
    return place, place * matrix.shape[1] + matrix.indices[at], matrix.data[at]
