"""Every block of code on the pages runs as it stands; generated pages are up to date."""

from __future__ import annotations

import ast
import doctest
import importlib.util
import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from typer.testing import CliRunner

from compare.__main__ import app

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
WRITTEN = sorted(p for p in DOCS.rglob("*.md") if p.parent.name != "evaluation")
FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#:\s]+)(#[^)\s]+)?\)")
FLAGS = doctest.ELLIPSIS


class Block(NamedTuple):
    """A fenced block: its language, the file it is the text of, its line, its text."""

    language: str
    file: str | None
    line: int
    text: str


def blocks(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    return [
        Block(m.group(1), m.group(2), text.count("\n", 0, m.start()) + 1, m.group(3))
        for m in FENCE.finditer(text)
    ]


def run_python(block: Block, names: dict[str, Any], page: Path) -> None:
    test = doctest.DocTestParser().get_doctest(block.text, names, page.name, str(page), block.line)
    assert test.examples, f"{page.name}, line {block.line}: no >>> in it, so it shows nothing"
    said: list[str] = []
    result = doctest.DocTestRunner(optionflags=FLAGS).run(test, out=said.append, clear_globs=False)
    assert result.failed == 0, "".join(said)
    names.update(test.globs)


def run_shell(line: str) -> None:
    words = shlex.split(line)
    if words[0] == "claim-compare":
        result = CliRunner().invoke(app, words[1:])
        assert result.exit_code == 0, (line, result.output, result.exception)
    elif words[0] == "make":
        # Installing is what continuous integration does; here the target must exist.
        assert f"\n{words[1]}:" in (ROOT / "Makefile").read_text(encoding="utf-8")
    else:
        subprocess.run(words, check=True)


@pytest.mark.parametrize("page", [p for p in WRITTEN if blocks(p)], ids=lambda p: p.stem)
def test_the_code_of_a_page_runs(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "fixtures" / "saltmere-2031", tmp_path / "fixtures" / "saltmere-2031")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for block in blocks(page):
        if block.file:
            Path(block.file).parent.mkdir(parents=True, exist_ok=True)
            Path(block.file).write_text(block.text, encoding="utf-8")
        elif block.language == "python":
            run_python(block, names, page)
        elif block.language == "sh":
            for line in block.text.splitlines():
                run_shell(line)
        else:
            pytest.fail(f"{page.name}, line {block.line}: a {block.language} block of no file")


@pytest.mark.parametrize("page", [*WRITTEN, ROOT / "README.md"], ids=lambda p: p.stem)
def test_links_lead_to_pages_and_headings(page: Path) -> None:
    for name, heading in LINK.findall(page.read_text(encoding="utf-8")):
        target = page.parent / name
        assert target.exists(), name
        if heading:
            lines = target.read_text(encoding="utf-8").splitlines()
            found = [
                re.sub(r"[^\w -]", "", line.lstrip("# ").lower()).replace(" ", "-")
                for line in lines
                if line.startswith("#")
            ]
            assert heading[1:] in found, (name, heading)


def test_the_index_lists_every_page() -> None:
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    assert [p.name for p in WRITTEN if p.name != "README.md" and p.name not in index] == []
    assert [p.stem for p in (ROOT / "notebooks").glob("*.ipynb") if p.stem not in index] == []


def _build() -> Any:
    spec = importlib.util.spec_from_file_location("docs_build", DOCS / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", ["tables.md", "settings.md", "judges.md"])
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
