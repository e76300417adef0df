"""Other number readers on the same phrases in the same run."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from importlib.util import find_spec

import pandas as pd

from compare.evaluate.figures_data import Phrase
from compare.evaluate.score import Result
from compare.numbers import find_numbers
from compare.parse.figures import Figure
from compare.settings import Settings

Range = tuple[float | None, float | None]
_DIGITS = re.compile(r"\d+(?:\.\d+)?")


def benchmark(phrases: list[Phrase], read: list[list[Figure]]) -> Result:
    """Ranges of the gold figures found by our reader of numbers and by two libraries.

    A library is given its best case: only numbers are asked for, not what they count,
    and a point counts as right where the gold is a point. `ranges right` asks for low
    and high of every figure with a number word; `points right` only looks at figures
    with low equal to high; `phrases with a number too many` counts phrases in which a
    number is returned that the gold has not.
    """
    readers: dict[str, Callable[[str], list[Range]] | None] = {
        "numbers (ours)": _ours,
        "quantulum3": _quantulum if find_spec("quantulum3") else None,
        "text2num": _text2num if find_spec("text_to_num") else None,
    }
    rows: list[dict[str, object]] = [
        _score("figures (ours)", phrases, [[(f.low, f.high) for f in figures] for figures in read])
    ]
    for name, reader in readers.items():
        if reader is None:
            rows.append({"reader": name, "note": "not installed (extra `bench`)"})
        else:
            rows.append(_score(name, phrases, [reader(p.text) for p in phrases]))
    return Result(
        "Numbers against other readers",
        f"own gold, dev and test, {len(phrases)} phrases",
        pd.DataFrame(rows),
    )


def _score(name: str, phrases: list[Phrase], found: list[list[Range]]) -> dict[str, object]:
    ranges = points = right = exact = extra = 0
    for phrase, mine in zip(phrases, found, strict=True):
        gold = {(f[2], f[3]) for f in phrase.figures if f[2] not in (0.0, 1.0)}
        ranges += len(gold)
        right += len(gold & set(mine))
        exact += len({g for g in gold if g[0] == g[1]} & set(mine))
        points += sum(g[0] == g[1] for g in gold)
        stated = {(f[2], f[3]) for f in phrase.figures}
        extra += bool(set(mine) - stated)
    return {
        "reader": name,
        "ranges": ranges,
        "ranges right": right / ranges,
        "points": points,
        "points right": exact / points,
        "phrases with a number too many": extra,
        "note": "",
    }


def _ours(text: str) -> list[Range]:
    parse = Settings().parse
    found = find_numbers(text, vague=parse.vague, about=parse.about, nearly=parse.nearly)
    return [(n.low, n.high) for n in found]


def _quantulum(text: str) -> list[Range]:
    from quantulum3 import classifier, parser

    # Its optional classifier of units is a pickle of another scikit-learn; units are not scored.
    classifier.USE_CLF = False
    logging.getLogger("quantulum3").setLevel(logging.ERROR)
    return [
        (q.value - (q.uncertainty or 0), q.value + (q.uncertainty or 0)) for q in parser.parse(text)
    ]


def _text2num(text: str) -> list[Range]:
    from text_to_num import alpha2digit

    digits = str(alpha2digit(text, "en")).replace(",", "")
    return [(float(m), float(m)) for m in _DIGITS.findall(digits)]
