from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.extract.quotes import find_paragraphs, find_quotes


def inner(text: str) -> list[str]:
    return [text[q.inner_start : q.inner_end] for q in find_quotes(text, find_paragraphs(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"A," he said.', ["A,"]),
        ("“It’s over,” he said of the 'war'.", ["It’s over,", "war"]),
        ("''One,'' he said. ''It's two.''", ["One,", "It's two."]),
        ("«Fermé», dit-il.", ["Fermé"]),
        ('„So“ is German, “this" is sloppy.', ["So", "this"]),
        ("'The officials' claims are false,' he said.", ["The officials' claims are false,"]),
        ("‘By Allah’s grace we won,’ he added.", ["By Allah’s grace we won,"]),
        ("“He shouted ‘run’ twice”", ["He shouted ‘run’ twice", "run"]),
        ('Over now," he said.', ["Over now,"]),
        ('"Never closed.', ["Never closed."]),
        ("the officials' claims and don't and '90s", []),
        ('"First.\n\n"Second," she said.', ['First.\n\n"Second,']),
        ('"First.\n\nNot quoted.', ["First."]),
        ("“You weren't in line,' he said", ["You weren't in line,' he said"]),
        ("''He asked 'why?''' she said", ["He asked 'why?'", "why?"]),
        ("", []),
    ],
)
def test_quotes(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n\nb", ["a", "b"]),
        (" \n\n a \n \n\n b\n", ["a", "b"]),
        ("He left.\nShe stayed.", ["He left.", "She stayed."]),
        (
            "A long line that somebody wrapped by hand at sixty signs\nends here.",
            ["A long line that somebody wrapped by hand at sixty signs\nends here."],
        ),
        ("“One.” ― A\n“Two.” ― B\n\nEnd", ["“One.” ― A", "“Two.” ― B", "End"]),
    ],
)
def test_paragraphs(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in find_paragraphs(text)] == expected


@given(st.text(alphabet="ab. ,\n\"'“”‘’`«»„s", max_size=80) | st.text(max_size=60))
def test_spans_nest_and_stay_in_the_text(text: str) -> None:
    quotes = find_quotes(text, find_paragraphs(text))
    for q in quotes:
        assert 0 <= q.start <= q.inner_start <= q.inner_end <= q.end <= len(text)
    outer = [q for q in quotes if q.depth == 0]
    assert all(a.end <= b.start for a, b in pairwise(outer))


@pytest.mark.parametrize("piece", ['"', "'", "“", "“‘", "s' a", '"a ', "'' ", '"\n\n', "‘“”’ "])
def test_a_long_text_takes_time_in_proportion(
    piece: str, in_proportion: Callable[..., bool]
) -> None:
    assert in_proportion(lambda text: find_quotes(text, find_paragraphs(text)), piece)
