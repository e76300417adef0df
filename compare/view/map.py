"""The claims in two dimensions, by event: near means about the same, not agreeing."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pandas as pd

from compare.errors import TableError
from compare.view.lookup import Lookup
from compare.view.picture import DARK, LIGHT, SHAPES, Picture, theme
from compare.view.visible import one_line

_REST = "other events"
_NOISE = "no event"


def principal_axes(vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The two directions along which the vectors differ most (principal components).

    Args:
        vectors: float (n, dim), n >= 1.

    Returns:
        float64 (n, 2) coordinates, centred, and float64 (2,) shares of the variance
        in [0, 1]. The sign of an axis, which the decomposition leaves open, is such
        that the coordinate of largest magnitude is positive.

    Source: Pearson (1901), On lines and planes of closest fit to systems of points.

    >>> xy, share = principal_axes(np.array([[0.0, 0, 0], [0, 2, 0], [0, 1, 0]]))
    >>> np.abs(xy[:, 0]).round(3).tolist(), share.round(3).tolist()
    ([1.0, 1.0, 0.0], [1.0, 0.0])
    """
    centred = vectors.astype(np.float64) - vectors.astype(np.float64).mean(axis=0)
    left, singular, _ = np.linalg.svd(centred, full_matrices=False)
    keep = min(2, len(singular))
    xy = np.zeros((len(vectors), 2))
    xy[:, :keep] = left[:, :keep] * singular[:keep]
    for axis in range(keep):
        # The first of near-equal magnitudes, so that rounding does not choose the sign.
        size = np.abs(xy[:, axis]).round(6)
        if xy[int(np.argmax(size)), axis] < 0:
            xy[:, axis] *= -1
    total = float((singular**2).sum())
    share = np.zeros(2)
    if total > 0:
        share[:keep] = singular[:keep] ** 2 / total
    return xy, share


def _chart(points: pd.DataFrame, names: list[str], share: np.ndarray, dark: bool) -> Any:
    import altair as alt

    palette = list((DARK if dark else LIGHT)[: len(names)])
    scale = alt.Scale(domain=names, range=palette)
    shape = alt.Scale(domain=names, range=list(SHAPES[: len(names)]))
    axis = alt.Axis(labels=False, ticks=False, grid=False)
    return (
        alt.Chart(points)
        .mark_point(filled=True, size=70, opacity=0.85)
        .encode(
            x=alt.X("x:Q", title=f"first axis, {share[0]:.0%} of the variance", axis=axis),
            y=alt.Y("y:Q", title=f"second axis, {share[1]:.0%}", axis=axis),
            color=alt.Color("event:N", title=None, sort=names, scale=scale),
            shape=alt.Shape("event:N", title=None, sort=names, scale=shape),
            tooltip=["who:N", "words:N"],
        )
        .properties(width=620, height=420)
        .configure(**theme(dark))
        .configure_legend(
            orient="bottom",
            columns=2,
            labelFontSize=12,
            labelLimit=320,
            symbolSize=90,
            labelColor="#e8e6e1" if dark else "#1d1d1f",
        )
    )


def claim_map(
    look: Lookup, claims: pd.DataFrame, vectors: np.ndarray, titles: dict[int, str]
) -> Picture:
    """Draw the claims on their two principal axes, a colour and a shape an event.

    Args:
        look: the tables by claim.
        claims: row i is the claim of `vectors[i]`.
        vectors: float32 (n_claims, dim).
        titles: heading by event id.

    Raises:
        TableError: there is no claim.
    """
    if claims.empty:
        raise TableError("there is no claim to draw; see problems for what was not read")
    xy, share = principal_axes(vectors)
    ids = [int(look.events[c]["event_id"]) for c in claims["claim_id"]]
    counts = Counter(i for i in ids if i > 0)
    shown = sorted(sorted(counts, key=lambda i: (-counts[i], i))[: len(SHAPES) - 2])
    label = {i: f"{i}. {one_line(titles.get(i, ''))}".rstrip(". ") for i in shown}
    names = list(label.values())
    told = [label.get(i, _NOISE if i < 0 else _REST) for i in ids]
    names += [extra for extra in (_REST, _NOISE) if extra in told]
    points = pd.DataFrame({
        "x": xy[:, 0].round(5), "y": xy[:, 1].round(5), "event": told,
        "who": [one_line(look.sources[c]["actor"]) for c in claims["claim_id"]],
        "words": [one_line(text)[:160] for text in claims["content"]],
    })  # fmt: skip
    tally = ", ".join(f"{name}: {told.count(name)}" for name in names)
    alt = (
        "Claims on the two principal axes of their embeddings; near means about the same "
        f"thing, not agreeing. Claims by event: {tally}."
    )
    light, dark = (_chart(points, names, share, d) for d in (False, True))
    return Picture(light=light, dark=dark, alt=alt)
