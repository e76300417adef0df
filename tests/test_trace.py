"""Origins: copies, relays and one speaker in many outlets are one."""

import hashlib
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.settings import Settings
from compare.tables import from_rows
from compare.trace import trace_origins
from compare.trace.agency import agency_of
from compare.trace.copies import near_copies, shingles, tokens
from compare.trace.overlap import content, tells_same

KEYWORDS = Settings().trace.model_dump()


def case(*documents):
    """Tables from (publisher, day, text, [(content, actor, camp, parent content or None), ...])."""
    docs, claims, sources = [], [], []
    for publisher, day, text, said in documents:
        document_id = hashlib.sha256(f"{text}\0{publisher}".encode()).hexdigest()[:16]
        docs.append(dict(
            document_id=document_id, path=f"{document_id}.txt", publisher=publisher,
            published=pd.Timestamp(day) if day else None, language="en", note="", text=text,
        ))  # fmt: skip
        ids = {}
        for words, actor, camp, parent in said:
            start = text.index(words)
            claim_id = f"{document_id}:{start}-{start + len(words)}"
            ids[words] = claim_id
            named = actor is not None
            claims.append(dict(
                claim_id=claim_id, document_id=document_id, start=start, end=start + len(words),
                content=words, kind="indirect" if named else "narration", status="asserted",
                source="S" if named else None, source_start=0 if named else None,
                source_end=1 if named else None, parent_claim_id=ids.get(parent),
            ))  # fmt: skip
            who = actor or publisher.lower().replace(" ", "-")
            organisation = {"arian": "Interior Ministry", "moi": "Interior Ministry"}.get(who)
            sources.append(dict(
                claim_id=claim_id, source="S", mention="S", actor_id=who,
                actor="Interior Ministry" if who == "moi" else who, organisation=organisation,
                camp=camp, role="media" if camp == "media" else "party", score=1.0, how="alias",
            ))  # fmt: skip
    return from_rows("claims", claims), from_rows("documents", docs), from_rows("sources", sources)


def origins(tables):
    """content -> (origin's content, how), and the number of origins."""
    claims, documents, sources = tables
    found = trace_origins(claims, documents, sources, **KEYWORDS)
    text = claims.set_index("claim_id")["content"]
    who = documents.set_index("document_id")["publisher"]
    named = [
        (who[c.split(":")[0]], text[c], who[o.split(":")[0]], text[o], how)
        for c, o, how in found.itertuples(index=False)
    ]
    return sorted(named), found["origin_id"].nunique()


FLED = "Thousands of families left the district of Sarband on foot during the night"


def test_a_reprinted_sentence_goes_back_to_its_first_print():
    named, count = origins(case(
        ("Valley Post", "2021-05-03", f"{FLED}. It was cold.", [(FLED, None, "media", None)]),
        ("Hill Times", "2021-05-04", f"News. {FLED}.", [(FLED, None, "media", None)]),
    ))  # fmt: skip
    assert count == 1
    assert named == [
        ("Hill Times", FLED, "Valley Post", FLED, "reprint"),
        ("Valley Post", FLED, "Valley Post", FLED, "own"),
    ]


def test_alike_but_own_words_stay_apart():
    other = "In the night thousands walked out of Sarband with what they could carry"
    _, count = origins(case(
        ("Valley Post", "2021-05-03", FLED, [(FLED, None, "media", None)]),
        ("Hill Times", "2021-05-04", other, [(other, None, "media", None)]),
    ))  # fmt: skip
    assert count == 2


def test_a_short_sentence_is_a_copy_only_in_a_copied_document():
    short = "The road is closed"
    rest = "Snow fell on the upper valley all week and the pass to the north could not be used"
    one = ("Valley Post", "2021-05-03", f"{short}. {rest}.", [(short, None, "media", None)])
    apart = ("Hill Times", "2021-05-04", f"{short}. Engineers were on their way to the bridge.",
             [(short, None, "media", None)])  # fmt: skip
    copy = ("Hill Times", "2021-05-04", f"{short}. {rest}!", [(short, None, "media", None)])
    assert origins(case(one, apart))[1] == 2
    assert origins(case(one, copy))[1] == 1


