"""The stages as the engine runs them: from the tables of a part to new tables of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import pandas as pd

from compare import syntax
from compare.embed import embed_texts, load_encoder, number_format, stored_vectors, unencoded
from compare.embed.encode import SHARD
from compare.engine import Engine, Part, Progress, joined, load
from compare.extract import extract_claims
from compare.judge import judge_pairs
from compare.parse import (
    find_homonyms,
    parse_assertions,
    parse_values,
    parse_when_where,
    settle_homonyms,
)
from compare.read import Case
from compare.resolve import read_setting, resolve_within, settle_setting
from compare.resolve.registry import registry
from compare.review import Placed
from compare.settings import Embed
from compare.tables import check
from compare.tabulate import tabulate_discrepancies, tabulate_revisions

Tables = dict[str, pd.DataFrame]
Observer = Callable[[str, int, int], None]
"""Told the stage's name and how much of how much of it is done."""
PARSES = tuple(f"parses_{k}" for k in range(8))
"""The parses of a part, in pieces by themselves: a document that is added costs few parses."""
SHUFFLED = ("documents", "claims", "sources", "values", "assertions", "when_where")
"""Tables that go from parts of documents to parts of stories."""


def parse_texts(texts: pd.DataFrame, *, model: str) -> Tables:
    """The dependency parses of documents, which `speech` and `facts` read."""
    made = syntax.parse_bytes(texts["text"].tolist(), model=model)
    return {"parses": pd.DataFrame({"key": list(made), "parse": list(made.values())})}


def setting(texts: pd.DataFrame, actors: pd.DataFrame | None = None) -> Tables:
    """What each text tells of the case's short forms and country."""
    return {"setting": read_setting(texts["text"], actors)}


def speech(
    documents: pd.DataFrame,
    texts: pd.DataFrame,
    ready: pd.DataFrame | None = None,
    actors: pd.DataFrame | None = None,
    *,
    extract: Mapping[str, Any],
    resolve: Mapping[str, Any],
    values: Mapping[str, Any],
    **parses: pd.DataFrame,
) -> Tables:
    """Who says what with which figures, as far as each document goes by itself.

    `ready` are claims made by hand; their documents are not extracted from.
    """
    documents = with_text(documents, texts)
    with _parsed(parses):
        rest = documents
        if ready is not None:
            rest = rest[~rest["document_id"].isin(ready["document_id"])].reset_index(drop=True)
        claims = extract_claims(rest, **extract)
        if ready is not None:
            claims = check("claims", pd.concat([ready, claims], ignore_index=True))
        sources, strangers = resolve_within(claims, documents, actors, **resolve)
        return {
            "claims": claims,
            "sources": sources,
            "strangers": strangers,
            "values": parse_values(claims, documents, **values),
            "homonyms": find_homonyms(documents),
        }


def facts(
    documents: pd.DataFrame,
    texts: pd.DataFrame,
    claims: pd.DataFrame,
    speakers: pd.DataFrame,
    readings: pd.DataFrame,
    *,
    when_where: Mapping[str, Any],
    assertions: Mapping[str, Any],
    **parses: pd.DataFrame,
) -> Tables:
    """What needs the whole case's speakers and homonyms: times, places, facts."""
    documents = with_text(documents, texts)
    known = dict(zip(readings["homonyms"], readings["place_id"], strict=True))
    with _parsed(parses):
        return {
            "when_where": parse_when_where(claims, documents, readings=known, **when_where),
            "assertions": parse_assertions(claims, documents, speakers, **assertions),
        }


def vectors_of(texts: pd.DataFrame, *, batch_tokens: int, cache: str, **encoder: Any) -> Tables:
    """Encode texts into the cache; there is no table."""
    embed_texts(texts["text"].tolist(), load_encoder(**encoder), batch_tokens=batch_tokens,
                cache=Path(cache))  # fmt: skip
    return {}


