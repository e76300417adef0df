"""The structure, held by tests: one direction of imports, small modules, light start-up."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import compare

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "compare"
STAGES = {
    "read", "extract", "resolve", "parse", "trace", "embed", "cluster", "judge", "tabulate",
    "review",
}  # fmt: skip
ROWS = [
    {"__main__"},
    {"console"},
    {"evaluate"},
    {"__init__"},
    {"pipeline"},
    {"parts", "incidents", "models"},
    {"report"},
    {"view"},
    STAGES,
    {"engine", "store"},
    {
        "gazetteer",
        "mapped",
        "numbers",
        "parquet",
        "processor",
        "states",
        "syntax",
        "tables",
        "weights",
    },
    {"duck", "durable"},
    {"settings", "schema", "errors"},
]
ROW = {name: number for number, names in enumerate(ROWS) for name in names}
HEAVY = {
    "torch",
    "spacy",
    "sentence_transformers",
    "transformers",
    "sklearn",
    "trafilatura",
    "docx",
    "pypdf",
    "openpyxl",
    "altair",
    "vl_convert",
    "great_tables",
    "jinja2",
    "duckdb",
    "anywidget",
    "typst",
    "dateparser",
    "dask",
    "distributed",
}
JUNK = {"util", "utils", "helper", "helpers", "manager", "common", "core", "base", "misc"}

MODULES = sorted(PACKAGE.rglob("*.py"))


def home(path: Path) -> str:
    """The first-level name a file belongs to: `judge/figures.py` -> `judge`."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path, *, top_level: bool) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for inner in ast.walk(node)
    }
    nodes = ast.walk(tree) if not top_level else _outside_functions(tree)
    found = set()
    for node in nodes:
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def _outside_functions(tree: ast.AST) -> list[ast.AST]:
    found, todo = [], [tree]
    while todo:
        node = todo.pop()
        found.append(node)
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            todo.extend(ast.iter_child_nodes(node))
    return found


def test_every_module_has_a_row() -> None:
    assert {home(path) for path in MODULES} - set(ROW) - {"data"} == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_imports_go_one_way(path: Path) -> None:
    here = home(path)
    for name in imports(path, top_level=False):
        parts = name.split(".")
        if parts[0] != "compare" or len(parts) < 2 or parts[1] not in ROW or parts[1] == here:
            continue
        assert ROW[parts[1]] > ROW[here] or (ROW[parts[1]] == ROW[here] >= ROW["tables"]), (
            f"{here} may not import {name}: rows go {[sorted(row) for row in ROWS]}"
        )


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_modules_are_small_and_named_for_what_they_do(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= 300
    assert not JUNK & {part.removesuffix(".py") for part in path.relative_to(PACKAGE).parts}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_nothing_heavy_is_imported_with_a_module(path: Path) -> None:
    assert not {name.split(".")[0] for name in imports(path, top_level=True)} & HEAVY


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_nothing_unpickles_or_fetches(path: Path) -> None:
    names = {name.split(".")[0] for name in imports(path, top_level=False)}
    assert not names & {"pickle", "joblib", "shelve", "dill", "cloudpickle", "requests", "urllib3"}
    assert "trust_remote_code=True" not in path.read_text(encoding="utf-8")


def test_public_names_are_sorted_and_exist() -> None:
    assert compare.__all__ == sorted(compare.__all__)
    assert sorted(compare._HOMES) == compare.__all__
    for name in compare.__all__:
        assert getattr(compare, name) is not None
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = compare.nothing


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = f"import compare, sys; print(sorted({HEAVY | {'pandas', 'numpy'}!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def loaded(code: str) -> set[str]:
    """Modules in memory after `code`, beyond those of an empty interpreter."""
    tell = "\nimport sys; print(*sys.modules, file=sys.stderr)"
    found = []
    for run in ("", code):
        done = subprocess.run([sys.executable, "-c", run + tell], capture_output=True, text=True)
        found.append(set(done.stderr.split()))
    return found[1] - found[0]


def test_start_up_stays_light() -> None:
    # Counts, since times depend on who else uses the machine; they were 20 and 340.
    assert len(loaded("import compare")) < 40
    code = "import sys; sys.argv = ['x', '--help']\ntry:\n import compare.__main__ as m; m.main()"
    names = loaded(code + "\nexcept SystemExit: pass")
    assert len(names) < 500
    assert not {n.split(".")[0] for n in names} & (HEAVY | {"pandas", "numpy", "pyarrow"})
