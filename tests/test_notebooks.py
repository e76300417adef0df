"""Every notebook runs from top to bottom and shows what its text says it shows."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
MOST_CELLS = 10


def code(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_short_and_defines_nothing(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert 1 <= len(code(notebook)) <= MOST_CELLS
    for cell in code(notebook):
        tree = ast.walk(ast.parse(cell.source))
        assert not [n for n in tree if isinstance(n, ast.FunctionDef | ast.ClassDef | ast.Lambda)]


def shown(notebook: Any) -> list[str]:
    """What each code cell displays, all its forms in one text, without tags and marks."""
    forms = [
        "\n".join(str(form) for output in cell.outputs for form in output.get("data", {}).values())
        for cell in code(notebook)
    ]
    return [re.sub(r"</?[a-z][^<>]*>|[\[\]]", "", form) for form in forms]


def executed(name: str) -> list[str]:
    """What each code cell of a notebook shows after a run from top to bottom."""
    notebook = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
    folder = {"metadata": {"path": str(FOLDER)}}
    NotebookClient(notebook, timeout=900, kernel_name="python3", resources=folder).execute()
    return shown(notebook)


def test_the_helmand_notebook_tells_the_case() -> None:
    _run, article, crash, table, displaced, series, takhar, rows = executed("01_helmand")
    for speaker in ("Khalilzad", "Stoltenberg", "UNAMA", "Wilson", "Khalid"):
        assert speaker in article
    assert "Miller" not in [line.split()[0] for line in article.splitlines() if line.split()]
    for words in ("Between eight and 15 people", "Nine service members", "killing nine people"):
        assert words in crash
    assert "silent" in table
    for figure in ("35,000", "30,000", "nearly 40,000", "35"):
        assert figure in displaced
    for count in ("500", "1051", "3520", "4522", "6358", "9687"):
        assert count in series
    for words in ("Twelve children", "No civilians were harmed"):
        assert words in takhar
    assert "disputed" in rows and "revised" in rows


def test_the_notebook_of_own_documents_goes_from_files_to_a_table() -> None:
    files, told, read, actors, short, said, table, killed, why, written = executed(
        "02_own_documents"
    )
    assert "documents/leaflet.pdf" in files and "actors.csv" in files
    assert "Northern Wire" in told
    assert "rejected" in read and "reprint, never an independent account" in read
    assert "Dockworkers' Union" in actors
    assert "7 documents of 6 publishers" in short
    assert "Ilse Marand" in said and "declined" in said
    assert "silent" in table
    for words in ("At least 12 people were killed", "Four people were killed", "nine bodies"):
        assert words in killed
    assert "conflict" in why and "no number fits both" in why
    assert "report.html" in written and "discrepancies.xlsx" in written


def test_the_notebook_of_review_shows_decisions_at_work() -> None:
    _run, _open, pairs, decided, again, judged, rows, alpha, undone, back = executed("03_review")
    assert "conflict" in pairs
    assert decided.count("change-relation") == again.count("change-relation") > 0
    assert "superseded" in again
    assert "not-applied" not in again
    assert "30,000" in judged and "35,000" in judged
    assert "True" in rows
    assert "units=2" in alpha
    assert "it should count after all" in undone
    assert back == ""


def test_the_notebook_of_thresholds_moves_every_one() -> None:
    _run, settings, moves, changed, curve, chart, words, close = executed("04_sensitivity")
    for name in ("cluster.event_threshold", "judge.near_bounds", "tabulate.dispute_score"):
        assert name in settings
    assert "judge.window_days" in moves and "judge.conflict_score" in moves
    assert "changes" in changed
    assert "0.35" in curve and "f1" in curve
    assert "event_threshold" in chart
    assert "before" in words and "after" in words
    assert "pairs" in close


def test_the_notebook_of_methods_shows_the_figures_of_the_pages() -> None:
    judges, summary, relations, speakers, outside, short = executed("05_methods")
    assert "Two figures agree or conflict only if they count the same thing" in judges
    assert "polnear_dev" in summary
    assert "not-comparable" in relations
    assert "speakers.csv (test)" in speakers or "117" in speakers
    assert "polnear_dev.jsonl.gz" in outside
    assert "Events" in short
