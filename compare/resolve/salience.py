"""Which of those named before a pronoun it means.

A speaker said before outweighs a subject, a subject outweighs any other
mention, and what stands inside somebody else's words counts least; nearer
sentences come first (after Lappin and Leass 1994, reduced to what attribution
needs). Gender and number must agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.resolve.phrase import Phrase
from compare.resolve.scene import Entity

if TYPE_CHECKING:
    from compare.resolve.discourse import Discourse, Said

_SPEAKER, _SUBJECT, _OTHER, _INSIDE = 100.0, 90.0, 40.0, 30.0
_DECAY = 0.7
"""What is left of a mention's weight a sentence later."""


def antecedent(discourse: Discourse, claim: Said, phrase: Phrase) -> Entity | None:
    """The entity a pronoun at a claim's source means, or None."""
    if phrase.head in {"i", "me", "my", "we", "our", "us"} and claim.parent:
        outer = discourse.found.get(claim.parent)
        if outer is not None:
            return outer.entity
    if phrase.head in {"who", "which", "that", "whom"}:
        return _relative(discourse, claim)
    here = discourse.sentence(claim.at)
    best: tuple[float, int, Entity] | None = None
    for entity in discourse.scene.entities:
        if not _agrees(discourse, entity, phrase):
            continue
        weight, place = _weight(discourse, entity, claim, here)
        if weight > 0 and (best is None or (weight, place) > best[:2]):
            best = (weight, place, entity)
    return best[2] if best else None


def _weight(discourse: Discourse, entity: Entity, claim: Said, here: int) -> tuple[float, int]:
    """Greatest weight of a mention before the pronoun, and where it stands."""
    found: list[tuple[float, int]] = []
    for pos, speaker in discourse.spoke:
        if speaker is entity and pos < claim.at:
            found.append((_SPEAKER, pos))
    for start, end, subject in entity.mentions:
        if start >= claim.at:
            continue
        inside = any(
            s <= start and end <= e and not (s <= claim.at < e) for s, e in discourse.contents
        )
        found.append((_INSIDE if inside else _SUBJECT if subject else _OTHER, start))
    weighed = [
        (weight * _DECAY ** (here - discourse.sentence(pos)), pos)
        for weight, pos in found
        if here - discourse.sentence(pos) <= discourse.reach
    ]
    return max(weighed, default=(0.0, -1))


def _agrees(discourse: Discourse, entity: Entity, phrase: Phrase) -> bool:
    if phrase.gender in {"m", "f"}:
        if entity.kind == "body":
            return entity.voiced  # "a spokesman for the UN said": he speaks for it
        person = entity.kind == "unnamed" or entity.known
        return person and entity.number == "sg" and entity.gender in {"", phrase.gender}
    if phrase.gender == "o":
        return entity.kind == "body"
    if phrase.head in {"i", "me", "my"}:
        return entity.kind != "body"
    if phrase.number == "pl":
        return entity.kind == "body" or entity.number == "pl"
    return entity.kind != "person" or entity.known


def _relative(discourse: Discourse, claim: Said) -> Entity | None:
    """The last one named before `who`, `which`, `that` in its own sentence."""
    here = discourse.sentence(claim.at)
    before = [
        (end, entity)
        for entity in discourse.scene.entities
        for start, end, _ in entity.mentions
        if end <= claim.at and discourse.sentence(start) == here
    ]
    return max(before, key=lambda p: p[0])[1] if before else None
