"""Linking: neighbours are exact, order does not matter, unlike incidents stay apart."""

from contextlib import contextmanager

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.cluster import cluster_events, explain_link, kinds, link_clusters, window_neighbours
from compare.cluster.average import link_groups
from compare.cluster.beside import join_beside
from compare.cluster.candidates import Candidates
from compare.cluster.grid import all_products, on_grid, products
from compare.cluster.labels import fitting, held_by
from compare.cluster.leaders import follow_leaders, in_order
from compare.cluster.locate import locate, place_term
from compare.cluster.merging import NEAR
from compare.cluster.neighbours import Window
from compare.cluster.profile import profile_claims
from compare.cluster.score import TERMS, term_values, time_terms
from compare.cluster.words import is_name, rarity, stem, tokens
from compare.errors import TableError
from compare.settings import Settings
from compare.tables import empty, from_rows

NAWA, HELMAND, TAKHAR = "7053031", "1140043", "1123230"


def unit(rows):
    rows = np.asarray(rows, dtype=np.float32)
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def by_hand(vectors, begin, end, window, floor):
    found = set()
    for i in range(len(vectors)):
        for j in range(i + 1, len(vectors)):
            gap = max(begin[i] - end[j], begin[j] - end[i])
            near = bool(np.isnan(gap)) or gap <= window
            if near and float(vectors[i] @ vectors[j]) >= floor:
                found.add((i, j))
    return found


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 40), st.booleans())
def test_neighbours_are_exact(seed, size, undated):
    rng = np.random.default_rng(seed)
    vectors = unit(rng.standard_normal((size, 6)))
    begin = rng.integers(0, 30, size).astype(float)
    end = begin + rng.integers(0, 5, size)
    if undated:
        begin[0] = end[0] = np.nan
    left, right, cosine = window_neighbours(vectors, begin, end, window_days=7, min_cosine=0.3)
    near = by_hand(vectors, begin, end, 7, 0.3)
    assert set(zip(left.tolist(), right.tolist(), strict=True)) == near
    assert (
        np.abs(cosine - np.einsum("ij,ij->i", vectors[left], vectors[right])).max(initial=0) < 1e-6
    )


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 40), st.sampled_from((3, 1024)))
def test_neighbours_of_one_group_or_of_none(seed, size, rows):
    rng = np.random.default_rng(seed)
    vectors = unit(rng.standard_normal((size, 6)))
    begin = rng.integers(0, 30, size).astype(float)
    end = begin + rng.integers(0, 15, size)
    begin[:2], end[:2] = -np.inf, np.inf
    group = rng.integers(-2, 3, size)
    near = by_hand(vectors, begin, end, 7, 0.3)
    expected = {(a, b) for a, b in near if group[a] == group[b] or -1 in (group[a], group[b])}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("compare.cluster.neighbours.ROWS", rows)
        patch.setattr("compare.cluster.neighbours.COLUMNS", rows + 1)
        found = []
        window = Window(begin, end, 7, group)
        for rows_, columns in window.blocks():
            size_ = (rows_.stop - rows_.start) * (columns.stop - columns.start)
            left, right = window.pairs((rows_, columns), np.arange(size_))
            keep = np.einsum("ij,ij->i", vectors[left], vectors[right]) >= 0.3
            found += zip(left[keep].tolist(), right[keep].tolist(), strict=True)
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize("floor", [-0.2, 0.007, 0.5])
@pytest.mark.parametrize("native", [True, False])
def test_a_rough_first_product_loses_no_pair(native, floor, monkeypatch):
    monkeypatch.setattr("compare.cluster.neighbours.native_bfloat16", lambda: native)
    monkeypatch.setattr("compare.cluster.neighbours.ROUGH", 4000)
    rng = np.random.default_rng(3)
    vectors = unit(rng.standard_normal((4500, 8)))
    days = rng.random(4500) * 400
    left, right, cosine = window_neighbours(vectors, days, days, window_days=3, min_cosine=floor)
    order = np.argsort(days)
    expected = 0
    for k, i in enumerate(order):
        later = order[k + 1 : np.searchsorted(days[order], days[i] + 3, side="right")]
        expected += int((np.einsum("ij,j->i", vectors[later], vectors[i]) >= floor).sum())
    assert len(left) == expected > 1000
    assert float(cosine.min()) >= floor
    assert bool((left < right).all())


def test_one_vague_claim_chains_nothing():
    left, right = np.array([0, 1, 2, 2, 3]), np.array([1, 2, 3, 4, 4])
    score = np.array([0.95, 0.6, 0.6, 0.6, 0.95])
    cluster, near = link_clusters(5, left, right, score, threshold=0.5)
    assert cluster.tolist() == [0, 0, 2, 2, 2]
    assert not near.any()


def test_labels_keep_clusters_apart():
    pairs = np.array([0, 0, 1]), np.array([1, 2, 2])
    score = np.array([0.9, 0.9, 0.9])
    assert link_clusters(3, *pairs, score, threshold=0.5)[0].tolist() == [0, 0, 0]
    labels = (np.array([-1, 1, 2]),)
    assert link_clusters(3, *pairs, score, threshold=0.5, labels=labels)[0].tolist() == [0, 0, 2]


def test_a_decision_at_the_threshold_is_marked():
    one = np.array([0]), np.array([1])
    assert link_clusters(2, *one, np.array([0.500001]), threshold=0.5)[1].tolist() == [True, True]
    assert link_clusters(2, *one, np.array([0.51]), threshold=0.5)[1].tolist() == [False, False]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000))
