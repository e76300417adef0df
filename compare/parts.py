"""The stages on documents as the engine runs them: from the tables of a part to new ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from compare import syntax
from compare.embed import embed_texts, load_encoder, number_format, stored_vectors, unencoded
from compare.embed.encode import SHARD
from compare.engine import Engine, Part, Progress, joined, load, only
from compare.extract import extract_claims
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

Tables = dict[str, pd.DataFrame]
Observer = Callable[[str, int, int], None]
"""Told the stage's name and how much of how much of it is done."""
_WORD = re.compile(r"[^\W_]+")


def parse_texts(texts: pd.DataFrame, *, model: str) -> Tables:
    """The dependency parses of documents, which `speech` and `facts` read."""
    made = syntax.parse_bytes(texts["text"].tolist(), model=model)
    return {"parses": pd.DataFrame({"key": list(made), "parse": list(made.values())})}


def setting(
    texts: pd.DataFrame, ready: pd.DataFrame | None = None, actors: pd.DataFrame | None = None
) -> Tables:
    """What each text tells of the case's short forms and country, and all words of the part."""
    written = [texts["text"]] if ready is None else [texts["text"], ready["source"].dropna()]
    words = {word for text in pd.concat(written) for word in _words(text)}
    return {
        "setting": read_setting(texts["text"], actors),
        "words": pd.DataFrame({"word": sorted(words)}, dtype="string"),
    }


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def speech(
    documents: pd.DataFrame,
    texts: pd.DataFrame,
    parses: pd.DataFrame,
    short: pd.DataFrame,
    ready: pd.DataFrame | None = None,
    actors: pd.DataFrame | None = None,
    *,
    extract: Mapping[str, Any],
    resolve: Mapping[str, Any],
    values: Mapping[str, Any],
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
        forms = dict(zip(short["short"], short["name"], strict=True))
        sources, strangers = resolve_within(claims, documents, actors, short=forms, **resolve)
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
    parses: pd.DataFrame,
    claims: pd.DataFrame,
    speakers: pd.DataFrame,
    readings: pd.DataFrame,
    *,
    when_where: Mapping[str, Any],
    assertions: Mapping[str, Any],
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


def with_text(documents: pd.DataFrame, texts: pd.DataFrame) -> pd.DataFrame:
    """Documents with the texts that are kept beside them."""
    return check("documents", documents.drop(columns="text", errors="ignore").merge(
        texts, on="document_id", validate="one_to_one"))  # fmt: skip


def _parsed(parses: pd.DataFrame) -> Any:
    return syntax.given(dict(zip(parses["key"], parses["parse"], strict=True)))


def cut_documents(case: Case, engine: Engine) -> tuple[list[Part], dict[str, int]]:
    """Documents, their texts, and what the researcher gives beside them, in parts.

    And the part of each document.
    """
    tables = {"documents": case.documents.drop(columns="text"),
              "texts": case.documents[["document_id", "text"]]}  # fmt: skip
    if case.claims is not None:
        tables["ready"] = case.claims
    ids = sorted(set(pd.concat([t["document_id"] for t in tables.values()])))
    at = engine.cut("documents", [[one] for one in ids], engine.batch)
    parts = engine.scatter(tables, at, max(at.values(), default=0) + 1, by="document_id")
    if case.actors is not None:
        parts = joined(parts, [engine.share("actors", case.actors)] * len(parts))
    return parts, at


def with_setting(parts: list[Part], engine: Engine) -> tuple[list[Part], dict[str, Any]]:
    """Parts with the short forms of all texts, as far as a part has their words; and `home`.

    So a part is read again only where a short form that it may hold has changed.
    """
    wanted = ("texts", "ready", "actors")
    read = engine.map_batches(
        setting, [{name: part[name] for name in wanted if name in part} for part in parts]
    )
    found = settle_setting(engine.collect(read, "setting"))
    forms = [(short, name, {*_words(short)}, {*_words(name)})
             for short, name in found.pop("short").items()]  # fmt: skip
    more = []
    for part in read:
        held = set(load(part["words"])["word"])
        mine = [(short, name) for short, name, *words in forms if any(w <= held for w in words)]
        table = pd.DataFrame(mine, columns=["short", "name"], dtype="string")
        more.append(engine.share("short", table))
    return joined(parts, more), found


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


def with_parses(parts: list[Part], model: str, engine: Engine, observer: Observer) -> list[Part]:
    """Parts with the parses of their texts, which no setting and no release of ours changes."""
    return joined(parts, engine.map_batches(
        parse_texts, only(parts, "texts"), model=model, version=syntax.version(model),
        progress=lambda done, total: observer("annotate", done, total),
    ))  # fmt: skip


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
