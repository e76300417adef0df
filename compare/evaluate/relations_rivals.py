"""Other ways to find conflicts, measured on the same pairs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from compare.embed import embed_claims
from compare.evaluate.relations_pairs import Text, tables_of
from compare.settings import Settings

Half = tuple[list[dict[str, str]], list[tuple[Text, Text]]]


def cosine_says(dev: Half, pairs: Sequence[tuple[Text, Text]]) -> list[bool]:
    """Conflict where the cosine of two texts is below the threshold best (by F1) on dev."""
    seen = _cosines(dev[1])
    gold = np.array([row["relation"] == "conflict" for row in dev[0]])

    def f1(threshold: float) -> float:
        said = seen < threshold
        hits = int((said & gold).sum())
        return 2 * hits / (int(said.sum()) + int(gold.sum()))

    best = max(sorted({float(c) + 1e-9 for c in seen}), key=f1)
    return [bool(c < best) for c in _cosines(pairs)]


def _cosines(pairs: Sequence[tuple[Text, Text]]) -> np.ndarray:
    claims = tables_of(pairs)["claims"]
    vectors = embed_claims(claims, **Settings().embed.model_dump(), cache=None)
    row = {claim_id: i for i, claim_id in enumerate(claims["claim_id"])}
    sides = [
        [row[f"{n:015x}{side}:0-{len(text.text)}"] for n, text in enumerate(texts)]
        for side, texts in (("l", [p[0] for p in pairs]), ("r", [p[1] for p in pairs]))
    ]
    cosines: np.ndarray = np.einsum("ij,ij->i", vectors[sides[0]], vectors[sides[1]])
    return cosines


def contrachecker_says(pairs: Sequence[tuple[Text, Text]]) -> list[bool] | None:
    """Conflict where `contrachecker` finds a contradiction; None where it is not installed.

    It belongs to the extra `bench`: https://pypi.org/project/contrachecker/.
    """
    try:
        import contrachecker
    except ImportError:
        return None
    chunk: Any = contrachecker.Chunk
    return [
        bool(
            contrachecker.check_contradictions(
                [chunk(id="l", text=left.text), chunk(id="r", text=right.text)]
            ).contradictions
        )
        for left, right in pairs
    ]
