"""Tables, evidence and charts on a comparison whose every cell is known."""

import dataclasses
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import compare
from compare.errors import SettingsError, TableError
from compare.tables import records
from compare.view import Comparison, Evidence, reasons
from compare.view.agreement import agreement_counts
from compare.view.evidence import pieces, safe_url
from compare.view.labels import days, figure, question
from compare.view.lookup import grouped
from compare.view.map import principal_axes
from compare.view.positions import by_event, positions
from compare.view.table import SILENT, matrix
from compare.view.timeline import series, timeline
from compare.view.visible import hidden, visible

Build = Callable[..., Comparison]

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</style><script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "{{7*7}}${7*7}#{7*7}",
    "javascript:alert(1)",
    "<a href=javascript:alert(1)>x</a>",
    "</title><iframe src=//evil.example>",
    "<!--<base href=//evil.example>-->",
    "a\u202egpj.exe\u200b\x00b",
    "<style>@import url(//evil.example)</style>",
]

HARMLESS = {
    "div", "h3", "p", "b", "ul", "li", "code", "style", "figure", "blockquote", "figcaption",
    "mark", "span", "a", "table", "thead", "tbody", "tr", "th", "td", "picture", "source", "img",
    "caption", "tfoot", "details", "summary",
}  # fmt: skip


def claim_of(comparison: Comparison, content: str, nth: int = 0) -> str:
    hits = comparison.claims.loc[comparison.claims["content"] == content, "claim_id"]
    return str(hits.iloc[nth])


def row_of(comparison: Comparison, aspect: str, population: str = "") -> int:
    table = comparison.discrepancies
    hit = (table["aspect"] == aspect) & (table["population"] == population)
    return int(table.index[hit][0])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain – text…", "plain – text…"),
        ("a\u202eb", "a[U+202E]b"),
        ("\u200bzero\u200d", "[U+200B]zero[U+200D]"),
        ("nul\x00", "nul[U+0000]"),
        ("line\nand\ttab", "line\nand\ttab"),
        ("\r\n", "[U+000D]\n"),
        ("soft\u00adhyphen", "soft[U+00AD]hyphen"),
        ("fill\u3164er", "fill[U+3164]er"),
        ("tag\U000e0041", "tag[U+E0041]"),
        ("\ud800", "[U+D800]"),
        ("سلام", "سلام"),
        ("\ufffe", "[U+FFFE]"),
        ("é e\u0301", "é e\u0301"),
    ],
)
def test_hidden_characters_are_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_visible_text_hides_nothing_and_is_stable(text: str) -> None:
    shown = visible(text)
    assert not any(hidden(c) for c in shown)
    assert visible(shown) == shown


