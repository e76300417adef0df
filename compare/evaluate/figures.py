"""How well figures are read: own gold, coded incident reports, number inference, libraries.

The gold phrases (`fixtures/gold/figures_dev.csv`, `figures_test.csv`) were written for
this project from one list of phenomena, shuffled with a fixed seed and split in half
before the parser was built; the test half was not looked at while building. One hand
wrote both halves and the parser, so strangers' phrasings will fare worse.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from compare.evaluate.figures_aoav import agreement
from compare.evaluate.figures_data import Phrase, Tuple, read_phrases, read_rows
from compare.evaluate.figures_equate import arithmetic, stress
from compare.evaluate.figures_libraries import benchmark
from compare.evaluate.score import Result, precision_recall
from compare.parse.figures import Figure, find_figures
from compare.settings import Settings


def read_figures(texts: Sequence[str]) -> list[list[Figure]]:
    """The figures of each text with the default settings."""
    parse = Settings().parse
    return find_figures(
        texts, model=parse.model, vague=parse.vague, about=parse.about, nearly=parse.nearly
    )


def evaluate(data: Path, gold: Path) -> list[Result]:
    """Every measure of the figure parser, in one run.

    Args:
        data: folder of evaluation data with `figures/` and `inference/`.
        gold: folder with `figures_dev.csv` and `figures_test.csv`.

    Raises:
        EvaluationError: a file is missing or malformed.
    """
    halves = {half: read_phrases(gold / f"figures_{half}.csv") for half in ("dev", "test")}
    read = {half: read_figures([p.text for p in phrases]) for half, phrases in halves.items()}
    reports = read_rows(data, "figures/aoav_afghanistan_2020_h1.jsonl.gz")
    figures = read_figures([row["description"] for row in reports])
    return [
        _gold(halves, read),
        _phenomena(halves["test"], read["test"]),
        benchmark(halves["dev"] + halves["test"], read["dev"] + read["test"]),
        *agreement(reports, figures),
        stress(read_rows(data, "inference/equate_stress.jsonl.gz")),
        arithmetic(read_rows(data, "inference/equate_awp.jsonl.gz")),
    ]


def scored(figure: Figure) -> Tuple:
    """The part of a figure that is scored."""
    return figure.aspect, figure.population, figure.low, figure.high, figure.unit


def _gold(halves: dict[str, list[Phrase]], read: dict[str, list[list[Figure]]]) -> Result:
    rows = []
    for half, phrases in halves.items():
        hits = predicted = expected = exact = 0
        for phrase, figures in zip(phrases, read[half], strict=True):
            mine, gold = Counter(map(scored, figures)), Counter(phrase.figures)
            hits += (mine & gold).total()
            predicted += mine.total()
            expected += gold.total()
            exact += mine == gold
        rows.append(
            {
                "half": half,
                "phrases": len(phrases),
                "figures": expected,
                "phrases all exact": exact / len(phrases),
                **precision_recall(hits, predicted, expected),
            }
        )
    sizes = ", ".join(f"{half} {len(phrases)}" for half, phrases in halves.items())
    return Result(
        "Figures exact in aspect, population, low, high and unit",
        f"own gold, {sizes} phrases by the parser's author; test unseen while building",
        pd.DataFrame(rows),
    )


def _phenomena(phrases: list[Phrase], read: list[list[Figure]]) -> Result:
    rows = [
        {
            "phenomenon": phrase.phenomenon,
            "phrases": 1,
            "exact": int(Counter(map(scored, figures)) == Counter(phrase.figures)),
        }
        for phrase, figures in zip(phrases, read, strict=True)
    ]
    table = pd.DataFrame(rows).groupby("phenomenon", sort=True, as_index=False).sum()
    return Result("The same by phenomenon", f"own gold, test, {len(phrases)} phrases", table)
