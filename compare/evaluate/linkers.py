"""Other ways to group the same claims, each with the parameter that a sweep chooses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

Labels = list[int]


def community(vectors: np.ndarray, threshold: float) -> Labels:
    """sentence-transformers `community_detection`, communities of two or more; -1 outside.

    >>> community(np.eye(2, dtype=np.float32)[[0, 0, 1]], 0.5)
    [0, 0, -1]
    """
    import torch
    from sentence_transformers.util import community_detection

    labels = [-1] * len(vectors)
    found = community_detection(
        torch.from_numpy(vectors), threshold=threshold, min_community_size=2
    )
    for number, members in enumerate(found):
        for row in members:
            labels[row] = number
    return labels


def density(vectors: np.ndarray, smallest: int) -> Labels:
    """HDBSCAN of scikit-learn on unit vectors, clusters of `smallest` or more; -1 is noise.

    >>> set(density(np.eye(4, dtype=np.float32)[[0, 0, 0, 1, 1, 1]], 2)) >= {0, 1}
    True
    """
    from sklearn.cluster import HDBSCAN

    model = HDBSCAN(min_cluster_size=smallest, copy=True)
    return [int(x) for x in model.fit_predict(vectors.astype(np.float64))]


def average(similarity: np.ndarray, threshold: float) -> Labels:
    """Average link on a full similarity matrix, merging down to `threshold`.

    >>> average(np.array([[1, 0.9, 0], [0.9, 1, 0], [0, 0, 1.0]]), 0.5)
    [0, 0, 1]
    """
    from sklearn.cluster import AgglomerativeClustering

    if len(similarity) < 2:
        return [0] * len(similarity)
    model = AgglomerativeClustering(
        n_clusters=None,
        metric="precomputed",
        linkage="average",
        distance_threshold=1 - threshold,
    )
    return [int(x) for x in model.fit_predict(1 - similarity)]


def tfidf(texts: Sequence[str]) -> np.ndarray:
    """Cosines of TF-IDF rows without stop words: float64 (n, n).

    >>> tfidf(["a red ship", "a red ship"]).round(3).tolist()
    [[1.0, 1.0], [1.0, 1.0]]
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    rows = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform(texts)
    return np.asarray((rows @ rows.T).toarray())


def best(
    linker: Callable[[Any], Labels],
    grid: Sequence[float],
    score: Callable[[Labels], float],
) -> tuple[float, Labels]:
    """The value of `grid` whose grouping scores highest (the first of equals), and the grouping.

    >>> best(lambda t: [int(t > 1)], [1, 2], lambda labels: labels[0])
    (2, [1])
    """
    found = [(score(labels), value, labels) for value in grid for labels in (linker(value),)]
    top = max(scored for scored, _, _ in found)
    return next((value, labels) for scored, value, labels in found if scored == top)
