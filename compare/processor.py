"""What the processor multiplies quickly, and with the same result on any number of cores."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import numpy as np

T = TypeVar("T")
R = TypeVar("R")
Batch = tuple["np.ndarray", int, int]

_ABLE = {"avx512_bf16", "amx_bf16", "bf16", "sve_bf16", "svebf16"}
_LINUX = Path("/proc/cpuinfo")

# Linking multiplies blocks of a thousand shapes; what is made for each would be kept, 0.3 GB of it.
os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "16")


def native_bfloat16() -> bool:
    """Whether the processor has instructions for bfloat16 products.

    Without them such products are emulated, tens of times slower than float32.

    >>> native_bfloat16() in (True, False)
    True
    """
    if _LINUX.is_file():  # a hundred times quicker than to load torch for it
        return bool(_ABLE & set(_LINUX.read_text(encoding="utf-8", errors="replace").split()))
    import torch

    able: dict[str, bool] = getattr(torch.cpu, "get_capabilities", dict)()  # from torch 2.11 on
    return any(able.get(name, False) for name in _ABLE)


def by_length(lengths: Sequence[int], step: int, tokens: int) -> list[Batch]:
    """Batches of rows of one length, at most about `tokens` tokens each.

    A batch is the numbers of its rows, their length rounded up to `step`, and how many
    rows it has once it is padded: always the same for a length, since the shape of a
    product changes its last bits.

    >>> [(rows.tolist(), length, size) for rows, length, size in by_length([3, 9, 1], 8, 16)]
    [([0, 2], 8, 2), ([1], 16, 1)]
    """
    import numpy as np

    rounded = np.array([-(-max(length, 1) // step) * step for length in lengths])
    found: list[Batch] = []
    for length in np.unique(rounded).tolist():
        rows, size = np.flatnonzero(rounded == length), max(1, tokens // length)
        found += [(rows[at : at + size], length, size) for at in range(0, len(rows), size)]
    return found


def side_by_side(work: Callable[[T], R], batches: Iterable[T]) -> Iterator[R]:
    """`work` on every batch, in order: as many at a time as torch has threads, each in one.

    A product that torch splits over threads ends in other last bits than one it does not
    split, so none is split.

    >>> list(side_by_side(len, ["a", "bc"]))
    [1, 2]
    """
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with ThreadPoolExecutor(threads) as pool:
            yield from pool.map(work, batches)
    finally:
        torch.set_num_threads(threads)
