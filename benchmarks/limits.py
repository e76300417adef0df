"""How far each heavy stage is from what bounds it on this machine.

    python benchmarks/limits.py [--rounds 5] [--out docs/benchmarks/limits.md]

Everything runs in one thread. Encoding is held against the matrix products this processor does
at best and against those of the encoder's own shapes with nothing else; neighbours against
matrix products and against the memory that a block of the product must be written to and read
from; parsing against the spaCy pipeline on the same texts with nothing around it. Rounds go in
turns and the best of each counts, so that work beside this one spoils little.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from accounts import districts, document
from embedding import sentences
from linking import COSINE, DIM, WINDOW, made_up

from compare import syntax
from compare.cluster import window_neighbours
from compare.cluster.neighbours import COLUMNS, ROWS, Window
from compare.embed import embed_texts, load_encoder
from compare.processor import by_length, native_bfloat16
from compare.settings import Settings

LAYERS, WIDE = 6, 1536
"""Of the encoder: its blocks, and the width inside their feed-forward part."""
TEXTS, CLAIMS, DAYS, DOCUMENTS = 1500, 40_000, 44.0, 60
LARGE = 2048
"""Side of the square matrices whose product tells the highest throughput."""


class Measure(NamedTuple):
    """A piece of work, how much of it one call does, and in what unit."""

    work: Callable[[], object]
    amount: float


def best(measures: dict[str, Measure], rounds: int) -> dict[str, float]:
    """The highest rate of each, in its unit a second of the clock, over rounds in turns."""
    rates = dict.fromkeys(measures, 0.0)
    for _ in range(rounds):
        for name, (work, amount) in measures.items():
            begun = time.perf_counter()
            work()
            rates[name] = max(rates[name], amount / (time.perf_counter() - begun))
    return rates


def product(rows: int, inner: int, columns: int, kind: torch.dtype) -> Measure:
    """Products of a matrix (rows, inner) with the transpose of one (columns, inner), in GFLOP."""
    left, right = torch.rand(rows, inner).to(kind), torch.rand(columns, inner).to(kind)
    times = max(1, int(2e10 / (2 * rows * inner * columns)))

    def work() -> None:
        for _ in range(times):
            torch.mm(left, right.t())

    return Measure(work, times * 2e-9 * rows * inner * columns)


def layers(tokens: int, kind: torch.dtype) -> Measure:
    """The products of the encoder's layers on one batch, attention apart, in GFLOP."""
    shapes = [(DIM, DIM)] * 4 + [(DIM, WIDE), (WIDE, DIM)]
    parts = [product(tokens, inner, out, kind) for inner, out in shapes]

    def work() -> None:
        for part in parts:
            part.work()

    return Measure(work, sum(part.amount for part in parts))


def copying() -> Measure:
    """Copies of 256 MB, in GB read and written."""
    source = np.ones(1 << 25)
    target = np.empty_like(source)
    return Measure(lambda: np.copyto(target, source), 2e-9 * source.nbytes)


def encoding(kind: str) -> tuple[Measure, float]:
    """Encoding of sentences, in tokens of them; GFLOP of matrix products a token, padding in."""
    chosen = Settings().embed
    encoder = load_encoder(chosen.model, sha256=chosen.sha256, dtype=kind)
    texts = sentences(TEXTS)
    lengths = [len(ids) for ids in encoder.model.tokenizer(texts)["input_ids"]]
    batches = by_length(lengths, 8, chosen.batch_tokens)
    padded = sum(length * rows for _, length, rows in batches)
    attention = sum(rows * 4 * length * length * DIM for _, length, rows in batches)
    flop = LAYERS * (padded * 2 * (4 * DIM * DIM + 2 * DIM * WIDE) + attention)
    tokens = chosen.batch_tokens

    def work() -> None:
        embed_texts(texts, encoder, batch_tokens=tokens, cache=None)

    return Measure(work, sum(lengths)), 1e-9 * flop / sum(lengths)


