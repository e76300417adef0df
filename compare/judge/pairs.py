"""Candidate pairs: claims of one event that speak of the same thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations

from compare.judge.figures import group
from compare.judge.sides import Side

Pair = tuple[str, str]

_VICTIM = frozenset(("killed", "wounded", "killed-or-wounded", "killed-and-wounded"))


def topics(side: Side) -> set[str]:
    """The blocks a claim falls in: one for each group of figures and family of facts.

    Outcomes and positions are one block each, since their words answer one another;
    deeds of harm share a block, since one deed is told as a strike or as a killing.
    """
    found = {f"figure:{group(f.aspect)}" for f in side.figures}
    for fact in side.facts:
        if fact.aspect == "responsibility":
            found.add("responsibility")
        elif fact.aspect == "occurrence":
            found.add(f"occurrence:{fact.family}")
        else:
            found.add(fact.aspect)
    if any(f.aspect in _VICTIM for f in side.figures):
        found.add("victim")
    return found


def candidates(
    sides: Mapping[str, Side], events: Mapping[str, tuple[int, int]]
) -> dict[Pair, set[str]]:
    """Pairs to judge with the topics they share; the id that sorts first comes first.

    Args:
        sides: every claim.
        events: event and story of each claim; noise (-1) is compared with nothing, and
            positions are compared across one story.

    Returns:
        A dictionary in order of its keys. Two claims of one actor in the same words on
        the same day are one statement and never a pair.
    """
    blocks: defaultdict[tuple[str, int, str], list[str]] = defaultdict(list)
    for claim_id in sorted(sides):
        event, story = events[claim_id]
        for topic in topics(sides[claim_id]):
            if topic == "position" and story != -1:
                blocks["story", story, topic].append(claim_id)
            elif event != -1:
                blocks["event", event, topic].append(claim_id)
    found: defaultdict[Pair, set[str]] = defaultdict(set)
    for (_, _, topic), members in sorted(blocks.items()):
        for left, right in combinations(members, 2):
            if not _same_statement(sides[left], sides[right]):
                found[left, right].add(topic)
    return dict(sorted(found.items()))


def within_events(sides: Iterable[str], events: Mapping[str, tuple[int, int]]) -> list[Pair]:
    """All pairs of claims of one event, in order."""
    members: defaultdict[int, list[str]] = defaultdict(list)
    for claim_id in sorted(sides):
        if events[claim_id][0] != -1:
            members[events[claim_id][0]].append(claim_id)
    return sorted(pair for ids in members.values() for pair in combinations(ids, 2))


def _same_statement(a: Side, b: Side) -> bool:
    return a.actor_id == b.actor_id and (
        a.text == b.text and (a.published == b.published or a.published is None)
    )
