"""A surname alone, over all documents of a case: whose it is, if only one person bears it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from compare.resolve.lexicon import lexicon
from compare.resolve.names import alike, bare, same_person, sound
from compare.resolve.scene import Entity, Scene

SURE = 0.8
"""How sure a match by surname is."""
_LEAST = 3
"""Letters from which a surname tells somebody."""
_SPELT = 0.97
"""What `alike` gives to words that only sound the same."""
Name = tuple[str, ...]


def full_names(scene: Scene) -> list[Name]:
    """Folded names of the persons a document names in full, whether they speak or not."""
    full = [e for e in scene.entities if e.kind == "person" and len(bare(e.name)) > 1]
    return sorted({e.name for e in full if e.known or _proper(scene, e)})


def _proper(scene: Scene, person: Entity) -> bool:
    """A mention is proper nouns throughout, not a headline's verb before a surname."""
    spans = [scene.parse.char_span(a, b, alignment_mode="expand") for a, b, _ in person.mentions]
    return any(s is not None and all(t.pos_ in {"PROPN", "PUNCT"} for t in s) for s in spans)


def alone(name: Sequence[str], written: str) -> bool:
    """A surname and no more, particles and hyphens included.

    >>> alone(("al", "burhan"), "al-Burhan"), alone(("omar", "rezai"), "Omar Rezai")
    (True, False)
    """
    return len(bare(name)) == 1 or " " not in written


class Surnames:
    """Who of a case bears a surname.

    `people` are given each by all their names, `others` by the names in full of whoever a
    document of the case tells of, the same people among them.

    >>> found = Surnames([[("abdel", "fattah", "al", "burhan")], [("omar", "rezai")]], [], 0.9)
    >>> found.bearers(("burhan",))
    [0]
    """

    def __init__(
        self, people: Sequence[Sequence[Name]], others: Iterable[Name], similarity: float
    ) -> None:
        """`similarity` is as in `alike`."""
        self._people, self._similarity = people, similarity
        # One surname is another only where they sound alike, or are the same word.
        self._by_end: defaultdict[str, set[int]] = defaultdict(set)
        self._others: defaultdict[str, list[Name]] = defaultdict(list)
        for n, names in enumerate(people):
            for name in names:
                self._by_end[sound(name[-1])].add(n)
        for name in others:
            self._others[sound(name[-1])].append(name)

    def bearers(self, surname: Name) -> list[int]:
        """Numbers of the people who bear it; -1 for any of the others who does."""
        asked = bare(surname)
        if len(asked[-1]) < _LEAST or (len(asked) == 1 and asked[0] in lexicon().weak):
            return []
        near = sorted(self._by_end[sound(asked[-1])])
        found = [n for n in near if any(self._ends(name, asked) for name in self._people[n])]
        strange = [
            name
            for name in self._others[sound(asked[-1])]
            if self._ends(name, asked)
            and not any(self._same(name, known) for n in found for known in self._people[n])
        ]
        return found + [-1] * bool(strange)

    def _ends(self, name: Name, surname: Name) -> bool:
        """The last words of a longer name are this surname."""
        if len(name) <= len(surname):
            return False
        pairs = zip(name[-len(surname) :], surname, strict=True)
        return all(alike(a, b, self._similarity) >= _SPELT for a, b in pairs)

    def _same(self, a: Name, b: Name) -> bool:
        return a == b or same_person(a, b, self._similarity, loose=False) > 0