def judgements_of(vectors: pd.DataFrame, **tables_and_settings: Any) -> Tables:
    """`judge_pairs` on whole events and stories."""
    return {"judgements": judge_pairs(**tables_and_settings, vectors=from_table(vectors))}


def rows_of(
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    sources: pd.DataFrame,
    values: pd.DataFrame,
    assertions: pd.DataFrame,
    when_where: pd.DataFrame,
    events: pd.DataFrame,
    origins: pd.DataFrame,
    judgements: pd.DataFrame,
    *,
    camps: Collection[str],
    **settings: Any,
) -> Tables:
    """Rows of `discrepancies` and `revisions` on whole events and stories.

    Claims of rows that tie several events together are given apart, in `across`:
    such a row may hold claims of other parts too.
    """
    tables = (claims, documents, sources, values)
    found = tabulate_discrepancies(
        *tables, assertions, when_where, events, origins, judgements, camps=camps, **settings
    )
    open_ = found["event_id"] == -1
    across = sorted({c for ids in found.loc[open_, "claim_ids"] for c in ids.split()})
    return {
        "discrepancies": found[~open_],
        "revisions": tabulate_revisions(*tables, when_where, events),
        "across": pd.DataFrame({"claim_id": across}, dtype="string"),
    }


def with_text(documents: pd.DataFrame, texts: pd.DataFrame) -> pd.DataFrame:
    """Documents with the texts that are kept beside them."""
    return check("documents", documents.drop(columns="text", errors="ignore").merge(
        texts, on="document_id", validate="one_to_one"))  # fmt: skip


def to_table(vectors: np.ndarray, claims: pd.DataFrame) -> pd.DataFrame:
    """Vectors as a table keyed by claim, so that they are cut as others are."""
    rows = [row.tobytes() for row in vectors.astype("<f4")]
    return pd.DataFrame({"claim_id": claims["claim_id"].to_numpy(object), "vector": rows})


def from_table(table: pd.DataFrame) -> np.ndarray:
    """The same as float32 (n, dim), rows in order of claim."""
    rows = table.sort_values("claim_id", kind="stable")["vector"].tolist()
    whole = np.frombuffer(b"".join(rows), dtype="<f4")
    return whole.reshape(len(rows), -1) if rows else np.zeros((0, 0), np.float32)


def _parsed(parses: Mapping[str, pd.DataFrame]) -> Any:
    kept = pd.concat(parses.values())
    return syntax.given(dict(zip(kept["key"], kept["parse"], strict=True)))


def cut_documents(case: Case, engine: Engine) -> list[Part]:
    """Documents, their texts, and what the researcher gives beside them, in parts."""
    size = number_of_parts(len(case.documents), engine.batch)
    tables = {"documents": case.documents.drop(columns="text"),
              "texts": case.documents[["document_id", "text"]]}  # fmt: skip
    if case.claims is not None:
        tables["ready"] = case.claims
    ids = pd.unique(pd.concat([t["document_id"] for t in tables.values()]))
    at = dict(zip(ids, part_of(ids, size), strict=True))
    parts = engine.scatter(tables, at, size, by="document_id")
    if case.actors is not None:
        parts = joined(parts, [engine.share("actors", case.actors)] * size)
    return parts


def case_setting(parts: list[Part], engine: Engine) -> dict[str, Any]:
    """Short forms and country over all texts: keywords of `resolve_within`."""
    read = [{name: part[name] for name in ("texts", "actors") if name in part} for part in parts]
    return settle_setting(engine.collect(engine.map_batches(setting, read), "setting"))


def with_readings(parts: list[Part], engine: Engine) -> list[Part]:
    """Parts with what the whole case settles homonyms on, as far as a part leaves them open.

    So a part is read again only where what its own documents need has changed.
    """
    case = settle_homonyms(engine.collect(parts, "homonyms"))
    table = pd.DataFrame({"homonyms": list(case), "place_id": list(case.values())}, dtype="string")
    more = []
    for part in parts:
        own = load(part["homonyms"])
        left = own.loc[own["place_id"] == "", "homonyms"]
        more.append(engine.share("readings", table[table["homonyms"].isin(left)]))
    return joined(parts, more)


