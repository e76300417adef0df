"""The whole job beside what a user would put together from well-known parts.

    python benchmarks/whole_job.py [--documents 300] [--data DIR --articles 40]
                                   [--out docs/benchmarks/whole-job.md]

The other way, `parts`: spaCy in batches; textacy's direct quotations, and every other
sentence as a claim, since it has no indirect speech; sentence-transformers' default
`encode`; `community_detection`; and a CrossEncoder on all pairs within a cluster, one
direction each, with its defaults. It is given the same weights as the toolkit: one parser,
one encoder, one inference model.

The toolkit runs twice: `ours` by its defaults, and `ours + model` with its inference
model asked where nothing typed decides.

The cases: Helmand, whose gold gives figures of quality; made-up accounts; and, where `--data`
names the evaluation data, articles of many outlets. Each way runs on the same documents in a
process of its own, with nothing kept from before; seconds of processor time, of child
processes too. Set OMP_NUM_THREADS=1 for one thread.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Collection, Mapping
from contextlib import suppress
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from accounts import write_case

CASE = Path(__file__).parent.parent / "fixtures/helmand-2020"
WAYS = ("ours", "ours + model", "parts")
COSINE = 0.6
"""Threshold of community_detection. Its default, 0.75, leaves most claims alone: B-cubed F1 is
0.327 on the Helmand case with it, 0.397 with 0.6, 0.464 with 0.5, which has 2.6 times the pairs."""
NEAR = 0.3
"""Intersection over union from which a claim stands for a claim of gold."""
SPEECH = "overlap 0.3"


class Watch:
    """Processor seconds by step, of this process and of its children that have ended."""

    def __init__(self) -> None:
        """Start."""
        self.seconds: dict[str, float] = {}
        self.at = sum(os.times()[:4])

    def lap(self, step: str) -> None:
        """What was spent since the last lap was spent on `step`."""
        now = sum(os.times()[:4])
        self.seconds[step] = self.seconds.get(step, 0.0) + now - self.at
        self.at = now


def ours(case: Path, model: str | None) -> dict[str, Any]:
    """The toolkit, nothing kept from before, with the inference model `model` or none."""
    watch = Watch()
    import compare
    from compare.read import read_case

    watch.lap("load code")
    defaults = read_case(case).settings
    judge = defaults.judge.model_copy(update={"inference_model": model})
    watch.lap("read")
    found = compare.run(
        case, settings=defaults.model_copy(update={"judge": judge}), workers=1,
        observer=lambda stage, done, total: watch.lap(stage),
    )  # fmt: skip
    watch.lap("tabulate")
    against = found.judgements[found.judgements["relation"] == "conflict"]
    conflicts = {frozenset(p) for p in against[["claim_id_l", "claim_id_r"]].to_numpy().tolist()}
    event = dict(zip(found.events["claim_id"], found.events["event_id"].tolist(), strict=True))
    return {
        "seconds": watch.seconds, "claims": len(found.claims), "pairs": len(found.judgements),
        "quality": quality(found.claims, found.documents, event, conflicts, case),
    }  # fmt: skip


def parts(case: Path) -> dict[str, Any]:
    """The parts a user would pick, with their defaults."""
    watch = Watch()
    import spacy
    from sentence_transformers import CrossEncoder, SentenceTransformer
    from sentence_transformers.util import community_detection
    from textacy.extract.triples import direct_quotations

    from compare.read import read_case
    from compare.settings import Settings
    from compare.weights import folder

    watch.lap("load code")
    documents = read_case(case).documents
    watch.lap("read")
    nlp = spacy.load(Settings().extract.model)
    watch.lap("load models")
    rows: list[dict[str, Any]] = []
    for name, doc in zip(documents["document_id"], nlp.pipe(documents["text"].tolist()),
                         strict=True):  # fmt: skip
        watch.lap("parse")
        said: list[tuple[int, int]] = []
        with suppress(ValueError):  # an odd number of quotation marks
            said = [(c.start_char, c.end_char) for _, _, c in direct_quotations(doc)]
        rest = [(s.start_char, s.end_char) for s in doc.sents
                if not any(a < s.end_char and s.start_char < b for a, b in said)]  # fmt: skip
        rows += [
            {"claim_id": f"{name}:{a}-{b}", "document_id": name, "start": a, "end": b,
             "content": doc.text[a:b], "kind": kind, "source": "", "cue": ""}
            for kind, spans in (("direct", said), ("narration", rest)) for a, b in spans
        ]  # fmt: skip
        watch.lap("quotations")
    claims = pd.DataFrame(rows)
    encoder = SentenceTransformer(str(folder(Settings().embed.model)), device="cpu")
    watch.lap("load models")
    vectors = encoder.encode(claims["content"].tolist(), show_progress_bar=False,
                             convert_to_tensor=True)  # fmt: skip
    watch.lap("encode")
    clusters = community_detection(vectors, threshold=COSINE, min_community_size=2)
    event = {row["claim_id"]: -1 for row in rows}
    for number, members in enumerate(clusters, start=1):
        event |= {rows[m]["claim_id"]: number for m in members}
    watch.lap("cluster")
    pairs = [pair for members in clusters for pair in combinations(sorted(members), 2)]
    with tempfile.TemporaryDirectory() as place:
        contradiction = plain_cross_encoder(place)
        watch.at = sum(os.times()[:4])  # a user has the model as a folder
        judge = CrossEncoder(place, device="cpu")
        watch.lap("load models")
        texts = [(rows[a]["content"], rows[b]["content"]) for a, b in pairs]
        said_of = judge.predict(texts, show_progress_bar=False) if pairs else np.zeros((0, 3))
    conflicts = {
        frozenset((rows[a]["claim_id"], rows[b]["claim_id"]))
        for (a, b), best in zip(pairs, said_of.argmax(axis=1), strict=True)
        if best == contradiction
    }
    watch.lap("infer")
    return {"seconds": watch.seconds, "claims": len(claims), "pairs": len(pairs),
            "quality": quality(claims, documents, event, conflicts, case)}  # fmt: skip


def plain_cross_encoder(place: str) -> int:
    """Save the shipped model as any CrossEncoder is; which of its outputs is contradiction."""
    from compare.judge.inference import LABELS, SHIPPED
    from compare.judge.inference.model import load

    model = load(SHIPPED, ())
    model.net.save_pretrained(place)
    model.tokenizer.save_pretrained(place)
    return model.order[LABELS.index("contradiction")]


def quality(
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    event: Mapping[str, int],
    conflicts: Collection[frozenset[str]],
    case: Path,
) -> dict[str, float]:
    """F1 of spoken contents, B-cubed F1 of events, F1 of conflicts among the pairs of gold.

    Pairs that gold leaves open (conflict or something else) are left out. Claims of
    gold that were not found are events of their own, and in no conflict.
    """
    if not (case / "gold/claims.csv").is_file():
        return {}
    from compare.evaluate.case import score_attribution
    from compare.evaluate.case_gold import overlap, read_gold
    from compare.evaluate.partitions import apart, b_cubed
    from compare.evaluate.score import precision_recall

    gold = read_gold(case / "gold")
    paths = dict(zip(documents["document_id"], documents["path"], strict=True))
    spoken = score_attribution(claims, paths, gold["claims"], []).set_index(["what", "content"])
    spans: dict[str, list[tuple[tuple[int, int], str]]] = {}
    for row in claims.to_dict("records"):
        span = int(row["start"]), int(row["end"])
        spans.setdefault(paths[row["document_id"]], []).append((span, row["claim_id"]))

    def claim_at(document: str, start: str, end: str) -> str | None:
        wanted = int(start), int(end)
        near = [(overlap(wanted, span), name) for span, name in spans.get(document, [])]
        share, name = max(near, default=(0.0, ""))
        return name if share >= NEAR else None

    def claim_named(name: str) -> str | None:
        document, _, span = name.rpartition(":")
        return claim_at(document, *span.split("-"))

    labelled = [r for r in gold["events"] if r["event"]]
    at = [claim_at(r["document"], r["start"], r["end"]) for r in labelled]
    predicted = apart([event.get(name or "", -1) for name in at])
    sure = [r for r in gold["pairs"] if r["relation"] == "conflict"
            or "conflict" not in r["relation"].split("|")]  # fmt: skip
    found = [frozenset((claim_named(r["claim_a"]), claim_named(r["claim_b"]))) in conflicts
             for r in sure]  # fmt: skip
    true = [r["relation"] == "conflict" for r in sure]
    hits = sum(f and t for f, t in zip(found, true, strict=True))
    return {
        "speech F1": float(spoken.loc[("speech", SPEECH), "f1"]),
        "events B-cubed F1": b_cubed(predicted, [r["event"] for r in labelled])["f1"],
        "conflicts F1": precision_recall(hits, sum(found), sum(true))["f1"],
    }


def write_articles(root: Path, data: Path, size: int) -> Path:
    """A case of `size` articles that many outlets wrote of some events."""
    from compare.evaluate.event_data import lines

    rows = sorted(lines(data, "news_clusters_dev"), key=lambda r: (r["event_id"], r["id"]))[:size]
    folder = root / "documents"
    folder.mkdir(parents=True)
    (root / "case.toml").write_text('title = "Articles"\n', encoding="utf-8")
    for row in rows:
        dated = f"\npublished: {row['date_publish'][:10]}" if row["date_publish"] else ""
        head = f"publisher: {row['source']}{dated}"
        (folder / f"{row['id']}.md").write_text(f"---\n{head}\n---\n{row['text']}\n", "utf-8")
    return root


def tell(case: str, runs: Mapping[str, dict[str, Any]]) -> list[str]:
    """The lines of a case: one a way, then where the time of each went."""
    base = sum(runs["ours"]["seconds"].values())
    measures = list(runs["ours"]["quality"])
    head = ["way", "claims", "pairs", "seconds", "times ours", *measures]
    lines = [f"## {case}", "", "| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for way, run in runs.items():
        total = sum(run["seconds"].values())
        cells = [way, f"{run['claims']:,}", f"{run['pairs']:,}", f"{total:.1f}"]
        cells += [f"{total / base:.2f}", *(f"{run['quality'][m]:.3f}" for m in measures)]
        lines.append("| " + " | ".join(cells) + " |")
    lines += [""]
    for way, run in runs.items():
        spent = ", ".join(f"{step} {s:.1f}" for step, s in run["seconds"].items() if s >= 0.05)
        lines += [f"- {way}: {spent}"]
    return [*lines, ""]


def main() -> None:
    """Every way on every case."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=300, help="of made-up accounts; 0: none")
    parser.add_argument("--data", type=Path, help="folder of evaluation data")
    parser.add_argument("--articles", type=int, default=40, help="taken from --data")
    parser.add_argument("--out", type=Path, help="Markdown file to write")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        way, case = options.one[0], Path(options.one[1])
        model = "shipped" if way == "ours + model" else None
        print(json.dumps(parts(case) if way == "parts" else ours(case, model)))
        return
    told = [f"# The whole job\n\n`python benchmarks/whole_job.py --documents {options.documents}`"
            "; processor seconds, models' loading included.\n"]  # fmt: skip
    with tempfile.TemporaryDirectory() as room:
        cases = {"Helmand 2020": CASE}
        if options.documents:
            cases[f"{options.documents} made-up accounts"] = write_case(
                Path(room) / "accounts", options.documents
            )
        if options.data:
            cases[f"{options.articles} articles"] = write_articles(
                Path(room) / "articles", options.data, options.articles
            )
        for name, case in cases.items():
            runs = {}
            for way in WAYS:
                command = [sys.executable, __file__, "--one", way, str(case)]
                done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
                runs[way] = json.loads(done.stdout.splitlines()[-1])
            told += tell(name, runs)
            print("\n".join(told[-len(tell(name, runs)) :]), flush=True)
    if options.out:
        options.out.write_text("\n".join(told).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
