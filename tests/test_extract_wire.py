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