def test_no_cluster_mean_is_below_what_merges_ask(seed):
    rng = np.random.default_rng(seed)
    left, right = np.triu_indices(9, 1)
    score = rng.random(len(left))
    cluster, _ = link_clusters(9, left, right, score, threshold=0.6)
    turned = rng.permutation(len(left))
    again, _ = link_clusters(9, left[turned], right[turned], score[turned], threshold=0.6)
    assert cluster.tolist() == again.tolist()
    whole = np.zeros((9, 9))
    whole[left, right] = whole[right, left] = score
    heads = sorted(set(cluster.tolist()))
    for i, a in enumerate(heads):
        for b in heads[i + 1 :]:
            assert whole[np.ix_(cluster == a, cluster == b)].mean() < 0.6


def one_at_a_time(start, score, threshold, labels):
    """Average link by its definition: the best two clusters of all, again and again."""
    clusters = {h: np.flatnonzero(start == h).tolist() for h in sorted(set(start.tolist()))}
    while True:
        best = max(
            (
                (float(score[np.ix_(clusters[a], clusters[b])].mean()), -a, -b)
                for a in clusters
                for b in clusters
                if a < b
                and all(
                    len({int(kind[row]) for row in clusters[a] + clusters[b]} - {-1}) < 2
                    for kind in labels
                )
            ),
            default=(-1.0, 0, 0),
        )
        if best[0] < threshold:
            found = start.copy()
            for head, rows in clusters.items():
                found[rows] = head
            return found.tolist()
        clusters[-best[1]] += clusters.pop(-best[2])


@st.composite
def graphs(draw):
    """Scores of 14 rows, many 0 and many alike; a threshold; labels that may keep rows apart."""
    rng = np.random.default_rng(draw(st.integers(0, 100_000)))
    score = rng.choice([0.0, 0.25, 0.5, 0.75, 1.0], (14, 14)) if draw(st.booleans()) else (
        np.where(rng.random((14, 14)) < 0.3, 0.0, rng.random((14, 14))))  # fmt: skip
    score = np.triu(np.round(score * 2**20) / 2**20, 1)
    labels = tuple(rng.integers(-1, 3, 14) for _ in range(draw(st.integers(0, 2))))
    return score + score.T, draw(st.sampled_from((0.2, 0.4, 0.6))), labels, rng


ways = st.tuples(st.sampled_from((0, 2, 16)), st.sampled_from((1, 2)), st.sampled_from((1, 9)))
"""From what share of edges on all are looked through, room for lists, merges at a time."""


@contextmanager
def looking(few, spare, merges):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("compare.cluster.edges.FEW", few)
        patch.setattr("compare.cluster.edges.SPARE", spare)
        patch.setattr("compare.cluster.merging.MERGES", merges)
        yield patch


@settings(max_examples=150, deadline=None)
@given(graphs(), ways)
def test_rounds_give_what_the_best_pair_at_a_time_gives(graph, way):
    score, threshold, labels, _ = graph
    left, right = np.triu_indices(14, 1)
    given_ = score[left, right] > 0
    pairs = left[given_], right[given_]
    expected = one_at_a_time(np.arange(14), score, threshold, labels)
    more = {"threshold": threshold, "labels": labels}
    with looking(*way):
        assert link_clusters(14, *pairs, score[pairs], **more)[0].tolist() == expected


@settings(max_examples=150, deadline=None)
@given(graphs(), st.floats(1, 2), st.sampled_from((1.0, 0.5)), st.sampled_from((1, 10, 1000)), ways)
def test_groups_merge_by_the_most_that_lies_across_them(graph, slack, share, many, way):
    score, threshold, labels, rng = graph
    kinds_ = np.column_stack([rng.integers(0, 5, 14), *labels])
    _, first, again = np.unique(kinds_, axis=0, return_index=True, return_inverse=True)
    start = first[again.ravel()]
    heads = sorted(first.tolist())
    least = share * (threshold - NEAR)
    held = [held_by(kind, start) for kind in labels]
    sums = {
        (a, b): most
        for a in heads
        for b in heads
        if a < b and fitting(held, np.array([a]), np.array([b]))[0]
        if (most := (block := score[np.ix_(start == a, start == b)]).sum() * slack)
        >= least * block.size
    }
    x, y = (np.array([pair[k] for pair in sums], np.int64) for k in (0, 1))
    with looking(*way) as patch:
        patch.setattr("compare.cluster.merging.MANY", many)
        found, _ = link_groups(
            start, lambda: (x, y, np.array(list(sums.values()))), threshold=threshold, least=least,
            labels=labels, rest=lambda a, b: score[a, b],
            every=lambda rows, columns: score[np.ix_(rows, columns)],
        )  # fmt: skip
    assert found.tolist() == one_at_a_time(start, score, threshold, labels)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("35,000 people fled", ["35,000", "people", "fled"]),
        ("at 01:15 a crash", ["at", "01:15", "crash"]),
        ("", []),
    ],
)
def test_tokens(text, expected):
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("word", "stemmed", "name"),
    [("Families", "family", True), ("gas", "gas", False), ("crises", "crise", False),
     ("Nawa", "nawa", True), ("12", "12", True)],
)  # fmt: skip
def test_words(word, stemmed, name):
    assert (stem(word), is_name(word)) == (stemmed, name)


@pytest.mark.parametrize(
    ("word", "kind"),
    [("displaced", "displacement"), ("helicopters", ""), ("airstrike", "air strike"),
     ("violated", "agreement"), ("retaken", "combat"), ("weather", "")],
)  # fmt: skip
def test_kind_of_a_word(word, kind):
    assert kinds.kind_of(word) == kind


