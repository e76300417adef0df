"""Write docs/tables.md, settings.md and judges.md from the code: `python docs/build.py`."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

from compare import settings
from compare.report import judges
from compare.schema import TABLES

HERE = Path(__file__).parent
DTYPES = {
    "string": "text",
    "Int64": "integer",
    "Float64": "number",
    "boolean": "yes or no",
    "datetime64[ms]": "time, UTC",
}


def tables() -> str:
    """The table reference."""
    parts = [
        "# Tables\n",
        "Generated from `compare/schema.py` by `python docs/build.py`. Intervals are half-open;",
        "a missing `high` means no upper bound; every offset counts Unicode code points of the",
        "document's text.\n",
    ]
    for table in TABLES.values():
        parts += [f"## {table.name}\n", f"{table.about} Key: {', '.join(table.key)}.\n"]
        parts += ["| column | type | may be missing | meaning |", "|---|---|---|---|"]
        for column in table.columns:
            values = f"; one of: {', '.join(v or '(empty)' for v in column.values)}"
            about = column.about.replace("|", "\\|") + (values if column.values else "")
            parts.append(
                f"| {column.name} | {DTYPES[column.dtype]} | "
                f"{'no' if column.required else 'yes'} | {about} |"
            )
        parts.append("")
        parts += [f"- {rule}" for rule, _ in table.rules]
        parts += [""] if table.rules else []
    return "\n".join(parts).rstrip() + "\n"


def thresholds() -> str:
    """The settings reference, with the comment under each field."""
    about = _comments()
    parts = [
        "# Settings\n",
        "Generated from `compare/settings.py` by `python docs/build.py`. A case changes them in",
        "`case.toml` under `[settings.<section>]`; the manifest of a run records them all.\n",
    ]
    for section, field in settings.Settings.model_fields.items():
        kind = type(field.default)
        parts += [f"## {section}\n", f"{inspect.getdoc(kind)}\n"]
        if kind.model_fields:
            parts += ["| name | default | meaning |", "|---|---|---|"]
        for name, entry in kind.model_fields.items():
            text = about.get((kind.__name__, name), "").replace("|", "\\|")
            shown = str(entry.get_default(call_default_factory=True)).replace("|", "\\|")
            parts.append(f"| {name} | `{shown or '(empty)'}` | {text} |")
        parts.append("")
    return "\n".join(parts).rstrip() + "\n"


def methods() -> str:
    """What each judge does, in the words of its docstring."""
    parts = [
        "# Judges\n",
        "Generated from the docstrings of `compare/judge/` by `python docs/build.py`; the report",
        "of every run prints the same.\n",
    ]
    for subject, text in judges():
        parts += [f"## {subject}\n", f"{text}\n"]
    return "\n".join(parts).rstrip() + "\n"


def _comments() -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for node in ast.parse(inspect.getsource(settings)).body:
        if not isinstance(node, ast.ClassDef):
            continue
        for field, text in zip(node.body, node.body[1:], strict=False):
            if (
                isinstance(field, ast.AnnAssign)
                and isinstance(field.target, ast.Name)
                and isinstance(text, ast.Expr)
                and isinstance(text.value, ast.Constant)
            ):
                found[node.name, field.target.id] = " ".join(str(text.value.value).split())
    return found


PAGES = {"tables.md": tables, "settings.md": thresholds, "judges.md": methods}

if __name__ == "__main__":
    for page, make in PAGES.items():
        (HERE / page).write_text(make(), encoding="utf-8")
