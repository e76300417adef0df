"""textacy's rules for direct quotations, run on the same articles as a benchmark."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence

from compare import syntax
from compare.evaluate.attribution_data import Passage
from compare.evaluate.attribution_match import Attribution
from compare.settings import Settings


def quotations(
    articles: Sequence[Passage],
) -> tuple[dict[str, list[Attribution]] | None, int]:
    """What `textacy.extract.direct_quotations` finds, and on how many articles it fails.

    It raises `ValueError` on an odd number of quotation marks; such an article counts
    as one in which it found nothing. None where textacy is not installed.
    """
    if importlib.util.find_spec("textacy") is None:
        return None, 0
    from textacy.extract.triples import direct_quotations

    found: dict[str, list[Attribution]] = {}
    failed = 0
    docs = syntax.annotate([a.text for a in articles], model=Settings().extract.model)
    for article, doc in zip(articles, docs, strict=True):
        found[article.name] = []
        try:
            for speaker, cue, content in direct_quotations(doc):
                found[article.name].append(
                    Attribution(
                        ((content.start_char, content.end_char),),
                        (speaker[0].idx, speaker[-1].idx + len(speaker[-1])),
                        (cue[0].idx, cue[-1].idx + len(cue[-1])),
                        "direct",
                        "",
                    )
                )
        except ValueError:
            found[article.name] = []
            failed += 1
    return found, failed