STATEMENTS = [
    # document, content, day, place, population, aspect, status
    ("a", "Two army helicopters crashed in Nawa and nine people were killed", 14, NAWA,
     "people", "killed", "asserted"),
    ("b", "Fifteen people died when two helicopters crashed in Nawa overnight", 14, NAWA,
     "people", "killed", "asserted"),
    ("c", "At least 20 Taliban fighters were killed in clashes in Nawa", 12, NAWA,
     "fighters", "killed", "asserted"),
    ("d", "Eighty Taliban fighters have been killed in Helmand", 12, HELMAND,
     "fighters", "killed", "asserted"),
    ("e", "More than 70 Taliban fighters were killed across Helmand", 12, HELMAND,
     "fighters", "killed", "asserted"),
    ("f", "35,000 people have been displaced by the fighting in Helmand", 13, HELMAND,
     "people", "displaced", "asserted"),
    ("g", "Some 30,000 people were displaced in Helmand by fighting", 14, HELMAND,
     "people", "displaced", "asserted"),
    ("h", "An air strike on a mosque in Takhar killed 12 children", 21, TAKHAR,
     "children", "killed", "asserted"),
    ("i", "All sides must reduce the violence", 14, "", "", "", "demanded"),
]  # fmt: skip


@pytest.fixture(scope="module")
def case():
    from compare.embed import embed_claims

    claims, documents, values, places = [], [], [], []
    for name, text, day, place, population, aspect, status in STATEMENTS:
        document = name * 16
        claim = f"{document}:0-{len(text)}"
        documents.append(
            {
                "document_id": document,
                "path": name,
                "publisher": name,
                "language": "en",
                "note": "",
                "text": text,
            }
        )
        claims.append(
            {
                "claim_id": claim,
                "document_id": document,
                "start": 0,
                "end": len(text),
                "content": text,
                "kind": "indirect",
                "status": status,
            }
        )
        begin = pd.Timestamp(2020, 10, day)
        places.append(
            {
                "claim_id": claim,
                "place_id": place or None,
                "country": None,
                "place_precision": "none",
                "place_from": "claim" if place else "none",
                "place_wording": "",
                "begin": begin,
                "end": begin + pd.Timedelta(days=1),
                "date_precision": "day",
                "date_from": "document",
                "date_wording": "",
                "mentioned_place_ids": place,
            }
        )
        if aspect:
            values.append({"claim_id": claim, "aspect": aspect, "population": population,
                           "group": "", "low": 9, "high": 9, "unit": "people", "wording": "x",
                           "rule": "exact", "verified": False, "scope": "total",
                           "start": 0, "end": 1})  # fmt: skip
    tables = (
        from_rows("claims", claims),
        from_rows("documents", documents),
        empty("sources"),
        from_rows("values", values),
        empty("assertions"),
        from_rows("when_where", places),
    )
    embed = Settings().embed.model_dump()
    return (*tables, embed_claims(tables[0], **embed, cache=None))


def test_the_incidents_come_apart(case):
    events = cluster_events(*case, **Settings().cluster.model_dump())
    event = {claim[0]: number for claim, number in
             zip(events["claim_id"], events["event_id"], strict=True)}  # fmt: skip
    assert event["a"] == event["b"]
    assert event["d"] == event["e"]
    assert event["f"] == event["g"]
    assert len({event[x] for x in "acdfh"}) == 5
    assert event["i"] == -1
    assert sorted(set(event.values()) - {-1}) == [1, 2, 3, 4, 5]
    assert event["h"] == 5, "numbered in order of time"


def test_reprints_go_where_the_report_goes_and_change_nothing_else(case):
    *tables, vectors = case
    before = cluster_events(*tables, vectors, **Settings().cluster.model_dump())
    first, copies = tables[0]["document_id"].iloc[0], [f"{n:016x}" for n in range(20)]

    def again(table):
        ids = [column for column in ("document_id", "claim_id") if column in table]
        own = table[table[ids[0]].str.startswith(first)]
        made = [own.assign(**{c: own[c].str.replace(first, copy) for c in ids}) for copy in copies]
        return pd.concat([table, *made], ignore_index=True)

    more = [again(table) for table in tables]
    told = np.vstack([vectors, np.repeat(vectors[:1], len(copies), axis=0)])
    seen = []
    found = cluster_events(
        *more, told, **Settings().cluster.model_dump(), progress=lambda *at: seen.append(at)
    ).set_index("claim_id")["event_id"]
    old = before.set_index("claim_id")["event_id"]
    assert found[old.index].tolist() == old.tolist()
    assert set(found.drop(old.index)) == {old[tables[0]["claim_id"].iloc[0]]}
    assert seen[-1] == (len(told), len(told))
    assert seen == sorted(seen)


def test_claims_that_all_have_a_province_are_linked_down_to_the_threshold(case):
    claims, documents, sources, values, assertions, places, vectors = case
    some = claims["claim_id"].str[0].isin([*"abde"]).to_numpy()
    columns = ["place_id", "mentioned_place_ids", "place_from", "admin1", "country"]
    where = places.set_index(places["claim_id"].str[0])[columns]
    for told, other in ("ab", "de"):  # the second of each says no place
        where.loc[other] = where.loc[told].to_list()
    places = places.assign(**{c: where[c].to_list() for c in columns})
    ids = set(claims.loc[some, "claim_id"])
    tables = (claims, documents, sources, values, assertions, places)
    only = [t[t["claim_id"].isin(ids)] if "claim_id" in t else t for t in tables]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("compare.cluster.events.CLEAR", 1 - 1e-9)
        found = cluster_events(*only, vectors[some], **Settings().cluster.model_dump())
    event = {claim[0]: n for claim, n in zip(found["claim_id"], found["event_id"], strict=True)}
    assert event["a"] == event["b"] != event["d"] == event["e"]


