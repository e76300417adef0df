"""The output folder described as an RO-Crate, so that archives and people know what is in it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pandas as pd

from compare.report.files import sha256, write
from compare.report.manifest import versions
from compare.schema import TABLES
from compare.tables import records
from compare.view import Comparison
from compare.view.evidence import safe_url
from compare.view.lookup import Record

NAME = "ro-crate-metadata.json"
_FORMATS = {
    ".html": "text/html", ".csv": "text/csv", ".json": "application/json",
    ".jsonld": "application/ld+json", ".md": "text/markdown", ".pdf": "application/pdf",
    ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip
_ABOUT = {
    "report": "The report, to read.", "manifest": "Hashes, settings and versions of the run.",
    "annotations": "Every quotation as a W3C Web Annotation.",
    "vectors": "One sentence embedding a claim.",
}  # fmt: skip


def _file(path: Path, root: Path) -> dict[str, Any]:
    name = path.relative_to(root).as_posix()
    about = TABLES[path.stem].about if path.stem in TABLES else _ABOUT.get(path.stem, path.stem)
    return {
        "@id": name, "@type": "File", "name": name, "description": about,
        "encodingFormat": _FORMATS.get(path.suffix, "application/octet-stream"),
        "contentSize": str(path.stat().st_size), "sha256": sha256(path),
    }  # fmt: skip


def _identifier(publisher: str) -> str:
    """An `@id` made from a name; RO-Crate wants a URI reference, so nothing but its characters.

    >>> _identifier("Valley Post"), _identifier("<b>")
    ('#publisher-Valley%20Post', '#publisher-%3Cb%3E')
    """
    return f"#publisher-{quote(publisher, safe='', errors='backslashreplace')}"


def _document(row: Record) -> dict[str, Any]:
    about: dict[str, Any] = {
        "@id": f"#document-{row['document_id']}", "@type": "CreativeWork",
        "name": row["title"] or row["path"], "publisher": {"@id": _identifier(row["publisher"])},
        "inLanguage": row["language"], "identifier": row["document_id"],
    }  # fmt: skip
    if row["published"] is not None:
        about["datePublished"] = pd.Timestamp(row["published"]).date().isoformat()
    if safe_url(row["url"] or ""):
        about["url"] = row["url"]
    return about


def crate(comparison: Comparison, out: Path, files: Iterable[Path]) -> dict[str, Any]:
    """The metadata of an output folder, after RO-Crate 1.1.

    Its date is that of the newest document, so that two runs give the same bytes.

    Args:
        comparison: the run.
        out: the output folder.
        files: what was written in it.

    Source: https://www.researchobject.org/ro-crate/specification/1.1/
    """
    root = out.resolve()
    described = [_file(path.resolve(), root) for path in sorted(files)]
    documents = [_document(row) for row in records(comparison.documents)]
    newest = comparison.documents["published"].max()
    publishers = sorted(set(comparison.documents["publisher"].tolist()))
    dataset = {
        "@id": "./", "@type": "Dataset", "name": comparison.title,
        "description": "Accounts of the same events compared, claim by claim: what they say, "
        "where they differ, and the characters of the text behind every cell.",
        "datePublished": "1970-01-01" if pd.isna(newest) else newest.date().isoformat(),
        "license": "The quoted texts remain their publishers'; the tables are the user's own.",
        "hasPart": [{"@id": f["@id"]} for f in described],
        "isBasedOn": [{"@id": d["@id"]} for d in documents],
    }  # fmt: skip
    action = {
        "@id": "#run", "@type": "CreateAction", "name": "Comparison of the accounts",
        "instrument": {"@id": "#compare"}, "object": [{"@id": d["@id"]} for d in documents],
        "result": [{"@id": f["@id"]} for f in described],
    }  # fmt: skip
    software = {
        "@id": "#compare", "@type": "SoftwareApplication", "name": "compare",
        "softwareVersion": versions().get("claim-compare", ""),
    }  # fmt: skip
    descriptor = {
        "@id": NAME, "@type": "CreativeWork", "about": {"@id": "./"},
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
    }  # fmt: skip
    people = [
        {"@id": _identifier(name), "@type": "Organization", "name": name} for name in publishers
    ]
    graph = [descriptor, dataset, *described, *documents, *people, action, software]
    return {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph}


def write_crate(comparison: Comparison, out: Path, files: Iterable[Path]) -> Path:
    """Write `ro-crate-metadata.json` in `out`, and return its path.

    Raises:
        OutputError: it cannot be written.
    """
    text = json.dumps(crate(comparison, out, files), ensure_ascii=True, indent=1)
    return write(out, NAME, (text + "\n").encode())
