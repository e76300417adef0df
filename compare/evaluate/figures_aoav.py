"""Figures against coded incident reports (AOAV, Afghanistan, first half of 2020).

Each report is one line of text with four codes: civilians killed, civilians injured,
their sum, and armed actors killed or injured together. A code agrees with a text where

- the civilian code lies in the range that the text gives for civilians, or
- the text counts only armed actors, no civilian is coded, and the armed code lies in the
  range of their killed and wounded together, or
- the text does not say who was hit, no civilian is coded, and the armed code lies in the
  range of all killed and wounded of the text.

The armed code joins killed and injured. Where the text states only one of the two, the
code says nothing against it as long as it is not lower; `agree, armed code equal` is the
share without this allowance. The allowance was made after the strict share had been seen,
and rows with their codes were read while the parser was built: neither is a test figure.

The baseline, a short regular expression, is held to the same three rules; it knows no
populations, so all its numbers are of the third kind or the first.
"""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from compare.evaluate.score import Result
from compare.parse.figures import Figure

Range = tuple[float, float | None]
_ARMED = ("fighters", "forces")
_CODES = {"killed": "civilians_killed", "wounded": "civilians_injured"}
_BASELINE = {
    "killed": re.compile(
        r"\b(\d+)\s+(?:\w+\s+){0,3}?killed\b|\bkill(?:s|ed|ing)?\s+(?:at least\s+)?(\d+)", re.I
    ),
    "wounded": re.compile(
        r"\b(\d+)\s+(?:\w+\s+){0,3}?(?:injured|wounded)\b"
        r"|\b(?:injur|wound)(?:es|s|ed|ing)?\s+(?:at least\s+)?(\d+)",
        re.I,
    ),
}


def agreement(rows: list[dict[str, Any]], read: list[list[Figure]]) -> list[Result]:
    """How far text and codes agree, and every disagreement with where it seems to lie."""
    told = [_ours(figures) for figures in read]
    simple = [_baseline(row["description"]) for row in rows]
    cases: list[tuple[str, int]] = [
        (aspect, i)
        for aspect in _CODES
        for i in range(len(rows))
        if told[i].get(aspect) or simple[i].get(aspect)
    ]
    judged = pd.DataFrame(
        [
            {
                "aspect": aspect,
                "agree": _agrees(told[i], rows[i], aspect),
                "agree, armed code equal": _agrees(told[i], rows[i], aspect, equal=True),
                "regex agrees": _agrees(simple[i], rows[i], aspect),
                "armed": "armed" in told[i].get(aspect, {}),
            }
            for aspect, i in cases
        ]
    )
    table = [
        _share(name, part)
        for name, part in (
            *((aspect, judged[judged["aspect"] == aspect]) for aspect in _CODES),
            ("both", judged),
            ("both, no armed victims read", judged[~judged["armed"]]),
        )
    ]
    listed = [
        _disagreement(rows[i], aspect, told[i], simple[i], bool(case["regex agrees"]))
        for (aspect, i), case in zip(cases, judged.to_dict("records"), strict=True)
        if not case["agree"]
    ]
    frame = pd.DataFrame(listed)
    counts = frame.groupby(["aspect", "lies with"], as_index=False).size()
    data = f"aoav_afghanistan_2020_h1, {len(rows)} reports; evaluate only; rows were looked at"
    return [
        Result("Figures against coded incident reports", data, pd.DataFrame(table)),
        Result("Where the disagreements lie, as far as a rule can tell", data, counts),
        Result("Every disagreement", data, frame, publish=False),
    ]


def _share(name: str, part: pd.DataFrame) -> dict[str, object]:
    shares = part[["agree", "agree, armed code equal", "regex agrees"]].mean()
    return {"aspect": name, "texts that state one": len(part)} | {
        str(measure): float(share) for measure, share in shares.items()
    }


Told = dict[str, dict[str, Range]]
"""aspect -> side (civil, armed or open) -> range."""


def _ours(figures: list[Figure]) -> Told:
    told: Told = {}
    for f in figures:
        if f.aspect not in _CODES or f.scope == "subset" or f.unit != "people":
            continue
        side = (
            "armed"
            if f.population in _ARMED
            else ("open" if f.population in ("unknown", "people", "staff") else "civil")
        )
        sides = told.setdefault(f.aspect, {})
        sides[side] = _sum(sides.get(side, (0.0, 0.0)), (f.low or 0.0, f.high))
    for f in figures:
        taken = told.get(f.aspect, {})
        if f.scope == "subset" and f.population in _ARMED and "open" in taken and f.high:
            low, high = taken["open"]
            taken["open"] = (max(low - f.high, 0.0), None if high is None else high - f.high)
    return told


def _baseline(text: str) -> Told:
    told: Told = {}
    for aspect, pattern in _BASELINE.items():
        found = pattern.search(text)
        if found:
            value = float(found.group(1) or found.group(2))
            told[aspect] = {"open": (value, value)}
    return told


def _sum(a: Range, b: Range) -> Range:
    return a[0] + b[0], None if a[1] is None or b[1] is None else a[1] + b[1]


def _holds(span: Range, code: float) -> bool:
    return span[0] <= code and (span[1] is None or code <= span[1])


def _agrees(told: Told, row: dict[str, Any], aspect: str, *, equal: bool = False) -> bool:
    sides = told.get(aspect)
    if not sides:
        return False
    code, armed = row[_CODES[aspect]], row["armed_casualties"]
    of_civilians = [sides[s] for s in ("civil", "open") if s in sides]
    total: Range = (0.0, 0.0)
    for span in of_civilians:
        total = _sum(total, span)
    if of_civilians and _holds(total, code):
        return True
    if code or "civil" in sides:
        return False
    whole: Range = (0.0, 0.0)
    for other in told.values():
        for side in ("armed", "open"):
            if side in other and (side == "armed" or "open" in sides):
                whole = _sum(whole, other[side])
    alone = not any(other != aspect and _armed_or_open(told[other], sides) for other in told)
    if alone and not equal:
        return bool(armed) and whole[0] <= armed
    return _holds(whole, armed)


def _armed_or_open(other: dict[str, Range], sides: dict[str, Range]) -> bool:
    return "armed" in other or ("open" in other and "open" in sides)


def _disagreement(
    row: dict[str, Any], aspect: str, told: Told, simple: Told, regex_agrees: bool
) -> dict[str, object]:
    """One disagreement; the text is left out, since the data may not be copied."""
    mine, plain = told.get(aspect, {}), simple.get(aspect, {})
    if regex_agrees:
        lies = "our reading: the regex agrees with the code"
    elif not mine:
        lies = "our reading: no figure read"
    elif plain and plain["open"] in mine.values():
        lies = "their code: the regex reads the same number in the text"
    else:
        lies = "not decided by rule"
    return {
        "id": row["id"],
        "aspect": aspect,
        "text": "; ".join(f"{side} {_span(span)}" for side, span in sorted(mine.items())),
        "civilians coded": row[_CODES[aspect]],
        "armed coded": row["armed_casualties"],
        "lies with": lies,
    }


def _span(span: Range) -> str:
    low, high = span
    return f"{low:g}" if low == high else f"{low:g} to {'more' if high is None else f'{high:g}'}"
