"""Splitting and merging events by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import pandas as pd

from compare.review.outcome import APPLIED, OPEN, SUPERSEDED, Outcome, Placed
from compare.tables import check

NOISE = -1
_EVENT = ("split-event", "merge-event")


def apply_events(
    events: pd.DataFrame, when_where: pd.DataFrame, placed: Sequence[Placed]
) -> tuple[pd.DataFrame, list[Outcome]]:
    """Table `events` with claims split off and events merged, in order of time.

    Split takes the first claim out of the event of the second, into one of its own. Merge
    makes one event of those that both belong to, in the story of the second. The last
    decision on a pair holds. Ids are given anew from 1 by the earliest time of an event,
    then its smallest claim, as the clustering gives them.
    """
    mine = [item for item in placed if item.decision.action in _EVENT]
    if not mine:
        return events, []
    label = {c: int(e) for c, e in zip(events["claim_id"], events["event_id"], strict=True)}
    story = {c: int(s) for c, s in zip(events["claim_id"], events["story_id"], strict=True)}
    last = {tuple(sorted((i.claim_id, i.other))): n for n, i in enumerate(mine)}
    fresh, fresh_story = max(label.values(), default=0) + 1, max(story.values(), default=0) + 1
    outcomes: list[Outcome] = []
    for number, item in enumerate(mine):
        one, two = item.claim_id, item.other
        if one not in label or two not in label:
            gone = one if one not in label else two
            note = f"claim {gone} was rejected and belongs to no event"
            outcomes.append(Outcome(item.decision, OPEN, note))
            continue
        if last[tuple(sorted((one, two)))] != number:
            outcomes.append(Outcome(item.decision, SUPERSEDED, item.note))
            continue
        outcomes.append(Outcome(item.decision, APPLIED, item.note, (one, two)))
        together = label[one] == label[two] != NOISE
        if item.decision.action == "split-event":
            if together:
                label[one], fresh = fresh, fresh + 1
        elif not together:
            if label[two] == NOISE:
                label[two] = label[one] if label[one] != NOISE else fresh
                fresh += 1
            if story[two] == NOISE:
                story[two] = story[one] if story[one] != NOISE else fresh_story
                fresh_story += 1
            old = label[one]
            moved = [c for c in label if c == one or (old != NOISE and label[c] == old)]
            for claim in moved:
                label[claim], story[claim] = label[two], story[two]
    numbers = _numbered(label, when_where)
    stories = _numbered(story, when_where)
    changed = events.assign(
        event_id=[numbers[label[c]] for c in events["claim_id"]],
        story_id=[stories[story[c]] for c in events["claim_id"]],
    )
    return check("events", changed), outcomes


def _numbered(label: dict[str, int], when_where: pd.DataFrame) -> dict[int, int]:
    begin = dict(zip(when_where["claim_id"], when_where["begin"], strict=True))
    groups: defaultdict[int, list[str]] = defaultdict(list)
    for claim, group in sorted(label.items()):
        if group != NOISE:
            groups[group].append(claim)

    def rank(group: int) -> tuple[bool, pd.Timestamp, str]:
        times = [begin[c] for c in groups[group] if c in begin and not pd.isna(begin[c])]
        return not times, min(times, default=pd.Timestamp(0)), groups[group][0]

    ordered = sorted(groups, key=rank)
    return {group: number for number, group in enumerate(ordered, start=1)} | {NOISE: NOISE}