def known_actors(case: Case, placed: list[Placed]) -> pd.DataFrame:
    """Actors of the registry that decisions name, as they stood last."""
    who = registry(case.actors)
    names = sorted({p.decision.new for p in placed if p.decision.action == "change-speaker"})
    rows = [who.by_id[name][-1] for name in names if name in who.by_id]
    columns = ["actor_id", "actor", "organisation", "camp", "role"]
    return pd.DataFrame([[getattr(r, c) or None for c in columns] for r in rows], columns=columns)


def with_parses(
    case: Case, parts: list[Part], model: str, engine: Engine, observer: Observer
) -> list[Part]:
    """Parts with the parses of their texts, which no setting and no release of ours changes."""
    texts = case.documents[["document_id", "text"]]
    size, pieces = len(parts), len(parts) * len(PARSES)
    at = dict(zip(texts["document_id"], part_of(texts["document_id"], pieces), strict=True))
    parses = engine.map_batches(
        parse_texts, engine.scatter({"texts": texts}, at, pieces, by="document_id"),
        model=model, version=syntax.version(model), pieces=len(PARSES),
        progress=lambda done, total: observer("annotate", done, total),
    )  # fmt: skip
    # The number of a piece modulo `size` is that of the part of the same documents.
    return [
        {**part, **{name: parses[n + k * size]["parses"] for k, name in enumerate(PARSES)}}
        for n, part in enumerate(parts)
    ]


def encoded(
    claims: pd.DataFrame, settings: Embed, engine: Engine, cache: Path, progress: Progress
) -> np.ndarray:
    """The vectors of claims; those that `cache` lacks are made first, a shard a task."""
    # Told to the workers, whose processors may differ from this one.
    dtype = number_format(settings.dtype)
    model = settings.model
    texts = pd.DataFrame({"text": unencoded(claims, model=model, dtype=dtype, cache=cache)})
    size = -(-len(texts) // SHARD)
    at = dict(zip(texts["text"], np.arange(len(texts)) // SHARD, strict=True))
    parts = engine.scatter({"texts": texts}, at, size, by="text")
    engine.map_batches(
        vectors_of, parts, cache=str(cache), kept=False, progress=progress,
        **settings.model_dump() | {"dtype": dtype},
    )  # fmt: skip
    return stored_vectors(claims, model=model, dtype=dtype, cache=cache)


def number_of_parts(rows: int, batch: int) -> int:
    """How many parts hold `rows` documents, about `batch` each: a power of two.

    Which documents are together then changes for few of them when some are added.

    >>> [number_of_parts(n, 32) for n in (0, 32, 33, 1000)]
    [1, 1, 2, 32]
    """
    return 1 << max(0, -(-rows // batch) - 1).bit_length()


def part_of(ids: Iterable[object], parts: int) -> np.ndarray:
    """The part of each id, int (n,): by its hash, so it does not depend on the others."""
    return np.array([crc32(str(i).encode()) % parts for i in ids], dtype=np.int64)


def grouped(events: pd.DataFrame, paired: Iterable[tuple[str, str]]) -> np.ndarray:
    """The group of each claim of `events`, int (n,): its story, or itself.

    Events lie within stories. Groups of claims in one of the pairs `paired`, which
    reviewers have put together, are one.

    >>> events = pd.DataFrame({"claim_id": ["a", "b", "c"], "story_id": [4, 4, -1]})
    >>> grouped(events, []).tolist(), grouped(events, [("c", "a")]).tolist()
    ([4, 4, -3], [4, 4, 4])
    """
    story = events["story_id"].to_numpy(dtype=np.int64)
    group = np.where(story >= 0, story, -1 - np.arange(len(story)))
    row = {claim_id: n for n, claim_id in enumerate(events["claim_id"])}
    for a, b in paired:
        if a in row and b in row:
            group[group == group[row[a]]] = group[row[b]]
    return group