def test_one_spokesman_in_five_outlets_is_one_origin():
    tables = case(*(
        (f"Outlet {n}", f"2021-05-0{n}", f"S said {n}0 rebels were killed",
         [(f"{n}0 rebels were killed", "zwak", "local", None)])
        for n in range(1, 6)
    ))  # fmt: skip
    named, count = origins(tables)
    assert count == 1
    assert [row[2:] for row in named] == [
        ("Outlet 1", "10 rebels were killed", "own" if n == 1 else "same-speaker")
        for n in range(1, 6)
    ]


def test_a_body_and_its_spokesman_are_one_only_where_they_say_the_same():
    both = case(
        ("A", "2021-05-03", "S said 80 rebels were killed", [
            ("80 rebels were killed", "arian", "andsf", None)]),
        ("B", "2021-05-04", "S said 80 rebels killed there", [
            ("80 rebels killed there", "moi", "andsf", None)]),
        ("C", "2021-05-04", "S said schools open on Monday", [
            ("schools open on Monday", "moi", "andsf", None)]),
    )  # fmt: skip
    named, count = origins(both)
    assert count == 2
    assert ("B", "80 rebels killed there", "A", "80 rebels were killed", "same-speaker") in named
    assert ("C", "schools open on Monday", "C", "schools open on Monday", "own") in named


def test_a_relay_goes_back_to_whom_it_relays_and_takes_nothing_else_along():
    outer = "the ministry had counted 12 dead"
    named, count = origins(case(
        ("Hill Times", "2021-05-04", f"TOLO said {outer}. TOLO said snow fell on the pass.", [
            (outer, "tolo-news", "media", None),
            ("12 dead", "moi", "andsf", outer),
            ("snow fell on the pass", "tolo-news", "media", None)]),
    ))  # fmt: skip
    assert count == 2
    assert ("Hill Times", outer, "Hill Times", "12 dead", "relay") in named
    own = "snow fell on the pass"
    assert ("Hill Times", own, "Hill Times", own, "own") in named


def test_an_unnamed_report_inside_a_statement_is_the_statements():
    outer = "initial reports suggest that civilians were hurt"
    named, count = origins(case(
        ("A", "2021-05-04", f"S said {outer}", [
            (outer, "unama", "un", None),
            ("civilians were hurt", "unnamed:initial-reports:0", "unknown", outer)]),
    ))  # fmt: skip
    assert count == 1
    assert ("A", "civilians were hurt", "A", outer, "relay") in named


def test_an_agency_in_the_dateline_is_the_origin():
    named, count = origins(case(
        ("AFP", "2021-05-03", "Some fled the town", [("Some fled the town", "afp", "media", None)]),
        ("B", "2021-05-03", "KABUL (AFP) - Many left", [("Many left", None, "media", None)]),
        ("C", "2021-05-04", "S said (AFP) rain fell", [("rain fell", None, "media", None)]),
    ))  # fmt: skip
    assert count == 1
    assert [row[4] for row in named] == ["own", "relay", "relay"]


def test_an_outlet_cited_for_what_it_printed_leads_to_its_speaker():
    told = "5,100 families had fled Helmand"
    named, count = origins(case(
        ("AFP", "2020-10-14", f"S said {told}. Rain fell on the camps.", [
            (told, "ramin", "local", None), ("Rain fell on the camps", None, "media", None)]),
        ("B", "2020-10-15", f"S reported that {told} by now", [(told, "afp", "media", None)]),
    ))  # fmt: skip
    assert count == 2
    assert ("B", told, "AFP", told, "relay") in named


