"""The ways in which news agencies attribute: who is made to say what, in which sense."""

from __future__ import annotations

from pathlib import Path

import pytest

from compare import syntax
from compare.extract.claims import claims_of
from compare.extract.tokens import read_tokens
from compare.settings import Settings


def passages() -> list[tuple[str, list[str]]]:
    text = (Path(__file__).parent / "data" / "wire.txt").read_text("utf-8")
    blocks = [block.splitlines() for block in text.split("\n\n")[1:]]
    return [(first, [line.strip() for line in rest]) for first, *rest in blocks]


@pytest.mark.parametrize(("text", "expected"), passages())
def test_who_said_what(text: str, expected: list[str]) -> None:
    [doc] = syntax.annotate([text], model=Settings().extract.model)
    claims = claims_of(read_tokens(doc))
    found = [
        f"{text[slice(*c.source)] if c.source else '-'} | {c.status} | {text[c.start : c.end]}"
        for c in claims
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "sentences", "expected"),
    [
        (
            "Car bomb kills dozens in Kabul\n\nBy Our Correspondent\n\nA car bomb killed 12 people "
            "in Kabul on Monday, police said\n\nShops were shut.",
            4,
            [
                "- | Car bomb kills dozens in Kabul",
                "police | A car bomb killed 12 people in Kabul on Monday",
                "- | Shops were shut",
            ],
        ),
        (
            "Fighting goes on\n \nElders said the road to Nawa was shut",
            2,
            ["Elders | the road to Nawa was shut"],
        ),
        (
            "Elders of the district said on Monday that the road to the town of\nNawa was shut.",
            1,
            ["Elders of the district | the road to the town of\nNawa was shut"],
        ),
    ],
)
def test_a_sentence_ends_at_a_blank_line(text: str, sentences: int, expected: list[str]) -> None:
    [doc] = syntax.annotate([text], model=Settings().extract.model)
    assert len(list(doc.sents)) == sentences
    found = [
        f"{text[slice(*c.source)] if c.source else '-'} | {text[c.start : c.end]}"
        for c in claims_of(read_tokens(doc))
    ]
    assert found == expected
