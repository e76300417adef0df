"""Speed of encoding beside the default `encode`, closeness of the vectors, and the cache.

Run: python benchmarks/embedding.py [--texts 2000] [--out docs/benchmarks/embedding.md]

Texts are sentences of the case in `fixtures/`, cut to every length they have,
so that short and long ones are mixed; none occurs twice. The methods run in
turns, several rounds, and the ratio is that of their least times.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import numpy as np

from compare.embed import DEFAULT_MODEL, embed_texts, load_encoder
from compare.read import read_case
from compare.settings import Settings
from compare.weights import folder

CASE = Path(__file__).parent.parent / "fixtures" / "helmand-2020"


def sentences(count: int) -> list[str]:
    """Distinct runs of 4 to 60 words from the documents of the case."""
    words = " ".join(read_case(CASE).documents["text"]).split()
    rng = np.random.default_rng(7)
    found: dict[str, None] = {}
    while len(found) < count:
        start, length = rng.integers(0, len(words)), int(rng.gamma(2.5, 9)) + 4
        found[" ".join(words[start : start + min(length, 60)])] = None
    return list(found)


def main(count: int, rounds: int, out: Path | None) -> None:
    """Encode with each method in turns and write the table."""
    from sentence_transformers import SentenceTransformer

    chosen = Settings().embed
    texts = sentences(count)
    encoder = load_encoder(chosen.model, sha256=chosen.sha256, dtype=chosen.dtype)
    plain = SentenceTransformer(str(folder(DEFAULT_MODEL)), device="cpu", local_files_only=True)
    methods = {
        "default `encode`": lambda: plain.encode(texts, normalize_embeddings=True),
        "claim-compare": lambda: embed_texts(
            texts, encoder, batch_tokens=chosen.batch_tokens, cache=None
        ),
    }
    spent: dict[str, list[float]] = {name: [] for name in methods}
    vectors: dict[str, np.ndarray] = {}
    for _ in range(rounds):
        for name, run in methods.items():
            start = time.process_time()
            vectors[name] = run()
            spent[name].append(time.process_time() - start)
    cosine = np.einsum("ij,ij->i", *vectors.values())
    seen: list[tuple[int, int]] = []
    with tempfile.TemporaryDirectory() as place:
        for _ in range(2):
            seen.clear()
            start = time.process_time()
            embed_texts(
                texts,
                encoder,
                batch_tokens=chosen.batch_tokens,
                cache=Path(place),
                progress=lambda done, total: seen.append((done, total)),
            )
            again = time.process_time() - start
    base, ours = (min(spent[name]) for name in methods)
    table = [
        "# Encoding",
        "",
        f"{count} distinct texts of 4 to 60 words, {rounds} rounds in turns, least processor time;",
        f"layers in {encoder.dtype}. Run: `python benchmarks/embedding.py`.",
        "",
        "| what | figure |",
        "|---|---|",
        f"| default `encode` | {base:.1f} s, {count / base:.0f} texts a second |",
        f"| claim-compare | {ours:.1f} s, {count / ours:.0f} texts a second |",
        f"| times as fast | {base / ours:.2f} |",
        f"| least cosine to the default's vectors | {cosine.min():.5f} |",
        f"| second run with the cache | {again:.2f} s, {seen[-1][1] - seen[0][0]} texts encoded |",
        "",
    ]
    print("\n".join(table))
    if out:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text("\n".join(table), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    main(arguments.texts, arguments.rounds, arguments.out)
