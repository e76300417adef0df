"""Persons the registry does not hold, brought together over all documents of a case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from compare.resolve.lexicon import lexicon
from compare.resolve.names import same_person, skeleton, slug
from compare.resolve.phrase import Phrase


@dataclass(frozen=True)
class Draft:
    """An unlisted person as one document knows them."""

    place: str
    """where it stands, only to find it again"""
    name: tuple[str, ...]
    written: str
    phrase: Phrase


def assign(drafts: Sequence[Draft], similarity: float) -> dict[str, tuple[str, str, float]]:
    """For every draft's place an actor id, a display name and a score.

    Drafts of one name, or of spellings of it, whose offices do not exclude
    each other are one person. A name that fits two persons joins neither. The
    outcome does not depend on the order of the drafts.

    >>> a = Draft("a", ("omar", "rezai"), "Omar Rezai", Phrase("", "person"))
    >>> b = Draft("b", ("omer", "rezai"), "Omer Rezai", Phrase("", "person"))
    >>> [found[0] for found in assign([b, a], 0.9).values()]
    ['unlisted:omar-rezai', 'unlisted:omar-rezai']
    """
    groups: list[list[Draft]] = []
    by_sound: dict[str, set[int]] = defaultdict(set)
    for draft in sorted(drafts, key=lambda d: (-len(d.name), d.name, d.phrase.text, d.place)):
        near = sorted({g for word in draft.name for g in by_sound[skeleton(word)]})
        scored = [(_fit(draft, groups[g], similarity), g) for g in near]
        best = max((s for s, _ in scored), default=0.0)
        top = [g for s, g in scored if s == best and s > 0]
        if len(top) == 1:
            groups[top[0]].append(draft)
            chosen = top[0]
        else:
            groups.append([draft])
            chosen = len(groups) - 1
        for word in draft.name:
            by_sound[skeleton(word)].add(chosen)
    return _named(groups)


def _fit(draft: Draft, group: Sequence[Draft], similarity: float) -> float:
    """How surely a draft is the person of a group: every member must allow it."""
    scores = []
    for other in group:
        if len(draft.name) < 2 or len(other.name) < 2:
            score = 1.0 if draft.name == other.name and _said_alike(draft, other) else 0.0
        elif draft.name == other.name:
            score = 1.0 if not _weak(draft.name) or _said_alike(draft, other) else 0.0
        else:
            score = same_person(draft.name, other.name, similarity, loose=False)
        if score == 0 or _excluded(draft.phrase, other.phrase):
            return 0.0
        scores.append(score)
    return min(scores, default=0.0)


def _weak(name: Sequence[str]) -> bool:
    return all(word in lexicon().weak for word in name)


def _said_alike(a: Draft, b: Draft) -> bool:
    """Both are given the same kind of office, and the same body if any."""
    return bool(a.phrase.heads & b.phrase.heads) and set(a.phrase.bodies) == set(b.phrase.bodies)


def _excluded(a: Phrase, b: Phrase) -> bool:
    """Offices no one person is likely to hold: another kind, with another body or none."""
    if not a.heads or not b.heads or a.heads & b.heads:
        return False
    return not set(a.bodies) & set(b.bodies) and not (a.content & b.content)


def _named(groups: Sequence[Sequence[Draft]]) -> dict[str, tuple[str, str, float]]:
    """Ids from the fullest name; namesakes are told apart by their office."""
    full = [min(g, key=lambda d: (-len(d.name), d.written)) for g in groups]
    wanted: dict[str, list[int]] = defaultdict(list)
    for n, draft in enumerate(full):
        wanted[slug(draft.written)].append(n)
    found: dict[str, tuple[str, str, float]] = {}
    for name, members in sorted(wanted.items()):
        for n in members:
            told = sorted({p.phrase.head for p in groups[n] if p.phrase.head})[:1]
            marked = f"{name}-{told[0]}" if len(members) > 1 and told else name
            for draft in groups[n]:
                score = 1.0 if draft.name == full[n].name else 0.9
                found[draft.place] = (f"unlisted:{marked}", full[n].written, score)
    return found
