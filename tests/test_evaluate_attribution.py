from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from compare.errors import EvaluationError
from compare.evaluate.attribution import evaluate
from compare.evaluate.attribution_data import read_articles, read_passages
from compare.evaluate.attribution_match import Attribution, Tally, joined
from compare.evaluate.attribution_news import read_news

GOLD = Path(__file__).parent.parent / "fixtures" / "gold"


class Text:
    text = "“We won,” Khalid said on Monday."
    attributions = (Attribution(((0, 9),), (10, 16), (17, 21), "direct", "asserted"),)


def test_gold_has_forty_passages_a_phenomenon_and_true_offsets() -> None:
    passages = read_passages(GOLD / "attribution.jsonl")
    families = [p.family for p in passages]
    assert len(set(families)) == 18
    assert {families.count(f) for f in families} == {40}
    assert len({p.text for p in passages}) == len(passages) == 720


def test_exact_match_scores_one() -> None:
    tally = Tally()
    tally.add(Text(), [Attribution(((1, 7),), (10, 16), (17, 21), "direct", "asserted")], "all")
    row = tally.row()
    assert {row[f"{m}_f1"] for m in ("content_0.3", "content_0.8", "cue")} == {1.0}
    assert row["source_given_content"] == 1.0


def test_a_long_span_counts_at_the_loose_threshold_only() -> None:
    tally = Tally()
    tally.add(Text(), [Attribution(((1, 21),), (1, 3), None, "direct", "asserted")], "all")
    row = tally.row()
    assert (row["content_0.3_f1"], row["content_0.8_f1"], row["cue_f1"]) == (1.0, 0.0, 0.0)
    assert row["source_given_content"] == 0.0


def test_spans_of_one_cue_are_one_attribution() -> None:
    parts = [Attribution(((n, n + 1),), (5, 6), (7, 8), "direct", "asserted") for n in (0, 3)]
    assert joined(parts) == [Attribution(((0, 1), (3, 4)), (5, 6), (7, 8), "direct", "asserted")]


def polnear(folder: Path) -> Path:
    path = folder / "attribution" / "polnear_dev.jsonl.gz"
    path.parent.mkdir()
    item = {
        "content": [{"spans": [[0, 9]], "text": "“We won,”"}],
        "source": [{"spans": [[10, 16]], "text": "Khalid"}],
        "cue": [{"spans": [[17, 21]], "text": "said"}],
    }
    row = {
        "id": "a",
        "text": Text.text,
        "annotations": [{"annotator": "x", "attributions": [item]}],
    }
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.write(json.dumps(row) + "\n")
    return folder


def test_evaluate_gives_every_table(tmp_path: Path) -> None:
    corpus, phenomena, status, news = evaluate(polnear(tmp_path), GOLD)
    first = corpus.table.iloc[0]
    assert (first["system"], first["gold"], first["content_0.8_f1"]) == ("compare", 1, 1.0)
    both = phenomena.table[phenomena.table["phenomenon"] == "all"].set_index("half")
    assert both["gold"].sum() > 720
    assert both["content_0.3_f1"].min() > 0.94
    assert both["content_0.8_f1"].min() > 0.89
    assert both["source_given_content"].min() > 0.94
    assert set(status.table["status"]) <= {
        "asserted",
        "reported",
        "hedged",
        "denied",
        "demanded",
        "promised",
        "condemned",
        "supported",
        "unconfirmed",
        "no-comment",
    }
    halves = news.table[news.table["family"] == "all"].set_index("split")
    assert halves["gold"].to_dict() == {"dev": 55, "test": 48}
    assert halves["content_0.8_f1"].min() > 0.93
    assert halves["speaker"].min() > 0.87


def test_a_nested_claim_counts_in_its_own_row_alone(tmp_path: Path) -> None:
    text = "“The general said it was over,” Khalid said on Monday."
    item = {
        "content": [{"spans": [[0, 31]], "text": text[:31]}],
        "source": [{"spans": [[32, 38]], "text": "Khalid"}],
        "cue": [{"spans": [[39, 43]], "text": "said"}],
    }
    folder = polnear(tmp_path)
    row = {"id": "a", "text": text, "annotations": [{"annotator": "x", "attributions": [item]}]}
    with gzip.open(folder / "attribution" / "polnear_dev.jsonl.gz", "wt", encoding="utf-8") as out:
        out.write(json.dumps(row) + "\n")
    table = evaluate(folder, GOLD)[0].table
    ours = table[table["system"] == "compare"].set_index("speech")["predicted"]
    assert (ours["all"], ours["all, nested ones too"]) == (1, 2)


def test_news_gold_has_true_offsets(tmp_path: Path) -> None:
    passages = read_news(GOLD / "news_quotes.jsonl")
    assert (len(passages), sum(len(p.attributions) for p in passages)) == (70, 103)
    assert [p.split for p in passages].count("test") == 35
    bad = {"id": "x", "family": "x", "split": "dev", "text": "abc", "claims": [
        {"start": 0, "end": 1, "content": "b", "speaker": "B"}]}  # fmt: skip
    (tmp_path / "bad.jsonl").write_text(json.dumps(bad), encoding="utf-8")
    with pytest.raises(EvaluationError, match="'b' does not stand at 0-1"):
        read_news(tmp_path / "bad.jsonl")


def test_missing_and_broken_data_are_told(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="is missing"):
        read_articles(tmp_path / "none.jsonl.gz")
    with pytest.raises(EvaluationError, match="is missing"):
        read_passages(tmp_path / "none.jsonl")
    bad = {
        "id": "x-01",
        "family": "x",
        "text": "abc",
        "claims": [{"start": 0, "end": 2, "content": "bc", "kind": "direct", "status": "asserted"}],
    }
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(bad) + "\n", "utf-8")
    with pytest.raises(EvaluationError, match="line 1: 'bc' does not stand at 0-2"):
        read_passages(path)
