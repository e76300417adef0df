"""Everything a run leaves in its folder, in the order that hashes need."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from compare.report.annotations import write_annotations
from compare.report.content import Background
from compare.report.crate import write_crate
from compare.report.docx import write_docx
from compare.report.html import write_report
from compare.report.manifest import write_manifest
from compare.report.markdown import write_markdown
from compare.report.moves import kept_moves
from compare.report.pdf import write_pdf
from compare.report.sheets import write_tables
from compare.view import Comparison

SENSITIVITY_UP_TO = 1500
"""Judged pairs; 500 of them take about 2 s for all thresholds, so this is about 6 s."""


def write_all(
    comparison: Comparison,
    out: Path,
    *,
    case: str,
    inputs: Mapping[str, str],
    models: Mapping[str, Mapping[str, str]],
    kept: Path | None = None,
    sensitivity: bool | None = None,
) -> list[Path]:
    """Write the report in every format, the tables, annotations, crate and manifest.

    Args:
        comparison: the run.
        out: folder to write in, made if it is not there.
        case: the case as it was named, for a later `verify`.
        inputs: sha256 by path, from `hash_inputs`.
        models: by name, with at least `sha256`.
        kept: folder for what a second run need not make again; None keeps nothing.
        sensitivity: judge again with each threshold moved, for the report; None for
            doing so on up to `SENSITIVITY_UP_TO` judged pairs.

    Returns:
        Every file written: `report.html` first, `manifest.json` last.

    Raises:
        OutputError: a file cannot be written, or would lie outside `out`.
    """
    if sensitivity is None:
        sensitivity = len(comparison.judgements) <= SENSITIVITY_UP_TO
    moves = None
    if sensitivity:
        moves = kept_moves(comparison, kept, models) if kept else comparison.sensitivity()
    background = Background(moves=moves, inputs=inputs, models=models)
    written = [write_report(comparison, out, background=background), *write_tables(comparison, out)]
    for writer in (write_markdown, write_docx, write_pdf):
        written.append(writer(comparison, out, background=background))
    written.append(write_annotations(comparison, out))
    written.append(write_crate(comparison, out, written))
    manifest = write_manifest(
        comparison, out, case=case, inputs=inputs, models=models, outputs=written
    )
    return [*written, manifest]
