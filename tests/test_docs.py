"""The generated pages are up to date, and every setting says what it means."""

import importlib.util
from pathlib import Path

import pytest

DOCS = Path(__file__).parent.parent / "docs"


def _build():  # type: ignore[no-untyped-def]
    spec = importlib.util.spec_from_file_location("docs_build", DOCS / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", ["tables.md", "settings.md"])
def test_generated_pages_are_up_to_date(page: str) -> None:
    made = _build().PAGES[page]()
    assert (DOCS / page).read_text(encoding="utf-8") == made, "run: python docs/build.py"


def test_every_setting_says_what_it_means() -> None:
    assert [line for line in _build().thresholds().splitlines() if line.endswith("|  |")] == []
