"""Fixtures shared by the tests."""

import importlib.util
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from compare.view import Comparison


@pytest.fixture(scope="session")
def build() -> Callable[..., Comparison]:
    """The builder of the hand-made comparison in `handmade.py`."""
    spec = importlib.util.spec_from_file_location("handmade", Path(__file__).parent / "handmade.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Callable[..., Comparison] = module.build
    return found


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
