"""Decisions: the log, what they change, where they no longer apply, and agreement."""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.errors import DecisionError
from compare.review import (
    Decision,
    apply_events,
    apply_relations,
    apply_speakers,
    apply_values,
    decisions_table,
    from_label_studio,
    mark_reviewed,
    place,
    problem_rows,
    read_decisions,
    rejected_claims,
    reviewer_agreement,
    to_label_studio,
)
from compare.review.log import append, load, unescaped, written
from compare.view import Comparison

NOBODY = pd.DataFrame(columns=["actor_id", "actor", "organisation", "camp", "role"])
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=40)


def decided(action: str, claim: str = "", day: int = 1, who: str = "Ada", **cells: str) -> Decision:
    return Decision(f"2021-06-{day:02d}", who, action, claim, **cells)


def claim_of(c: Comparison, content: str, nth: int = 0) -> str:
    return str(c.claims.loc[c.claims["content"] == content, "claim_id"].iloc[nth])


@pytest.mark.parametrize(("cells", "message"), [
    ({"when": "soon"}, "when is 'soon'"),
    ({"who": " "}, "who is empty"),
    ({"action": "agree"}, "action is 'agree'; expected one of accept, reject"),
    ({"claim_id": ""}, "claim_id and quote are both empty"),
    ({"other_claim_id": "e:0-1"}, "reject must not name a second claim"),
    ({"action": "split-event"}, "split-event must name a second claim"),
    ({"action": "merge-event", "other_claim_id": "d:0-1"}, "are both 'd:0-1'"),
    ({"action": "change-speaker", "field": "name"}, "expected one of actor_id, camp, role"),
    ({"action": "change-speaker", "field": "camp", "new": "x"}, "new camp is 'x'"),
    ({"action": "change-value", "field": "range", "new": "4"}, "as written, in wording"),
    ({"action": "change-value", "wording": "w", "field": "range", "new": "9..4"},
     "range is '9..4'"),
    ({"action": "change-relation", "other_claim_id": "e:0-1", "field": "killed", "new": "same"},
     "new relation is 'same'"),
    ({"action": "change-relation", "other_claim_id": "e:0-1", "field": "deaths", "new": "agree"},
     "on the aspect 'deaths'"),
])  # fmt: skip
def test_a_malformed_decision_says_what_is_wrong(cells: dict[str, str], message: str) -> None:
    with pytest.raises(DecisionError, match=message):
        Decision(**{"when": "2021-06-01", "who": "A", "action": "reject", "claim_id": "d:0-1"}
                 | cells)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(why=TEXT, who=TEXT.filter(lambda t: bool(t.strip())), quote=TEXT)