@pytest.fixture
def run_on(run_accounts, tmp_path):
    """Runs a case of texts of one day by their publishers; with the event of each content."""

    def found(texts):
        case = run_accounts(tmp_path, {name: ("2031-03-04", text) for name, text in texts.items()})
        told = case.claims.merge(case.events, on="claim_id").set_index("content")
        return case, told["event_id"]

    return found


VILLAGE = {
    "a.md": "Sixty people were killed on Monday when the Desert Brigade attacked the village "
    "of Umm Rakuba in Gezira state, the Village Committee said. The committee said the brigade "
    "attacked the village with heavy artillery.",
    "b.md": "The Desert Brigade denied attacking civilians in Umm Rakuba. Its spokesman Adam "
    "Khalil said its fighters had attacked two military camps near the village.",
    "c.md": "Around 90 people were killed in the attack by the Desert Brigade on Umm Rakuba, "
    "according to local activists. The foreign minister condemned the attack.",
}


def test_a_denial_meets_what_it_denies_in_a_village_no_gazetteer_knows(run_on):
    case, of = run_on(VILLAGE)
    assert set(of) == {1}
    rows = case.discrepancies.set_index(["aspect", "population"])[["verdict", "cause"]]
    assert rows.loc[("killed", "people")].tolist() == ["disputed", "value"]
    assert rows.loc[("occurrence", "")].tolist() == ["disputed", "denial"]


def test_a_story_holds_whole_events(case):
    events = cluster_events(*case, **Settings().cluster.model_dump())
    inside = events[events["event_id"] > 0].groupby("event_id")["story_id"].nunique()
    assert inside.tolist() == [1] * 5


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000))
def test_the_order_of_rows_does_not_matter(case, seed):
    claims, documents, sources, values, assertions, places, vectors = case
    expected = cluster_events(*case, **Settings().cluster.model_dump())
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(claims))

    def turned(table):
        return table.iloc[rng.permutation(len(table))]

    found = cluster_events(
        claims.iloc[order], turned(documents), sources, turned(values), assertions,
        turned(places), vectors[order], **Settings().cluster.model_dump(),
    )  # fmt: skip
    pd.testing.assert_frame_equal(found, expected)


def test_added_documents_give_what_a_full_run_gives(case, tmp_path):
    from compare.embed import embed_claims

    claims, *tables, _ = case
    embed = Settings().embed.model_dump()
    embed_claims(claims.iloc[:6], **embed, cache=tmp_path)
    seen = []
    vectors = embed_claims(
        claims, **embed, cache=tmp_path, progress=lambda done, total: seen.append((done, total))
    )
    assert (seen[0], seen[-1]) == ((6, 9), (9, 9)), "only what was added is encoded"
    found = cluster_events(claims, *tables, vectors, **Settings().cluster.model_dump())
    expected = cluster_events(*case, **Settings().cluster.model_dump())
    pd.testing.assert_frame_equal(found, expected)


def test_a_pair_is_scored_alike_whatever_else_the_case_holds(case):
    claims, documents, _, values, assertions, places, vectors = case
    rows = claims.index[claims["document_id"].isin(claims["document_id"].unique()[:2])]
    pair = claims.loc[rows[[0, -1]], "claim_id"]
    for kept in (claims.index, rows):
        few = claims.loc[kept]
        found = explain_link(
            *pair, few, documents, values, assertions, places, vectors[kept], decay_days=5.0
        )
        if kept is not rows:
            expected = found
    pd.testing.assert_frame_equal(found, expected)
    assert len(rows) < len(claims)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_word_has_a_weight_between_a_common_and_an_unknown_one(text):
    assert all(0.5 <= rarity(stem(word)) <= 7 for word in tokens(text))


def may_share(profile, a, b):
    """Whether one event can hold two claims by their own score."""
    if profile.aside[a] or profile.aside[b]:
        return False
    return all(len({kind[a], kind[b]} - {-1}) < 2 for kind in profile.labels)


def dealt_anew(places, rng):
    where = rng.permutation(len(places))
    columns = ["place_id", "place_from", "mentioned_place_ids", "begin", "end"]
    return places.assign(**{c: places[c].to_numpy()[where] for c in columns})


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from((0.01, 0.05, 0.3, 0.9)), st.booleans())
def test_the_bound_on_a_score_loses_no_strong_pair(case, seed, least, rough):
    claims, documents, _, values, assertions, places, vectors = case
    rng = np.random.default_rng(seed)
    # The places and texts of the claims are dealt anew, so that all sorts of pairs come up.
    dealt = dealt_anew(places, rng)
    texts = claims["content"].to_numpy()[rng.permutation(len(claims))]
    near = unit(vectors[0] + 0.05 * rng.standard_normal(vectors.shape))
    mixed = np.where(rng.random((len(claims), 1)) < 0.5, near, vectors)
    profile = profile_claims(
        claims.assign(content=texts), documents, values, assertions, dealt, mixed
    )
    candidates = Candidates(profile, window_days=4, late_days=9, min_cosine=0.1, decay_days=5.0)
    with pytest.MonkeyPatch.context() as patch:
        # Words share columns, and products are rounded where the processor can.
        patch.setattr("compare.cluster.bound.WORDS", 8 if rough else 256)
        patch.setattr("compare.cluster.bound.ROUGH", 0 if rough else 1000)
        patch.setattr("compare.cluster.profile.LONG", 6.0)  # half of the claims are longer
        holds_every_strong_pair(candidates, profile, least, rng)


