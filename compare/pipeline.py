"""The flow, once: documents to discrepancies.

documents -> claims -> (sources, values, assertions, when_where, vectors)
          -> events, origins -> judgements -> discrepancies, revisions
"""

from __future__ import annotations

import hashlib
import inspect
import os
from collections.abc import Callable
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from compare.cluster import cluster_events
from compare.embed import embed_claims, number_format
from compare.extract import extract_claims
from compare.judge import judge_pairs
from compare.judge.inference import identify
from compare.parse import parse_assertions, parse_values, parse_when_where
from compare.read import Case, read_case
from compare.report import hash_inputs, write_all
from compare.resolve import resolve_sources
from compare.resolve.registry import registry
from compare.review import (
    Outcome,
    Placed,
    apply_events,
    apply_relations,
    apply_speakers,
    apply_values,
    decisions_table,
    mark_reviewed,
    place,
    problem_rows,
    read_decisions,
    rejected_claims,
)
from compare.schema import TABLES
from compare.settings import Settings
from compare.store import Store
from compare.syntax import shelved
from compare.tables import check
from compare.tabulate import tabulate_discrepancies, tabulate_revisions
from compare.trace import trace_origins
from compare.view import Comparison
from compare.weights import fingerprint, folder

T = TypeVar("T")
Observer = Callable[[str, int, int], None]
"""Told the stage's name and how much of how much of it is done."""

STAGES = ("read", "extract", "resolve", "parse", "trace", "embed", "cluster", "judge", "tabulate")


def run(
    case: str | os.PathLike[str] | Case,
    *,
    settings: Settings | None = None,
    work: Path | None = None,
    observer: Observer = lambda stage, done, total: None,
) -> Comparison:
    """Compare the accounts of a case, a folder or a file, or one read before.

    Args:
        case: see `compare.read_case`.
        settings: instead of those of `case.toml`.
        work: folder where parses and vectors are kept, so that a run that was
            stopped goes on and a second run is quick; None keeps nothing.
        observer: called as the work goes on.

    Raises:
        CaseError: the case cannot be used at all.
        OutputError: another run is writing to `work`, or the disk refuses.

    >>> run("fixtures/atnews-lashkargah").claims["source"].str.contains("Miller").any()
    np.False_
    """
    if not isinstance(case, Case):
        case = read_case(case, settings, progress=lambda d, t: observer("read", d, t))
    used = settings or case.settings
    if work is None:
        return compare_case(case, used, None, observer)
    with Store(work / "case.duckdb") as store, shelved(store):
        comparison = compare_case(case, used, work / "vectors", observer)
        store.publish(
            {name: getattr(comparison, name) for name in TABLES}, used.model_dump(mode="json")
        )
    return comparison


def publish(
    case: str | os.PathLike[str],
    out: Path,
    *,
    observer: Observer = lambda stage, done, total: None,
) -> tuple[Comparison, list[Path]]:
    """Run a case and write report, tables and manifest to `out`.

    Returns the comparison and every file written, `report.html` first. Parses
    and vectors are kept in `out/work`; it may be deleted at any time.
    """
    comparison = run(case, work=out / "work", observer=observer)
    observer("write", 0, 1)
    written = write_all(
        comparison,
        out,
        case=os.fspath(case),
        inputs=hash_inputs(Path(case)),
        models=models_used(comparison.settings),
    )
    observer("write", 1, 1)
    return comparison, written


def models_used(settings: Settings) -> dict[str, dict[str, str]]:
    """Name, version and hash of every model a run with `settings` uses, for the manifest."""
    parser, encoder = settings.extract.model, settings.embed.model
    asked = settings.judge.inference_model
    spec = find_spec(parser)
    places = spec.submodule_search_locations if spec else None
    return {
        "parser": {
            "name": parser,
            "version": metadata.version(parser),
            "sha256": folder_sha256(Path(places[0])) if places else "",
        },
        "encoder": {
            "name": encoder,
            "sha256": fingerprint(folder(encoder)),
            "dtype": number_format(settings.embed.dtype),
        },
        **({"inference": identify(asked)} if asked else {}),
    }