@given(
    st.text(min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.sampled_from("ab")), max_size=6),
)
def test_pieces_join_to_the_text_they_were_cut_from(
    text: str, spans: list[tuple[int, int, str]]
) -> None:
    kept = [(min(a, b), max(a, b), m) for a, b, m in spans if a != b]
    cut = pieces(text, (0, len(text)), kept)
    assert "".join(p.text for p in cut) == text
    at = 0
    for piece in cut:
        marks = {m for a, b, m in kept if a <= at and at + len(piece.text) <= b}
        assert set(piece.marks) == marks
        at += len(piece.text)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://a.example/x?y=1&z=2", True),
        ("http://a.example", True),
        ("HTTPS://a.example", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,<script>", False),
        ("//a.example/x", False),
        ("https://", False),
        ('https://a.example/" onclick=x', False),
        ("https://a.example/a b", False),
        ("java\nscript:alert(1)", False),
        ("https://a.example/\u202egpj", False),
        ("https://[bad", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_only_web_addresses_become_links(url: str, kept: bool) -> None:
    assert safe_url(url) == (url if kept else "")


@pytest.mark.parametrize(
    ("aspect", "population", "unit", "asked"),
    [
        ("killed", "civilians", "people", "Civilians killed"),
        ("killed", "unknown", "people", "Killed (of whom is not stated)"),
        ("displaced", "people", "families", "Families displaced"),
        ("killed-or-wounded", "civilians", "people", "Civilians killed or wounded"),
        ("responsibility", "", "", "Who is responsible"),
        ("victim", "civilians", "", "Who was hit: civilians"),
        ("strikes", "unknown", "strikes", "Strikes"),
    ],
)
def test_questions(aspect: str, population: str, unit: str, asked: str) -> None:
    assert question({"aspect": aspect, "population": population, "unit": unit}) == asked


def test_a_missing_bound_is_no_bound() -> None:
    assert figure(40, None) == "40 or more"
    assert figure(None, 12) == "up to 12"
    assert days(pd.Timestamp("2021-12-31"), pd.Timestamp("2022-01-02")) == (
        "31 December 2021 – 1 January 2022"
    )


def test_the_comparison_says_what_it_read(comparison: Comparison) -> None:
    assert repr(comparison) == (
        "<Comparison 'Sarband, May 2021': 4 documents of 4 publishers, 12 claims by 9 speakers, "
        "3 events; 2 disputed, 0 agreed, 1 revised, 3 single source, 0 unclear>"
    )
    html = comparison._repr_html_()
    assert "<b>2</b> ◆ disputed" in html
    assert html.index("Who was hit: civilians") < html.index("How it ended")
    with pytest.raises(dataclasses.FrozenInstanceError):
        comparison.title = "other"  # type: ignore[misc]


def test_positions_put_the_sides_apart_and_mark_the_silent(comparison: Comparison) -> None:
    first = comparison.positions[0]
    assert (first.question, first.verdict, first.between) == (
        "Who was hit: civilians", "disputed", "party against observer",
    )  # fmt: skip
    assert [(s.camp, [t.actor for t in s.statements]) for s in first.sides] == [
        ("government", ["Dawud Rahimi"]), ("local", ["Parwana Noor"]),
    ]  # fmt: skip
    assert first.silent == ("taliban", "andsf", "embassy", "un", "media")
    assert first.reasons == (
        "One says no civilians were hurt, the other that 12 children were killed.",
    )
    assert comparison.positions[1].between == "party against party"
    assert [p.verdict for p in comparison.positions] == [
        "disputed", "disputed", "revised", "single-source", "single-source", "single-source",
    ]  # fmt: skip


def test_one_spokesman_in_two_outlets_is_one_statement(comparison: Comparison) -> None:
    fighters = next(p for p in comparison.positions if p.question == "Fighters killed")
    (side,) = fighters.sides
    (statement,) = side.statements
    assert statement.says == "“at least 40”"
    assert statement.reads_as == "read as 40 or more"
    assert statement.outlets == ["Northern Wire", "Valley Post"]
    assert len(statement.quotes) == 2


@pytest.mark.parametrize(
    ("states", "denies", "says"),
    [
        ("Officials said aid workers were allowed to visit the camp in Nawa.",
         "The charity said aid workers were denied access to the camp in Nawa.",
         {"“aid workers were allowed to visit the camp in Nawa”",
          "“aid workers were denied access to the camp in Nawa”"}),
        ("The charity said army jets bombed a clinic in Nawa.",
         "The ministry denied that army jets bombed a clinic in Nawa.",
         {"“army jets bombed a clinic in Nawa”",
          "denied: “army jets bombed a clinic in Nawa”"}),
    ],
)  # fmt: skip
def test_what_a_speaker_denies_is_told_as_denied(
    states: str,
    denies: str,
    says: set[str],
    run_accounts: Callable[..., Comparison],
    tmp_path: Path,
) -> None:
    texts = {"a.md": ("2024-03-12", states), "b.md": ("2024-03-12", denies)}
    found = run_accounts(tmp_path, texts).positions[0]
    assert {t.says for side in found.sides for t in side.statements} == says


def test_a_camp_spoken_of_but_not_heard_is_named(comparison: Comparison) -> None:
    stance = comparison.positions[-1]
    assert stance.question == "Positions taken"
    assert "taliban" in stance.silent
    assert stance.accused == ("taliban",)


def test_evidence_marks_the_words_of_the_figure_and_nothing_else(comparison: Comparison) -> None:
    found = comparison.evidence(row_of(comparison, "displaced", "people"))
    assert isinstance(found, Evidence)
    marked = [[p.text for p in q.pieces if "figure" in p.marks] for q in found.quotes]
    assert marked == [["600"], ["hundreds"], ["4,150"], ["nearly 30,000"]]
    for q in found.quotes:
        text = comparison.lookup.documents[q.document_id]["text"]
        assert q.words == text[q.start : q.end]
        assert "".join(p.text for p in q.pieces) in text
    assert "[nearly 30,000]" in repr(found)
    assert '<mark class="q-figure">4,150</mark>' in found._repr_html_()
    with pytest.raises(IndexError, match="rows 0 to 5; no row 6"):
        comparison.evidence(6)


def test_speaker_and_cue_are_marked_in_the_quotation(comparison: Comparison) -> None:
    (q,) = [
        q for q in comparison.evidence(row_of(comparison, "victim", "civilians")).quotes
        if q.actor == "Dawud Rahimi"
    ]  # fmt: skip
    assert [p.text for p in q.pieces if "cue" in p.marks] == ["added"]
    assert [p.text for p in q.pieces if "source" in p.marks] == ["he"]
    assert q.speaker == "he"


def test_a_long_paragraph_is_cut_at_words(build: Build) -> None:
    long = build(texts={"c": " More words follow here." * 60})
    quotes = long.evidence(row_of(long, "displaced", "people")).quotes
    q = next(q for q in quotes if q.words == "nearly 30,000 people have fled the valley")
    assert q.pieces[-1].text == " …"
    assert q.pieces[-2].text.split()[-1] in ("More", "words", "follow", "here.")


def test_explain_goes_term_by_term(comparison: Comparison) -> None:
    denied = claim_of(comparison, "No civilians were hurt")
    children = claim_of(comparison, "12 children were killed in Sarband")
    told = comparison.explain(denied, children)
    assert told.verdict == (
        "victim: conflict (one account denies what another states). "
        "One says no civilians were hurt, the other that 12 children were killed."
    )
    terms = told.terms.set_index("term")
    assert list(terms.index) == [
        "who", "words", "how", "figures", "facts", "place", "time", "published", "event",
        "story", "origin", "claim",
    ]  # fmt: skip
    assert bool(terms.loc["event", "same"]) is True
    assert bool(terms.loc["who", "same"]) is False
    assert repr(told) == repr(comparison.explain(children, denied))
    assert told.similarity == comparison.explain(children, denied).similarity
    total = told.link.set_index("term")["contribution"]
    assert total["total"] == pytest.approx(total.drop("total").sum())


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        (("at least 40 fighters were killed", 0), ("at least 40 fighters were killed", 1),
         "Not compared: both go back to one origin, so they cannot confirm each other."),
        (("hundreds had fled", 0), ("the attack", 0),
         "Not compared: they are not about one event."),
        (("hundreds had fled", 0), ("hundreds had fled", 0), "This is one claim, not two."),
        (("12 children were killed in Sarband", 0), ("at least 40 fighters were killed", 0),
         "Not compared: they share no figure or fact to compare."),
    ],
)  # fmt: skip
def test_explain_says_why_a_pair_was_not_judged(
    comparison: Comparison, a: tuple[str, int], b: tuple[str, int], reason: str
) -> None:
    assert comparison.explain(claim_of(comparison, *a), claim_of(comparison, *b)).verdict == reason