def holds_every_strong_pair(candidates, profile, least, rng):
    """Of some claims with those after them; and scores come to the same a block at a time."""
    size = len(profile.claim_id)
    left, right = candidates.pairs()
    one, other = np.sort(rng.permutation(size)[:6]), np.sort(rng.permutation(size)[:7])
    alike = profile.position[left] == profile.position[right]
    kept = fitting(profile.labels, left, right) & alike
    kept &= np.isin(left, one) & np.isin(right, other)
    kept &= candidates.score(left, right, "event") >= least
    expected = set(zip(left[kept].tolist(), right[kept].tolist(), strict=True))
    strong = candidates.alike(one, other, least)
    assert sorted(zip(strong.left.tolist(), strong.right.tolist(), strict=True)) == sorted(expected)
    some = rng.permutation(size)
    rows, columns = np.sort(some[:4]), np.sort(some[4:])
    a, b = np.repeat(rows, len(columns)), np.tile(columns, len(rows))
    for which in ("event", "story"):
        scores = candidates.score(np.minimum(a, b), np.maximum(a, b), which)
        block = candidates.every(rows, columns, which)
        assert np.abs(block.ravel() - scores).max() < 1e-12


@settings(max_examples=20, deadline=None)
@given(
    st.integers(0, 10_000),
    st.sampled_from((0.01, 0.1, 0.3)),
    st.sampled_from((2, 5, 4096)),
    st.sampled_from(("event", "story")),
)
def test_no_two_clusters_that_may_merge_are_left_out(case, seed, least, size, which):
    claims, documents, _, values, assertions, places, vectors = case
    rng = np.random.default_rng(seed)
    dealt = dealt_anew(places, rng)
    profile = profile_claims(claims, documents, values, assertions, dealt, vectors)
    candidates = Candidates(profile, window_days=4, late_days=9, min_cosine=0.1, decay_days=5.0)
    # Clusters hold no two labels of a kind, and nothing that is in no event by itself.
    kinds = [kind for kind in (*profile.labels, profile.aside, rng.integers(0, 2, len(claims)))]
    _, first, again = np.unique(
        np.column_stack(kinds), axis=0, return_index=True, return_inverse=True
    )
    cluster = first[again.ravel()]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("compare.cluster.neighbours.ROWS", size)
        patch.setattr("compare.cluster.neighbours.COLUMNS", size + 1)
        patch.setattr("compare.cluster.profile.LONG", 6.0)
        x, y, most = candidates.across(cluster, least, which)
        assert bool((x < y).all())
        given_ = dict(zip(zip(x.tolist(), y.tolist(), strict=True), most.tolist(), strict=True))
        assert len(given_) == len(x)
        heads = sorted(first.tolist())
        for a, b in ((a, b) for a in heads for b in heads if a < b):
            if which == "event" and not may_share(profile, a, b):
                assert (a, b) not in given_
                continue
            rows, columns = np.flatnonzero(cluster == a), np.flatnonzero(cluster == b)
            one, other = np.repeat(rows, len(columns)), np.tile(columns, len(rows))
            score = candidates.score(np.minimum(one, other), np.maximum(one, other), which).sum()
            assert given_.get((a, b), least * len(one)) >= score


@settings(max_examples=150, deadline=None)
@given(graphs(), st.sampled_from((0.6, 0.9, 1.0)))
def test_what_merges_above_a_level_can_be_merged_first(graph, level):
    score, threshold, labels, _ = graph
    start = np.arange(14)
    for least in (level, threshold):
        heads = np.unique(start)
        x, y = (heads[k] for k in np.triu_indices(len(heads), 1))
        kept = fitting([held_by(kind, start) for kind in labels], x, y)
        most = np.array(
            [score[np.ix_(start == a, start == b)].sum() for a, b in zip(x, y, strict=True)]
        )
        given_ = x[kept], y[kept], most[kept]
        start, _ = link_groups(
            start, lambda given_=given_: given_, threshold=least, least=least - NEAR,
            labels=labels, rest=lambda a, b: score[a, b],
        )  # fmt: skip
    assert start.tolist() == one_at_a_time(np.arange(14), score, threshold, labels)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from((0.05, 0.3, 0.9)), st.sampled_from((1, 2, 256)),
       st.sampled_from((0, 3)))  # fmt: skip
