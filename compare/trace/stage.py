"""Origins: which claims go back to one and the same."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from compare.tables import check, empty, records
from compare.trace.agency import agency_of
from compare.trace.copies import near_copies, shingles, tokens
from compare.trace.overlap import content, tells_same

_SHINGLE = 4
_DOCUMENT_SHINGLE = 6
_NO_DAY = datetime.max
_ROWS = 1 << 14
"""Rows of a table that are made objects of at a time."""


@dataclass(slots=True)
class _Claim:
    """A claim with all that its origin depends on."""

    claim_id: str
    document_id: str
    day: datetime
    actor: str
    speaks: str
    """the actor, or the agency whose text it is"""
    organisation: str
    name: str
    media: bool
    unnamed: bool
    own: bool
    """the publisher's own words"""
    parent: str
    words: list[str]

    @property
    def order(self) -> tuple[datetime, str]:
        """Earlier first, undated last."""
        return self.day, self.claim_id


def trace_origins(
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    sources: pd.DataFrame,
    *,
    copy_containment: float,
    copy_words: int,
    document_containment: float,
    same_overlap: float,
    same_days: int,
) -> pd.DataFrame:
    """The independent origin of every claim: `claims`, `documents`, `sources` -> `origins`.

    1. One speaker is one origin, in however many outlets: no statement of
       someone corroborates another of the same. A body and its spokesman are
       one where they say the same within `same_days`.
    2. A relay goes back to whom it relays: speech within an outlet's speech,
       an agency cited or named in the dateline.
    3. A copy goes back to its first print: content of at least `copy_words`
       words, or any in documents that are copies, shared to
       `copy_containment`.

    Reprints thus never add an origin. `origin_id` is the first claim of the
    origin by date, then id; it does not depend on the order of rows.

    Args:
        claims: table of claims.
        documents: table of documents.
        sources: table of sources, a row for each claim.
        copy_containment: share of word 4-grams, 0 to 1, from which content is copied.
        copy_words: words content needs to be taken for a copy by itself.
        document_containment: share of word 6-grams from which documents are copies.
        same_overlap: share of words from which two reports tell the same.
        same_days: days between them at most.

    >>> trace_origins(empty("claims"), empty("documents"), empty("sources"), copy_containment=0.8,
    ...               copy_words=8, document_containment=0.5, same_overlap=0.5, same_days=4).shape
    (0, 3)
    """
    if not len(claims):
        return empty("origins")
    read = sorted(_read(claims, documents, sources), key=lambda c: c.order)
    goes: dict[str, tuple[str, str]] = {}
    for claim_id, target in sorted(_relays(read).items()):
        goes[claim_id] = (target, "relay")
    paired = _document_copies(documents, read, document_containment)
    for claim_id, target in sorted(_copies(read, paired, copy_containment, copy_words).items()):
        goes.setdefault(claim_id, (target, "reprint"))
    for claim_id, target, how in _same(read, goes, same_overlap, same_days):
        goes.setdefault(claim_id, (target, how))
    voices = _voices(read, goes)
    origins, hows = [], []
    for claim in read:
        last, how = _follow(claim.claim_id, goes)
        origin = voices[last]
        if how == "own" and origin != claim.claim_id:
            how = "relay" if claim.speaks != claim.actor else "same-speaker"
        origins.append(origin)
        hows.append(how)
    ids = [claim.claim_id for claim in read]
    return check("origins", pd.DataFrame({"claim_id": ids, "origin_id": origins, "how": hows}))


def _read(claims: pd.DataFrame, documents: pd.DataFrame, sources: pd.DataFrame) -> Iterable[_Claim]:
    said = claims[["claim_id", "document_id", "kind", "source", "parent_claim_id", "content"]]
    who = sources[["claim_id", "actor_id", "actor", "organisation", "camp"]]
    merged = said.merge(who, on="claim_id", validate="one_to_one")
    printed = {
        document: (agency_of(text), _NO_DAY if pd.isna(day) else day.to_pydatetime())
        for document, text, day in zip(
            documents["document_id"], documents["text"], documents["published"], strict=True
        )
    }
    known: dict[str, str] = {}  # a word or a name is kept once, however often it is said

    def once(text: str | None) -> str:
        return known.setdefault(text or "", text or "")

    for at in range(0, len(merged), _ROWS):
        for row in records(merged.iloc[at : at + _ROWS]):
            own = row["kind"] == "narration" and row["source"] is None
            agency, day = printed[row["document_id"]]
            yield _Claim(
                claim_id=row["claim_id"],
                document_id=once(row["document_id"]),
                day=day,
                actor=once(row["actor_id"]),
                speaks=once(agency if own and agency else row["actor_id"]),
                organisation=once(row["organisation"]),
                name=once(row["actor"]),
                media=row["camp"] == "media",
                unnamed=row["actor_id"].startswith("unnamed:"),
                own=own,
                parent=row["parent_claim_id"] or "",
                words=[once(word) for word in tokens(row["content"])],
            )


def _relays(read: list[_Claim]) -> dict[str, str]:
    """Outer claims that pass on the claim inside them; unnamed insiders speak through the outer."""
    by_id = {c.claim_id: c for c in read}
    found: dict[str, str] = {}
    for inner in read:
        outer = by_id.get(inner.parent)
        if outer is None or outer.actor == inner.actor:
            continue
        if inner.unnamed:
            found.setdefault(inner.claim_id, outer.claim_id)
        elif outer.media or 2 * len(inner.words) >= len(outer.words):
            found.setdefault(outer.claim_id, inner.claim_id)
    return found


