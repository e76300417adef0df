"""The documents of a case: found, read, dated, and told apart."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

from compare.errors import DocumentError
from compare.read.decode import decode
from compare.read.formats import FORMATS
from compare.read.language import guess_language
from compare.read.metadata import FIELDS, merge, published, read_rows, split_front_matter
from compare.read.sandbox import Sandbox
from compare.settings import Settings
from compare.tables import from_rows

Progress = Callable[[int, int], None]
PLAIN = (".md", ".txt")


class Reading:
    """The documents and tables of one case as they are read, with every problem met.

    Args:
        root: the case's folder.
        settings: its settings; the section `read` holds the limits.
        only: the one file to read, for a case that is no folder.
    """

    def __init__(self, root: Path, settings: Settings, *, only: Path | None) -> None:
        """Read nothing yet."""
        self.root = root
        self.limits = settings.read
        self.only = only
        self.rows: list[dict[str, object]] = []
        self.problems: list[dict[str, object]] = []

    def problem(self, path: str, kind: str, message: str) -> None:
        """Note that something at `path` was rejected, a duplicate, or read with a reserve."""
        self.problems.append({"path": path, "kind": kind, "message": message})

    def note_guess(self, path: str, how: str) -> None:
        """Warn where the encoding of a file was only guessed."""
        if "guess" in how:
            self.problem(path, "warning", f"encoding guessed: {how}; save it as UTF-8")

    def table(self, name: str) -> list[tuple[int, dict[str, str]]] | None:
        """Lines and rows of a CSV beside documents/, or None where there is none usable."""
        path = self.root / name
        if self.only or not path.is_file():
            return None
        try:
            data = _bytes(path, self.root, self.limits.max_bytes)
            decoded = decode(data, markup=False, fallback_encoding=self.limits.encoding)
            self.note_guess(name, f"{decoded.encoding} ({decoded.how})")
            return read_rows(decoded.text)
        except DocumentError as error:
            self.problem(name, "rejected", str(error))
            return None

    def documents(self, progress: Progress) -> pd.DataFrame:
        """The table of documents; what cannot be read is noted as a problem."""
        files = [self.only] if self.only else list(_files(self.root / "documents", self))
        known = _documents_csv(self)
        with Sandbox(memory=self.limits.max_memory) as sandbox:
            for done, file in enumerate(files):
                progress(done, len(files))
                _read_document(file, known, self, sandbox)
        progress(len(files), len(files))
        return _distinct(self)


def _files(folder: Path, reading: Reading) -> Iterator[Path]:
    for file in sorted(folder.rglob("*")):
        name = _name(file, reading.root)
        if file.is_dir() or file.name.startswith("."):
            continue
        if file.suffix.lower() in PLAIN or file.suffix.lower() in FORMATS:
            yield file
        else:
            reading.problem(
                name,
                "rejected",
                f"{file.suffix or 'no extension'} is not a format "
                f"that is read; save it as one of {', '.join((*PLAIN, *FORMATS))}",
            )


def _name(file: Path, root: Path) -> str:
    return file.relative_to(root).as_posix().encode("utf-8", "replace").decode()


def _bytes(file: Path, root: Path, max_bytes: int) -> bytes:
    try:
        if not file.resolve().is_relative_to(root.resolve()):
            raise DocumentError("a symbolic link that leads out of the case; copy the file in")
        size = file.stat().st_size
        if size > max_bytes:
            raise DocumentError(f"{size} bytes, more than [settings.read] max_bytes {max_bytes}")
        return file.read_bytes()
    except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links
        raise DocumentError(f"cannot be opened: {error}") from error


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name longer than the system allows
        return False


def _documents_csv(reading: Reading) -> dict[str, dict[str, str]]:
    known: dict[str, dict[str, str]] = {}
    rows = reading.table("documents.csv") or []
    columns = set(rows[0][1]) if rows else {"path"}
    stray = sorted(columns - {"path", "file", *FIELDS})
    if stray or not columns & {"path", "file"}:
        reading.problem(
            "documents.csv",
            "warning",
            f"the columns {stray} are not used; expected path and any of {', '.join(FIELDS)}",
        )
    for line, row in rows if columns & {"path", "file"} else []:
        name = (row.get("path") or row.get("file") or "").strip().removeprefix("documents/")
        if not name or not _is_file(reading.root / "documents" / name):
            reading.problem(
                "documents.csv",
                "warning",
                f"line {line} is about {name!r}, which is not in documents/",
            )
        known[name] = {k: v.strip() for k, v in row.items()}
    return known


def _read_document(
    file: Path, known: dict[str, dict[str, str]], reading: Reading, sandbox: Sandbox
) -> None:
    name = _name(file, reading.root)
    limits = reading.limits
    front: dict[str, str] = {}
    try:
        data = _bytes(file, reading.root, limits.max_bytes)
        if not data:
            raise DocumentError("empty file (0 bytes)")
        form = FORMATS.get(file.suffix.lower())
        if form:
            # What is made to choke a parser is small; a long report is not.
            spent = limits.min_seconds + len(data) / limits.bytes_per_second
            found = sandbox.read(
                file.resolve(), form, limits.encoding,
                seconds=min(limits.max_seconds, spent), processor=limits.max_processor_seconds,
            )  # fmt: skip
            text = found.pop("text", "")
            how = found.pop("how", "")
        else:
            decoded = decode(data, markup=False, fallback_encoding=limits.encoding)
            how = f"{decoded.encoding} ({decoded.how})"
            found, (front, text) = {}, split_front_matter(decoded.text)
        reading.note_guess(name, how)
        if not text.strip():
            scan = "; a scanned page must be read by OCR first" if form == "pdf" else ""
            raise DocumentError(f"no text in it{scan}")
        if len(text) > limits.max_characters:
            raise DocumentError(
                f"{len(text)} characters, more than [settings.read] max_characters "
                f"{limits.max_characters}; split it"
            )
        facts = merge(known.get(name.removeprefix("documents/"), {}), front, found)
        if any("\ud800" <= c <= "\udfff" for words in (text, *facts.values()) for c in words):
            raise DocumentError("lone surrogates in the text or metadata; save it as UTF-8")
        when = _when(facts, name, reading, guessed="published" in found)
    except DocumentError as error:
        reading.problem(name, "rejected", str(error))
        return
    if "publisher" not in facts:
        reading.problem(
            name,
            "warning",
            "no publisher; its narration has no named source. "
            "Give one in front matter or documents.csv",
        )
    language = facts.get("language") or guess_language(text)
    if not language.lower().startswith("en"):
        told = "language not recognised" if language == "und" else f"language {language}"
        reading.problem(
            name,
            "warning",
            f"{told}: attributions and figures are only read in English; "
            "give ready-made claims in claims.csv, or `language: en` if it is English",
        )
    reading.rows.append(
        {
            "path": name,
            "publisher": facts.get("publisher", "unknown"),
            "published": when,
            "url": facts.get("url"),
            "title": facts.get("title"),
            "language": language,
            "note": facts.get("note", ""),
            "text": text,
        }
    )


def _when(facts: dict[str, str], name: str, reading: Reading, *, guessed: bool) -> object:
    if "published" not in facts:
        reading.problem(
            name,
            "warning",
            "no date of publication; its relative dates cannot be "
            "resolved. Give `published` in front matter or documents.csv",
        )
        return None
    try:
        return published(facts["published"])
    except DocumentError:
        if not guessed:
            raise
        return None


def _distinct(reading: Reading) -> pd.DataFrame:
    """One row a text and publisher. The id is the hash of the text.

    Where several publishers carry one text to the letter, the earliest keeps
    that id and each reprint hashes its publisher in, so outlets can be counted.
    """

    def order(row: dict[str, object]) -> tuple[object, ...]:
        return (
            row["text"],
            str(row["published"] or "9999"),
            row["publisher"],
            row["url"] or "",
            row["path"],
        )

    kept: dict[tuple[str, str], dict[str, object]] = {}
    first: dict[str, dict[str, object]] = {}
    for row in sorted(reading.rows, key=order):
        text, publisher = str(row["text"]), str(row["publisher"])
        if (text, publisher) in kept:
            reading.problem(
                str(row["path"]),
                "duplicate",
                f"the same text as {kept[text, publisher]['path']}; used once",
            )
            continue
        reprint = text in first
        if reprint:
            reading.problem(
                str(row["path"]),
                "duplicate",
                f"the same text as {first[text]['path']} under another publisher; "
                "kept as a reprint, never an independent account",
            )
        whole = f"{text}\0{publisher}" if reprint else text
        row["document_id"] = hashlib.sha256(whole.encode()).hexdigest()[:16]
        kept[text, publisher] = row
        first.setdefault(text, row)
    return from_rows("documents", list(kept.values()))
