"""Where in a long text numbers can be, so that only those places are read closely."""

from __future__ import annotations

import re

from compare.numbers.words import NUMBER_WORDS

_AROUND = 80
"""Characters around a number that say what kind it is and how it is bounded."""
_RUN = re.compile(
    r"(?<!\w)(?:(?:\d{1,15}|(?:" + "|".join(sorted(NUMBER_WORDS)) + r"))[\s,.;/–-]{1,3}"
    r"(?:(?:to|or|and)\s{1,3})?){16,}",
    re.IGNORECASE,
)
"""So many numbers in a row are a table and no text. Each step starts with a digit or a
letter and ends with a separator, so there is one way to match, and no more than 16 steps
are ever retried."""


def windows(text: str, anchors: re.Pattern[str]) -> list[tuple[int, int]]:
    """Spans around every word that can be or end a number, long runs of numbers left out.

    >>> windows("no number here", re.compile("[0-9]+")), windows("12 dead", re.compile("[0-9]+"))
    ([], [(0, 7)])
    """
    runs = [m.span() for m in _RUN.finditer(text)]
    spans: list[tuple[int, int]] = []
    run = 0
    for anchor in anchors.finditer(text):
        at, past = anchor.span()
        while run < len(runs) and runs[run][1] <= at:
            run += 1
        if run < len(runs) and runs[run][0] <= at:
            continue
        start, end = max(0, at - _AROUND), min(len(text), past + _AROUND)
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return [_at_words(text, *window) for window in spans]


def _at_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the halves of words at its ends."""
    if start:
        start = next(
            (i for i in range(start, min(start + _AROUND, end)) if text[i].isspace()), start
        )
    if end < len(text):
        end = next((i for i in range(end, max(end - _AROUND, start), -1) if text[i].isspace()), end)
    return start, end
