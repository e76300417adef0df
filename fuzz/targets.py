"""What is fuzzed: each target takes bytes and holds what must hold for any input.

Only errors of `compare.errors` are caught; anything else is a fault.
"""

from __future__ import annotations

from collections.abc import Callable

from files import FILES, ROWS, case, exchange, tables
from formats import SECONDS, outside, sandbox
from parsers import (
    dates,
    dates_published,
    encodings,
    front_matter,
    numbers,
    places,
    quotes,
    rows_of_csv,
)
from stages import DOCUMENTS, attributions, flow

__all__ = ["HOLDS", "SECONDS", "TARGETS"]

TARGETS: dict[str, Callable[[bytes], None]] = {
    "front_matter": front_matter,
    "rows_of_csv": rows_of_csv,
    "dates_published": dates_published,
    "encodings": encodings,
    "quotes": quotes,
    "attributions": attributions,
    "numbers": numbers,
    "dates": dates,
    "places": places,
    "flow": flow,
    "outside": outside,
    "sandbox": sandbox,
    "case": case,
    "tables": tables,
    "exchange": exchange,
}
HOLDS: dict[str, int] = {"flow": DOCUMENTS, "case": FILES, "tables": ROWS}
"""How many documents, or rows of a kind, an input of a target is made into; one where not told."""
