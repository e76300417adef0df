"""Speed of the typed judges, and how few pairs the inference model is asked about.

Run: python benchmarks/judging.py [--out docs/benchmarks/judging.md]

The claims are those of the project's own gold, which come in pairs. They are shuffled with a
fixed seed and cut into clusters, each pair within one; every cluster is one event. Beside it,
in the same run, the inference model on all pairs within the clusters: its speed from a sample,
its recall from the gold pairs, whose answers do not depend on what else is asked. Times are
processor time of one process, on one thread where OMP_NUM_THREADS is 1.
"""

from __future__ import annotations

import argparse
import random
import time
from dataclasses import replace
from itertools import combinations
from pathlib import Path

from compare.embed import embed_claims
from compare.evaluate.relations import read_gold
from compare.evaluate.relations_inference import inference_alone
from compare.evaluate.relations_pairs import Tables, parse_tables, tables_of
from compare.judge import judge_pairs
from compare.judge.compare_claims import compare_claims, slight
from compare.judge.figures import Limits
from compare.judge.inference import SHIPPED, probabilities
from compare.judge.lexicon import load
from compare.judge.pairs import Pair, alike, candidates
from compare.judge.sides import build
from compare.settings import Settings, chosen

ROOT = Path(__file__).parent.parent
SEED, SAMPLE = 7, 300
INPUTS = ("claims", "documents", "sources", "values", "assertions", "when_where")


def clusters(size: int) -> tuple[Tables, list[tuple[Pair, bool]]]:
    """The tables of all gold pairs, `size` claims an event, and which pairs conflict."""
    gold = [read_gold(ROOT / f"fixtures/gold/relations_{half}.csv") for half in ("dev", "test")]
    both = [(row, pair) for rows, pairs in gold for row, pair in zip(rows, pairs, strict=True)]
    random.Random(SEED).shuffle(both)
    # Speakers of different pairs are different people, so that each claim meets each other.
    named = [
        (replace(left, source=f"{left.source} {i}"), replace(right, source=f"{right.source} {i}"))
        for i, (_, (left, right)) in enumerate(both)
    ]
    case = parse_tables(tables_of(named), Settings())
    ids = case["claims"]["claim_id"].tolist()
    event = [1 + i // size for i in range(len(ids))]
    case["events"] = case["events"].assign(event_id=event, story_id=event)
    pairs = list(zip(ids[::2], ids[1::2], strict=True))
    against = [row["relation"] == "conflict" for row, _ in both]
    return case, list(zip(pairs, against, strict=True))


def main() -> None:
    """Measure, print, and write the table where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--size", type=int, default=120, help="claims in a cluster")
    options = parser.parse_args()
    judge = Settings().judge.model_copy(update={"inference_model": SHIPPED})
    settings = Settings().model_copy(update={"judge": judge})
    case, gold = clusters(options.size)
    lexicon = load()
    limits = Limits(judge.near_bounds, judge.window_days, judge.growth_days, judge.slip_days)
    sides = build(*(case[name] for name in INPUTS), lexicon)
    placed = {
        r["claim_id"]: (r["event_id"], r["story_id"]) for r in case["events"].to_dict("records")
    }
    began = time.process_time()
    topics = dict(candidates(sides, placed))
    blocked = time.process_time() - began
    found = {}
    began = time.process_time()
    for (left, right), shared in topics.items():
        found[left, right] = compare_claims(sides[left], sides[right], shared, limits, lexicon)
    spent = time.process_time() - began
    judgements = sum(map(len, found.values()))

    vectors = embed_claims(case["claims"], **settings.embed.model_dump(), cache=None)
    settled = {pair for pair, findings in found.items() if not all(map(slight, findings))}
    asked = alike(sides, placed, case["claims"], vectors, settled,
                  least=judge.inference_cosine, most=judge.inference_neighbours,
                  window_days=judge.window_days)  # fmt: skip
    members: dict[int, int] = {}
    for event, _ in placed.values():
        members[event] = members.get(event, 0) + 1
    everything = sum(n * (n - 1) // 2 for n in members.values())

    texts = dict(zip(case["claims"]["claim_id"], case["claims"]["content"], strict=True))
    every = [p for p in combinations(sorted(texts), 2) if placed[p[0]] == placed[p[1]]]
    sample = [(texts[a], texts[b]) for a, b in random.Random(SEED).sample(every, SAMPLE)]
    probabilities(sample[:8], model=SHIPPED, labels=())
    began = time.process_time()
    probabilities(sample, model=SHIPPED, labels=())
    per_pair = (time.process_time() - began) / SAMPLE

    judged = judge_pairs(
        *(case[name] for name in (*INPUTS, "events")), vectors,
        **chosen(judge_pairs, settings, "judge"),
    )  # fmt: skip
    conflicts = judged[judged["relation"] == "conflict"]
    ours = set(zip(conflicts["claim_id_l"], conflicts["claim_id_r"], strict=True))
    right = [tuple(sorted(pair)) for pair, against in gold if against]
    recall = sum(pair in ours for pair in right) / len(right)
    alone = sum(inference_alone([(texts[a], texts[b]) for a, b in right])) / len(right)

    lines = [
        "# Judging", "",
        f"`python benchmarks/judging.py --size {options.size}`: {len(texts)} claims of own gold in "
        f"{len(members)} clusters; seconds of processor time.", "",
        "| what | figure |", "|---|---|",
        f"| pairs within clusters | {everything:,} |",
        f"| candidate pairs of the typed judges | {len(topics):,}, found in {blocked:.2f} s |",
        f"| typed judgements | {judgements:,} in {spent:.2f} s |",
        f"| pairs ruled on a processor second | {len(topics) / spent:,.0f} |",
        f"| typed judgements a processor second | {judgements / spent:,.0f} |",
        f"| the model, pairs a second in the same run (one direction) | {1 / per_pair:,.0f} |",
        f"| a typed ruling is faster than a model's answer | {per_pair * len(topics) / spent:,.0f} "
        "times |",
        f"| pairs the model is asked about | {len(asked):,} |",
        f"| fewer than all pairs | {everything / max(1, len(asked)):,.0f} times |",
        f"| recall of the {len(right)} gold conflicts, judges and those pairs | {recall:.3f} |",
        f"| recall, the model on all pairs | {alone:.3f} |",
    ]  # fmt: skip
    text = "\n".join(lines) + "\n"
    print(text)
    if options.out is not None:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
