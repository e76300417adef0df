"""The generated pages are up to date, and every setting says what it means."""

import ast
import importlib.util
import re
import tomllib
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


def test_every_test_that_the_threats_name_is_there() -> None:
    page = (DOCS / "threats.md").read_text(encoding="utf-8")
    named = re.findall(r"`(test_\w+\.py)::(test_\w+)`", page)
    assert len(named) > 30
    for file, name in named:
        tree = ast.parse((DOCS.parent / "tests" / file).read_text(encoding="utf-8"))
        there = {
            target
            for node in tree.body
            for target in (
                [node.name]
                if isinstance(node, ast.FunctionDef)
                else [t.id for t in node.targets if isinstance(t, ast.Name)]
                if isinstance(node, ast.Assign)
                else []
            )
        }
        assert name in there, f"{file}::{name}"
    rows = [line for line in page.splitlines() if line.startswith("| ")]
    assert all(line.count("|") == 5 for line in rows)


def test_the_lock_holds_every_dependency_by_hash() -> None:
    from packaging.requirements import Requirement

    root = DOCS.parent
    lines = (root / "requirements.lock").read_text(encoding="utf-8").replace("\\\n", " ")
    pinned: dict[str, list[str]] = {}
    for line in filter(None, lines.splitlines()):
        requirement, *hashes = re.split(r"\s+--hash=", line.strip())
        name, version = re.match(r"([\w.-]+)==([^\s;]+)", requirement).groups()  # type: ignore[union-attr]
        assert hashes and all(re.fullmatch(r"sha256:[0-9a-f]{64}\s*", h) for h in hashes), name
        pinned.setdefault(name.lower(), []).append(version)
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    for wanted in [*project["dependencies"], *extras["lab"], *extras["test"]]:
        requirement = Requirement(wanted)
        name = re.sub(r"[-_.]+", "-", requirement.name).lower()
        assert name in pinned, f"{name} is not in requirements.lock; run: make lock"
        assert all(v in requirement.specifier for v in pinned[name]), f"{name}: make lock"