def test_an_unknown_claim_is_named(comparison: Comparison) -> None:
    with pytest.raises(TableError, match="there is no claim 'nothing:0-1'"):
        comparison.explain("nothing:0-1", "nothing:0-2")


def test_the_matrix_marks_silence(comparison: Comparison) -> None:
    cells = matrix(comparison.lookup, comparison.positions)
    assert list(cells.columns) == [
        "event", "question", "verdict", "taliban", "andsf", "government", "local", "embassy", "un",
    ]  # fmt: skip
    hit = cells[cells["question"] == "Who was hit: civilians, Sarband"].iloc[0]
    assert hit["verdict"] == "◆ Disputed"
    assert hit["government"] == "“No civilians were hurt” (Dawud Rahimi)"
    assert hit["taliban"] == SILENT
    html = comparison.table().as_raw_html()
    assert html.count("— silent") > 10
    assert "Government" in html
    assert "&amp;#39;" not in html


def test_events_carry_place_time_and_the_silent(comparison: Comparison) -> None:
    events = by_event(comparison.lookup, comparison.positions, comparison.play)
    assert [(e.event_id, e.title) for e in events] == [
        (1, "Sarband, 2 May 2021"), (2, "Sarband, 2 May 2021"), (3, "Sarband, 2 May 2021"),
        (-1, "Not tied to one event"),
    ]  # fmt: skip
    assert events[0].camps == ("government", "local")
    assert events[0].silent == ("taliban", "andsf", "embassy", "un", "media")