def test_any_text_reads_back_exactly(
    why: str, who: str, quote: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    case = tmp_path_factory.mktemp("case")
    first = Decision("2021-06-01", who, "reject", "d:0-1", quote, why=why)
    second = dataclasses.replace(first, action="accept", when="2021-06-02")
    append(case, [first])
    before = (case / "decisions.csv").read_bytes()
    append(case, [second])
    assert load(case) == [first, second]
    assert (case / "decisions.csv").read_bytes().startswith(before)
    assert not any(cell.startswith(tuple("=+-@＝＋－＠")) for cell in written(first))
    assert all(unescaped(w) == c for w, c in
               zip(written(first)[1:], dataclasses.astuple(first), strict=True))  # fmt: skip


def test_an_altered_row_is_one_line_and_the_rest_goes_on() -> None:
    good, altered = decided("reject", "d:0-1"), written(decided("accept", "d:2-3"))
    altered[2] = "Bob"
    names = ["decision_id", *(f.name for f in dataclasses.fields(Decision))]
    rows = pd.DataFrame([written(good), altered, written(good)], columns=names, index=[2, 3, 4])
    found, problems = read_decisions(rows)
    assert found == [good]
    assert len(problems) == 1
    assert problems[0].startswith("line 3: decision_id ")
    assert "which was altered" in problems[0]


def test_a_log_with_other_columns_is_not_added_to(tmp_path: Path) -> None:
    (tmp_path / "decisions.csv").write_text("a,b\n")
    with pytest.raises(DecisionError, match="has the columns"):
        append(tmp_path, [decided("reject", "d:0-1")])
    assert (tmp_path / "decisions.csv").read_text() == "a,b\n"


def test_a_claim_is_found_by_its_words_or_reported(comparison: Comparison) -> None:
    claim = claim_of(comparison, "12 children were killed in Sarband")
    words = "12 children were killed in Sarband"
    placed, lost = place([
        decided("reject", claim), decided("reject", "old:0-9", quote=words),
        decided("reject", "old:0-9", quote="at least 40 fighters were killed"),
        decided("reject", "old:0-9"), decided("reject", claim, quote="other words"),
    ], comparison.claims)  # fmt: skip
    assert [p.claim_id for p in placed] == [claim, claim]
    assert [p.note for p in placed] == [
        "", f"claim old:0-9 was found again by its words as {claim}"]  # fmt: skip
    assert [o.note for o in lost] == [
        "claim old:0-9 is not in this run, and 2 claims have its words",
        "claim old:0-9 is not in this run, and its words are not given",
        f"claim {claim} reads {words!r}, not 'other words'",
    ]
    rows = problem_rows(lost, ["line 9: bad"])
    assert [(r["path"], r["kind"]) for r in rows] == [
        ("decisions.csv", "rejected"), *[("decisions.csv", "warning")] * 3]  # fmt: skip


def test_the_last_verdict_on_a_claim_wins(comparison: Comparison) -> None:
    claim = claim_of(comparison, "the attack")
    chain = [decided("reject", claim), decided("accept", claim, 2), decided("reject", claim, 3)]
    for n, expected in ((1, {claim}), (2, set()), (3, {claim})):
        gone, outcomes = rejected_claims(place(chain[:n], comparison.claims)[0])
        assert gone == expected
        assert [o.state for o in outcomes] == ["superseded"] * (n - 1) + ["applied"]


def test_a_speaker_changes_where_the_old_one_is_the_same(comparison: Comparison) -> None:
    claim = claim_of(comparison, "hundreds had fled")
    chain = [
        decided("change-speaker", claim, 1, field="actor_id", old="resident", new="ocha"),
        decided("change-speaker", claim, 2, field="actor_id", old="noor", new="taliban"),
        decided("change-speaker", claim, 3, field="actor_id", old="ocha", new="nobody"),
        decided("change-speaker", claim, 4, field="role", new="party"),
    ]
    sources, outcomes = apply_speakers(
        comparison.sources, place(chain, comparison.claims)[0], NOBODY)  # fmt: skip
    row = sources.set_index("claim_id").loc[claim]
    assert row[["actor_id", "actor", "camp", "role", "how"]].tolist() == [
        "ocha", "OCHA", "un", "party", "reviewed"]  # fmt: skip
    states = {o.decision.at[:10]: (o.state, o.note) for o in outcomes}
    assert states["2021-06-01"] == ("applied", "")
    assert states["2021-06-02"] == (
        "not-applied",
        "it saw 'noor', which is now 'ocha'; look again and decide anew")  # fmt: skip
    assert states["2021-06-03"][1].startswith("there is no actor 'nobody'")
    rest = comparison.sources["claim_id"] != claim
    pd.testing.assert_frame_equal(sources[rest], comparison.sources[rest])


def test_figures_change_and_go(comparison: Comparison) -> None:
    thirty = claim_of(comparison, "nearly 30,000 people have fled the valley")
    six = claim_of(comparison, "it had verified 600 displaced people so far")
    chain = [
        decided("change-value", thirty, wording="nearly 30,000", field="range",
                old="27000..30000", new="29000..30000"),
        decided("reject", six, wording="600"),
        decided("reject", six, wording="6,000"),
        decided("change-value", thirty, 3, wording="nearly 30,000", field="population",
                old="civilians", new="women"),
    ]  # fmt: skip
    values, outcomes = apply_values(comparison.values, place(chain, comparison.claims)[0])
    row = values[values["claim_id"] == thirty].iloc[0]
    assert (row["low"], row["high"], row["rule"], row["population"]) == (
        29000, 30000, "reviewed", "people")  # fmt: skip
    assert six not in values["claim_id"].tolist()
    assert {(o.decision.action, o.state) for o in outcomes} == {
        ("change-value", "applied"), ("reject", "applied"), ("reject", "not-applied"),
        ("change-value", "not-applied")}  # fmt: skip
    marked = mark_reviewed(comparison.discrepancies, outcomes)
    assert marked.loc[marked["reviewed"], "aspect"].tolist() == ["displaced"]


def test_events_split_merge_and_come_back(comparison: Comparison) -> None:
    children = claim_of(comparison, "12 children were killed in Sarband")
    nobody = claim_of(comparison, "No civilians were hurt")
    hold = claim_of(comparison, "their men still hold the bridge")

    def after(*chain: Decision) -> dict[str, int]:
        placed = place(chain, comparison.claims)[0]
        events, _ = apply_events(comparison.events, comparison.when_where, placed)
        return dict(zip(events["claim_id"], events["event_id"], strict=True))

    split = decided("split-event", children, other_claim_id=nobody)
    merge = decided("merge-event", children, 2, other_claim_id=nobody)
    parted = after(split)
    assert len({e for e in parted.values() if e > 0}) == 4
    assert parted[children] != parted[nobody]
    whole = after(split, merge)
    assert whole[children] == whole[nobody]
    assert sorted(whole.values()) == sorted(after(merge).values())
    one = after(decided("merge-event", hold, other_claim_id=nobody))
    assert set(one.values()) == {-1, 1, 2}
    assert one[hold] == one[nobody]


def test_a_relation_is_set_accepted_and_no_longer_applies(comparison: Comparison) -> None:
    hold = claim_of(comparison, "their men still hold the bridge")
    retaken = claim_of(comparison, "its forces had retaken the bridge")
    pair = {"other_claim_id": retaken, "field": "outcome"}

    def after(*chain: Decision) -> tuple[Any, list[str], list[bool]]:
        placed = place(chain, comparison.claims)[0]
        table, outcomes = apply_relations(comparison.judgements, comparison.events, placed)
        row = table[table["aspect"] == "outcome"].iloc[0]
        marked = mark_reviewed(comparison.discrepancies, outcomes)["reviewed"].tolist()
        return row, [o.state for o in outcomes], marked

    change = decided("change-relation", hold, **pair, old="conflict", new="compatible:time",
                     why="a day apart")  # fmt: skip
    row, states, marked = after(change)
    assert row[["relation", "cause", "score", "reviewed"]].tolist() == [
        "compatible", "time", 1.0, True]  # fmt: skip
    assert row["reason"].startswith("Ada set compatible: a day apart (automatic: conflict, One")
    assert (states, sum(marked)) == (["applied"], 1)
    row, states, _ = after(change, decided("change-relation", hold, 2, **pair, old="compatible",
                                           new="conflict"))  # fmt: skip
    assert (row["relation"], row["cause"], row["reviewed"]) == ("conflict", "outcome", True)
    assert states == ["superseded", "applied"]
    row, states, marked = after(decided("accept", hold, **pair, old="agree"))
    assert (row["reviewed"], states, any(marked)) == (False, ["not-applied"], False)
    placed = place([change], comparison.claims)[0]
    left = comparison.events[comparison.events["claim_id"] != retaken]
    table = comparison.judgements
    table = table[(table["claim_id_l"] != retaken) & (table["claim_id_r"] != retaken)]
    _, outcomes = apply_relations(table, left, placed)
    assert [o.note for o in outcomes] == [
        f"claim {retaken} was rejected and is judged with nothing"
    ]


def test_alpha_of_two_reviewers() -> None:
    says = {"Ada": "arraaarr", "Ben": "arrraara"}
    chain = [
        decided("accept" if letter == "a" else "reject", f"d:{n}-{n + 1}", who=who)
        for who, letters in says.items() for n, letter in enumerate(letters)
    ]  # fmt: skip
    found = reviewer_agreement(chain)
    # 8 units, 2 apart; 16 values, 8 of each: 1 - (4/16) / (2*8*8/(16*15)) = 0.53125
    assert (found.alpha, found.units, found.reviewers) == (0.53125, 8, ("Ada", "Ben"))
    assert reviewer_agreement(chain[:8]).alpha is None
    same = [d for d in chain if d.claim_id in ("d:1-2", "d:2-3")]
    assert reviewer_agreement(same).reason.startswith("every decision is 'reject'")


@settings(max_examples=60, deadline=None)
@given(why=TEXT, who=TEXT.filter(lambda t: bool(t.strip())))
def test_label_studio_gives_back_every_cell(
    build: Callable[..., Comparison], comparison: Comparison, why: str, who: str
) -> None:
    c = comparison
    hold, retaken = (
        claim_of(c, w)
        for w in ("their men still hold the bridge", "its forces had retaken the bridge")
    )
    chain = [
        decided("reject", hold, 1, who, why=why, quote="their men still hold the bridge"),
        decided("change-relation", hold, 2, who, other_claim_id=retaken, field="outcome",
                old="conflict", new="unsure", why=why),
        decided("accept", "gone:0-9", 3, who, quote=why, wording="9"),
    ]  # fmt: skip
    tasks = to_label_studio(c.documents, c.claims, c.values, chain)
    found = from_label_studio(tasks)
    assert [d.at for d in found] == [d.at for d in chain]
    assert found == chain
    for task in tasks[: len(c.documents)]:
        text = task["data"]["text"]
        for region in task["predictions"][0]["result"]:
            value = region["value"]
            assert text[value["start"] : value["end"]] == value["text"]


def test_a_region_an_annotator_marked_is_a_decision(comparison: Comparison) -> None:
    c = comparison
    forty = claim_of(c, "at least 40 fighters were killed")
    tasks = to_label_studio(c.documents, c.claims, c.values)
    task = next(t for t in tasks if t["data"]["document_id"] == forty.split(":")[0])
    result = list(task["predictions"][0]["result"])
    figure = next(r for r in result if r["value"].get("text") == "at least 40")
    result.append({"id": figure["id"], "type": "choices", "from_name": "action",
                   "to_name": "text", "value": {"choices": ["reject"]}})  # fmt: skip
    task["annotations"] = [{"completed_by": {"email": "ada@example.org"}, "result": result,
                            "created_at": "2021-06-01T08:00:00Z"}]  # fmt: skip
    found = from_label_studio(tasks)
    assert found == [Decision("2021-06-01T08:00:00Z", "ada@example.org", "reject", forty,
                              "at least 40 fighters were killed",
                              wording="at least 40")]  # fmt: skip
    with pytest.raises(DecisionError, match="not a Label Studio export"):
        from_label_studio({"data": 1})


def test_a_session_writes_what_a_run_can_apply(comparison: Comparison, tmp_path: Path) -> None:
    c = comparison
    review = c.review(tmp_path, who="Ada")
    assert review.open()["aspect"].tolist() == ["victim", "outcome"]
    hold = claim_of(c, "their men still hold the bridge")
    retaken = claim_of(c, "its forces had retaken the bridge")
    change = review.change_relation(hold, retaken, "outcome", "agree", why="=SUM(A1)")
    review.undo(change.decision_id)
    review.change_value(hold.replace(hold, claim_of(c, "hundreds had fled")), "hundreds", "200..")
    assert [(d.action, d.old, d.new) for d in review.decisions] == [
        ("change-relation", "conflict", "agree"), ("change-relation", "agree", "conflict"),
        ("change-value", "200..999", "200..")]  # fmt: skip
    placed, lost = place(review.decisions, c.claims)
    _, outcomes = apply_relations(c.judgements, c.events, placed)
    assert lost == []
    table = decisions_table(outcomes)
    assert table["state"].tolist() == ["superseded", "applied"]
    json_path, _ = review.to_label_studio(tmp_path / "ls")
    import json

    assert from_label_studio(json.loads(json_path.read_text())) == review.decisions
    with pytest.raises(DecisionError, match="there is no decision 'x'"):
        review.undo("x")


def test_a_speaker_nobody_knows_is_refused_before_it_is_logged(
    comparison: Comparison, tmp_path: Path
) -> None:
    review = comparison.review(tmp_path, who="Ada")
    hold = claim_of(comparison, "their men still hold the bridge")
    with pytest.raises(DecisionError, match=r"no actor 'rahim' \(near it: .*rahimi"):
        review.change_speaker(hold, "rahim")
    assert review.decisions == []
    (tmp_path / "actors.csv").write_text("actor_id,actor\nrahim,Abdul Rahim\n", encoding="utf-8")
    review.change_speaker(hold, "rahim", why="the byline says so")
    review.change_speaker(hold, "ocha")
    review.change_speaker(hold, "unhcr", why="of the shipped registry")
    assert [d.new for d in review.decisions] == ["rahim", "ocha", "unhcr"]
