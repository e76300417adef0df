"""The inference model: any label order, abstention, and that it is heard last."""

import json

import numpy as np
import pytest

from compare.errors import ModelError
from compare.evaluate.relations_pairs import Text, judge_texts
from compare.judge.compare_claims import Finding, beside_text
from compare.judge.inference import LABELS, judge_text, probabilities
from compare.judge.inference.model import load
from compare.judge.inference.scores import _memory
from compare.judge.rulings import Ruling
from compare.judge.sides import Side
from compare.settings import Settings
from compare.weights import DEFAULT_MODEL, folder

OPEN = (Text("The minister opened a school", "A"), Text("Farmers sold their wheat", "B"))
"""Two texts on which typed judges have nothing to say."""


def small(path, labels, *, favours="entailment", outputs=3):
    """A tiny cross-encoder of random weights whose answer is always the label it favours."""
    import torch
    from sentence_transformers import CrossEncoder
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    torch.manual_seed(0)
    names = dict(enumerate(labels[:outputs]))
    net = BertForSequenceClassification(
        BertConfig(
            vocab_size=30522, hidden_size=8, num_hidden_layers=1, num_attention_heads=1,
            intermediate_size=8, num_labels=outputs, id2label=names,
            label2id={name: i for i, name in names.items()},
        )
    )  # fmt: skip
    with torch.no_grad():
        net.classifier.bias.copy_(torch.tensor([9.0 * (n.lower() == favours) for n in labels]))
    net.save_pretrained(path / "raw")
    AutoTokenizer.from_pretrained(folder(DEFAULT_MODEL)).save_pretrained(path / "raw")
    CrossEncoder(str(path / "raw")).save_pretrained(str(path / "model"))
    return str(path / "model")


def using(model, **changed):
    judge = Settings().judge.model_copy(update={"inference_model": model, **changed})
    return Settings().model_copy(update={"judge": judge})


@pytest.mark.parametrize(
    ("order", "favours", "relation"),
    [
        (("ENTAILMENT", "NEUTRAL", "CONTRADICTION"), "entailment", "agree"),
        (("neutral", "contradiction", "entailment"), "contradiction", "conflict"),
        (("contradiction", "neutral", "entailment"), "neutral", "not-comparable"),
    ],
)
def test_any_order_of_labels_is_read_from_the_config(tmp_path, order, favours, relation):
    model = small(tmp_path, order, favours=favours)
    [found] = judge_texts([OPEN], using(model))
    assert (found.relation, found.cause, found.aspect) == (relation, "wording", "text")


def test_who_does_not_comment_contradicts_nobody(tmp_path):
    model = small(tmp_path, LABELS, favours="contradiction")
    silent = Text("The minister declined to comment on the school", "A")
    [found] = judge_texts([(silent, OPEN[1])], using(model))
    assert (found.relation, found.cause) == ("not-comparable", "status")


@pytest.mark.parametrize(
    ("one", "other", "asked"),
    [
        ("The minister opened a school in Sangin", "Farmers sold their wheat in Sangin", True),
        ("The minister opened a school in Sangin", "Farmers sold their wheat", True),
        ("The minister opened a school in Sangin", "Farmers sold their wheat in Helmand", False),
        ("The minister opened a school in Sangin", "Farmers sold their wheat in Takhar", True),
        ("The minister opened a school on 1 October 2020", "Farmers sold wheat on Monday", False),
    ],
)
def test_a_model_is_not_asked_about_a_place_and_its_part_or_two_times(tmp_path, one, other, asked):
    model = small(tmp_path, LABELS, favours="contradiction")
    [found] = judge_texts([(Text(one, "A"), Text(other, "B"))], using(model))
    assert found.judged == asked


def test_settings_say_what_nameless_outputs_mean(tmp_path):
    model = small(tmp_path, ("LABEL_0", "LABEL_1", "LABEL_2"), favours="label_2")
    with pytest.raises(ModelError, match=r"\('LABEL_0', 'LABEL_1', 'LABEL_2'\).*give the order"):
        probabilities([("a", "b")], model=model, labels=())
    told = ("neutral", "entailment", "contradiction")
    [row] = probabilities([("a", "b")], model=model, labels=told)
    assert LABELS[row.argmax()] == "contradiction"


