"""What is fuzzed: each target takes bytes and holds what must hold for any input.

Only errors of `compare.errors` are caught; anything else is a fault.
"""

from __future__ import annotations

from collections.abc import Callable

from files import SECONDS, case, exchange, outside, tables
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
from stages import attributions, flow

__all__ = ["SECONDS", "TARGETS"]

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
    "case": case,
    "tables": tables,
    "exchange": exchange,
}