def test_agreement_counts_judged_pairs_by_speaker(comparison: Comparison) -> None:
    counts = agreement_counts(comparison.lookup).set_index(["actor_l", "actor_r"])
    assert counts.loc[("A resident", "OCHA")].tolist() == [1, 1, 0, 0]
    assert counts.loc[("Dawud Rahimi", "Parwana Noor")].tolist() == [1, 0, 1, 0]
    assert counts["n"].sum() == len(comparison.judgements)
    assert (
        "Ministry of Defence and Taliban: 0 agreeing, 1 conflicting" in comparison.agreement().alt
    )


def test_the_timeline_has_every_figure_in_words(comparison: Comparison) -> None:
    assert comparison.timeline("displaced").alt == (
        "Timeline of displaced. 4 May 2021, OCHA: 600 (verified); 6 May 2021, A resident: "
        "“hundreds”, by rule 200–999; 9 May 2021, Local authorities: 27,000–30,000; "
        "9 May 2021, OCHA: 4,150 (verified)."
    )
    with pytest.raises(TableError, match="no dated figure on returned"):
        comparison.timeline("returned")


@pytest.mark.parametrize(("high", "rule", "top", "arrows"), [
    (1_999_999.0, "vague:thousands", 4_150 * 1.06, 1), (2_500.0, "vague:thousands", 4_150, 0),
    (1_999_999.0, "range", 1_999_999, 0), (None, "at-least", 4_150, 1),
])  # fmt: skip
def test_the_end_a_rule_sets_does_not_stretch_the_axis(
    comparison: Comparison, high: float | None, rule: str, top: float, arrows: int
) -> None:
    figures = series(
        comparison.lookup, comparison.claims["claim_id"], {"aspect": "displaced"},
        grouped(comparison.revisions, "claim_id"),
    )  # fmt: skip
    figures = figures[figures["low"] < 5_000].reset_index(drop=True)
    figures.loc[figures["actor"] == "A resident", ["low", "high", "rule"]] = [2_000.0, high, rule]
    picture = timeline(figures, title="displaced", unit="people")
    data = picture.light.to_dict()["datasets"]
    drawn = max(float(row["to"]) for rows in data.values() for row in rows)
    assert drawn == pytest.approx(top)
    heads = [layer for layer in picture.light.layer if layer.mark.to_dict().get("size") == 28]
    assert sum(len(layer.data) for layer in heads) == arrows
    notes = picture.light.title.to_dict()["text"]
    assert ("An arrow: no end was stated." in notes) == bool(arrows)


def test_a_timeline_of_twelve_speakers_groups_the_least(comparison: Comparison) -> None:
    base = series(
        comparison.lookup,
        comparison.claims["claim_id"],
        {"aspect": "displaced"},
        grouped(comparison.revisions, "claim_id"),
    )
    many = pd.concat([base.assign(actor=f"Speaker {i:02}") for i in range(12)], ignore_index=True)
    picture = timeline(many, title="x", unit="people")
    assert "other speakers" in picture.svg()
    assert "Speaker 11" in picture.alt


def test_sensitivity_moves_each_threshold_down_and_up(comparison: Comparison) -> None:
    table = comparison.sensitivity(share=0.5)
    assert list(table.columns) == ["setting", "value", "moved", "n_rows", "n_changed", "changes"]
    judge = comparison.settings.judge
    moves = table.loc[table["setting"] == "judge.window_days", ["value", "moved"]]
    days = judge.window_days
    assert moves.to_numpy().tolist() == [[days, days * 0.5], [days, days * 1.5]]
    assert table.iloc[-2:][["setting", "value", "moved"]].to_numpy().tolist() == [
        ["vague numbers", 1.0, 0.5], ["vague numbers", 1.0, 1.5],
    ]  # fmt: skip
    parts = table["setting"].str.split(".").str[0].drop_duplicates().tolist()
    assert parts == ["cluster", "judge", "tabulate", "vague numbers"]
    assert not table["setting"].str.startswith("judge.inference_").any()
    assert ((table["n_changed"] == 0) == (table["changes"] == "")).all()
    with pytest.raises(SettingsError, match=r"share is 1\.5; expected a number between 0 and 1"):
        comparison.sensitivity(share=1.5)


