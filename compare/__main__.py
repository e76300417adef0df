"""The command line: `claim-compare`, or `python -m compare`."""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path
from typing import Annotated, Any

import typer

from compare.errors import CaseError, CompareError, EvaluationError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Show where accounts of the same event agree, conflict, revise or stay silent.",
)
EVALUATIONS = ("attribution", "speakers", "figures", "when_where", "events", "relations", "case")


@app.command()
def run(
    case: Annotated[Path, typer.Argument(help="A case folder, or one document.")],
    out: Annotated[Path, typer.Option(help="Where the report and the tables go.")] = Path("out"),
    engine: Annotated[str, typer.Option(help="Where stages run: local or dask.")] = "local",
    scheduler: Annotated[
        str | None, typer.Option(help="A running Dask scheduler, such as tcp://host:8786.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(help="Processes on this machine; one a core where it pays.")
    ] = None,
) -> None:
    """Compare the accounts of CASE and write report, tables and manifest to DIR."""
    from compare.console import show_discrepancies, show_problems, watching
    from compare.pipeline import publish

    # jsonschema, which Altair imports, builds a grammar of international web addresses for a
    # check that no chart needs; it takes some seconds and is left out where it is missing.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    with watching() as observer:
        comparison, written = publish(
            case, out, observer=observer, engine=engine, scheduler=scheduler, workers=workers
        )
    show_discrepancies(comparison)
    show_problems(comparison.problems)
    say(f"Report: {written[0]}")


@app.command()
def verify(
    out: Annotated[Path, typer.Argument(help="A folder written by `run`.")],
    case: Annotated[
        Path | None, typer.Option(help="Where its case is now, if not where it was.")
    ] = None,
) -> None:
    """Run the case of DIR again and say, byte by byte, what differs from its manifest.

    Files that no run wrote are listed and are no difference.
    """
    from compare.console import show_differences, watching
    from compare.pipeline import publish
    from compare.report import read_manifest
    from compare.report import verify as differences

    named = Path(read_manifest(out)["case"])
    root = case or named
    if not root.exists():
        raise CaseError(
            f"the manifest names the case {named}, which is not at {root.absolute()}; "
            "say where it is with --case"
        )
    with watching() as observer:
        found = differences(
            out, case=root, rerun=lambda folder: publish(root, folder, observer=observer)
        )
    show_differences(found)
    if any(difference.kind != "extra" for difference in found):
        raise typer.Exit(1)
    say(f"{out} is what its manifest says, and a second run gives the same bytes")


@app.command()
def extract(
    file: Annotated[Path, typer.Argument(help="A document, or a case folder.")],
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines, one a claim.")] = False,
) -> None:
    """Print who says what in FILE, with the characters it stands at."""
    from compare.console import show_claims, show_problems
    from compare.pipeline import speakers
    from compare.view.visible import escaped

    case, table = speakers(file)
    if as_json:
        for row in table.to_dict("records"):
            typer.echo(escaped(json.dumps(_plain(row), ensure_ascii=False)))
    else:
        show_claims(table)
    show_problems(case.problems)


@app.command()
def evaluate(
    name: Annotated[str, typer.Argument(help=", ".join(EVALUATIONS))],
    data: Annotated[Path, typer.Option(help="Evaluation data.")] = Path("../shared/data"),
    gold: Annotated[Path, typer.Option(help="The project's own gold.")] = Path("fixtures/gold"),
    out: Annotated[Path | None, typer.Option(help="A Markdown file for the figures.")] = None,
) -> None:
    """Measure one stage on gold and on evaluation data, against alternatives in the same run."""
    from importlib import import_module

    from compare.console import result_markdown, show_result

    if name not in EVALUATIONS:
        raise EvaluationError(f"no evaluation {name!r}; expected one of {', '.join(EVALUATIONS)}")
    results = import_module(f"compare.evaluate.{name}").evaluate(data, gold)
    for result in results:
        show_result(result)
    if out is not None:
        shown = [result_markdown(result) for result in results if result.publish]
        title = f"# {name}\n\n`claim-compare evaluate {name}`\n\n"
        out.write_text(title + "\n".join(shown), encoding="utf-8")


def _plain(row: dict[Any, Any]) -> dict[str, Any]:
    """A row as JSON values: a missing cell is null."""
    import pandas as pd

    return {str(k): None if pd.isna(v) else v for k, v in row.items()}


def say(line: str, *, err: bool = False) -> None:
    """A line on the terminal: names from outside cannot move its cursor or hide in it."""
    from compare.view.visible import visible

    typer.echo(visible(line), err=err)


def main() -> None:
    """Run the command line; an error that is ours is one line and exit status 1."""
    warnings.showwarning = lambda message, *_: say(f"claim-compare: {message}", err=True)
    try:
        app()
    except CompareError as error:
        say(f"claim-compare: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
