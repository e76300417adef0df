"""The model: the one that ships, or any cross-encoder with three outputs."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.errors import ModelError
from compare.weights import fingerprint, folder, verify

if TYPE_CHECKING:
    from torch import Tensor

LABELS = ("contradiction", "entailment", "neutral")
SHIPPED = "shipped"
"""The name of the model in `compare/data/inference`."""
_LONGEST = 256


@dataclass(frozen=True)
class Model:
    """A loaded cross-encoder, what its outputs mean, and what identifies it."""

    net: Any
    tokenizer: Any
    order: tuple[int, ...]
    """Where the outputs of `LABELS` stand."""
    temperature: float
    """What its outputs are divided by, so that a probability is how often it is right."""
    longest: int
    """Tokens of a pair it reads; what is longer is cut."""
    fingerprint: str


@lru_cache(maxsize=2)
def load(name: str, labels: tuple[str, ...]) -> Model:
    """The cross-encoder `name`, loaded once, in float32 on the CPU.

    Args:
        name: `shipped`, a local folder, or a name in the local Hugging Face cache. Weights
            are safetensors only, remote code never, and nothing is fetched.
        labels: what its outputs mean, in order; empty reads it from the model's config.

    Raises:
        ModelError: it is not here, was altered, or its outputs are not the three labels.
    """
    if name == SHIPPED:
        return _shipped()
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    found = folder(name)
    local: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
    try:
        net = AutoModelForSequenceClassification.from_pretrained(
            found, use_safetensors=True, **local
        ).float()
        tokenizer = AutoTokenizer.from_pretrained(found, **local)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise ModelError(
            f"inference model {name!r} at {found} cannot be loaded: {error}; expected a "
            "cross-encoder: config.json, model.safetensors and a tokenizer"
        ) from error
    named = tuple(net.config.id2label[i] for i in sorted(net.config.id2label))
    longest = min(_LONGEST, int(getattr(net.config, "max_position_embeddings", _LONGEST)) - 2)
    return Model(
        net.eval(), tokenizer, _order(name, labels, named), 1.0, longest, fingerprint(found)
    )


def _order(name: str, labels: tuple[str, ...], named: tuple[str, ...]) -> tuple[int, ...]:
    """Where each of `LABELS` stands among the outputs.

    >>> _order("x", (), ("ENTAILMENT", "Neutral", "contradiction"))
    (2, 0, 1)
    """
    told = [label.lower() for label in labels or named]
    if len(named) != len(LABELS) or sorted(told) != sorted(LABELS):
        raise ModelError(
            f"inference model {name!r} has the outputs {named}, read as {told}; expected "
            f"{LABELS} in any order: give the order in [settings.judge] inference_labels"
        )
    return tuple(told.index(label) for label in LABELS)


def identify(name: str) -> dict[str, str]:
    """Name and hash of a model, for the manifest of a run, without loading it.

    Raises:
        ModelError: it is not here.
    """
    sha256 = str(_facts()["sha256"]) if name == SHIPPED else fingerprint(folder(name))
    return {"name": name, "sha256": sha256}


def _home() -> Path:
    return Path(str(resources.files("compare.data").joinpath("inference")))


def _facts() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((_home() / "inference.json").read_text("utf-8"))
    return found


def _shipped() -> Model:
    """The packaged sentence encoder with the layers that were trained put in."""
    import torch
    from safetensors import safe_open
    from safetensors.torch import load_file
    from transformers import AutoConfig, AutoModelForSequenceClassification, AutoTokenizer

    facts = _facts()
    base = folder(facts["base"])
    verify(base, facts["base_sha256"])
    trained = _home() / "inference.safetensors"
    digest = hashlib.sha256(trained.read_bytes()).hexdigest()
    if digest != facts["sha256"]:
        raise ModelError(
            f"{trained} has sha256 {digest}, expected {facts['sha256']}; the weights were "
            "altered: install claim-compare again"
        )
    config = AutoConfig.from_pretrained(base, num_labels=len(LABELS), local_files_only=True)
    net: Any = AutoModelForSequenceClassification.from_config(config)  # type: ignore[no-untyped-call]
    state: dict[str, Tensor] = {n: t.float() for n, t in load_file(trained).items()}
    with safe_open(base / "model.safetensors", framework="pt") as weights:
        state[facts["frozen"]] = weights.get_tensor(facts["frozen"].removeprefix("bert.")).float()
    net.load_state_dict(state)
    net.to(torch.float32)
    return Model(
        net.eval(),
        AutoTokenizer.from_pretrained(base, local_files_only=True),
        _order(SHIPPED, tuple(facts["labels"]), LABELS),
        float(facts["temperature"]),
        int(facts["longest"]),
        digest,
    )