def test_a_claim_follows_the_likest_leader_before_it(case, seed, least, block, leading):
    claims, documents, _, values, assertions, places, vectors = case
    rng = np.random.default_rng(seed)
    profile = profile_claims(
        claims, documents, values, assertions, dealt_anew(places, rng), vectors
    )
    profile = profile.only(rng.permutation(len(claims)))
    candidates = Candidates(profile, window_days=4, late_days=9, min_cosine=0.1, decay_days=5.0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("compare.cluster.leaders.BLOCK", block)
        leader, labels, _ = follow_leaders(candidates, leading, least)
    expected, held = list(range(len(claims))), [kind.copy() for kind in profile.labels]
    for row in range(leading, len(claims)):
        before = np.array([first for first in range(row) if expected[first] == first], np.int64)
        score = candidates.score(before, np.full(len(before), row), "event")
        for first in before[np.lexsort((before, -score))].tolist():
            alike = profile.position[first] == profile.position[row]
            fits = all(len({int(kind[first]), int(kind[row])} - {-1}) < 2 for kind in held)
            if score[before == first][0] >= least and alike and fits:
                expected[row] = first
                for kind in held:
                    kind[first] = max(kind[first], kind[row], key=lambda label: label != -1)
                break
    assert leader.tolist() == expected
    leads = leader == np.arange(len(leader))
    assert [k[leads].tolist() for k in labels] == [k[leads].tolist() for k in held]


def test_claims_come_province_by_province_and_those_of_none_last(case):
    claims, documents, _, values, assertions, places, vectors = case
    profile = profile_claims(claims, documents, values, assertions, places, vectors)
    groups = list(in_order(profile))
    provinces = [set(profile.labels[0][rows].tolist()) for rows in groups]
    assert [len(found) for found in provinces] == [1] * len(groups)
    assert -1 not in set().union(*provinces[:-1])
    rows = np.concatenate(groups)
    assert sorted(rows.tolist()) == np.flatnonzero(~profile.leaning).tolist()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from((1, 3, 384, 1024)))
def test_products_on_the_grid_are_the_same_in_any_order(seed, dim):
    rng = np.random.default_rng(seed)
    rows = unit(rng.standard_normal((12, dim)))
    grid, turn = on_grid(rows), rng.permutation(dim)
    whole = all_products(grid, np.arange(12), np.arange(12))
    assert (whole == all_products(grid[:, turn], np.arange(12), np.arange(12))).all()
    one, other = (side.ravel() for side in np.indices((12, 12)))
    assert (whole.ravel() == products(grid, one, other)).all()
    exact = grid.astype(np.int64) @ grid.astype(np.int64).T / 2048**2
    assert (whole == exact).all()
    assert np.abs(whole - rows @ rows.T).max() < 0.002


def when(begin, stated):
    return {
        "begin": pd.Timestamp(begin),
        "end": pd.Timestamp(begin) + pd.Timedelta(days=1),
        "date_from": "claim" if stated else "document",
    }


@pytest.mark.parametrize(
    ("first", "second", "time", "published", "candidate"),
    [
        (("2020-10-14", True), ("2020-10-14", True), 1, 0, True),
        (("2020-10-14", True), ("2020-10-19", True), 2 * np.exp(-1) - 1, 0, True),
        (("2020-10-14", True), ("2021-02-14", True), 2 * np.exp(-123 / 5) - 1, 0, False),
        (("2020-10-14", True), ("2021-02-14", False), 0, 2 * np.exp(-123 / 5) - 1, True),
        (("2020-10-14", False), ("2021-02-14", True), 2 * np.exp(-123 / 5) - 1, 0, False),
        (("2020-10-14", False), ("2020-10-14", False), 0, 1, True),
        (("2020-10-14", False), ("2022-10-14", False), 0, 2 * np.exp(-730 / 5) - 1, False),
    ],
)
def test_a_document_tells_of_what_was_before_it(case, first, second, time, published, candidate):
    claims, documents, _, values, assertions, places, vectors = case
    both = [when(*first), when(*second)]
    dates = {column: [row[column] for row in both] for column in both[0]}
    two, rows = claims.iloc[:2], places.iloc[:2].assign(**dates)
    profile = profile_claims(two, documents, values, assertions, rows, vectors[:2])
    near = Candidates(profile, window_days=21, late_days=365, min_cosine=0.1, decay_days=5.0)
    assert len(near.pairs()[0]) == candidate
    terms = term_values(profile, np.array([0]), np.array([1]), np.array([1.0]), decay_days=5.0)[0]
    assert terms[TERMS.index("time")] == pytest.approx(time)
    assert terms[TERMS.index("published")] == pytest.approx(published)


@pytest.mark.parametrize(("first", "second", "days"), [(30, 30, 15), (30, 29, 5), (29, 29, 5)])
def test_articles_are_near_for_longer_than_sentences(case, first, second, days):
    claims, documents, _, values, assertions, places, vectors = case
    both = [when("2020-10-14", False), when("2020-10-24", False)]
    dates = {column: [row[column] for row in both] for column in both[0]}
    two = claims.iloc[:2].assign(content=["bridge " * first, "bridge " * second])
    rows = places.iloc[:2].assign(**dates)
    profile = profile_claims(two, documents, values, assertions, rows, vectors[:2])
    told, out = time_terms(profile, np.array([0]), np.array([1]), 5.0)
    assert (told.tolist(), out.tolist()) == ([0.0], [pytest.approx(2 * np.exp(-10 / days) - 1)])


@pytest.mark.parametrize(
    ("told", "published", "candidate"),
    [
        (("2021-02-12", True), "2021-02-14", False),  # "on Friday": the news is of that day
        (("2021-02-07", True), "2021-02-14", False),
        (("2021-02-06", True), "2021-02-14", True),  # no day of its last week
        (("2021-02-15", True), "2021-02-14", True),  # what is to come
        (("2021-02-14", False), "2021-02-14", True),
        (("2021-02-12", True), None, True),
    ],
)
def test_a_document_that_says_when_its_news_was_tells_of_then(case, told, published, candidate):
    claims, documents, _, values, assertions, places, vectors = case
    first, second = claims["document_id"].iloc[:2]
    three = claims.iloc[:3].assign(document_id=[first, second, second])
    days = [when("2020-10-14", True), when("2021-02-14", False), when(*told)]
    dates = {column: [day[column] for day in days] for column in days[0]}
    rows = places.iloc[:3].assign(**dates)
    out = documents.assign(published=pd.Timestamp(published))
    same = np.repeat(vectors[:1], 3, axis=0)
    profile = profile_claims(three, out, values, assertions, rows, same)
    near = Candidates(profile, window_days=21, late_days=365, min_cosine=0.1, decay_days=5.0)
    assert ((0, 1) in zip(*(side.tolist() for side in near.pairs()), strict=True)) == candidate


