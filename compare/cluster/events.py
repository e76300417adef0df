"""Claims to incidents, incidents to stories."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd

from compare.cluster.average import link_groups
from compare.cluster.beside import join_beside
from compare.cluster.candidates import Candidates, Links
from compare.cluster.grid import products
from compare.cluster.labels import named
from compare.cluster.leaders import follow_leaders, in_order
from compare.cluster.merging import NEAR
from compare.cluster.profile import Profile, profile_claims
from compare.cluster.score import TERMS, term_values, weights
from compare.errors import TableError
from compare.tables import check, check_vectors

NOISE = -1
SAME = 0.99988
"""Claims that score this much, log odds of 9, say the same. Of 5 to 12 there is no best one on ECB+
train, dev and the case; at 9 B-cubed F1 is what it is where every claim counts."""
CLEAR = 0.98
"""What merges at this score within a province is merged before the rest of the case is looked at.
Of 0.998, 0.98, 0.9, 0.7 and 0.5 the lowest that costs no B-cubed F1 on ECB+ train, dev and the
case."""
UNSEEN = 0.75
"""Share of a threshold below which nothing is kept of what lies across two clusters."""


def cluster_events(
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    sources: pd.DataFrame,
    values: pd.DataFrame,
    assertions: pd.DataFrame,
    when_where: pd.DataFrame,
    vectors: np.ndarray,
    *,
    window_days: float,
    late_days: float,
    min_cosine: float,
    decay_days: float,
    event_threshold: float,
    story_threshold: float,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> pd.DataFrame:
    """Group claims into incidents and incidents into stories: table events.

    Pairs within the window and above the least cosine are scored
    (`explain_link` shows how), then joined by average link, so that one vague
    claim chains nothing. Claims of different provinces, or of different
    districts, never share an event. A claim of position belongs to a story
    only. A claim that links to nothing is an event of its own where it states
    a figure or a fact of an incident, and noise (-1) otherwise.

    Args:
        claims, documents, sources, values, assertions, when_where: tables of these names.
        vectors: float32 (n_claims, dim), unit rows, row i is claims row i.
        window_days: largest gap in days between two linked claims.
        late_days: how long after an event a document may tell of it, in days: a claim
            dated by its document alone may be of any day in this span before it, unless the
            document states a day of the week before it came out, which is that of its news.
        min_cosine: least cosine of a candidate pair.
        decay_days: gap over which nearness in time falls to 1/e.
        event_threshold: least mean score of an incident's merges, in (0, 1].
        story_threshold: the same for stories.
        progress: told claims in incidents of their number, one province after another.

    Returns:
        Table events; ids from 1 in order of time, then smallest claim id.

    Raises:
        TableError: vectors do not fit the claims.

    >>> from compare.tables import empty
    >>> names = ("claims", "documents", "sources", "values", "assertions", "when_where")
    >>> cluster_events(*map(empty, names), np.zeros((0, 384), np.float32), window_days=21,
    ...     late_days=365, min_cosine=0.1, decay_days=3, event_threshold=0.5,
    ...     story_threshold=0.3).shape
    (0, 4)
    """
    vectors = check_vectors(vectors, claims)
    if not len(claims):
        return check(
            "events", pd.DataFrame(columns=["claim_id", "event_id", "story_id", "near_threshold"])
        )
    if not claims["claim_id"].is_monotonic_increasing:
        order = np.argsort(claims["claim_id"].to_numpy(dtype=object), kind="stable")
        claims, vectors = claims.iloc[order], vectors[order]
    profile = profile_claims(claims, documents, values, assertions, when_where, vectors)
    made = partial(
        Candidates, window_days=window_days, late_days=late_days, min_cosine=min_cosine,
        decay_days=decay_days,
    )  # fmt: skip
    leader, held, event, near = _incidents(profile, made, event_threshold, progress)
    leads, whole = leader == np.arange(len(leader)), made(profile)
    event = _lean(named(event), profile, whole.borne(event_threshold))
    # Now that leaning claims have a place, they count too, and those that have none seek one.
    counted = replace(profile, labels=held, leaning=np.zeros(len(leader), bool))
    event, close = _further(counted, made, leads & ~profile.position, event, event_threshold)
    event, beside = join_beside(event, profile, whole)
    alone = np.bincount(event, minlength=len(event))[event] == 1
    speaks = leads & (~profile.leaning | alone)
    story, apart = _further(profile, made, speaks, event, story_threshold, "story")
    near |= close | beside | apart
    silent = profile.position | (alone & ~profile.incident)
    lonely = np.bincount(story, minlength=len(story))[story] == 1
    return check(
        "events",
        pd.DataFrame(
            {
                "claim_id": profile.claim_id,
                "event_id": _numbered(event, silent, profile),
                "story_id": _numbered(story, silent & lonely, profile),
                "near_threshold": near,
            }
        ),
    )


def _incidents(
    profile: Profile,
    made: Callable[[Profile], Candidates],
    threshold: float,
    progress: Callable[[int, int], None],
) -> tuple[np.ndarray, tuple[np.ndarray, ...], np.ndarray, np.ndarray]:
    """The leader of each claim, labels, its event, and whether a decision about it was near.

    Labels are as in `Profile`; a leader has those of all that follow it.

    Claims of different provinces are in no event together, so what is clear is merged in each
    province by itself, then the rest of all, with claims of none. Leaning claims stand alone.
    """
    size = len(profile.claim_id)
    leader, event, near = np.arange(size), np.arange(size), np.zeros(size, bool)
    held = [kind.copy() for kind in profile.labels]
    groups, done = in_order(profile), int(profile.leaning.sum())
    leads = [np.zeros(0, np.int64)]
    for n, rows in enumerate(groups, 1):
        last = n == len(groups)
        before = np.concatenate(leads) if last else leads[0]
        part = np.concatenate([before, rows])
        if not len(part):
            continue
        told = replace(profile.only(part), labels=tuple(kind[part] for kind in held))
        found, labels, close = follow_leaders(made(told), len(before), max(SAME, threshold))
        leader[part], near[part] = part[found], near[part] | close
        for kind, label in zip(held, labels, strict=True):
            kind[part] = label
        own = np.flatnonzero(found == np.arange(len(part)))
        told = replace(told, labels=labels).only(own)
        level = threshold if last else max(CLEAR, threshold)
        found, close = _average(made(told), named(event[part[own]]), level, "event")
        event[part[own]], near[part[own]] = part[own][found], near[part[own]] | close
        leads.append(part[own[own >= len(before)]])
        done += len(rows)
        progress(done, size)
    near |= near[leader]
    return leader, tuple(held), event[leader], near


def _further(
    profile: Profile,
    made: Callable[[Profile], Candidates],
    asked: np.ndarray,
    start: np.ndarray,
    threshold: float,
    which: str = "event",
) -> tuple[np.ndarray, np.ndarray]:
    """Merge the clusters `start` by those of their claims that are `asked`, bool (n,).

    The others go where their clusters go. As `link_groups`.
    """
    rows = np.flatnonzero(asked)
    found, close = _average(made(profile.only(rows)), named(start[rows]), threshold, which)
    place = np.full(len(start), -1)
    place[start[rows]] = np.arange(len(rows))
    at = place[start]
    told = at >= 0
    cluster, near = start.copy(), np.zeros(len(start), bool)
    cluster[told], near[told] = rows[found[at[told]]], close[at[told]]
    return named(cluster), near


def _average(
    candidates: Candidates, start: np.ndarray, threshold: float, which: str
) -> tuple[np.ndarray, np.ndarray]:
    """Average link of the clusters `start`, by the score `which`: as `link_groups`."""
    least = UNSEEN * (threshold - NEAR)
    return link_groups(
        start,
        partial(candidates.across, start, least, which),
        threshold=threshold,
        least=least,
        labels=candidates.labels(which),
        rest=partial(candidates.score, which=which),
        every=partial(candidates.every, which=which),
    )


def _lean(event: np.ndarray, profile: Profile, links: Links) -> np.ndarray:
    """Give each leaning claim the event of the best claim of its document that bears it.

    `links` are those of leaning claims within their documents.
    """
    known = [
        {int(e): int(label) for e, label in zip(event, kind, strict=True) if label != -1}
        for kind in profile.labels
    ]
    out = event.copy()
    best: dict[int, tuple[float, int]] = {}
    for a, b, value in zip(*(column.tolist() for column in links), strict=True):
        for short, other in ((a, b), (b, a)):
            if not profile.leaning[short] or profile.leaning[other] or profile.position[other]:
                continue
            fits = all(
                kind[short] == -1 or held.get(int(event[other]), kind[short]) == kind[short]
                for kind, held in zip(profile.labels, known, strict=True)
            )
            if fits and (value, -other) > best.get(short, (0.0, 0)):
                best[short] = (value, -other)
    for short, (_, other) in best.items():
        if not profile.position[short]:
            out[short] = event[-other]
    return named(out)


def _numbered(cluster: np.ndarray, noise: np.ndarray, profile: Profile) -> np.ndarray:
    """Ids from 1 by the earliest begin in each cluster, then its smallest claim; noise -1."""
    begin = np.where(np.isnan(profile.begin), np.inf, profile.begin)
    heads = np.unique(cluster[~noise])
    earliest = np.full(len(cluster), np.inf)
    np.minimum.at(earliest, cluster[~noise], begin[~noise])
    smallest = np.full(len(cluster), len(cluster))
    np.minimum.at(smallest, cluster[~noise], np.flatnonzero(~noise))
    ranked = heads[np.lexsort((smallest[heads], earliest[heads]))]
    number = np.full(len(cluster), NOISE)
    number[ranked] = np.arange(1, len(ranked) + 1)
    return np.where(noise, NOISE, number[cluster])


def explain_link(
    claim_id_l: str,
    claim_id_r: str,
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    values: pd.DataFrame,
    assertions: pd.DataFrame,
    when_where: pd.DataFrame,
    vectors: np.ndarray,
    *,
    decay_days: float,
) -> pd.DataFrame:
    """Why two claims are, or are not, linked: one row a term of the event score.

    Args:
        claim_id_l, claim_id_r: two different claims of the table claims.
        claims, documents, values, assertions, when_where, vectors: as in `cluster_events`.
        decay_days: as in `cluster_events`.

    Returns:
        Columns term, value in [-1, 1], weight, contribution (value * weight, in log
        odds), largest first; the rows `bias` and `total` end it. The score is
        1 / (1 + exp(-total)).

    Raises:
        TableError: a claim id is not in claims.
    """
    profile = profile_claims(
        claims, documents, values, assertions, when_where, check_vectors(vectors, claims)
    )
    rows = []
    for claim in (claim_id_l, claim_id_r):
        found = np.flatnonzero(profile.claim_id == claim)
        if not len(found):
            raise TableError(f"claim {claim!r} is not in claims, which has {len(claims)} rows")
        rows.append(found[:1])
    cosine = products(profile.vectors, *rows)
    value = term_values(profile, rows[0], rows[1], cosine, decay_days=decay_days)[0]
    weight = weights()["event"]
    table = pd.DataFrame(
        {"term": TERMS, "value": value, "weight": [weight[term] for term in TERMS]}
    )
    table["contribution"] = table["value"] * table["weight"]
    table = table.sort_values("contribution", ascending=False, kind="stable", ignore_index=True)
    total = table["contribution"].sum() + weight["bias"]
    last = [("bias", 1.0, weight["bias"], weight["bias"]), ("total", 1.0, 1.0, total)]
    return pd.concat([table, pd.DataFrame(last, columns=table.columns)], ignore_index=True)
