"""A case folder, or a single file, as tables."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from compare.errors import CaseError
from compare.read.claims import ready_claims
from compare.read.documents import PLAIN, Progress, Reading
from compare.read.formats import FORMATS
from compare.settings import Settings, from_mapping
from compare.tables import check, empty


@dataclass(frozen=True)
class Case:
    """What was read: documents, what could not be read, and the researcher's own tables."""

    title: str
    root: Path
    settings: Settings
    documents: pd.DataFrame
    problems: pd.DataFrame
    claims: pd.DataFrame | None = None
    """Ready-made claims; their documents are not extracted from."""
    actors: pd.DataFrame | None = None
    decisions: pd.DataFrame | None = None


def read_case(
    path: str | os.PathLike[str],
    settings: Settings | None = None,
    *,
    progress: Progress = lambda done, total: None,
) -> Case:
    """Read the case at `path`, a folder or one file, into a `Case`.

    A document that cannot be read becomes a row of `problems` and the rest
    goes on. `settings` replaces those of `case.toml`. Row order, ids and
    content do not depend on file names' order.

    Raises:
        CaseError: no such folder or file, no `documents/` or nothing in it, or an unusable
            `case.toml`.

    >>> case = read_case("fixtures/atnews-lashkargah")
    >>> case.documents[["publisher", "language"]].values.tolist()
    [['AT News', 'en']]
    """
    path = Path(path)
    try:
        single, folder = path.is_file(), path.is_dir()
    except OSError as error:
        raise CaseError(f"{str(path)[:80]!r} cannot be a path: {error.strerror}") from error
    if not single and not folder:
        raise CaseError(f"no case at {str(path)!r}; expected a folder with documents/, or a file")
    root = path.parent if single else path
    if not single and not (root / "documents").is_dir():
        raise CaseError(
            f"{str(path)!r} has no folder documents/; put the documents there, "
            "or name one file to use it alone"
        )
    if single:
        title, settings = path.stem, settings or Settings()
    else:
        title, settings = _toml(root / "case.toml", settings)
    reading = Reading(root, settings, only=path if single else None)
    documents = reading.documents(progress)
    claims = None
    if (rows := reading.table("claims.csv")) is not None:
        documents, claims = ready_claims(rows, documents, reading.problem)
    if not len(documents) and not any(
        str(p["path"]).startswith(("documents/", "claims.csv")) for p in reading.problems
    ):
        raise CaseError(
            f"{str(root / 'documents')!r} holds no file that can be listed; put "
            f"{', '.join((*PLAIN, *FORMATS))} there, or give claims.csv"
        )
    actors = _frame(reading.table("actors.csv"))
    decisions = _frame(reading.table("decisions.csv"))
    problems = pd.DataFrame(reading.problems).drop_duplicates()
    return Case(
        title=title,
        root=root,
        settings=settings,
        documents=documents,
        problems=check("problems", problems) if len(problems) else empty("problems"),
        claims=claims,
        actors=actors,
        decisions=decisions,
    )


def _toml(path: Path, settings: Settings | None) -> tuple[str, Settings]:
    if not path.is_file():
        return path.parent.resolve().name, settings or Settings()
    try:
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise CaseError(
            f'{path}: not TOML in UTF-8: {error}; text needs quotes, as in title = "..."'
        ) from error
    except OSError as error:
        raise CaseError(f"{path} cannot be opened: {error}; make it readable") from error
    stray = sorted(set(facts) - {"title", "settings"})
    if stray or not isinstance(facts.get("settings", {}), dict):
        raise CaseError(f"{path}: unknown entries {stray}; expected `title` and `[settings.*]`")
    title = str(facts.get("title") or path.parent.resolve().name)
    return title, settings or from_mapping(facts.get("settings", {}))


def _frame(rows: list[tuple[int, dict[str, str]]] | None) -> pd.DataFrame | None:
    """The rows by line number, or None where there is no such file."""
    if rows is None:
        return None
    return pd.DataFrame([row for _, row in rows], index=[line for line, _ in rows]).fillna("")