def placed(case, *mentioned):
    return locate(
        case[5]
        .iloc[: len(mentioned)]
        .assign(
            mentioned_place_ids=list(mentioned),
            place_id=[ids.split()[0] if ids else None for ids in mentioned],
            place_from=["claim" if ids else "none" for ids in mentioned],
        )
    )


@pytest.mark.parametrize(
    ("mentioned", "expected"),
    [
        (("1140043", "7053031"), 0.2),
        (("7053031", "7053031"), 1.0),
        (("1140043", "1123230"), -1.0),
        (("1140043 1123230", "7053031"), 0.2),
        (("1140043 1123230", "1138335"), -1.0),
        (("", "1140043"), 0.0),
    ],
)
def test_places(case, mentioned, expected):
    located = placed(case, *mentioned)
    assert place_term(located, np.array([0]), np.array([1])).tolist() == [expected]


def test_a_town_without_a_district_is_its_own(case):
    town, other, province = "704508", "709717", "709716"  # Kramatorsk, Donetsk, Donetsk Oblast
    located = placed(case, town, other, province)
    assert located.district[0] >= 0 and located.district[0] != located.district[1]
    assert located.wide.tolist() == [False, False, True]


def test_a_town_named_as_its_state_may_be_the_state(case):
    new_york_city, queens = "5128581", "5133273"
    located = placed(case, new_york_city, queens)
    assert located.district[0] == -1
    assert located.district[1] >= 0
    assert located.province[0] == located.province[1] >= 0


@pytest.mark.parametrize(
    ("mentioned", "same"),
    [
        ((f"{HELMAND} {TAKHAR}", HELMAND), False),
        ((f"{HELMAND} {TAKHAR}", f"{TAKHAR} {HELMAND}"), True),
        ((HELMAND, HELMAND), True),
    ],
)
def test_a_toll_of_two_provinces_is_not_that_of_one(case, mentioned, same):
    tolls = np.array([True, True])
    province, _ = placed(case, *mentioned).labels(tolls, tolls)
    assert (province[0] == province[1]).item() is same
    assert -1 not in province


@pytest.mark.parametrize(
    ("place_from", "sure", "apart"),
    [
        ("claim", True, True),
        ("claim", None, True),
        ("sentence", True, True),
        ("claim", False, False),
        ("sentence", False, False),
        ("document", True, True),
        ("document", False, False),
    ],
)
def test_a_place_named_in_another_way_keeps_no_claims_apart(case, place_from, sure, apart):
    told = case[5].iloc[:2].assign(
        place_id=[HELMAND, TAKHAR], mentioned_place_ids=[HELMAND, TAKHAR],
        place_from=["claim", place_from], place_sure=pd.array([True, sure], dtype="boolean"),
    )  # fmt: skip
    tolls = np.array([False, False])
    province, _ = locate(told).labels(tolls, tolls)
    assert (-1 not in province and bool(province[0] != province[1])) is apart


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("talks will be held in Doha", "talks"),
        ("the envoy visited Kabul", "talks"),
        ("the incident could end the talks", ""),
        ("a team visited the hospital", ""),
    ],
)
def test_a_claim_of_what_talks_may_end_on_is_about_that(text, expected):
    bags, yes = [text.split()], np.ones(1, bool)
    found = kinds.questions(bags, bags.__getitem__, [kinds.Facts()], yes, yes)
    assert [kinds.QUESTIONS[n] if n >= 0 else "" for n in found] == [expected]


@pytest.mark.parametrize(
    ("status", "stands", "figure", "words", "expected"),
    [
        ("demanded", False, False, 60, True),
        ("demanded", False, True, 60, False),
        ("asserted", True, False, 60, True),
        ("asserted", True, False, 61, False),
        ("asserted", False, False, 60, False),
        ("condemned", False, False, 60, False),
    ],
)
def test_positions(status, stands, figure, words, expected):
    fact = kinds.Facts(figures=[(0, "")] if figure else [], incident=True, position=stands)
    claims = pd.DataFrame({"status": [status]})
    assert kinds.takes_position(claims, [["word"] * words], [fact]).tolist() == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The district of Nawa lies in Helmand", True),
        ("Nad Ali is sometimes also written Nad-e-Ali", True),
        ("Gereshk is located on the Helmand river", True),
        ("The blame lies with the governor", False),
        ("A letter was written in Nawa", False),
        ("He is often in Nawa", False),
    ],
)
def test_descriptions_of_places(text, expected):
    bags = [tokens(text)]
    none, lies, killed, counted = (
        kinds.Facts(), kinds.Facts(predicates=["lie"]), kinds.Facts(predicates=["kill"]),
        kinds.Facts(figures=[(0, "")]),
    )  # fmt: skip
    asked = [kinds.describes(bags, [fact], np.ones(1, bool)) for fact in (none, lies)]
    assert [bool(found[0]) for found in asked] == [expected, expected]
    assert not kinds.describes(bags, [killed], np.ones(1, bool)).any()
    assert not kinds.describes(bags, [counted], np.ones(1, bool)).any()
    assert not kinds.describes(bags, [none], np.zeros(1, bool)).any()