def test_two_outputs_are_refused(tmp_path):
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    torch.manual_seed(0)
    config = BertConfig(vocab_size=30522, hidden_size=8, num_hidden_layers=1,
                        num_attention_heads=1, intermediate_size=8, num_labels=2)  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(tmp_path)
    AutoTokenizer.from_pretrained(folder(DEFAULT_MODEL)).save_pretrained(tmp_path)
    with pytest.raises(ModelError, match=r"has the outputs \('LABEL_0', 'LABEL_1'\)"):
        load(str(tmp_path), LABELS)


def test_what_is_no_model_is_refused(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"junk")
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "nothing"}))
    with pytest.raises(ModelError, match="cannot be loaded"):
        load(str(tmp_path), ())


def test_a_score_does_not_depend_on_its_company(tmp_path):
    model = small(tmp_path, LABELS)
    pairs = [("Rebels took the town", "The town fell"), ("It rained all day long", "It was dry")]
    apart = [probabilities([pair], model=model, labels=())[0] for pair in pairs]
    _memory.clear()
    many = [(f"Claim {i} of many", "Another claim altogether") for i in range(40)]
    together = probabilities([*many, *pairs, pairs[0]], model=model, labels=())
    assert together[-3:].tobytes() == np.stack([*apart, apart[0]]).tobytes()
    assert together.sum(axis=1) == pytest.approx(np.ones(43))


def side(name):
    return Side(name, name, name, None, "media", None, "asserted", "asserted", False, False, name,
                None, "", None, "", "", None, None, (-1, name))  # fmt: skip


SCORES = [
    # contradiction, entailment, neutral: forward, backward -> relation, near a threshold
    ((0.95, 0.03, 0.02), (0.60, 0.30, 0.10), "conflict", False),
    ((0.95, 0.03, 0.02), (0.40, 0.30, 0.30), "unsure", False),
    ((0.05, 0.91, 0.04), (0.01, 0.93, 0.06), "agree", False),
    ((0.05, 0.93, 0.02), (0.20, 0.10, 0.70), "refines", False),
    ((0.02, 0.06, 0.92), (0.01, 0.01, 0.98), "not-comparable", False),
    ((0.30, 0.50, 0.20), (0.30, 0.20, 0.50), "unsure", False),
    ((0.900001, 0.05, 0.049999), (0.60, 0.30, 0.10), "conflict", True),
]  # fmt: skip


@pytest.mark.parametrize(("forward", "backward", "relation", "near"), SCORES)
def test_contradiction_comes_first_in_both_directions(forward, backward, relation, near):
    a, b = side("a"), side("b")
    found = judge_text(a, b, np.array(forward), np.array(backward), 0.9)
    assert (found.relation, found.near) == (relation, near)
    assert judge_text(a, b, np.array(backward), np.array(forward), 0.9) == found


def test_the_model_casts_doubt_on_slight_evidence_at_most():
    agreed = Finding("occurrence", "", Ruling("agree", "", 0.8, "both state it"))
    denied = Finding("occurrence", "", Ruling("conflict", "denial", 0.8, "one denies it"))
    against, same = (Ruling(r, "wording", 0.97, "model") for r in ("conflict", "agree"))
    abstains = Ruling("unsure", "wording", 0.5, "model")
    told = [[(f.aspect, f.ruling.relation) for f in beside_text([one], ruling)]
            for one, ruling in 
            ((agreed, against), (denied, same), (agreed, same), (denied, abstains))]  # fmt: skip
    assert told == [
        [("occurrence", "compatible"), ("text", "conflict")],
        [("occurrence", "unsure")],
        [("occurrence", "agree")],
        [("occurrence", "conflict")],
    ]
    assert beside_text([], abstains) == []
