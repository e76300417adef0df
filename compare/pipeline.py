"""The flow, once: documents to discrepancies.

documents -> claims -> (sources, values, assertions, when_where, vectors)
          -> events, origins -> judgements -> discrepancies, revisions
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import pandas as pd

from compare import durable, review
from compare.cluster import cluster_events
from compare.engine import Engine, Part, Progress, joined, only, open_engine
from compare.extract import extract_claims
from compare.incidents import Incidents, judgements_of, rows_of
from compare.judge import judge_pairs
from compare.models import judge_version, models_used
from compare.parquet import mended
from compare.parse import SPEAKS, parse_assertions, parse_values, parse_when_where
from compare.parts import (
    Observer,
    cut_documents,
    encoded,
    facts,
    known_actors,
    speech,
    with_parses,
    with_readings,
    with_setting,
)
from compare.read import Case, read_case
from compare.report import hash_inputs, kept_in, write_all
from compare.resolve import name_strangers, resolve_within
from compare.schema import TABLES
from compare.settings import Settings, chosen
from compare.store import Store
from compare.tables import check, filtered
from compare.tabulate import known_camps, mark_silent, tabulate_discrepancies
from compare.trace import trace_origins
from compare.view import Comparison

T = TypeVar("T")


def run(
    case: str | os.PathLike[str] | Case,
    *,
    settings: Settings | None = None,
    work: Path | None = None,
    observer: Observer = lambda stage, done, total: None,
    engine: Any = "local",
    scheduler: str | None = None,
    workers: int | None = None,
) -> Comparison:
    """Compare the accounts of a case, a folder or a file, or one read before.

    Args:
        case: see `compare.read_case`.
        settings: instead of those of `case.toml`.
        work: folder where parses, vectors and tables are kept, so that a run that
            was stopped goes on and a second run is quick; None keeps nothing. What
            is damaged there is told by a warning and made again.
        observer: called as the work goes on.
        engine: where stages run, see `compare.engine.open_engine`: `local`, `dask`,
            a `distributed.Client`, or an executor. The result is the same.
        scheduler: address of a Dask scheduler, for the engine `dask`.
        workers: processes on this machine; None takes one a core where it pays.

    Raises:
        CaseError: the case cannot be used at all.
        EngineError: there is no such engine.
        OutputError: another run is writing to `work`, or the disk refuses.

    >>> run("fixtures/atnews-lashkargah").claims["source"].str.contains("Miller").any()
    np.False_
    """
    where = {"engine": engine, "scheduler": scheduler, "workers": workers}
    if work is None:
        return _run(case, settings, None, observer, **where)
    with Store(work) as store:
        durable.sweep(work)
        return _run(case, settings, store, observer, **where)


def _run(
    case: str | os.PathLike[str] | Case,
    settings: Settings | None,
    store: Store | None,
    observer: Observer,
    *,
    engine: Any = "local",
    **where: Any,
) -> Comparison:
    # By now the database is locked, so a second run is told before it reads anything.
    if not isinstance(case, Case):
        case = read_case(case, settings, progress=lambda d, t: observer("read", d, t))
    used = settings or case.settings
    with ExitStack() as stack:
        folder = store.folder if store else Path(stack.enter_context(TemporaryDirectory()))
        running = stack.enter_context(open_engine(engine, folder=folder / "shards", **where))
        comparison = mended(lambda: compare_case(case, used, running, folder, observer))
        if store is not None:
            running.sweep()
            store.publish({t: getattr(comparison, t) for t in TABLES}, used.model_dump(mode="json"))
    return comparison


def publish(
    case: str | os.PathLike[str],
    out: Path,
    *,
    observer: Observer = lambda stage, done, total: None,
    **where: Any,
) -> tuple[Comparison, list[Path]]:
    """Run a case and write report, tables and manifest to `out`.

    Returns the comparison and every file written, `report.html` first. Parses,
    vectors and tables are kept in `out/work`; it may be deleted at any time.
    `where` are the engine, scheduler and workers of `run`.
    """
    # Held until the last file is written, so that no two runs mix their files.
    with Store(kept_in(out)) as store:
        durable.sweep(out)
        comparison = _run(case, None, store, observer, **where)
        observer("write", 0, 1)
        named, inputs = os.fspath(case), hash_inputs(Path(case))
        models, kept = models_used(comparison.settings), store.folder
        written = write_all(comparison, out, case=named, inputs=inputs, models=models, kept=kept)
        observer("write", 1, 1)
    return comparison, written


def compare_case(
    case: Case, settings: Settings, engine: Engine, folder: Path, observer: Observer
) -> Comparison:
    """Every stage after reading, in order, each with its section of `settings`.

    Documents are read a part at a time, what needs the whole case is done here on
    whole tables, then incidents are judged and tabulated a part at a time.
    """

    def progress(stage: str) -> Progress:
        return lambda done, total: observer(stage, done, total)

    documents = case.documents
    parts, where, claims, sources = who_says_what(case, settings, engine, observer)
    decisions, malformed = review.read_decisions(case.decisions)
    placed, outcomes = review.place(decisions, claims) if decisions else ([], [])
    sources = note(review.apply_speakers(sources, placed, known_actors(case, placed)), outcomes)
    values = note(review.apply_values(engine.collect(parts, "values"), placed), outcomes)
    at = dict(zip(claims["claim_id"], claims["document_id"].map(where), strict=True))
    # Facts need little of who speaks; what else of it changes makes no part be read again.
    speak = engine.scatter({"speakers": sources[["claim_id", *SPEAKS]]}, at, len(parts))
    parts = joined(with_readings(parts, engine), speak)
    parts = joined(parts, engine.map_batches(
        facts, only(parts, "documents", "texts", "parses", "claims", "speakers", "readings"),
        when_where=chosen(parse_when_where, settings, "parse"),
        assertions=chosen(parse_assertions, settings, "parse"), progress=progress("parse"),
    ))  # fmt: skip
    when_where = engine.collect(parts, "when_where")
    assertions = engine.collect(parts, "assertions")
    observer("trace", 0, 1)
    origins = engine.whole(
        trace_origins, "origins", claims, documents, sources,
        **chosen(trace_origins, settings, "trace"),
    )  # fmt: skip
    observer("trace", 1, 1)
    vectors = encoded(claims, settings.embed, engine, folder / "vectors", progress("embed"))

    gone = note(review.rejected_claims(placed), outcomes)
    # What a reviewer rejected stays in the tables that say who said it, and goes no further.
    left = ~claims["claim_id"].isin(gone).to_numpy()
    stays = vectors[left] if gone else vectors
    observer("cluster", 0, 1)
    told = {"claims": claims, "sources": sources, "values": values,
            "assertions": assertions, "when_where": when_where}  # fmt: skip
    if gone:
        told = {name: table[~table["claim_id"].isin(gone)] for name, table in told.items()}
    events = engine.whole(
        cluster_events, "events", told["claims"], documents, told["sources"], told["values"],
        told["assertions"], told["when_where"], stays, progress=progress("cluster"),
        **chosen(cluster_events, settings, "cluster"),
    )  # fmt: skip
    events = note(review.apply_events(events, when_where, placed), outcomes)
    observer("cluster", 1, 1)

    paired = [(p.claim_id, p.other) for p in placed if p.other]
    incidents = Incidents(engine, told, documents, events, paired)
    whole = incidents.parts
    if settings.judge.inference_model is not None:
        whole = joined(whole, incidents.cut_vectors(stays, told["claims"]))
    judged = engine.map_batches(
        judgements_of, whole, version=judge_version(settings), progress=progress("judge"),
        **chosen(judge_pairs, settings, "judge"),
    )  # fmt: skip
    automatic = incidents.judgements(judged)
    judgements = note(review.apply_relations(automatic, events, placed), outcomes)
    if judgements is not automatic:
        judged = incidents.cut_judgements(judgements)
    whole = only(incidents.parts, "outlets", "events", *told)
    whole = joined(joined(whole, incidents.cut_origins(origins)), judged)
    how = chosen(tabulate_discrepancies, settings, "tabulate")
    rows = engine.map_batches(rows_of, whole, progress=progress("tabulate"), **how)
    # A row that ties several events together may hold claims of several parts.
    across = set(engine.collect(rows, "across")["claim_id"])
    pairs = judgements["claim_id_l"].isin(across) & judgements["claim_id_r"].isin(across)
    who, said, numbers, deeds, scenes, happened, first = (
        t[t["claim_id"].isin(across)] for t in (*told.values(), events, origins)
    )
    tied = tabulate_discrepancies(
        who, documents, said, numbers, deeds, scenes, happened, first,
        filtered(judgements, pairs.to_numpy(bool)), camps=(), **how,
    )  # fmt: skip
    discrepancies = incidents.discrepancies(rows, tied[tied["event_id"] == -1])
    discrepancies = mark_silent(discrepancies, known_camps(sources, assertions))
    discrepancies = review.mark_reviewed(discrepancies, outcomes)
    revisions = incidents.revisions(rows)
    outside = {"event_id": -1, "story_id": -1, "near_threshold": False}
    events = check("events", pd.concat([events, claims.loc[~left, ["claim_id"]].assign(**outside)]))
    problems = pd.concat([case.problems, pd.DataFrame(review.problem_rows(outcomes, malformed))])
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
        decisions=review.decisions_table(outcomes),
    )


def note(applied: tuple[T, list[review.Outcome]], outcomes: list[review.Outcome]) -> T:
    """What decisions made of a table; their outcomes are added to `outcomes`."""
    table, found = applied
    outcomes += found
    return table


def speakers(path: str | os.PathLike[str]) -> tuple[Case, pd.DataFrame]:
    """The claims of a document or case with who speaks them, without comparing anything."""
    case = read_case(path)
    with open_engine(workers=1) as engine:
        _, _, claims, sources = who_says_what(case, case.settings, engine, lambda s, d, t: None)
    who = sources[["claim_id", "mention", "actor_id", "actor", "organisation", "camp", "role"]]
    table = claims.merge(who, on="claim_id", validate="one_to_one")
    return case, table.sort_values(["document_id", "start", "end"], ignore_index=True)


def who_says_what(
    case: Case, settings: Settings, engine: Engine, observer: Observer
) -> tuple[list[Part], dict[str, int], pd.DataFrame, pd.DataFrame]:
    """Documents in parts, with all that `speech` makes of each, and the part of each document.

    And claims and sources of the case.
    """
    parts, where = cut_documents(case, engine)
    parts = with_parses(parts, settings.extract.model, engine, observer)
    parts, around = with_setting(parts, engine)
    parts = joined(parts, engine.map_batches(
        speech, parts, extract=chosen(extract_claims, settings, "extract"),
        resolve=chosen(resolve_within, settings, "resolve") | around,
        values=chosen(parse_values, settings, "parse"),
        progress=lambda done, total: observer("extract", done, total),
    ))  # fmt: skip
    sources = name_strangers(
        engine.collect(parts, "sources"), engine.collect(parts, "strangers"),
        **chosen(name_strangers, settings, "resolve"),
    )  # fmt: skip
    return parts, where, engine.collect(parts, "claims"), sources
