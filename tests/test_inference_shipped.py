"""The model that ships: whole, on the right base, and able to tell the small differences."""

import hashlib
import json

import pytest

from compare.errors import ModelError
from compare.judge.inference import LABELS, SHIPPED, identify, probabilities
from compare.judge.inference import model as home

PAIRS = [
    # premise, hypothesis, label
    ("The base fell to the rebels.", "The base did not fall to the rebels.", "contradiction"),
    ("A tall man is walking.", "A short man is walking.", "contradiction"),
    ("Two women are cooking soup.", "Women are cooking.", "entailment"),
    ("A man is reading.", "A man is reading a letter from his brother.", "neutral"),
]


def test_small_differences_decide():
    found = probabilities([(p, h) for p, h, _ in PAIRS], model=SHIPPED, labels=())
    assert [LABELS[i] for i in found.argmax(axis=1)] == [label for *_, label in PAIRS]


def test_it_is_small_and_named_by_its_hash():
    weights = home._home() / "inference.safetensors"
    assert weights.stat().st_size <= 25_000_000
    digest = hashlib.sha256(weights.read_bytes()).hexdigest()
    assert identify(SHIPPED) == {"name": "shipped", "sha256": digest}


@pytest.mark.parametrize(("name", "told"), [
    ("sha256", r"inference\.safetensors has sha256 .*, expected 00; .*install"),
    ("base_sha256", r"model\.safetensors has sha256 53aa51.*, expected 00"),
])  # fmt: skip
def test_altered_weights_are_refused(name, told, monkeypatch):
    facts = json.loads((home._home() / "inference.json").read_text("utf-8")) | {name: "00"}
    monkeypatch.setattr(home, "_facts", lambda: facts)
    home.load.cache_clear()
    with pytest.raises(ModelError, match=told):
        home.load(SHIPPED, ())
    home.load.cache_clear()
