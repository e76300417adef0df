"""A surname alone, over all documents of a case: whose it is, if only one person bears it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from compare.resolve.lexicon import lexicon
from compare.resolve.names import alike, bare, same_person
from compare.resolve.scene import Entity, Scene

SURE = 0.8
"""How sure a match by surname is."""
_LEAST = 3
"""Letters from which a surname tells somebody."""
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


def bearers(
    surname: Name, people: Sequence[Sequence[Name]], others: Iterable[Name], similarity: float
) -> list[int]:
    """Which of `people`, each by all their names, bear a surname; -1 for any of `others` who does.

    `others` are names in full of whoever a document of the case tells of, the
    same people among them.

    >>> bearers(("burhan",), [[("abdel", "fattah", "al", "burhan")], [("omar", "rezai")]], [], 0.9)
    [0]
    """
    asked = bare(surname)
    if len(asked[-1]) < _LEAST or (len(asked) == 1 and asked[0] in lexicon().weak):
        return []
    found = [n for n, names in enumerate(people) if any(_ends(m, asked, similarity) for m in names)]
    strange = [
        name
        for name in others
        if _ends(name, asked, similarity)
        and not any(_same(name, m, similarity) for n in found for m in people[n])
    ]
    return found + [-1] * bool(strange)


def _ends(name: Name, surname: Name, similarity: float) -> bool:
    """The last words of a longer name are this surname."""
    if len(name) <= len(surname):
        return False
    pairs = zip(name[-len(surname) :], surname, strict=True)
    return all(alike(a, b, similarity) >= 0.97 for a, b in pairs)


def _same(a: Name, b: Name, similarity: float) -> bool:
    return a == b or same_person(a, b, similarity, loose=False) > 0
