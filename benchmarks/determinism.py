"""Shuffle, rename and re-run the Helmand case; every run must give one hash.

python benchmarks/determinism.py --runs 20
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

CASE = Path(__file__).parent.parent / "fixtures/helmand-2020"
DIGEST = """
import hashlib, json, sys
import compare
from compare.schema import TABLES
c = compare.run(sys.argv[1])
d = hashlib.sha256(c.vectors.tobytes())
for name in TABLES:
    table = getattr(c, name).drop(columns="path", errors="ignore")
    d.update(table.to_json(orient="split", double_precision=15).encode())
print(d.hexdigest())
"""


def shuffled(root: Path, seed: int) -> Path:
    """The documents with other names in another order; documents.csv follows."""
    shutil.copytree(CASE, root)
    files = sorted((root / "documents").iterdir())
    names = [f"{n:03}" for n in range(len(files))]
    random.Random(seed).shuffle(names)
    table = root / "documents.csv"
    lines = table.read_text(encoding="utf-8") if table.exists() else ""
    for file, name in zip(files, names, strict=True):
        new = f"{name}{file.suffix}"
        lines = lines.replace(file.name, new)
        file.rename(file.with_name(new))
    if lines:
        table.write_text(lines, encoding="utf-8")
    return root


def main() -> None:
    """Run and report the hashes found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    options = parser.parse_args()
    found: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for run in range(options.runs):
            case = shuffled(Path(folder) / str(run), run)
            threads = str(1 + run % 2)
            environment = os.environ | {"PYTHONHASHSEED": str(run), "OMP_NUM_THREADS": threads}
            done = subprocess.run(
                [sys.executable, "-c", DIGEST, str(case)],
                env=environment, capture_output=True, text=True, check=True,
            )  # fmt: skip
            digest = done.stdout.split()[-1]
            found.setdefault(digest, []).append(f"seed {run}, {threads} threads")
            print(f"{run + 1}/{options.runs} {digest[:16]}", flush=True)
    print(json.dumps({"runs": options.runs, "hashes": len(found)}))
    if len(found) > 1:
        sys.exit(f"more than one result: {found}")


if __name__ == "__main__":
    main()
