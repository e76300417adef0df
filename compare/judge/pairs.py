"""Candidate pairs: claims of one event that speak of the same thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from itertools import islice

import numpy as np
import pandas as pd

from compare.judge.figures import group
from compare.judge.occurrence import kin
from compare.judge.places import relation
from compare.judge.rulings import gap_days
from compare.judge.sides import Side
from compare.judge.wording import read

Pair = tuple[str, str]

_VICTIM = frozenset(("killed", "wounded", "killed-or-wounded", "killed-and-wounded"))


def topics(side: Side) -> set[str]:
    """The blocks a claim falls in: one for each group of figures and family of facts.

    Outcomes and positions are one block each, since their words answer one another;
    deeds of harm share a block, since one deed is told as a strike or as a killing. Texts
    in the same words but for numbers and negations are a block whatever they speak of.
    """
    found = {f"figure:{group(f.aspect)}" for f in side.figures}
    for fact in side.facts:
        if fact.aspect == "responsibility":
            found.add("responsibility")
        elif fact.aspect == "occurrence":
            found.add(f"occurrence:{fact.family}")
            found |= {f"occurrence:{family}" for family in kin(fact)}
        else:
            found.add(fact.aspect)
    if any(f.aspect in _VICTIM for f in side.figures):
        found.add("victim")
    found.add(" ".join(("words:", *read(side.text).frame)))
    return found


def candidates(
    sides: Mapping[str, Side], events: Mapping[str, tuple[int, int]]
) -> Iterator[tuple[Pair, set[str]]]:
    """Pairs to judge with the topics they share; the id that sorts first comes first.

    A large event has millions of them, so no more than those of one claim are held at a time.

    Args:
        sides: every claim.
        events: event and story of each claim; noise (-1) is compared with nothing, and
            positions are compared across one story.

    Yields:
        In order. Two claims of one actor in the same words on the same day are one
        statement and never a pair.
    """
    blocks: defaultdict[tuple[str, int, str], list[str]] = defaultdict(list)
    places: defaultdict[str, list[tuple[tuple[str, int, str], int]]] = defaultdict(list)
    for claim_id in sorted(sides):
        event, story = events[claim_id]
        for topic in topics(sides[claim_id]):
            wide = topic == "position" and story != -1
            block = ("story", story, topic) if wide else ("event", event, topic)
            if block[1] != -1:
                places[claim_id].append((block, len(blocks[block])))
                blocks[block].append(claim_id)
    for left, held in places.items():
        found: defaultdict[str, set[str]] = defaultdict(set)
        for block, at in held:
            for right in islice(blocks[block], at + 1, None):
                if not _same_statement(sides[left], sides[right]):
                    found[right].add(block[2])
        for right in sorted(found):
            yield (left, right), found[right]


def alike(
    sides: Mapping[str, Side],
    events: Mapping[str, tuple[int, int]],
    claims: pd.DataFrame,
    vectors: np.ndarray,
    settled: Set[Pair],
    *,
    least: float,
    most: int,
    window_days: float,
) -> list[Pair]:
    """Pairs worth asking an inference model about, in order.

    Args:
        sides: every claim.
        events: event and story of each claim; noise (-1) is compared with nothing.
        claims: table `claims`.
        vectors: float32 (n_claims, dim), unit rows, row i for row i of `claims`.
        settled: pairs that typed evidence has decided.
        least: least cosine of a pair.
        most: each claim is paired with so many claims of its event, the closest first.
        window_days: pairs further apart in time are not asked about.
    """
    row = {claim_id: i for i, claim_id in enumerate(claims["claim_id"])}
    members: defaultdict[int, list[str]] = defaultdict(list)
    for claim_id in sorted(sides):
        if events[claim_id][0] != -1:
            members[events[claim_id][0]].append(claim_id)
    found: set[Pair] = set()
    for ids in members.values():
        at = vectors[[row[claim_id] for claim_id in ids]]
        for i, claim_id in enumerate(ids):
            # Rounded, so that sums in another order rank alike.
            cosines = np.round(at @ at[i], 5)
            close = [int(j) for j in np.argsort(-cosines, kind="stable") if cosines[j] >= least]
            taken = 0
            for j in close:
                if taken == most:
                    break
                pair = (min(claim_id, ids[j]), max(claim_id, ids[j]))
                if (
                    j != i
                    and pair not in settled
                    and _open(sides[claim_id], sides[ids[j]], window_days)
                ):
                    found.add(pair)
                    taken += 1
    return sorted(found)


def _open(a: Side, b: Side, window_days: float) -> bool:
    """Whether two claims can bear on each other by their words alone.

    They are of two speakers and, as far as is known, of one time, nor is the place of one
    part of the other's: a model sees neither calendar nor map, and takes five in a town to
    contradict nine in its province.
    """
    apart = gap_days(a, b)
    one_time = apart is None or apart <= window_days
    nested = bool(
        a.place_id and b.place_id and relation(a.place_id, b.place_id) in ("inside", "contains")
    )
    return a.actor_id != b.actor_id and a.text != b.text and one_time and not nested


def _same_statement(a: Side, b: Side) -> bool:
    return a.actor_id == b.actor_id and (
        a.text == b.text and (a.published == b.published or a.published is None)
    )
