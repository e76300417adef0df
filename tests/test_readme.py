"""The README's Python runs and prints what it says."""

import doctest
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"


def test_the_python_of_the_readme_prints_what_it_says() -> None:
    result = doctest.testfile(str(README), module_relative=False, encoding="utf-8")
    assert (result.failed, result.attempted > 5) == (0, True)


def test_the_readme_names_files_that_exist() -> None:
    root = README.parent
    for name in ("docs/design.md", "docs/tables.md", "docs/settings.md", "docs/evaluation.md",
                 "CITATION.cff", "SECURITY.md", "fixtures/helmand-2020", "Makefile"):  # fmt: skip
        assert (root / name).exists(), name
        assert name in README.read_text(encoding="utf-8") or name == "Makefile"
