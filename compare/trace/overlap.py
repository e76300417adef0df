"""Whether two reports tell the same thing: shared figures and words."""

from __future__ import annotations

from collections.abc import Set

_IDLE_WORDS = """
a an the of in on at to for from by with and or but as is are was were be been being has have had
it its he she they their his her this that these those there who which what when where will would
could can may might not no said say says told also more than after before over about into out up
"""
_IDLE = frozenset(_IDLE_WORDS.split())


def content(words: list[str]) -> frozenset[str]:
    """The words that carry what is told.

    >>> sorted(content(["the", "attack", "killed", "12"]))
    ['12', 'attack', 'killed']
    """
    return frozenset(w for w in words if w not in _IDLE)


def figures(words: Set[str]) -> frozenset[str]:
    """The figures among them, years aside.

    >>> sorted(figures({"12", "2020", "killed"}))
    ['12']
    """
    return frozenset(
        w for w in words if w.isdecimal() and not (len(w) == 4 and w[:2] in ("19", "20"))
    )


def tells_same(a: frozenset[str], b: frozenset[str], least: float) -> bool:
    """Shared words reach `least` of the smaller report, half of it where a figure is shared.

    A figure on both sides must agree somewhere.

    >>> tells_same(frozenset(["12", "killed", "baharak"]), frozenset(["12", "killed"]), 0.5)
    True
    >>> tells_same(frozenset(["12", "killed", "baharak"]), frozenset(["18", "killed"]), 0.5)
    False
    """
    smaller = min(len(a), len(b))
    if not smaller:
        return False
    share = len(a & b) / smaller
    x, y = figures(a), figures(b)
    if x and y:
        return bool(x & y) and share >= least / 2
    return share >= least
