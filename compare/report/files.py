"""Write results: inside the output folder only, whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from compare import durable
from compare.errors import OutputError

KEPT = "work"
"""The folder of an output where runs keep what they need again."""


def inside(out: Path, relative: str) -> Path:
    """The path `out/relative`, if it lies inside `out` with every link followed.

    Raises:
        OutputError: it is absolute, climbs out, or a symbolic link leads out.

    >>> inside(Path("out"), "../x")
    Traceback (most recent call last):
    compare.errors.OutputError: refusing to write '../x': it lies outside the output folder out
    """
    root = out.resolve()
    path = root / relative
    try:
        within = path.resolve().is_relative_to(root) and not Path(relative).is_absolute()
    except (OSError, ValueError, RuntimeError):  # a name no system takes, or a loop of links
        within = False
    if not within:
        raise OutputError(
            f"refusing to write {relative!r}: it lies outside the output folder {out}"
        )
    return path


def kept_in(out: Path) -> Path:
    """The folder `KEPT` of `out`.

    Raises:
        OutputError: a symbolic link leads it, or what lies in it, out of `out`.

    >>> kept_in(Path("out")).name
    'work'
    """
    for name in ("case.lock", "shards", "vectors"):
        inside(out, f"{KEPT}/{name}")
    return out / KEPT


def write(out: Path, relative: str, data: bytes | Iterable[bytes]) -> Path:
    """Write `data` to `out/relative`, whole or not at all; see `compare.durable`.

    Raises:
        OutputError: the path lies outside `out`, or the disk refuses.
    """
    path = inside(out, relative)
    durable.write(path, data)
    return path


def sha256(path: Path) -> str:
    """The sha256 of a file's bytes, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
