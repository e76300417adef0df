"""What the terminal shows: progress, tables, problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pandas as pd
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from compare.schema import CAMPS, VERDICTS
from compare.view.visible import one_line

if TYPE_CHECKING:
    from compare.evaluate.score import Result
    from compare.report import Difference
    from compare.view import Comparison

_STYLES = {
    "disputed": "bold red",
    "revised": "yellow",
    "agreed": "green",
    "rejected": "red",
    "duplicate": "cyan",
    "warning": "yellow",
}


@contextmanager
def watching() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar per stage on standard error, with an estimate of what is left."""
    bars: dict[str, TaskID] = {}
    with Progress(
        TextColumn("{task.description:<9}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(elapsed_when_finished=True),
        console=Console(stderr=True),
    ) as progress:

        def observer(stage: str, done: int, total: int) -> None:
            if stage not in bars:
                bars[stage] = progress.add_task(stage, total=total)
            progress.update(bars[stage], completed=done, total=total)

        yield observer


def plain(value: object) -> Text:
    r"""A cell as text on one line: no markup is read, hidden characters are shown by number.

    >>> plain("a\u202eb[bold]").plain
    'a[U+202E]b[bold]'
    """
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return Text("")
    return Text(one_line(str(value)))


def show_discrepancies(comparison: Comparison) -> None:
    """The discrepancy table, disputed rows first; camps that say nothing anywhere are left out."""
    table = comparison.discrepancies
    rank = table["verdict"].map({verdict: n for n, verdict in enumerate(VERDICTS)})
    table = table.iloc[rank.argsort(kind="stable")]
    unheard = ("silent", "")
    camps = [camp for camp in CAMPS if not table[camp].isin(unheard).all()]
    shown = Table(title=plain(comparison.title), header_style="bold", show_lines=True)
    for name in ("event", "question", "where", "verdict", "cause", "who says what", "silent"):
        shown.add_column(name, overflow="fold")
    for row in table.to_dict("records"):
        said = Text("\n").join(
            Text(f"{camp}: ", style="bold") + plain(row[camp])
            for camp in camps
            if row[camp] not in unheard
        )
        shown.add_row(
            plain(row["event_id"]),
            plain(f"{row['aspect']} {row['population']} {row['unit']}"),
            plain(row["place"]),
            Text(
                str(row["verdict"]) + (", reviewed" if row["reviewed"] else ""),
                style=_STYLES.get(str(row["verdict"]), ""),
            ),
            plain(row["cause"]),
            said,
            plain(", ".join(c for c in camps if row[c] == "silent" and c != "unknown")),
        )
    _out().print(shown)


def show_claims(table: pd.DataFrame) -> None:
    """Who says what: one row a claim with its characters."""
    shown = Table(header_style="bold", show_lines=True)
    for name in ("characters", "source", "actor (camp)", "cue", "status", "content"):
        shown.add_column(name, overflow="fold")
    for row in table.to_dict("records"):
        shown.add_row(
            plain(f"{row['start']}-{row['end']}"),
            plain(row["source"]),
            plain(f"{row['actor']} ({row['camp']})"),
            plain(row["cue"]),
            plain(f"{row['status']}, {row['kind']}"),
            plain(row["content"]),
        )
    _out().print(shown)


def show_problems(problems: pd.DataFrame) -> None:
    """One line a problem, on standard error."""
    console = Console(stderr=True)
    for row in problems.to_dict("records"):
        kind = str(row["kind"])
        line = Text(f"{kind}: ", style=_STYLES[kind]) + plain(row["path"]) + Text(": ")
        console.print(line + plain(row["message"]), soft_wrap=True)


_DIFFERENCES = {
    "input": "Files of the case that changed since the run",
    "run": "Settings, versions and models that are not those of the run",
    "output": "Files that are not what the manifest lists: changed by hand since the run",
    "second run": "Files that a second run writes otherwise",
    "extra": "Files that no run wrote, and nobody vouches for",
}


def show_differences(found: Sequence[Difference]) -> None:
    """What `verify` found, causes first, a line each, and what to make of it."""
    kinds = {difference.kind for difference in found}
    lines = []
    for kind, title in _DIFFERENCES.items():
        of_kind = [difference for difference in found if difference.kind == kind]
        lines += [Text(f"{title} ({len(of_kind)}):", style="bold")] if of_kind else []
        lines += [Text("  ") + plain(str(difference)) for difference in of_kind]
    if "output" in kinds:
        lines.append(Text("`claim-compare run` writes files that were changed by hand anew."))
    if "second run" in kinds and kinds & {"input", "run"}:
        lines.append(Text("With the inputs, settings and versions of the run, a second run would "
                          "give the same files."))  # fmt: skip
    elif "second run" in kinds and "output" not in kinds:
        lines.append(Text("Inputs, settings and versions are those of the run, and yet it "
                          "differs: this is a fault of compare, please report it."))  # fmt: skip
    for line in lines:
        _out().print(line, soft_wrap=True)


def show_result(result: Result) -> None:
    """One table of an evaluation."""
    shown = Table(title=Text(f"{result.title}\n{result.data}"), header_style="bold")
    for name in result.table.columns:
        shown.add_column(str(name), overflow="fold")
    for row in result.table.itertuples(index=False):
        shown.add_row(*(Text(f"{v:.3f}") if isinstance(v, float) else plain(v) for v in row))
    _out().print(shown)


def result_markdown(result: Result) -> str:
    """The same as Markdown, for docs/evaluation."""

    def cell(value: object) -> str:
        text = f"{value:.3f}" if isinstance(value, float) else plain(value).plain
        return text.replace("|", "\\|")

    rows = [list(map(str, result.table.columns)), ["---"] * len(result.table.columns)]
    rows += [[cell(v) for v in row] for row in result.table.itertuples(index=False)]
    lines = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"## {result.title}\n\n{result.data}\n\n{lines}\n"


def _out() -> Console:
    console = Console()
    # A pipe has no width; wide enough keeps each cell readable in a log.
    return console if console.is_terminal else Console(width=160)