def test_a_threshold_of_linking_changes_which_rows_there_are() -> None:
    table = compare.run("fixtures/saltmere-2031").sensitivity(share=0.9)
    strict = table[(table["setting"] == "cluster.event_threshold") & (table["moved"] > 0.5)]
    assert "→ absent" in strict["changes"].item()


@pytest.mark.parametrize("name", ["agreement", "map", "timeline"])
def test_charts_are_images_the_same_each_time(build: Build, name: str) -> None:
    def draw() -> str:
        comparison = build()
        arguments = ["displaced"] if name == "timeline" else []
        return str(getattr(comparison, name)(*arguments).html())

    html = draw()
    assert html == draw()
    assert re.findall(r"<(\w+)", html) == ["picture", "source", "img"]
    assert html.count("data:image/svg+xml;base64,") == 2


def test_the_map_does_not_depend_on_the_order_of_claims() -> None:
    vectors = np.random.default_rng(3).normal(size=(30, 12))
    order = np.random.default_rng(4).permutation(30)
    xy, share = principal_axes(vectors)
    again, _ = principal_axes(vectors[order])
    np.testing.assert_allclose(again, xy[order], atol=1e-9)
    assert 0 < share[1] <= share[0] < 1


def test_views_do_not_depend_on_the_order_of_rows(comparison: Comparison) -> None:
    shuffled = dataclasses.replace(
        comparison,
        **{
            name: getattr(comparison, name).sample(frac=1, random_state=5).reset_index(drop=True)
            for name in ("documents", "sources", "values", "assertions", "judgements", "origins")
        },
    )
    assert shuffled.positions == comparison.positions
    assert shuffled._repr_html_() == comparison._repr_html_()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_outside_words_stay_words_in_a_notebook(
    build: Build, tags: Callable[[str], list[tuple[str, dict[str, str]]]], payload: str
) -> None:
    hostile = build(
        texts={"a": payload}, publisher=payload, title=payload, url=payload, actor=payload,
        organisation=payload, reason=payload, place=payload, headline=payload,
    )  # fmt: skip
    ids = hostile.claims["claim_id"].tolist()
    shown = [
        hostile._repr_html_(),
        *(hostile.evidence(i)._repr_html_() for i in range(len(hostile.discrepancies))),
        hostile.explain(ids[0], ids[1])._repr_html_(),
        hostile.table().as_raw_html(),
        str(hostile.timeline("displaced").html()),
        str(hostile.agreement().html()),
        str(hostile.map().html()),
    ]
    for html in shown:
        assert not {"\u202e", "\u200b", "\x00"} & set(html)
        for tag, attributes in tags(html):
            assert tag in HARMLESS
            assert not {name for name in attributes if name.startswith("on")}
            assert attributes.get("href", "http://").startswith(("http://", "https://"))
            assert attributes.get("src", "data:image/svg+xml;base64,").startswith("data:image/svg")


def test_the_foremost_rows_read_as_they_do_in_the_whole(comparison: Comparison) -> None:
    whole = {p.row["claim_ids"]: p for p in comparison.positions}
    part = comparison.foremost(2)
    assert len(comparison.discrepancies) > 2
    assert [p.verdict for p in part.positions] == [p.verdict for p in comparison.positions[:2]]
    assert len(part.claims) < len(comparison.claims)
    assert comparison.foremost(2) is part
    for position in part.positions:
        other = whole[position.row["claim_ids"]]
        assert (position.sides, position.reasons, position.silent) == (
            other.sides, other.reasons, other.silent,
        )  # fmt: skip
    assert comparison.foremost(len(comparison.discrepancies)) is comparison


def test_judgements_are_found_by_their_claims(comparison: Comparison) -> None:
    look = comparison.lookup
    for row in records(comparison.judgements):
        assert row in look.judged(row["claim_id_l"], row["claim_id_r"])
    assert look.judged("nobody", "nothing") == []
    first = comparison.judgements["claim_id_l"].iloc[0]
    assert look.judged(first, first) == []


def test_of_many_reasons_the_first_are_told(
    comparison: Comparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = [len(p.other_reasons) for p in comparison.positions]
    assert max(whole) == 1
    monkeypatch.setattr(reasons, "OTHERS", 0)
    part = positions(comparison.lookup, comparison.discrepancies, comparison.play)
    told = {0: (), 1: ("1 more: see the table judgements",)}
    assert [p.other_reasons for p in part] == [told[n] for n in whole]