def neighbouring() -> tuple[Measure, float]:
    """Windowed neighbours of made-up claims, in million pairs of products; pairs that are near."""
    vectors, days, _ = made_up(CLAIMS, DAYS)
    chosen = {"window_days": WINDOW, "min_cosine": COSINE}
    pairs = sum(
        (rows.stop - rows.start) * (columns.stop - columns.start)
        for rows, columns in Window(days, days, WINDOW).blocks()
    )
    found = len(window_neighbours(vectors, days, days, **chosen)[0])
    return Measure(lambda: window_neighbours(vectors, days, days, **chosen), pairs * 1e-6), found


def parsing() -> dict[str, Measure]:
    """Parses as kept, and those of the bare pipeline, both in thousand words."""
    model = Settings().extract.model
    where = districts()
    texts = [document(n, where).split("---\n", 2)[2] for n in range(DOCUMENTS)]
    words = 1e-3 * sum(len(text.split()) for text in texts)
    nlp = syntax.load(model)

    def kept() -> None:
        syntax._memory.clear()
        syntax.parse_bytes(texts, model=model)

    return {
        "parsing": Measure(kept, words),
        "spaCy alone": Measure(lambda: list(nlp.pipe(texts)), words),
    }


def main(rounds: int, out: Path | None) -> None:
    """Measure and write the table."""
    torch.set_num_threads(1)
    kind = torch.bfloat16 if native_bfloat16() else torch.float32
    name, tokens = str(kind).removeprefix("torch."), Settings().embed.batch_tokens
    encode, gigaflop = encoding(name)
    near, found = neighbouring()
    rate = best(
        {
            "square": product(LARGE, LARGE, LARGE, kind),
            "layers": layers(tokens, kind),
            "block": product(ROWS, DIM, COLUMNS, kind),
            "copy": copying(),
            "encoding": encode,
            "neighbours": near,
            **parsing(),
        },
        rounds,
    )
    encoded = rate["encoding"] * gigaflop
    products, traffic = rate["neighbours"] * 2e-3 * DIM, rate["neighbours"] * 8e-3
    rows = [
        ("encoding", f"{rate['encoding']:,.0f} tokens/s = {encoded:,.0f} GFLOP/s",
         f"large square products, {rate['square']:,.0f} GFLOP/s", encoded / rate["square"]),
        ("", "", f"its layers' products alone, {rate['layers']:,.0f} GFLOP/s",
         encoded / rate["layers"]),
        ("neighbours", f"{rate['neighbours']:,.0f} million pairs/s = {products:,.0f} GFLOP/s",
         f"products of its blocks alone, {rate['block']:,.0f} GFLOP/s",
         products / rate["block"]),
        ("", f"{traffic:,.1f} GB/s, each product written and read once",
         f"copying, {rate['copy']:,.1f} GB/s", traffic / rate["copy"]),
        ("parsing", f"{rate['parsing']:,.1f} thousand words/s, with the bytes that are kept",
         f"spaCy alone in its own batches, {rate['spaCy alone']:,.1f} thousand words/s",
         rate["parsing"] / rate["spaCy alone"]),
    ]  # fmt: skip
    table = [
        "# Distance from the limits",
        "",
        f"`python benchmarks/limits.py`: one thread, {name} products, best of {rounds} rounds in",
        f"turns. {TEXTS:,} sentences of 4 to 60 words; {CLAIMS:,} made-up claims over {DAYS:.0f}",
        f"days, window {WINDOW:.0f} days, {found:,} pairs near; {DOCUMENTS} made-up accounts.",
        "",
        "| stage | does | limit | reaches |",
        "|---|---|---|---|",
        *(f"| {stage} | {does} | {limit} | {share:.0%} |" for stage, does, limit, share in rows),
        "",
    ]
    print("\n".join(table))
    if out:
        out.write_text("\n".join(table), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    main(arguments.rounds, arguments.out)
