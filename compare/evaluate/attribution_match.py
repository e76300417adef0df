"""When a predicted attribution counts as a gold one, and the counts that follow.

Contents are compared as sets of words by position: overlap is intersection over union
(Jaccard), as in work on quotation extraction, at 0.3 (found) and 0.8 (right extent).
Pairs are made one to one, best overlap first. Cues match if they share a character
other than a blank. A source counts if its words overlap the gold source's by 0.3.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from compare.evaluate.score import precision_recall

Chars = tuple[int, int]
_WORD = re.compile(r"\w+")
_SIGN = re.compile(r"\S")
LOOSE, STRICT = 0.3, 0.8


@dataclass(frozen=True)
class Attribution:
    """Contents, source and cue of one attribution, in characters."""

    contents: tuple[Chars, ...]
    source: Chars | None
    cue: Chars | None
    kind: str
    status: str
    nested: bool = False
    """It stands inside the content of another."""


class HasGold(Protocol):
    """A text with its gold attributions."""

    @property
    def text(self) -> str:
        """The text on which offsets count."""

    @property
    def attributions(self) -> tuple[Attribution, ...]:
        """The gold."""


def overlap(a: frozenset[int], b: frozenset[int]) -> float:
    """Intersection over union; two empty sets do not overlap.

    >>> overlap(frozenset({1, 2}), frozenset({2, 3, 4}))
    0.25
    """
    return len(a & b) / len(a | b) if a | b else 0.0


def _places(text: str, spans: Iterable[Chars], pattern: re.Pattern[str]) -> frozenset[int]:
    return frozenset(m.start() for a, b in spans for m in pattern.finditer(text, a, b))


def joined(attributions: Sequence[Attribution]) -> list[Attribution]:
    """Attributions of one cue and source as one, in order."""
    groups: dict[tuple[object, ...], Attribution] = {}
    for n, a in enumerate(attributions):
        key = (a.cue, a.source) if a.cue is not None else (n,)
        old = groups.get(key)
        if old is None:
            groups[key] = a
        else:
            kind = old.kind if old.kind == a.kind else "mixed"
            groups[key] = replace(old, contents=old.contents + a.contents, kind=kind)
    return list(groups.values())


@dataclass
class Tally:
    """Counts over passages; `row` turns them into measures."""

    gold: int = 0
    predicted: int = 0
    predicted_cues: int = 0
    gold_cues: int = 0
    cues: int = 0
    loose: int = 0
    strict: int = 0
    sources: int = 0
    sources_right: int = 0

    def add(self, passage: HasGold, found: Sequence[Attribution], kind: str) -> None:
        """Count one passage; for one `kind`, its gold against what is found near it.

        With a kind, gold of other kinds and predictions that match them are left out,
        so that precision is not charged for finding another kind of speech.
        """
        mine, gold = joined(found), joined(passage.attributions)
        if kind != "all":
            other = {id(g) for g in gold if g.kind != kind}
            spent = {id(m) for m, g in self._match(passage, mine, gold, LOOSE) if id(g) in other}
            mine = [
                m
                for m in mine
                if (id(m) not in spent and m.kind == kind)
                or any(
                    id(m) == id(x)
                    for x, g in self._match(passage, mine, gold, LOOSE)
                    if g.kind == kind
                )
            ]
            gold = [g for g in gold if g.kind == kind]
        self.gold += len(gold)
        self.predicted += len(mine)
        self.gold_cues += sum(g.cue is not None for g in gold)
        self.predicted_cues += sum(m.cue is not None for m in mine)
        self.cues += len(
            _one_to_one(
                mine,
                gold,
                lambda m, g: overlap(
                    _places(passage.text, [m.cue] if m.cue else [], _SIGN),
                    _places(passage.text, [g.cue] if g.cue else [], _SIGN),
                ),
                1e-9,
            )
        )
        pairs = self._match(passage, mine, gold, LOOSE)
        self.loose += len(pairs)
        self.strict += len(self._match(passage, mine, gold, STRICT))
        for m, g in pairs:
            if g.source is not None:
                self.sources += 1
                self.sources_right += (
                    overlap(
                        _places(passage.text, [m.source] if m.source else [], _WORD),
                        _places(passage.text, [g.source], _WORD),
                    )
                    >= LOOSE
                )

    def pairs(
        self, passage: HasGold, found: Sequence[Attribution], threshold: float
    ) -> list[tuple[Attribution, Attribution]]:
        """Predicted and gold attributions whose contents overlap by the threshold."""
        return self._match(passage, joined(found), joined(passage.attributions), threshold)

    @staticmethod
    def _match(
        passage: HasGold,
        mine: Sequence[Attribution],
        gold: Sequence[Attribution],
        threshold: float,
    ) -> list[tuple[Attribution, Attribution]]:
        words = {id(a): _places(passage.text, a.contents, _WORD) for a in (*mine, *gold)}
        return _one_to_one(mine, gold, lambda m, g: overlap(words[id(m)], words[id(g)]), threshold)

    def row(self) -> dict[str, float]:
        """The measures of what was counted."""
        table: dict[str, float] = {"gold": self.gold, "predicted": self.predicted}
        for name, hits, predicted, gold in (
            ("content_0.3", self.loose, self.predicted, self.gold),
            ("content_0.8", self.strict, self.predicted, self.gold),
            ("cue", self.cues, self.predicted_cues, self.gold_cues),
        ):
            for measure, value in precision_recall(hits, predicted, gold).items():
                table[f"{name}_{measure}"] = value
        table["source_given_content"] = self.sources_right / self.sources if self.sources else 0.0
        return table


def _one_to_one(
    mine: Sequence[Attribution],
    gold: Sequence[Attribution],
    score: Callable[[Attribution, Attribution], float],
    threshold: float,
) -> list[tuple[Attribution, Attribution]]:
    scored = sorted(
        (-s, i, j)
        for i, m in enumerate(mine)
        for j, g in enumerate(gold)
        if (s := score(m, g)) >= threshold
    )
    used_i: set[int] = set()
    used_j: set[int] = set()
    pairs = []
    for _, i, j in scored:
        if i not in used_i and j not in used_j:
            used_i.add(i)
            used_j.add(j)
            pairs.append((mine[i], gold[j]))
    return pairs
