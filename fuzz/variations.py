"""One input as many: parts of it changed by lot, so that what a call costs is shared."""

from __future__ import annotations

import random
from collections.abc import Callable, Hashable, Iterator
from typing import TypeVar

Made = TypeVar("Made", bound=Hashable)
_PART, _CHANGES = 40, 12
"""Most bytes of the input in a variation, and of what is written into it."""


def mutated(seed: bytes, data: bytes) -> bytes:
    """`seed` with bytes of `data` written over it, put into it, or parts cut from it."""
    made, draw = bytearray(seed), random.Random(data)  # noqa: S311 - repeatable, not secret
    for byte in data[:40]:
        at = draw.randrange(len(made) + 1)
        if byte < 90:
            made[at : at + 1] = bytes([draw.randrange(256)])
        elif byte < 160:
            made[at:at] = data[: draw.randrange(20)]
        elif byte < 210:
            del made[at : at + draw.randrange(30)]
        else:
            made[at:at] = made[draw.randrange(len(made) + 1) :][: draw.randrange(200)]
    return bytes(made)


def several(data: bytes, count: int, made: Callable[[bytes], Made]) -> list[Made]:
    """What is `made` of the input and of its variations: `count` that differ, none of them empty.

    The lot is drawn from the input, which so makes the same again. A change of one byte changes
    every variation, so that no two inputs share more than chance gives them.

    >>> several(b"abc", 3, bytes) == several(b"abc", 3, bytes)
    True
    >>> several(b"abc", 3, bytes)[0], len({*several(b"abc", 9, bytes), *several(b"abd", 9, bytes)})
    (b'abc', 18)
    """
    found: dict[Made, None] = {}
    for part in _variations(data):
        if thing := made(part):
            found[thing] = None
        if len(found) == count:
            return list(found)
    raise AssertionError  # variations have no end


def _variations(data: bytes) -> Iterator[bytes]:
    draw = random.Random(data)  # noqa: S311 - repeatable, not secret
    yield data
    while True:
        at = draw.randrange(len(data) + 1)
        part = data[at : at + draw.randrange(_PART)]
        yield mutated(part, draw.randbytes(draw.randrange(1, _CHANGES)))
