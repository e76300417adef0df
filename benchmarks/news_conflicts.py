"""What is called a conflict when whole articles of general news are compared, to be read by hand.

    python benchmarks/news_conflicts.py --data ../shared/data --set news_clusters [--out FILE]

Sets: news_clusters (with dates), ecbplus_dev, ecbplus_train, fnc1 (30 clusters of bodies that
share a headline, drawn with a seed), fnc1_others (30 of the rest). Every cluster is a case of its
own. Printed are, for each cluster, documents, claims, pairs called a conflict and disputed rows;
the file lists every such pair with its reason and both contents. Whether it is one is for a reader
to say.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tempfile
from collections import defaultdict
from functools import partial
from pathlib import Path

import compare
from compare.evaluate.relations_sets import read_rows

SEED, OTHER_SEED, DRAWN = 11, 23, 30
Cluster = list[tuple[str, str]]
"""Front matter and text of each article."""


def joined(words: list[str]) -> str:
    """The words of a sentence as they would be printed."""
    text = " ".join(words).replace("``", '"').replace("''", '"')
    text = re.sub(r" ([.,;:!?%)\]])", r"\1", re.sub(r"([(\[$]) ", r"\1", text))
    text = re.sub(r" (?:'|’) ?(s|re|ve|ll|d|m|t)\b", r"'\1", text)
    text = re.sub(r"(?<=\w) ([-–/]) (?=\w)", r"\1", text)
    return re.sub(r"(?<=\d)([,.:]) (?=\d)", r"\1", text)


def news_clusters(data: Path) -> dict[str, Cluster]:
    """Articles of several outlets on one event, dated where the data dates them."""
    found: dict[str, Cluster] = defaultdict(list)
    for row in read_rows(data / "events" / "news_clusters_dev.jsonl.gz"):
        head = f"publisher: {row['source']}\ntitle: {json.dumps(row['title'])}\n"
        if row["date_publish"]:
            head += f"published: {str(row['date_publish'])[:10]}\n"
        found[str(row["event"])].append((head, str(row["text"] or row["title"])))
    return found


def ecbplus(data: Path, split: str) -> dict[str, Cluster]:
    """Articles of one subtopic of ECB+, undated."""
    found: dict[str, Cluster] = defaultdict(list)
    for row in read_rows(data / "events" / "ecbplus_docs.jsonl.gz"):
        if row["split"] == split:
            sentences: list[list[str]] = row["sentences"]
            head = f"publisher: Paper {row['doc_id']}\n"
            found[str(row["subtopic"])].append((head, "\n\n".join(map(joined, sentences))))
    return found


def fnc1(data: Path, *, others: bool = False) -> dict[str, Cluster]:
    """Three to twelve bodies that one or several headlines are about, undated; some of them."""
    bodies = {
        r["body_id"]: str(r["body"]) for r in read_rows(data / "relations/fnc1_bodies.jsonl.gz")
    }
    above: dict[object, object] = {}

    def head(node: object) -> object:
        above.setdefault(node, node)
        while above[node] != node:
            node = above[node]
        return node

    for row in read_rows(data / "relations" / "fnc1_stances.jsonl.gz"):
        if row["stance"] != "unrelated":
            above[head(("headline", row["headline"]))] = head(("body", row["body_id"]))
    groups: dict[object, list[object]] = defaultdict(list)
    for body in bodies:
        groups[head(("body", body))].append(body)
    fitting = sorted((sorted(g, key=str) for g in groups.values() if 3 <= len(g) <= 12), key=str)
    clusters = [[(f"publisher: Paper {b}\n", bodies[b]) for b in g] for g in fitting]
    drawn = random.Random(SEED).sample(clusters, min(DRAWN, len(clusters)))
    if others:
        rest = [cluster for cluster in clusters if cluster not in drawn]
        rest.sort(key=lambda cluster: str([head for head, _ in cluster]))
        drawn = random.Random(OTHER_SEED).sample(rest, min(DRAWN, len(rest)))
    return {f"{n:02}": cluster for n, cluster in enumerate(drawn)}


def conflicts(cluster: Cluster, room: Path) -> tuple[str, list[str]]:
    """Counts of one cluster, and a paragraph for each pair called a conflict."""
    (room / "documents").mkdir(parents=True)
    for n, (head, text) in enumerate(cluster):
        (room / "documents" / f"{n:02}.md").write_text(f"---\n{head}---\n{text}", encoding="utf-8")
    found = compare.run(room)
    told = found.claims.set_index("claim_id")["content"]
    called = found.judgements[found.judgements["relation"] == "conflict"]
    disputed = int((found.discrepancies["verdict"] == "disputed").sum())
    count = (
        f"{len(found.documents)} documents, {len(found.claims)} claims, {len(called)} conflicts of "
        f"{len(found.judgements)} pairs, {disputed} disputed rows of {len(found.discrepancies)}"
    )
    return count, [
        f"{r.aspect}, {r.cause}: {r.reason}\n  {told[r.claim_id_l]!r}\n  {told[r.claim_id_r]!r}"
        for r in called.itertuples()
    ]


def main() -> None:
    """Every cluster of a set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--set", default="news_clusters", choices=[
        "news_clusters", "ecbplus_dev", "ecbplus_train", "fnc1", "fnc1_others",
    ])  # fmt: skip
    parser.add_argument("--out", type=Path, help="file for the pairs")
    options = parser.parse_args()
    if not options.data.is_dir():
        parser.error(f"{options.data} is no folder; give --data, see docs/evaluation.md")
    others = partial(fnc1, others=True)
    sets = {"news_clusters": news_clusters, "fnc1": fnc1, "fnc1_others": others}
    name, _, split = options.set.partition("_")
    clusters = (
        ecbplus(options.data, split) if name == "ecbplus" else sets[options.set](options.data)
    )
    pairs = []
    with tempfile.TemporaryDirectory() as room:
        for cluster, articles in sorted(clusters.items()):
            count, told = conflicts(articles, Path(room) / cluster)
            print(f"{cluster}: {count}", flush=True)
            pairs += [f"{cluster} {pair}" for pair in told]
    print(f"{len(pairs)} conflicts")
    if options.out:
        options.out.write_text("\n\n".join(pairs), encoding="utf-8")


if __name__ == "__main__":
    main()