def folder_sha256(root: Path) -> str:
    """One hash of every file of a folder but compiled Python, by path and content."""
    digest = hashlib.sha256()
    for path in sorted(p for p in root.rglob("*") if p.is_file() and p.suffix != ".pyc"):
        digest.update(f"{path.relative_to(root).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def compare_case(
    case: Case, settings: Settings, cache: Path | None, observer: Observer
) -> Comparison:
    """Every stage after reading, in order, each with its section of `settings`."""

    def progress(stage: str) -> Callable[[int, int], None]:
        return lambda done, total: observer(stage, done, total)

    documents = case.documents
    claims = extract(case, settings, progress("extract"))
    decisions, malformed = read_decisions(case.decisions)
    placed, outcomes = place(decisions, claims)
    observer("resolve", 0, 1)
    sources = resolve_sources(
        claims, documents, case.actors, **chosen(resolve_sources, settings, "resolve")
    )
    sources = note(apply_speakers(sources, placed, known_actors(case, placed)), outcomes)
    observer("resolve", 1, 1)
    observer("parse", 0, 3)
    when_where = parse_when_where(claims, documents, **chosen(parse_when_where, settings, "parse"))
    observer("parse", 1, 3)
    values = parse_values(claims, documents, **chosen(parse_values, settings, "parse"))
    values = note(apply_values(values, placed), outcomes)
    observer("parse", 2, 3)
    assertions = parse_assertions(
        claims, documents, sources, **chosen(parse_assertions, settings, "parse")
    )
    observer("parse", 3, 3)
    observer("trace", 0, 1)
    origins = trace_origins(claims, documents, sources, **chosen(trace_origins, settings, "trace"))
    observer("trace", 1, 1)
    vectors = embed_claims(
        claims, **settings.embed.model_dump(), cache=cache, progress=progress("embed")
    )
    gone = note(rejected_claims(placed), outcomes)
    values, assertions = (
        t[~t["claim_id"].isin(gone)].reset_index(drop=True) for t in (values, assertions)
    )
    left = ~claims["claim_id"].isin(gone).to_numpy()
    # What a reviewer rejected stays in the tables that say who said it, and goes no further.
    tables = (
        claims[left].reset_index(drop=True),
        documents,
        sources[left].reset_index(drop=True),
        values,
        assertions,
        when_where[left].reset_index(drop=True),
    )
    observer("cluster", 0, 1)
    events = cluster_events(*tables, vectors[left], **chosen(cluster_events, settings, "cluster"))
    events = note(apply_events(events, when_where, placed), outcomes)
    observer("cluster", 1, 1)
    judgements = judge_pairs(
        *tables,
        events,
        vectors[left],
        **chosen(judge_pairs, settings, "judge"),
        progress=progress("judge"),
    )
    judgements = note(apply_relations(judgements, events, placed), outcomes)
    observer("tabulate", 0, 1)
    discrepancies = tabulate_discrepancies(
        *tables,
        events,
        origins[left].reset_index(drop=True),
        judgements,
        **chosen(tabulate_discrepancies, settings, "tabulate"),
    )
    discrepancies = mark_reviewed(discrepancies, outcomes)
    revisions = tabulate_revisions(
        *tables[:4],
        tables[5],
        events,
        **chosen(tabulate_revisions, settings, "tabulate"),
    )
    outside = {"event_id": -1, "story_id": -1, "near_threshold": False}
    events = check("events", pd.concat([events, claims.loc[~left, ["claim_id"]].assign(**outside)]))
    problems = pd.concat([case.problems, pd.DataFrame(problem_rows(outcomes, malformed))])
    observer("tabulate", 1, 1)
    return Comparison(
        title=case.title,
        settings=settings,
        documents=documents,
        problems=check("problems", problems.drop_duplicates()),
        claims=claims,
        sources=sources,
        values=values,
        assertions=assertions,
        when_where=when_where,
        vectors=vectors,
        events=events,
        origins=origins,
        judgements=judgements,
        discrepancies=discrepancies,
        revisions=revisions,
        decisions=decisions_table(outcomes),
    )


def note(applied: tuple[T, list[Outcome]], outcomes: list[Outcome]) -> T:
    """What decisions made of a table; their outcomes are added to `outcomes`."""
    table, found = applied
    outcomes += found
    return table


def known_actors(case: Case, placed: list[Placed]) -> pd.DataFrame:
    """Actors of the registry that decisions name, as they stood last."""
    who = registry(case.actors)
    names = sorted({p.decision.new for p in placed if p.decision.action == "change-speaker"})
    rows = [who.by_id[name][-1] for name in names if name in who.by_id]
    columns = ["actor_id", "actor", "organisation", "camp", "role"]
    return pd.DataFrame([[getattr(r, c) or None for c in columns] for r in rows], columns=columns)


def speakers(path: str | os.PathLike[str]) -> tuple[Case, pd.DataFrame]:
    """The claims of a document or case with who speaks them, without comparing anything."""
    case = read_case(path)
    claims = extract(case, case.settings, lambda done, total: None)
    sources = resolve_sources(
        claims, case.documents, case.actors, **chosen(resolve_sources, case.settings, "resolve")
    )
    who = sources[["claim_id", "mention", "actor_id", "actor", "organisation", "camp", "role"]]
    table = claims.merge(who, on="claim_id", validate="one_to_one")
    return case, table.sort_values(["document_id", "start", "end"], ignore_index=True)


def extract(case: Case, settings: Settings, progress: Callable[[int, int], None]) -> pd.DataFrame:
    """Claims of a case: ready-made where its documents have them, else extracted."""
    ready = case.claims
    if ready is None:
        return extract_claims(case.documents, **settings.extract.model_dump(), progress=progress)
    rest = case.documents[~case.documents["document_id"].isin(ready["document_id"])]
    found = extract_claims(
        rest.reset_index(drop=True), **settings.extract.model_dump(), progress=progress
    )
    return check("claims", pd.concat([ready, found], ignore_index=True))


def chosen(stage: Callable[..., Any], settings: Settings, section: str) -> dict[str, Any]:
    """The keywords of `settings.<section>` that `stage` takes; parsers share a section."""
    taken = inspect.signature(stage).parameters
    values = getattr(settings, section).model_dump()
    return {name: value for name, value in values.items() if name in taken}
