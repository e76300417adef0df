"""Hold an output folder to its manifest, and a second run to the first."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from compare.errors import OutputError
from compare.report.files import KEPT, inside, sha256
from compare.report.manifest import NAME, hash_inputs, read_manifest

KINDS = ("input", "run", "output", "second run", "extra")
"""What differs: a file of the case; a setting, version or model; a file written before; a file
as a second run writes it; a file that no run wrote."""
_LINES = (".csv", ".html", ".json", ".jsonld", ".md")


@dataclass(frozen=True)
class Difference:
    """One thing that is not what the manifest, or a second run, says; `kind` is one of `KINDS`."""

    path: str
    what: str
    kind: str

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


def first_cell(old: pd.DataFrame, new: pd.DataFrame) -> str:
    """How many rows of a table differ, and the first cell that does, or "" where none does.

    >>> first_cell(pd.DataFrame({"a": [1, 2]}), pd.DataFrame({"a": [1, 3]}))
    "1 of 2 rows differs, first row 1, column a: '2', now '3'"
    """
    if list(old.columns) != list(new.columns):
        return f"has the columns {list(old.columns)} and now {list(new.columns)}"
    if len(old) != len(new):
        return f"has {len(old):,} rows and now {len(new):,}"
    was, now = (
        t.astype(object).map(lambda cell: "nothing" if pd.isna(cell) else str(cell))
        for t in (old, new)
    )
    differs = was.to_numpy() != now.to_numpy()
    rows = differs.any(axis=1)
    if not rows.any():
        return ""
    row = int(rows.argmax())
    column = int(differs[row].argmax())
    cells = [repr(str(t.iat[row, column])[:60]) for t in (was, now)]
    verb = "rows differs" if rows.sum() == 1 else "rows differ"
    return (
        f"{rows.sum():,} of {len(old):,} {verb}, first row {row}, column "
        f"{old.columns[column]}: {cells[0]}, now {cells[1]}"
    )


def _where(name: str, old: bytes, new: bytes) -> str:
    """The place of the first difference as a person finds it: a line, or a cell of a table."""
    if name.endswith(".parquet") and "vectors" not in name:
        try:
            told = first_cell(*(pd.read_parquet(io.BytesIO(data)) for data in (old, new)))
        except (OSError, ValueError):
            return "one of the two is no Parquet file"
        return told or "every cell is equal"
    if name.endswith(_LINES):
        at = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(old))
        return f"line {old.count(bytes([10]), 0, at) + 1:,}"
    return ""


def _shown(byte: int) -> str:
    return repr(chr(byte)) if 32 <= byte < 127 else f"0x{byte:02x}"


def _held(out: Path, relative: str) -> Path | None:
    """The path of an output, or None where a manifest names one outside the folder."""
    try:
        return inside(out, relative)
    except OutputError:
        return None


def _against_manifest(out: Path, manifest: dict[str, Any]) -> list[Difference]:
    found = []
    for relative, digest in sorted(manifest["outputs"].items()):
        path = _held(out, relative)
        if path is None:
            what = "the manifest names a path outside the folder"
            found.append(Difference(relative, what, "output"))
        elif not path.is_file():
            what = "is missing; the manifest lists it"
            found.append(Difference(relative, what, "output"))
        elif sha256(path) != digest:
            what = f"has sha256 {sha256(path)}; expected {digest}"
            found.append(Difference(relative, what, "output"))
    return found


def _extra(out: Path, manifest: dict[str, Any]) -> list[Difference]:
    """Files that no run wrote; a folder with a manifest of its own is another run's."""
    found = []
    for folder, folders, names in os.walk(out):
        at = Path(folder)
        kept = [KEPT] if at == out else []
        folders[:] = [f for f in folders if f not in kept and not (at / f / NAME).is_file()]
        links = [f for f in folders if (at / f).is_symlink()]
        found += [(at / name).relative_to(out).as_posix() for name in (*names, *links)]
    extra = sorted(set(found) - {NAME, *manifest["outputs"]})
    return [Difference(path, "no run wrote it", "extra") for path in extra]


def _inputs(case: Path, manifest: dict[str, Any]) -> list[Difference]:
    now, then = hash_inputs(case), manifest["inputs"]
    found = [Difference(p, "input is gone", "input") for p in sorted(set(then) - set(now))]
    found += [Difference(p, "input is new", "input") for p in sorted(set(now) - set(then))]
    found += [
        Difference(p, f"input has sha256 {now[p]}; expected {then[p]}", "input")
        for p in sorted(set(now) & set(then))
        if now[p] != then[p]
    ]
    return found


def _leaves(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key in sorted(value):
            yield from _leaves(value[key], f"{name}.{key}" if name else str(key))
    else:
        yield name, str(value)


def _run(then: dict[str, Any], now: dict[str, Any]) -> list[Difference]:
    """Settings, versions and models that are not those of the first run."""
    found = []
    for part, told in (("settings", "setting"), ("packages", "version of"), ("models", "model")):
        was, is_now = dict(_leaves(then.get(part, {}))), dict(_leaves(now.get(part, {})))
        for name in sorted(was.keys() | is_now.keys()):
            if was.get(name) != is_now.get(name):
                values = [side.get(name, "not there") for side in (was, is_now)]
                what = f"{told} {name} was {values[0]} and is now {values[1]}"
                found.append(Difference(NAME, what, "run"))
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
        No difference, or those found: output files first, then files that no run wrote,
        inputs, settings and versions, and byte by byte against the second run.

    Raises:
        OutputError: the manifest is missing or broken.
    """
    manifest = read_manifest(out)
    found = _against_manifest(out, manifest) + _extra(out, manifest)
    if case is not None:
        found += _inputs(case, manifest)
    if rerun is None:
        return found
    with tempfile.TemporaryDirectory(prefix="compare-verify-") as folder:
        again = Path(folder)
        rerun(again)
        found += _run(manifest, read_manifest(again))
        for relative in sorted(manifest["outputs"]):
            old, new = _held(out, relative), _held(again, relative)
            if old is None or new is None or not old.is_file():
                continue
            if not new.is_file():
                found.append(Difference(relative, "a second run does not write it", "second run"))
                continue
            data = old.read_bytes(), new.read_bytes()
            if what := first_difference(*data):
                where = _where(relative, *data)
                told = f"against a second run, {f'{where}; ' if where else ''}{what}"
                found.append(Difference(relative, told, "second run"))
    return found
