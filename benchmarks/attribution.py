"""Extraction without the parser's own time: words a second, share of the parse, growth.

Run: OMP_NUM_THREADS=1 python benchmarks/attribution.py

News is the passages of the gold files, joined into documents. The hostile texts are
quotation marks in every wrong order; each is read at two sizes, one eight times the
other, so that the growth exponent shows linear time (1) from quadratic (2).
"""

from __future__ import annotations

import math
import time
from pathlib import Path

from compare import syntax
from compare.evaluate.attribution_data import read_passages
from compare.extract.claims import claims_of
from compare.extract.quotes import find_paragraphs, find_quotes
from compare.extract.tokens import read_tokens
from compare.settings import Settings

GOLD = Path(__file__).parent.parent / "fixtures" / "gold" / "attribution.jsonl"
DOCUMENTS = 40
SMALL, FACTOR = 125_000, 8
"""Characters of a hostile text, and how much longer the second one is: 1 MB."""
HOSTILE = {
    "opening marks only": "“",
    "closing marks only": "”",
    "straight marks": '"',
    "single marks": "'a ",
    "opened and never closed": '"He said ',
    "every paragraph opens again": "“He left.\n\n",
    "nested without end": "“a ‘b ",
    "apostrophes of plurals": "the boys' dogs' ",
    "mixed marks": "\"“‘'’”«»",
}


def news() -> tuple[float, float, int]:
    """Seconds of parsing, seconds of extraction, words."""
    texts = [p.text for p in read_passages(GOLD)]
    size = len(texts) // DOCUMENTS
    documents = ["\n\n".join(texts[n * size : (n + 1) * size]) for n in range(DOCUMENTS)]
    model = Settings().extract.model
    syntax.load(model)
    begin = time.process_time()
    docs = syntax.annotate(documents, model=model)
    parsed = time.process_time()
    for doc in docs:
        claims_of(read_tokens(doc))
    return parsed - begin, time.process_time() - parsed, sum(len(d.split()) for d in documents)


def seconds(text: str) -> float:
    """Seconds to find the quotations of a text."""
    begin = time.process_time()
    find_quotes(text, find_paragraphs(text))
    return time.process_time() - begin


def main() -> None:
    """Print what was measured."""
    parse, extract, words = news()
    print(f"news: {words} words, {words / extract:,.0f} words a second without the parser")
    print(f"extraction takes {extract / parse:.2f} of the parser's time")
    for name, unit in HOSTILE.items():
        small = unit * (SMALL // len(unit))
        first, second = seconds(small), seconds(small * FACTOR)
        growth = math.log(second / first, FACTOR)
        print(f"{name}: {len(small) * FACTOR} characters in {second:.2f} s, growth {growth:.2f}")


if __name__ == "__main__":
    main()
