"""Arithmetic of ranges: what two stated figures leave possible together."""

from __future__ import annotations

from typing import NamedTuple

from compare.judge.sides import Figure

_ROUND = frozenset(("about", "nearly"))


class Meeting(NamedTuple):
    """How two ranges meet: `equal`, `near`, `within`, `overlap`, `apart` or `zero`."""

    how: str
    slip: int
    """The power of ten between two figures of the same digits, else 0."""


def stated(figure: Figure) -> float:
    """The number a writer put down: the middle of `about`, the end of `nearly`, else the least.

    >>> from compare.judge.figures import example
    >>> stated(example(low=180.0, high=220.0, rule="about"))
    200.0
    """
    if figure.rule == "about" and figure.high < float("inf"):
        return (figure.low + figure.high) / 2
    return figure.high if figure.rule in ("nearly", "at-most", "less-than") else figure.low


def meet(a: Figure, b: Figure, near: float) -> Meeting:
    """Compare two ranges of one thing.

    `equal` is the same range, or a round figure and the number it rounds to; `near`
    two bounds without an upper end whose least numbers lie within `near` of each
    other, such as "at least 80" and "more than 80"; `overlap` any other numbers both
    allow, and "more than 10" beside 10, which writers tell of one count; `zero` is none
    against some; `apart` no number satisfies both.
    """
    if (a.high == 0) != (b.high == 0) and max(a.low, b.low) > 0:
        return Meeting("zero", 0)
    if a.low == b.low and a.high == b.high:
        return Meeting("equal", 0)
    if {a.rule, b.rule} == {"exact", "more-than"} and abs(a.low - b.low) == 1:
        return Meeting("overlap", 0)
    if max(a.low, b.low) > min(a.high, b.high):
        return Meeting("apart", _slip(a, b))
    if {a.rule, b.rule} & _ROUND and stated(a) == stated(b) and a.high < _INF and b.high < _INF:
        return Meeting("equal", 0)
    if a.high == _INF and b.high == _INF:
        apart = abs(a.low - b.low)
        if apart <= 1 or apart <= near * min(a.low, b.low):
            return Meeting("near", 0)
    return Meeting("overlap", 0)


_INF = float("inf")


def _slip(a: Figure, b: Figure) -> int:
    """10, 100, 1000 ... where the larger figure is the smaller times that; else 0.

    Small counts that differ tenfold are ordinary ("5" and "50 killed"); what points to a
    slip of the pen is a large figure whose digits come back with zeros lost or added.
    """
    if not all(f.rule in ("exact", "about", "nearly") for f in (a, b)):
        return 0
    small, large = sorted((stated(a), stated(b)))
    if small <= 0 or large < 1000:
        return 0
    return next((10**k for k in (1, 2, 3, 6) if small * 10**k == large), 0)
