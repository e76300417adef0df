"""A short, repeatable slice of the fuzzing; `make fuzz` runs the rest, led by coverage."""

import importlib
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

FUZZ = str(Path(__file__).parent.parent / "fuzz")
sys.path.insert(0, FUZZ)
try:
    targets = importlib.import_module("targets")
    text_of: Callable[[bytes], str] = importlib.import_module("fragments").text_of
    parsers, stages = (importlib.import_module(name) for name in ("parsers", "stages"))
    TARGETS: dict[str, Callable[[bytes], None]] = targets.TARGETS
finally:
    sys.path.remove(FUZZ)

QUICK = ("front_matter", "rows_of_csv", "dates_published", "encodings", "quotes", "numbers",
         "exchange")  # fmt: skip
SLOWER = ("dates", "places", "attributions")
SLOW = ("outside", "sandbox")
HOLDING = ("flow", "case", "tables")


@contextmanager
def limited(seconds: int) -> Iterator[None]:
    """End what hangs, with the stack it hangs in."""

    def hung(*_: Any) -> None:
        raise TimeoutError(f"no answer in {seconds} s")

    before = signal.signal(signal.SIGALRM, hung)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def slice_of(names: tuple[str, ...], examples: int) -> Callable[..., None]:
    @pytest.mark.parametrize("name", names)
    @settings(
        max_examples=examples, derandomize=True, deadline=None, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(data=st.binary(max_size=120))
    def test(name: str, data: bytes) -> None:
        with limited(10):
            TARGETS[name](data)

    return test


test_quick_parsers_hold_on_any_input = slice_of(QUICK, 400)
test_dates_and_places_hold_on_any_input = slice_of(SLOWER, 150)
test_stages_and_readers_hold_on_any_input = slice_of(SLOW, 40)
test_tables_of_any_documents_and_rows_hold = slice_of(HOLDING, 8)


def test_every_target_is_tried() -> None:
    assert sorted(TARGETS) == sorted((*QUICK, *SLOWER, *SLOW, *HOLDING))
    assert sorted(targets.HOLDS) == sorted(HOLDING)


LONG = [
    "“", "”", "'", '"', '" "', "'a", "“a ‘", "---\n", "a: [", ", ", "\n", "\n ", "a\n", " ",
    "between 1 and ", "from 2 to ", "1-", "1,000,", "9", "nine hundred ", "half a dozen of ",
    "no later than ", "Monday and ", "10/11/", "the night of ", "early ", "14 October and ",
    "Nad Ali ", "Lashkar Gah, ", "Baharak of ", "in ", "\u0301", "\u202e", "\u200b", "😀", "٣",
    "he said that ", "said, ", "A, ", "(", "Mr. ", '"a",', '"', "\r", "\0",
]  # fmt: skip


@pytest.mark.parametrize("name", ["quotes", "numbers", "dates", "places", "front_matter"])
def test_long_repetition_takes_no_more_than_its_length(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for unit in LONG:
        text = unit * (20_000 // len(unit))
        monkeypatch.setattr(parsers, "text_of", lambda data, text=text: text)
        with limited(10):
            TARGETS[name](b"\0\0\0")


@pytest.mark.parametrize("size", [2_000])
def test_stages_bear_long_repetition(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for unit in ("“a ‘", "he said that ", "between 1 and ", "Nad Ali, ", "not ", "(", "1 killed "):
        text = unit * (size // len(unit))
        monkeypatch.setattr(stages, "several", lambda *_, text=text: [text])
        with limited(10):
            TARGETS["flow"](b"\0")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        # A verb joined to the last word of a text, by a parse that no parser makes.
        ("attributions", "a7bcb400000000a700b5b5"),
    ],
)
def test_what_broke_before_holds(name: str, data: str) -> None:
    TARGETS[name](bytes.fromhex(data))
