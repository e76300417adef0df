"""Fixtures shared by the tests."""

import importlib.util
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import compare
from compare.view import Comparison


def beside(name: str) -> Any:
    """The module `name` of this folder, which is not a package."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).parent / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def build() -> Callable[..., Comparison]:
    """The builder of the hand-made comparison in `handmade.py`."""
    found: Callable[..., Comparison] = beside("handmade").build
    return found


@pytest.fixture(scope="session")
def run_accounts() -> Callable[[Path, Mapping[str, tuple[str, str]]], Comparison]:
    """Runs a case of texts and the days they came out, each published under its own name."""

    def found(folder: Path, texts: Mapping[str, tuple[str, str]]) -> Comparison:
        (folder / "documents").mkdir()
        for name, (day, text) in texts.items():
            head = f"---\npublisher: {name}\npublished: {day}\n---\n"
            (folder / "documents" / name).write_text(head + text, encoding="utf-8")
        return compare.run(folder)

    return found


@pytest.fixture(scope="session")
def in_proportion() -> Callable[[Callable[[str], object], str], bool]:
    """Whether ten times a repeated piece takes nothing like a hundred times the processor."""

    def found(read: Callable[[str], object], piece: str) -> bool:
        def seconds(length: int) -> float:
            text = (piece * (length // len(piece) + 1))[:length]
            begin = time.process_time()
            read(text)
            return time.process_time() - begin

        seconds(1000)
        return seconds(200_000) < max(2.0, 40 * seconds(20_000))

    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless Chromium, or None (with a warning) where none is installed."""
    chromium = beside("chromium")
    program = chromium.find()
    if program is None:
        warnings.warn(
            "no Chromium: the screens were checked by their source only; "
            "`apt-get install chromium` to have them drawn",
            stacklevel=2,
        )
        yield None
        return
    page = chromium.Chromium(program)
    yield page
    page.close()


@pytest.fixture(scope="session")
def comparison(build: Callable[..., Comparison]) -> Comparison:
    """The hand-made comparison as it is."""
    return build()


class Tags(HTMLParser):
    """The elements of a page as a browser would see them, with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


@pytest.fixture(scope="session")
def tags() -> Callable[[str], list[tuple[str, dict[str, str]]]]:
    """A function that gives the elements of an HTML text."""

    def parse(html: str) -> list[tuple[str, dict[str, str]]]:
        parser = Tags()
        parser.feed(html)
        parser.close()
        return parser.found

    return parse
