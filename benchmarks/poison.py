"""One poisoned document among 1,000: what it costs, and what becomes of the others.

python benchmarks/poison.py [--others 999]
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from compare import read_case

OTHERS = 999
TESTS = Path(__file__).parent.parent / "tests"
SENTENCE = "The ministry said on Monday that {} people had been killed in the attack on the city."


def pdf(stream: bytes, *filters: str) -> bytes:
    """A PDF of one page with the content `stream`, packed once for each of `filters`."""
    for _ in filters:
        stream = zlib.compress(stream, 9)
    packing = f"/Filter [{' '.join('/' + f for f in filters)}]".encode()
    return (
        b"%%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>\nendobj\n"
        b"4 0 obj\n<< /Length %d %s >>\nstream\n%s\nendstream\nendobj\n"
        b"5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n"
        b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n0\n%%%%EOF\n"
        % (len(stream), packing, stream)
    )


def poisons() -> dict[str, bytes]:
    """By file name: those of the tests, and some that take their parser to its limits."""
    spec = importlib.util.spec_from_file_location("paths", TESTS / "test_paths.py")
    assert spec is not None and spec.loader is not None
    tests = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tests)
    bomb: Callable[[str], bytes] = tests.bomb
    show = b"BT /F1 12 Tf 50 700 Td " + b"(a) Tj " * 5_000_000 + b"ET"
    return {
        "zip-bomb.docx": bomb("docx"),
        "attributes.html": bomb("attributes.html"),
        "deep.html": bomb("deep.html"),
        "unclosed.html": bomb("open.html"),
        "entities.html": bomb("entities.html"),
        "deep.pdf": bomb("deep.pdf"),
        "endless.pdf": pdf(show, "FlateDecode"),
        "flate-bomb.pdf": pdf(bytes(1 << 30), "FlateDecode", "FlateDecode"),
        "huge.txt": SENTENCE.format(12).encode() * 100_000,
        "nul.txt": b"\0" * 10_000_000,
        "one-line.md": b"---\npublisher: " + b"[" * 60_000 + b"\n---\n" + SENTENCE.encode(),
    }


def measured(root: Path) -> tuple[float, float, Any]:
    """Seconds to read the case, of those on a processor (with the child's), and the case."""
    begun, used = time.monotonic(), os.times()
    case = read_case(root)
    after = os.times()
    return time.monotonic() - begun, sum(after[:4]) - sum(used[:4]), case


def costs(others: int) -> Iterator[dict[str, Any]]:
    """What each poison costs among `others` documents, a row each; first, none."""
    with tempfile.TemporaryDirectory() as folder:
        documents = Path(folder) / "documents"
        documents.mkdir()
        for n in range(others - 1):
            text = f"---\npublisher: P\npublished: 2020-10-14\n---\n{SENTENCE.format(n)}"
            (documents / f"{n:04}.md").write_text(text, encoding="utf-8")
        # A document that starts the child process, which the poisoned one must not pay for.
        (documents / "page.html").write_text(f"<p>{SENTENCE.format(others)}</p>", encoding="utf-8")
        clean, used, case = measured(Path(folder))
        yield {
            "poison": "none",
            "seconds": clean,
            "processor": used,
            "lost": others - len(case.documents),
        }
        for name, data in poisons().items():
            path = documents / name
            path.write_bytes(data)
            seconds, processor, case = measured(Path(folder))
            path.unlink()
            rows = case.problems[case.problems["path"] == f"documents/{name}"]
            kept = int((case.documents["path"] != f"documents/{name}").sum())
            yield {
                "poison": name, "bytes": len(data), "seconds": seconds - clean,
                "processor": processor - used, "lost": others - kept,
                "said": [f"{r.kind}: {r.message[:80]}" for r in rows.itertuples()],
            }  # fmt: skip


def main() -> None:
    """Print one line a poison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--others", type=int, default=OTHERS, help="documents beside the poison")
    for row in costs(parser.parse_args().others):
        print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
