"""An inference model for pairs that no typed judge can rule on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from compare.errors import ModelError
from compare.judge.rulings import Ruling
from compare.judge.sides import Side

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

LABELS = ("contradiction", "entailment", "neutral")


@lru_cache(maxsize=1)
def load(model: str, labels: tuple[str, ...]) -> CrossEncoder:
    """A CrossEncoder from a folder or the local Hugging Face cache; safetensors, no remote code.

    Raises:
        ModelError: it is not there, is not safetensors, or has another number of labels.
    """
    from sentence_transformers import CrossEncoder

    if sorted(labels) != sorted(LABELS):
        raise ModelError(
            f"inference_labels is {labels}; expected {LABELS} in the order of the model's outputs"
        )
    try:
        encoder: CrossEncoder = CrossEncoder(
            model, device="cpu", local_files_only=True, trust_remote_code=False,
            model_kwargs={"use_safetensors": True},
        )  # fmt: skip
    except (OSError, ValueError) as error:
        raise ModelError(
            f"inference model {model!r} cannot be loaded: {error}; expected a folder with "
            "model.safetensors, config.json and a tokenizer, or a name in the local cache"
        ) from error
    if encoder.num_labels != len(labels):
        raise ModelError(
            f"inference model {model!r} has {encoder.num_labels} outputs; expected {len(labels)}"
        )
    return encoder


def probabilities(
    pairs: Sequence[tuple[str, str]], *, model: str, labels: tuple[str, ...]
) -> np.ndarray:
    """Probability of each of `LABELS`, in that order, for premise and hypothesis; (n, 3).

    Raises:
        ModelError: see `load`.
    """
    import torch

    encoder = load(model, labels)
    scores = np.asarray(
        encoder.predict(
            list(pairs), activation_fn=torch.nn.Softmax(dim=-1), show_progress_bar=False
        ),
        dtype=np.float64,
    ).reshape(len(pairs), len(labels))
    return scores[:, [labels.index(label) for label in LABELS]]


def judge_text(
    a: Side, b: Side, forward: np.ndarray, backward: np.ndarray, confidence: float
) -> Ruling:
    """The words alone, by an inference model, where no figure or fact is shared.

    Contradiction is looked for first and in both directions; then entailment: both ways
    is agreement, one way a refinement. Below the confidence set, the judge is unsure.

    Args:
        a, b: the claims.
        forward: probabilities of contradiction, entailment, neutral for a, then b.
        backward: the same for b, then a.
        confidence: least probability, in [0, 1], on which it rules.
    """
    words = f"{a.who} and {b.who}, by the inference model"
    against = min(forward[0], backward[0])
    if max(forward[0], backward[0]) >= confidence and against >= 0.5:
        return Ruling("conflict", "wording", float(against), f"{words}: they contradict")
    follows = forward[1] >= confidence, backward[1] >= confidence
    if all(follows):
        score = float(min(forward[1], backward[1]))
        return Ruling("agree", "wording", score, f"{words}: each follows from the other")
    if any(follows) and against < 0.5:
        score = float(max(forward[1], backward[1]))
        return Ruling("refines", "wording", score, f"{words}: one follows from the other")
    if min(forward[2], backward[2]) >= confidence:
        score = float(min(forward[2], backward[2]))
        return Ruling("not-comparable", "wording", score, f"{words}: neither bears on the other")
    score = float(max(forward.max(), backward.max()))
    return Ruling("unsure", "wording", score, f"{words}: below the confidence of {confidence:g}")


Scorer = Callable[[Sequence[tuple[str, str]]], np.ndarray]


def judge_texts(
    pairs: Sequence[tuple[Side, Side]],
    contents: Sequence[tuple[str, str]],
    score: Scorer,
    confidence: float,
) -> list[Ruling]:
    """`judge_text` on each pair, with one call of the model for all."""
    if not pairs:
        return []
    both = score([*contents, *((right, left) for left, right in contents)])
    half = len(pairs)
    return [judge_text(a, b, both[i], both[half + i], confidence) for i, (a, b) in enumerate(pairs)]