def test_a_link_explains_itself(case):
    claims, documents, _, values, assertions, places, vectors = case
    ids = claims["claim_id"].tolist()
    table = explain_link(ids[0], ids[1], claims, documents, values, assertions, places, vectors,
                         decay_days=5.0)  # fmt: skip
    assert table["term"].tolist()[-2:] == ["bias", "total"]
    assert table["contribution"].iloc[:-1].sum() == pytest.approx(table["contribution"].iloc[-1])
    place = table.set_index("term").loc["place"]
    assert place["value"] == 1.0
    assert place["contribution"] == place["weight"]


def test_an_unknown_claim_is_refused(case):
    claims, documents, _, values, assertions, places, vectors = case
    with pytest.raises(TableError, match="'nobody' is not in claims, which has 9 rows"):
        explain_link("nobody", "x", claims, documents, values, assertions, places, vectors,
                     decay_days=5.0)  # fmt: skip


def test_vectors_must_fit_the_claims(case):
    with pytest.raises(TableError, match="vectors has 8 rows but claims has 9"):
        cluster_events(*case[:-1], case[-1][:8], **Settings().cluster.model_dump())


TANKER = {
    "a.md": ("2031-03-01", "Two sailors were killed in an attack on a tanker off Oman. Israel's "
             "foreign minister, Dov Lavi, blamed Iran for the attack."),
    "b.md": ("2031-03-02", "Iran's foreign ministry spokesman Ali Karimi rejected the allegation. "
             "Iran had nothing to do with the attack on the tanker, he said. Israel must stop "
             "such accusations."),
    "c.md": ("2031-03-02", "Iran had attacked the tanker with drones, the British foreign "
             "minister, Ann Baker, said."),
}  # fmt: skip


def test_a_short_denial_beside_positions_alone_stands_for_itself(run_accounts, tmp_path):
    case = run_accounts(tmp_path, TANKER)
    rows = case.discrepancies.set_index("aspect")[["verdict", "cause"]]
    assert rows.loc["responsibility"].tolist() == ["disputed", "denial"]


class _Told:
    """Claims of documents and what pairs beside each other score, as `join_beside` needs them."""

    def __init__(self, document, score):
        rows = len(document)
        self.document, self.position = np.array(document), np.zeros(rows, bool)
        self.labels = (np.full(rows, -1),)
        pairs = sorted(score)
        self._pairs = np.array([p[0] for p in pairs]), np.array([p[1] for p in pairs])
        self._score = score

    def beside(self):
        return self._pairs

    def score(self, left, right, _):
        return np.array([self._score[p] for p in zip(left.tolist(), right.tolist(), strict=True)])


@pytest.mark.parametrize(
    ("event", "document", "score", "expected"),
    [
        # Claim 1 is told beside claim 0 of a large event, in the one document that has it.
        ([0, 1, 0, 0], [0, 0, 1, 2], {(0, 1): 0.9}, [0, 0, 0, 0]),
        ([0, 1, 0, 0], [0, 0, 1, 2], {(0, 1): 0.4}, [0, 1, 0, 0]),
        # Of three documents that tell of the smaller event one alone tells of both.
        ([0, 1, 0, 0, 1, 1, 0], [0, 0, 1, 2, 3, 4, 5], {(0, 1): 0.9}, [0, 1, 0, 0, 1, 1, 0]),
        # The likelier neighbour first: 1 goes to 0, and then with it to 2.
        ([0, 1, 2], [0, 0, 0], {(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.1}, [0, 0, 2]),
        ([0, 1, 2], [0, 0, 0], {(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.3}, [0, 0, 0]),
        ([0], [0], {}, [0]),
    ],
)
def test_events_told_side_by_side_merge(event, document, score, expected):
    told = _Told(document, score)
    if not score:
        told._pairs = (np.zeros(0, int), np.zeros(0, int))
    found, near = join_beside(np.array(event), told, told)
    assert found.tolist() == expected
    assert not near.any()


def test_events_of_two_labels_told_side_by_side_stay_apart():
    told = _Told([0, 0], {(0, 1): 0.9})
    told.labels = (np.array([3, 4]),)
    assert join_beside(np.array([0, 1]), told, told)[0].tolist() == [0, 1]
    told.labels = (np.array([3, -1]),)
    assert join_beside(np.array([0, 1]), told, told)[0].tolist() == [0, 0]


def test_a_merge_at_the_threshold_is_marked():
    told = _Told([0, 0, 1], {(0, 1): 0.5})
    assert join_beside(np.array([0, 1, 2]), told, told)[1].tolist() == [True, True, False]


SHORT_STATEMENTS = {
    "a.md": "Police spokesman Yusuf Abdi said eleven persons lost their lives and that 33 people "
    "had been taken away. He dismissed reports that 60 were kidnapped. Three of the attackers were "
    "neutralised by troops, he added.",
    "b.md": "The state governor's spokesman put the number of kidnapped at 40. A community leader, "
    "Hassan Sani, insisted that 62 women and children were missing. He blamed the army for "
    "withdrawing its checkpoint a week earlier.",
}


def test_a_short_claim_whose_document_has_no_longer_one_of_its_event_finds_its_event(run_on):
    _, of = run_on(SHORT_STATEMENTS)
    assert of["the number of kidnapped at 40"] == of["60 were kidnapped"]
