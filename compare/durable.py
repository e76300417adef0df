"""Files that are written whole or not at all, and are on the disk before they are seen."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from compare.errors import OutputError

UNFINISHED = ".writing-"
"""How names of files begin that are not whole yet."""


def write(path: Path, data: bytes | memoryview | Iterable[bytes]) -> None:
    """Write `data`, whole or in parts, beside its place, put it on the disk, then rename it.

    A reader never sees half a file, not even after a power cut, and a failed
    write leaves the old one.

    Raises:
        OutputError: the disk refuses.

    >>> path = Path(tempfile.mkdtemp()) / "a" / "b.txt"
    >>> write(path, b"1")
    >>> write(path, (b"%d" % n for n in range(3)))
    >>> path.read_bytes()
    b'012'
    >>> [p.name for p in path.parent.iterdir()]
    ['b.txt']
    """
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=UNFINISHED)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as stream:
            for part in (data,) if isinstance(data, bytes | memoryview) else data:
                stream.write(part)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise refused(path, error) from error
        raise


def settle(path: Path) -> None:
    """Put what was written to the file `path` on the disk."""
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


def sweep(folder: Path) -> None:
    """Delete what writers that were killed left unfinished in `folder` and below.

    Raises:
        OutputError: the disk refuses.
    """
    try:
        for path in folder.rglob(f"{UNFINISHED}*"):
            path.unlink(missing_ok=True)
    except OSError as error:
        raise refused(folder, error) from error


def refused(path: Path, error: Exception) -> OutputError:
    """The error of a disk that does not take `path`."""
    reason = getattr(error, "strerror", None) or error
    return OutputError(
        f"cannot write {path}: {reason}; what was written before is whole. "
        "Free space or choose another --out, and run again"
    )
