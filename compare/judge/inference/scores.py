"""Probabilities of pairs of texts: batches of one length, each pair scored once.

Each pair is padded to the next multiple of eight tokens and scored in a batch whose
shape follows from that length alone, so that a score does not depend on what else is
asked.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Sequence

import numpy as np

from compare.judge.inference.model import LABELS, Model, load
from compare.processor import Batch, by_length, side_by_side

KEPT = 200_000
"""How many pairs are remembered."""
_STEP, _TOKENS = 8, 2048
_memory: OrderedDict[bytes, np.ndarray] = OrderedDict()


def probabilities(
    pairs: Sequence[tuple[str, str]],
    *,
    model: str,
    labels: tuple[str, ...],
    progress: Callable[[int], None] = lambda count: None,
) -> np.ndarray:
    """Probability of contradiction, entailment and neutral of each premise and hypothesis.

    Args:
        pairs: premise and hypothesis; equal pairs are scored once and remembered.
        model: see `compare.judge.inference.model.load`.
        labels: see there.
        progress: told how many pairs were just scored.

    Returns:
        float64 (n, 3), rows sum to 1.

    Raises:
        ModelError: the model cannot be used.
    """
    if not pairs:
        return np.zeros((0, len(LABELS)))
    loaded = load(model, labels)
    keys = [_key(loaded, pair) for pair in pairs]
    fresh = sorted({k: p for k, p in zip(keys, pairs, strict=True) if k not in _memory}.items())
    found = dict(zip((k for k, _ in fresh), _score(loaded, [p for _, p in fresh], progress),
                     strict=True))  # fmt: skip
    rows = np.stack([found[k] if k in found else _memory[k] for k in keys])
    _memory.update(found)
    while len(_memory) > KEPT:
        _memory.popitem(last=False)
    return rows


def _key(model: Model, pair: tuple[str, str]) -> bytes:
    whole = hashlib.sha256(f"{model.fingerprint}{model.order}{model.temperature}".encode())
    for text in pair:
        raw = text.encode("utf-8", "surrogatepass")
        whole.update(len(raw).to_bytes(8, "big") + raw)
    return whole.digest()


def _score(
    model: Model, pairs: list[tuple[str, str]], progress: Callable[[int], None]
) -> np.ndarray:
    import torch

    rows = np.empty((len(pairs), len(LABELS)))
    if not pairs:
        return rows
    encoded = model.tokenizer(
        [left for left, _ in pairs], [right for _, right in pairs],
        truncation=True, max_length=model.longest,
    )  # fmt: skip
    batches = by_length([len(ids) for ids in encoded["input_ids"]], _STEP, _TOKENS)

    def work(told: Batch) -> np.ndarray:
        part, length, size = told
        batch = {
            name: torch.tensor([
                _padded(lists[part[i]] if i < len(part) else [], length, pad)
                for i in range(size)
            ])
            for name, lists in encoded.items()
            for pad in [model.tokenizer.pad_token_id or 0 if name == "input_ids" else 0]
        }  # fmt: skip
        batch["attention_mask"][len(part) :, 0] = 1
        with torch.inference_mode():
            logits = model.net(**batch).logits[: len(part)].double() / model.temperature
        return np.asarray(torch.softmax(logits, dim=-1).numpy()[:, list(model.order)])

    for (part, _, _), found in zip(batches, side_by_side(work, batches), strict=True):
        rows[part] = found
        progress(len(part))
    return rows


def _padded(ids: list[int], length: int, pad: int) -> list[int]:
    return ids + [pad] * (length - len(ids))
