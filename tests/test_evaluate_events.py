"""The measures of groupings on cases worked out by hand, and the data they run on."""

import gzip
import json

import pytest

from compare.errors import EvaluationError
from compare.evaluate.event_data import build, ecbplus, news_clusters
from compare.evaluate.partitions import (
    adjusted_rand,
    apart,
    b_cubed,
    ceaf_e,
    conll,
    measures,
    muc,
    pairwise,
)


@pytest.mark.parametrize(
    ("predicted", "gold", "b3", "muc_", "ceaf", "pair", "rand"),
    [
        ([1, 1, 2, 2], [1, 1, 2, 2], 1, 1, 1, 1, 1),
        ([1, 1, 1, 1], [1, 1, 2, 2], 2 / 3, 0.8, 4 / 9, 0.5, 0),
        ([1, 2, 3, 4], [1, 1, 2, 2], 2 / 3, 0, 4 / 9, 0, 0),
        ([1, 1, 2, 2], [1, 2, 1, 2], 0.5, 0, 0.5, 0, -0.5),
    ],
)
def test_measures_by_hand(predicted, gold, b3, muc_, ceaf, pair, rand):
    assert b_cubed(predicted, gold)["f1"] == pytest.approx(b3)
    assert muc(predicted, gold)["f1"] == pytest.approx(muc_)
    assert ceaf_e(predicted, gold)["f1"] == pytest.approx(ceaf)
    assert pairwise(predicted, gold)["f1"] == pytest.approx(pair)
    assert adjusted_rand(predicted, gold) == pytest.approx(rand)
    assert conll(predicted, gold) == pytest.approx((b3 + muc_ + ceaf) / 3)


def test_agrees_with_scikit_learn():
    from sklearn.metrics import adjusted_rand_score

    predicted, gold = [0, 0, 1, 1, 2, 2, 2], [0, 0, 0, 1, 1, 2, 2]
    assert adjusted_rand(predicted, gold) == pytest.approx(adjusted_rand_score(gold, predicted))


def test_noise_stands_alone():
    assert apart([3, -1, -1]) == [3, -2, -3]
    assert measures(apart([-1, -1]), [1, 2])["b_cubed_f1"] == 1.0


def test_build_places_each_claim_in_its_document():
    rows = [{"document": "x", "text": t, "incident": k} for t, k in (("One.", 1), ("Two.", 2))]
    items = build("made", rows, ("incident",))
    text = items.documents["text"].iloc[0]
    assert text == "One.\nTwo."
    spans = zip(items.claims["start"], items.claims["end"], strict=True)
    assert [text[a:b] for a, b in spans] == items.claims["content"].tolist() == ["One.", "Two."]
    assert items.gold == {"incident": ["1", "2"]}


def test_missing_data_says_where(tmp_path):
    with pytest.raises(EvaluationError, match=r"ecbplus_docs.jsonl.gz cannot be read .*--data"):
        ecbplus(tmp_path, "dev")


def test_news_without_words_is_left_out(tmp_path):
    (tmp_path / "events").mkdir()
    rows = [
        {"id": "a", "event_id": 1, "date_publish": "2017-09-15T00:00:00", "title": "A ship sank",
         "description": None, "text": "It sank."},
        {"id": "b", "event_id": 2, "date_publish": None, "title": None, "description": None,
         "text": None},
    ]  # fmt: skip
    with gzip.open(tmp_path / "events" / "news_clusters_dev.jsonl.gz", "wt") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in rows)
    items = news_clusters(tmp_path)
    assert items.claims["content"].tolist() == ["A ship sank.  It sank."]
    assert str(items.when_where["begin"].iloc[0].date()) == "2017-09-15"
