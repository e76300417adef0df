"""The same accounts give the same tables: whatever the file names, order, threads, hash seed."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

CASE = Path("fixtures/helmand-2020")
CHOSEN = 14
"""Documents used here; `benchmarks/determinism.py` shuffles the whole case twenty times."""

DIGEST = """
import hashlib, json, sys
import compare
from compare.schema import TABLES
c = compare.run(sys.argv[1])
found = {}
for name in TABLES:
    table = getattr(c, name).drop(columns="path", errors="ignore")
    text = table.to_json(orient="split", double_precision=15)
    found[name] = hashlib.sha256(text.encode()).hexdigest()
found["vectors"] = hashlib.sha256(c.vectors.tobytes()).hexdigest()
print(json.dumps(found))
"""


def digests(case: Path, *, seed: str, threads: str) -> dict[str, str]:
    environment = os.environ | {"PYTHONHASHSEED": seed, "OMP_NUM_THREADS": threads}
    done = subprocess.run([sys.executable, "-c", DIGEST, str(case)], env=environment,
                          capture_output=True, text=True, check=True)  # fmt: skip
    found: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return found


def copied(root: Path, *, renamed: bool) -> Path:
    """The same documents, under names that sort the other way round where `renamed`."""
    files = sorted(f for f in (CASE / "documents").iterdir() if f.suffix in (".md", ".txt"))
    (root / "documents").mkdir(parents=True)
    for number, file in enumerate(files[:CHOSEN]):
        name = f"{CHOSEN - number:02}{file.suffix}" if renamed else file.name
        shutil.copy(file, root / "documents" / name)
    return root


def test_names_threads_and_hash_seed_change_nothing(tmp_path: Path) -> None:
    first = digests(copied(tmp_path / "a", renamed=False), seed="1", threads="1")
    second = digests(copied(tmp_path / "b", renamed=True), seed="2", threads="2")
    assert first == second