def _document_copies(
    documents: pd.DataFrame, read: list[_Claim], least: float
) -> dict[str, set[str]]:
    """For every document those it shares most of its text with."""
    texts = dict(zip(documents["document_id"], documents["text"], strict=True))
    ids = list(dict.fromkeys(c.document_id for c in read))
    sets = shingles((tokens(texts[i]) for i in ids), _DOCUMENT_SHINGLE)
    groups = _Groups(ids)
    for a, b in near_copies(sets, least):
        groups.join(ids[a], ids[b])
    members: dict[str, set[str]] = defaultdict(set)
    for i in ids:
        members[groups.root(i)].add(i)
    return {i: members[groups.root(i)] for i in ids}


class _Groups:
    """Disjoint sets whose root is the member that came first."""

    def __init__(self, members: Iterable[str]) -> None:
        """Every member starts alone; their order decides roots."""
        self.order = {m: n for n, m in enumerate(members)}
        self.up: dict[str, str] = {}

    def root(self, member: str) -> str:
        """The first member of a member's set."""
        while (above := self.up.get(member, member)) != member:
            self.up[member] = self.up.get(above, above)
            member = above
        return member

    def join(self, a: str, b: str) -> None:
        """Make one set of two."""
        x, y = sorted((self.root(a), self.root(b)), key=self.order.__getitem__)
        self.up[y] = x


def _copies(
    read: list[_Claim], paired: dict[str, set[str]], least: float, enough: int
) -> dict[str, str]:
    """Printed words of outlets and unnamed speakers that were in print before."""
    free = [c for c in read if c.media or c.unnamed or c.own]
    sets = shingles((c.words for c in free), _SHINGLE)
    others: dict[str, set[str]] = defaultdict(set)
    for claim in free:
        others[claim.actor].add(claim.document_id)
    groups = _Groups([c.claim_id for c in sorted(free, key=lambda c: (
        c.day, -len(others[c.actor]), c.claim_id))])  # fmt: skip
    for a, b in near_copies(sets, least):
        x, y = free[a], free[b]
        together = y.document_id in paired[x.document_id]
        long = min(len(x.words), len(y.words)) >= enough
        if x.document_id != y.document_id and x.unnamed == y.unnamed and (long or together):
            groups.join(x.claim_id, y.claim_id)
    roots = {c.claim_id: groups.root(c.claim_id) for c in free}
    return {claim_id: root for claim_id, root in roots.items() if claim_id != root}


def _same(
    read: list[_Claim], goes: dict[str, tuple[str, str]], least: float, days: int
) -> Iterable[tuple[str, str, str]]:
    """A body's claim that its spokesman makes too, and an outlet cited for what it printed."""
    said: dict[tuple[str, str], list[_Claim]] = defaultdict(list)
    published = {c.document_id: c.actor for c in read if c.own}
    for claim in read:
        for word in sorted(content(claim.words)):
            if claim.organisation and claim.organisation != claim.name:
                said[claim.organisation, word].append(claim)
            outlet = published.get(claim.document_id)
            if outlet and not claim.own:
                said[outlet, word].append(claim)
    for claim in read:
        cited = claim.media and not claim.own and published.get(claim.document_id) != claim.actor
        if claim.claim_id in goes or not (cited or claim.organisation == claim.name):
            continue
        told = content(claim.words)
        near = {
            other.claim_id: other
            for word in sorted(told)
            for other in _nearest(said.get((claim.actor if cited else claim.name, word), []), claim)
        }
        for other in sorted(near.values(), key=lambda c: c.order):
            close = _NO_DAY in (claim.day, other.day) or abs((claim.day - other.day).days) <= days
            if (
                close
                and other.actor != claim.actor
                and other.claim_id != claim.claim_id
                and tells_same(told, content(other.words), least)
            ):
                yield claim.claim_id, other.claim_id, "relay" if cited else "same-speaker"
                break


def _nearest(listed: list[_Claim], claim: _Claim, width: int = 8) -> list[_Claim]:
    """The claims of a list, in order of time, that stand next to a claim in it."""
    if len(listed) <= 2 * width:
        return listed
    at = bisect_left(listed, claim.order, key=lambda c: c.order)
    return listed[max(0, at - width) : at + width]


def _follow(claim_id: str, goes: dict[str, tuple[str, str]]) -> tuple[str, str]:
    """The claim one claim goes back to over all steps, and by which first step."""
    how, seen = "own", {claim_id}
    while claim_id in goes and goes[claim_id][0] not in seen:
        target, step = goes[claim_id]
        how = step if how == "own" else how
        seen.add(target)
        claim_id = target
    return claim_id, how


def _voices(read: list[_Claim], goes: dict[str, tuple[str, str]]) -> dict[str, str]:
    """For every claim the first of its speaker's that goes back to no other."""
    first: dict[str, str] = {}
    for claim in read:
        if claim.claim_id not in goes:
            first.setdefault(claim.speaks, claim.claim_id)
    return {c.claim_id: first.get(c.speaks, c.claim_id) for c in read}
