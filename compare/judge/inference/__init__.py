"""An inference model for pairs that no typed judge can rule on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from compare.judge.inference.model import LABELS, SHIPPED, identify
from compare.judge.inference.scores import probabilities
from compare.judge.rulings import CLOSE, Ruling
from compare.judge.sides import Side

__all__ = ["LABELS", "SHIPPED", "ask_model", "identify", "judge_text", "probabilities"]


def judge_text(
    a: Side, b: Side, forward: np.ndarray, backward: np.ndarray, confidence: float
) -> Ruling:
    """The words alone, by an inference model, where no figure or fact decides.

    Contradiction is looked for first and in both directions; then entailment: both ways
    is agreement, one way a refinement. Below the confidence set it abstains (unsure).

    Args:
        a, b: the claims.
        forward: probabilities of contradiction, entailment, neutral for a, then b.
        backward: the same for b, then a.
        confidence: least probability, in [0, 1], on which it rules.
    """
    words = f"{a.who} and {b.who}, by the inference model"
    against = sorted((forward[0], backward[0]))
    follows = sorted((forward[1], backward[1]))
    apart = min(forward[2], backward[2])
    score = max(forward.max(), backward.max())
    if against[1] >= confidence and against[0] >= 0.5:
        relation, score, why = "conflict", against[0], "they contradict"
    elif follows[0] >= confidence:
        relation, score, why = "agree", follows[0], "each follows from the other"
    elif follows[1] >= confidence and against[1] < 0.5:
        relation, score, why = "refines", follows[1], "one follows from the other"
    elif apart >= confidence:
        relation, score, why = "not-comparable", apart, "neither bears on the other"
    else:
        relation, why = "unsure", f"below the confidence of {confidence:g}"
    weighed = np.array([*against, *follows, apart])
    near = np.abs(weighed - confidence).min() <= CLOSE or np.abs(weighed[:2] - 0.5).min() <= CLOSE
    # Three decimals: more would only show how sums were rounded on this machine.
    return Ruling(relation, "wording", round(float(score), 3), f"{words}: {why}", bool(near))


def ask_model(
    sides: Sequence[tuple[Side, Side]],
    contents: Sequence[tuple[str, str]],
    *,
    model: str,
    labels: tuple[str, ...],
    confidence: float,
) -> list[Ruling]:
    """`judge_text` on each pair, with one call of the model for all.

    Raises:
        ModelError: the model cannot be used.
    """
    pairs = [*contents, *((right, left) for left, right in contents)]
    scores = probabilities(pairs, model=model, labels=labels)
    half = len(contents)
    return [
        judge_text(a, b, scores[i], scores[half + i], confidence) for i, (a, b) in enumerate(sides)
    ]