def test_ten_reprints_add_no_origin_and_rows_may_come_in_any_order():
    text = f"{FLED}. The Taliban said the bridge was theirs. A source spoke of 40 dead."
    said = [
        (FLED, None, "media", None),
        ("the bridge was theirs", "taliban", "taliban", None),
        ("40 dead", "unnamed:a-source:1f", "unknown", None),
    ]
    rest = [
        ("Hill Times", "2021-05-02", "S said the bridge was held", [
            ("the bridge was held", "arian", "andsf", None)]),
        ("Valley Post", "2021-05-05", "More rain is due", [("More rain is due", None, "media",
                                                            None)]),
    ]  # fmt: skip
    original = ("Valley Post", "2021-05-03", text, said)
    before = origins(case(original, *rest))[1]
    reprints = [(f"Copy {n}", f"2021-05-{3 + n % 3:02}", text, said) for n in range(10)]
    tables = case(original, *rest, *reprints)
    assert origins(tables)[1] == before == 4
    shuffled = tuple(t.sample(frac=1, random_state=7).reset_index(drop=True) for t in tables)
    pd.testing.assert_frame_equal(
        trace_origins(*tables, **KEYWORDS), trace_origins(*shuffled, **KEYWORDS)
    )


@pytest.mark.parametrize(("text", "expected"), [
    ("KABUL, Afghanistan (AP) — Two aircraft", "ap"),
    ("KABUL, Oct 12: AFP reports", "afp"),
    ("Kabul (dpa) - At least", "dpa"),
    ("Long text without a mark.\nSource: Xinhua", "xinhua"),
    ("Farah came home (AA)", "anadolu"),
    ("The AP style book says", ""),
    ("", ""),
])  # fmt: skip
def test_agency_marks(text, expected):
    assert agency_of(text) == expected


@pytest.mark.parametrize(("a", "b", "expected"), [
    ("over 80 Taliban killed", "80 Taliban fighters killed", True),
    ("over 80 Taliban killed", "71 Taliban killed", False),
    ("schools open on Monday", "80 Taliban killed", False),
    ("", "80 killed", False),
])  # fmt: skip
def test_telling_the_same(a, b, expected):
    assert tells_same(content(tokens(a)), content(tokens(b)), 0.5) is expected


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text("abc ", max_size=12), max_size=8))
def test_copies_are_reported_in_order_and_symmetric(texts):
    sets = shingles(map(tokens, texts), 2)
    whole = [{tuple(w[n : n + 2]) for n in range(max(1, len(w) - 1))} if w else set()
             for w in map(tokens, texts)]  # fmt: skip
    assert [len(s) for s in sets] == [len(s) for s in whole]
    near = near_copies(sets, 0.5)
    assert all(a < b for a, b in near)
    # Among up to eight texts, a list may hold more than the neighbours it is searched for.
    shares = {
        (a, b): len(whole[a] & whole[b]) / min(len(whole[a]), len(whole[b]))
        for b in range(len(texts)) for a in range(b) if whole[a] and whole[b]
    }  # fmt: skip
    assert set(near) <= {pair for pair, share in shares.items() if share >= 0.5}
    if len(texts) <= 5:
        assert set(near) == {pair for pair, share in shares.items() if share >= 0.5}


def test_many_copies_take_near_linear_time():
    words = [f"w{n}" for n in range(40)]
    sets = shingles(([*words, f"copy{n}"] for n in range(3000)), 4)
    pairs = near_copies(sets, 0.8)
    assert len(pairs) <= 4 * 3000
    assert {b for _, b in pairs} == set(range(1, 3000))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sets(st.integers(0, 40), max_size=30), max_size=5),
    st.sampled_from((0.1, 0.5, 0.8, 1.0)),
    st.sampled_from((1, 32)),
)
def test_no_near_copy_is_lost_by_bits_it_shares(texts, least, widest):
    # Of five texts each is a neighbour of all others; few bits hold many shingles each.
    sets = [np.array(sorted(found), np.uint64) for found in texts]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("compare.trace.copies._WIDEST", widest)
        found = near_copies(sets, least)
    assert found == [
        (a, b)
        for a, b in combinations(range(len(texts)), 2)
        if texts[a] & texts[b]
        and len(texts[a] & texts[b]) / min(len(texts[a]), len(texts[b])) >= least
    ]
