"""Time and memory of exact windowed neighbours and clustering, beside the plain ways.

Run: python benchmarks/linking.py [--largest 1000000] [--out docs/benchmarks/linking.md]

Vectors are made up: events of a few claims each, within two days, inside
topics, over three years, so that claims of one event have cosines near 0.6
and claims of one topic near 0.2. Part one grows at the density of the largest
case (the same claims a day, fewer days) and at the span of the largest case
(three years, fewer claims a day). Part two runs every method on the same claims.
"""

from __future__ import annotations

import argparse
import math
import resource
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from compare.cluster import link_clusters, window_neighbours
from compare.evaluate.linkers import average, community, density
from compare.evaluate.partitions import adjusted_rand, apart

DIM, YEARS, WINDOW, COSINE = 384, 3, 7.0, 0.5
SPAN = YEARS * 365.0
SEED = 11


def made_up(size: int, span: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Unit vectors float32 (size, 384), days and true events."""
    rng = np.random.default_rng(SEED)
    event = np.sort(rng.integers(0, max(1, size // 4), size))
    events = int(event.max()) + 1
    topics = rng.standard_normal((200, DIM), dtype=np.float32)
    centre = 0.65 * topics[rng.integers(0, len(topics), events)]
    centre += rng.standard_normal((events, DIM), dtype=np.float32)
    vectors = np.empty((size, DIM), np.float32)
    for at in range(0, size, 65536):
        part = slice(at, at + 65536)
        block = centre[event[part]]
        block += 0.95 * rng.standard_normal(block.shape, dtype=np.float32)
        vectors[part] = block / np.linalg.norm(block, axis=1, keepdims=True)
    days = rng.random(events)[event] * span + rng.random(size) * 2
    mixed = rng.permutation(size)
    return vectors[mixed], days[mixed], event[mixed]


def ours(vectors: np.ndarray, days: np.ndarray) -> np.ndarray:
    """The toolkit: exact neighbours, then average link."""
    left, right, cosine = window_neighbours(
        vectors, days, days, window_days=WINDOW, min_cosine=COSINE
    )
    return link_clusters(len(days), left, right, cosine, threshold=COSINE)[0]


def plain(vectors: np.ndarray, days: np.ndarray) -> np.ndarray:
    """A windowed matrix product in float32 with connected components."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    order = np.argsort(days, kind="stable")
    sorted_vectors, sorted_days = vectors[order], days[order]
    lefts, rights = [], []
    for a in range(0, len(days), 2048):
        b = min(a + 2048, len(days))
        stop = int(np.searchsorted(sorted_days, sorted_days[b - 1] + WINDOW, side="right"))
        rows, columns = np.nonzero(sorted_vectors[a:b] @ sorted_vectors[a:stop].T >= COSINE)
        keep = (columns > rows) & (sorted_days[a + columns] - sorted_days[a + rows] <= WINDOW)
        lefts.append(a + rows[keep])
        rights.append(a + columns[keep])
    left, right = np.concatenate(lefts), np.concatenate(rights)
    graph = coo_matrix((np.ones(len(left), bool), (left, right)), shape=(len(days),) * 2)
    labels = np.empty(len(days), np.int64)
    labels[order] = connected_components(graph, directed=False)[1]
    return labels


def measured(run: Callable[[], object]) -> tuple[object, float, float]:
    """Result, seconds on the clock and seconds of processor time."""
    clock, spent = time.perf_counter(), time.process_time()
    result = run()
    return result, time.perf_counter() - clock, time.process_time() - spent


def growth(largest: int) -> list[str]:
    """Part one: Markdown tables."""
    sizes = [n for n in (10_000, 30_000, 100_000, 300_000, 1_000_000) if n <= largest]
    lines = ["## Growth", ""]
    for label, spans in (
        ("same density", [SPAN * n / sizes[-1] for n in sizes]),
        ("same span", [SPAN] * len(sizes)),
    ):
        spent = []
        lines += [
            f"### {label}",
            "",
            "| claims | days | s by the clock | s of processor time | GB beyond them | ARI |",
            "|---|---|---|---|---|---|",
        ]
        for size, span in zip(sizes, spans, strict=True):
            vectors, days, event = made_up(size, span)
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            labels, clock, cpu = measured(lambda v=vectors, d=days: ours(v, d))
            after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            spent.append((size, clock, cpu))
            rand = adjusted_rand(np.asarray(labels).tolist(), event.tolist())
            lines.append(
                f"| {size:,} | {span:.0f} | {clock:.2f} | {cpu:.2f} "
                f"| {max(0, after - before) / 2**20:.2f} | {rand:.3f} |"
            )
            print(lines[-1], flush=True)
        (n0, t0, c0), (n1, t1, c1) = spent[0], spent[-1]
        if n1 > n0:
            scale = math.log(n1 / n0)
            lines += [
                "",
                f"Growth exponent from {n0:,} to {n1:,}: {math.log(t1 / t0) / scale:.3f} by the "
                f"clock, {math.log(c1 / c0) / scale:.3f} by processor time.",
                "",
            ]
            print(lines[-2], flush=True)
    return lines


def methods(vectors: np.ndarray, days: np.ndarray) -> dict[str, Callable[[], object]]:
    """Every method on the same claims; the slow ones on small sizes only."""
    found: dict[str, Callable[[], object]] = {
        "claim-compare": lambda: ours(vectors, days),
        "windowed product, connected components": lambda: plain(vectors, days),
    }
    if len(days) <= 50_000:
        found["community_detection"] = lambda: apart(community(vectors, COSINE))
    if len(days) <= 10_000:
        found["HDBSCAN"] = lambda: apart(density(vectors, 2))
        found["average link, full matrix"] = lambda: average(
            np.clip(vectors @ vectors.T, -1, 1).astype(np.float64), COSINE
        )
    return found


def ratios(sizes: list[int], largest: int) -> list[str]:
    """Part two: one Markdown table, each method beside ours on the same claims."""
    lines = [
        "## Beside other ways",
        "",
        "| claims | method | s by the clock | s of processor time | times ours | ARI |",
        "|---|---|---|---|---|---|",
    ]
    for size in sizes:
        vectors, days, event = made_up(size, SPAN * size / largest)
        base = 0.0
        for name, run in methods(vectors, days).items():
            labels, clock, cpu = measured(run)
            base = base or cpu
            rand = adjusted_rand(list(np.asarray(labels)), event.tolist())
            lines.append(
                f"| {size:,} | {name} | {clock:.2f} | {cpu:.2f} | {cpu / base:.1f} | {rand:.3f} |"
            )
            print(lines[-1], flush=True)
    return [*lines, ""]


def main(largest: int, sizes: list[int], out: Path | None) -> None:
    """Both parts, printed as they come and written to `out`."""
    import torch

    ours(*made_up(5000, 10.0)[:2])  # load libraries and warm the processor
    head = [
        "# Linking",
        "",
        f"Made-up claims of {DIM} floats; window {WINDOW:.0f} days, cosine {COSINE}; "
        f"{torch.get_num_threads()} threads. Run: `python benchmarks/linking.py`.",
        "The ratio is one of processor time, which a busy machine distorts least.",
        "",
    ]
    lines = [*head, *ratios(sizes, largest), *growth(largest)]
    if out:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--largest", type=int, default=1_000_000)
    parser.add_argument("--ratios", type=int, nargs="*", default=[10_000, 50_000])
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    main(arguments.largest, arguments.ratios, arguments.out)
