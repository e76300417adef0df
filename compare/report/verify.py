"""Hold an output folder to its manifest, and a second run to the first."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compare.errors import OutputError
from compare.report.files import inside, sha256
from compare.report.manifest import NAME, hash_inputs, read_manifest


@dataclass(frozen=True)
class Difference:
    """One file that is not what the manifest, or a second run, says."""

    path: str
    what: str

    def __str__(self) -> str:
        """One line for a person."""
        return f"{self.path}: {self.what}"


def first_difference(old: bytes, new: bytes) -> str:
    """Where two contents part, in words, or "" where they are equal.

    >>> first_difference(b"abc", b"abd")
    "byte 2 of 3 is 'c' and is now 'd'; 1 byte differs"
    >>> first_difference(b"ab", b"abc")
    'has 2 bytes and now has 3; the first 2 are equal'
    """
    if old == new:
        return ""
    shorter = min(len(old), len(new))
    at = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    if at == shorter:
        return f"has {len(old):,} bytes and now has {len(new):,}; the first {at:,} are equal"
    count = sum(a != b for a, b in zip(old, new, strict=False)) + abs(len(old) - len(new))
    total = f"{len(old):,}" if len(old) == len(new) else f"{len(old):,} (now {len(new):,})"
    plural = "byte differs" if count == 1 else "bytes differ"
    return (
        f"byte {at:,} of {total} is {_shown(old[at])} and is now {_shown(new[at])}; "
        f"{count:,} {plural}"
    )


def _shown(byte: int) -> str:
    return repr(chr(byte)) if 32 <= byte < 127 else f"0x{byte:02x}"


def _against_manifest(out: Path, manifest: dict[str, Any]) -> list[Difference]:
    found = []
    for relative, digest in sorted(manifest["outputs"].items()):
        try:
            path = inside(out, relative)
        except OutputError:
            found.append(Difference(relative, "the manifest names a path outside the folder"))
            continue
        if not path.is_file():
            found.append(Difference(relative, "is missing; the manifest lists it"))
        elif sha256(path) != digest:
            found.append(Difference(relative, f"has sha256 {sha256(path)}; expected {digest}"))
    return found


def _inputs(case: Path, manifest: dict[str, Any]) -> list[Difference]:
    now, then = hash_inputs(case), manifest["inputs"]
    found = [Difference(p, "input is gone") for p in sorted(set(then) - set(now))]
    found += [Difference(p, "input is new") for p in sorted(set(now) - set(then))]
    found += [
        Difference(p, f"input has sha256 {now[p]}; expected {then[p]}")
        for p in sorted(set(now) & set(then))
        if now[p] != then[p]
    ]
    return found


def verify(
    out: Path, *, case: Path | None = None, rerun: Callable[[Path], object] | None = None
) -> list[Difference]:
    """What differs from the manifest, and from a second run where one is asked for.

    Args:
        out: an output folder with its `manifest.json`.
        case: the case it was made from; its files are held to the manifest too.
        rerun: does the whole run again into the folder it is given.

    Returns:
        No difference, or one a file: output files first, then inputs, then
        byte by byte against the second run.

    Raises:
        OutputError: the manifest is missing or broken.
    """
    manifest = read_manifest(out)
    found = _against_manifest(out, manifest)
    if case is not None:
        found += _inputs(case, manifest)
    if rerun is None:
        return found
    with tempfile.TemporaryDirectory(prefix="compare-verify-") as folder:
        again = Path(folder)
        rerun(again)
        for relative in [*sorted(manifest["outputs"]), NAME]:
            old, new = inside(out, relative), inside(again, relative)
            if not new.is_file():
                found.append(Difference(relative, "a second run does not write it"))
            elif old.is_file():
                what = first_difference(old.read_bytes(), new.read_bytes())
                if what:
                    found.append(Difference(relative, f"against a second run, {what}"))
    return found
