"""Quotation marks, matched by characters in one pass.

Straight, curly, angled, doubled single (`''`) and single marks; apostrophes
are told from single marks by their neighbours; a quotation that runs over
several paragraphs, each opening it again, is one; an unclosed one ends with
its paragraph, and one whose opening mark is lost begins with its paragraph.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

DOUBLE_OPEN, DOUBLE_CLOSE = "“„«", "”»"
SINGLE_OPEN, SINGLE_CLOSE = "‘‚‹", "’›"
MARKS = "\"'`" + DOUBLE_OPEN + DOUBLE_CLOSE + SINGLE_OPEN + SINGLE_CLOSE + "‟″＂"
_MARK = re.compile("(?<=[^\\s'])'(?=''(?!'))|''|``|´´|[" + re.escape(MARKS) + "]")
_BLANK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_REOPENED = re.compile(r"(?<=[.!?:”\"\w])[^\S\n]*\n[^\S\n]*(?=[\"“]\S)")
_LINE = re.compile(r"\n")
_ELISION = re.compile(r"(?:\d0s|em|til|tis|twas|cause|n)\b", re.IGNORECASE)
SINGLE = "'"
_OPENS_AFTER = frozenset("([{—–-/:,")
MAX_NESTING = 3
"""Marks within marks beyond this depth are read as plain characters."""


@dataclass(frozen=True)
class Quote:
    """One quotation: marks included in `start` and `end`, excluded in the inner pair."""

    start: int
    inner_start: int
    inner_end: int
    end: int
    depth: int = 0
    double: bool = True
    closed: bool = True


def find_paragraphs(text: str, apart: Iterable[tuple[int, int]] = ()) -> list[tuple[int, int]]:
    """Half-open character intervals of the paragraphs, without blank margins.

    Blank lines part paragraphs. In a text without any, a line break does when
    the line before it ends like a paragraph or is too short to be wrapped. What stands
    `apart`, see `find_furniture`, begins and ends one.

    >>> find_paragraphs("One line\\nwrapped here.\\n\\nTwo.")
    [(0, 22), (24, 28)]
    >>> find_paragraphs("He left.\\nShe stayed.")
    [(0, 8), (9, 20)]
    """
    cuts = [(m.start(), m.end()) for m in _BLANK.finditer(text)]
    if not cuts:
        begin = 0
        for m in _LINE.finditer(text):
            line = text[begin : m.start()].rstrip()
            if not line or len(line) < 50 or len(line) > 120 or line[-1] in ".!?:…)\"'”’":
                cuts.append((m.start(), m.end()))
            begin = m.end()
    else:
        cuts = sorted(cuts + [(m.start(), m.end()) for m in _REOPENED.finditer(text)])
    cuts = sorted({*cuts, *((at, at) for span in apart for at in span)})
    found, begin = [], 0
    for low, high in [*cuts, (len(text), len(text))]:
        a, b = begin, low
        while a < b and text[a].isspace():
            a += 1
        while b > a and text[b - 1].isspace():
            b -= 1
        if a < b:
            found.append((a, b))
        begin = high
    return found


def find_quotes(text: str, paragraphs: list[tuple[int, int]]) -> list[Quote]:
    """Every quotation in order of its start, outer before inner.

    >>> t = "“It’s over,” he said of the 'war'."
    >>> [t[q.inner_start:q.inner_end] for q in find_quotes(t, [(0, len(t))])]
    ['It’s over,', 'war']
    """
    found: list[Quote] = []
    for low, high in paragraphs:
        found.extend(_in_paragraph(text, low, high))
    return _join(text, sorted(found, key=lambda q: (q.start, -q.end)), paragraphs)


def _in_paragraph(text: str, low: int, high: int) -> list[Quote]:
    marks = [(m.start(), m.end()) for m in _MARK.finditer(text, low, high)]
    shapes = [_shape(text, a, b, low, high) for a, b in marks]
    found: list[Quote] = []
    stack: list[tuple[int, int, str]] = []
    last_end = low
    next_open = _next_opener(shapes)
    for k, ((a, b), (family, opens, closes)) in enumerate(zip(marks, shapes, strict=True)):
        level = _level(stack, family, opens, closes)
        if (
            level is not None
            and closes
            and (family != SINGLE or _ends_single(text, marks, shapes, k, next_open))
        ):
            s, inner, opened = stack[level]
            del stack[level:]
            found.append(Quote(s, inner, a, b, len(stack), opened != SINGLE))
            if not stack:
                last_end = b
        elif level is not None and opens and not closes and family != SINGLE:
            s, inner, _ = stack[level]
            del stack[level:]
            cut = _rstrip(text, inner, a)
            if cut > inner:
                found.append(Quote(s, inner, cut, cut, len(stack), closed=False))
            stack.append((a, b, family))
        elif level is None and opens and len(stack) < MAX_NESTING:
            stack.append((a, b, family))
        elif (
            not stack
            and family != SINGLE
            and not opens
            and last_end == low
            and text[a - 1 : a] in tuple(",.!?")
        ):
            found.append(Quote(low, low, a, b, closed=False))
            last_end = b
    for n, (s, inner, family) in enumerate(stack):
        if high > inner and family != SINGLE and not any(f != SINGLE for _, _, f in stack[:n]):
            found.append(Quote(s, inner, high, high, n, closed=False))
    return found


def _level(stack: list[tuple[int, int, str]], family: str, opens: bool, closes: bool) -> int | None:
    """Which open quotation a mark belongs to: its own kind first, else any double one."""
    same = next((n for n, (_, _, f) in enumerate(stack) if f == family), None)
    if same is not None or family == SINGLE or opens or not closes:
        return same
    return next((n for n, (_, _, f) in enumerate(stack) if f != SINGLE), None)


def _shape(text: str, a: int, b: int, low: int, high: int) -> tuple[str, bool, bool]:
    """The family of a mark, and whether it may open and may close."""
    mark = text[a:b]
    before = text[a - 1] if a > low else " "
    after = text[b] if b < high else " "
    loose_before = before.isspace() or before in _OPENS_AFTER or before in MARKS
    loose_after = not after.isalnum()
    if mark in DOUBLE_OPEN or mark == "``":
        closes = mark == "“" and not (before.isspace() or before in "([{—–-/") and loose_after
        return ("«" if mark == "«" else "“"), True, closes
    if mark in DOUBLE_CLOSE or mark == "´´":
        return ("«" if mark == "»" else "“"), False, True
    if len(mark) == 2 or mark in '"‟″＂':
        opens = loose_before and not after.isspace()
        return mark, opens, not opens or (before in MARKS and loose_after)
    if mark in SINGLE_OPEN:
        return SINGLE, True, False
    closes = loose_after and not before.isspace() and mark != "`"
    opens = (
        loose_before
        and not after.isspace()
        and mark not in SINGLE_CLOSE
        and after not in ",.;:!?"
        and not _ELISION.match(text, b, min(b + 6, high))
    )
    return SINGLE, opens, closes


def _next_opener(shapes: list[tuple[str, bool, bool]]) -> list[int]:
    """For each mark the position of the next single mark that only opens."""
    following = [len(shapes)] * len(shapes)
    nearest = len(shapes)
    for k in range(len(shapes) - 1, -1, -1):
        following[k] = nearest
        family, opens, closes = shapes[k]
        if family == SINGLE and opens and not closes:
            nearest = k
    return following


def _ends_single(
    text: str,
    marks: list[tuple[int, int]],
    shapes: list[tuple[str, bool, bool]],
    k: int,
    next_open: list[int],
) -> bool:
    """Whether a single mark closes, or is the apostrophe of a plural ("officials' claim")."""
    a, b = marks[k]
    if text[a - 1 : a] not in ("s", "S") or not re.match(r"\s[a-z]", text[b : b + 2]):
        return True
    later = range(k + 1, min(next_open[k], k + 12))
    return not any(
        shapes[n][0] == SINGLE and shapes[n][2] and text[marks[n][0] - 1] in ",.!?" for n in later
    )


def _join(text: str, quotes: list[Quote], paragraphs: list[tuple[int, int]]) -> list[Quote]:
    """Unclosed quotations whose next paragraph opens them again become one."""
    opening = {low: None for low, _ in paragraphs}
    following = {high: low for (_, high), (low, _) in itertools.pairwise(paragraphs)}
    joined: list[Quote] = []
    tail: int | None = None
    for q in quotes:
        if q.depth == 0 and tail is not None and q.start in opening:
            before = joined[tail]
            if following.get(before.end) == q.start and before.double == q.double:
                joined[tail] = replace(before, inner_end=q.inner_end, end=q.end, closed=q.closed)
                if q.closed or q.end not in following:
                    tail = None
                continue
        if q.depth == 0:
            tail = len(joined) if not q.closed and q.end in following else None
        joined.append(q)
    return joined


def _rstrip(text: str, low: int, high: int) -> int:
    while high > low and text[high - 1].isspace():
        high -= 1
    return high
