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
    return [re.sub(r"<[^<>]*>|[\[\]]", "", form) for form in forms]


def test_the_helmand_notebook_tells_the_case() -> None:
    notebook = nbformat.read(FOLDER / "01_helmand.ipynb", as_version=4)
    client = NotebookClient(
        notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}
    )
    client.execute()
    _run, article, crash, table, displaced, series, takhar, rows = shown(notebook)
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
