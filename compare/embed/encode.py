"""Encode texts on the CPU: bfloat16 layers where it multiplies them natively, float32 pooling.

Each text is padded to the next multiple of eight tokens and encoded in a batch
whose shape follows from that length alone (the last batch is filled up). A
vector therefore does not depend on what else is in the case.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from compare import mapped
from compare.embed import cache as store
from compare.errors import EncoderError
from compare.parquet import mended
from compare.processor import Batch, by_length, native_bfloat16, side_by_side
from compare.tables import check_vectors
from compare.weights import DEFAULT_MODEL, fingerprint, folder, verify

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

__all__ = [
    "DEFAULT_MODEL",
    "Encoder",
    "embed_claims",
    "embed_texts",
    "load_encoder",
    "number_format",
    "stored_vectors",
    "unencoded",
]

DTYPES = ("auto", "bfloat16", "float32")
SHARD = 4096
"""Texts encoded between two writes to the cache: what an interruption can cost."""
_STEP = 8


def number_format(dtype: str) -> str:
    """bfloat16 or float32; "auto" is bfloat16 where the processor multiplies it natively.

    Raises:
        EncoderError: another dtype.

    >>> number_format("float32")
    'float32'
    """
    if dtype not in DTYPES:
        raise EncoderError(f"encoder dtype is {dtype!r}; expected one of {list(DTYPES)}")
    if dtype != "auto":
        return dtype
    return "bfloat16" if native_bfloat16() else "float32"


def quiet(done: int, total: int) -> None:
    """Report nothing."""


@dataclass(frozen=True)
class Encoder:
    """A loaded sentence encoder and what identifies it."""

    model: SentenceTransformer
    dtype: str
    fingerprint: str
    """sha256 over its files, part of the key under which vectors are cached."""
    dim: int

    def cache_folder(self, root: Path) -> Path:
        """Where its vectors are kept below `root`."""
        return _place(root, self.fingerprint, self.dtype)


def _place(root: Path, fingerprint: str, dtype: str) -> Path:
    return root / f"{fingerprint[:32]}-{dtype}"


@lru_cache(maxsize=2)
def load_encoder(model: str, *, sha256: str, dtype: str) -> Encoder:
    """The sentence encoder `model`, loaded once, on the CPU.

    `model` is the packaged default, a local folder or a name in the local
    Hugging Face cache. Weights are safetensors only, remote code never, and
    nothing is fetched. `sha256` is what `model.safetensors` must hash to.
    `dtype` is one of `DTYPES`, see `number_format`.

    Raises:
        ModelError: it is not here or has another hash.
        EncoderError: it cannot be loaded.

    >>> load_encoder(DEFAULT_MODEL, sha256="", dtype="auto").dim
    384
    """
    dtype = number_format(dtype)
    found = folder(model)
    verify(found, sha256)
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    bar = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        loaded = SentenceTransformer(
            str(found),
            device="cpu",
            trust_remote_code=False,
            local_files_only=True,
            model_kwargs={"dtype": getattr(torch, dtype), "use_safetensors": True},
        )
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise EncoderError(
            f"encoder {model!r} at {found} cannot be loaded: {error}; "
            "expected a sentence-transformers model"
        ) from error
    finally:
        if bar:
            logging.enable_progress_bar()  # type: ignore[no-untyped-call]
    for module in list(loaded.children())[1:]:
        module.float()  # pooling and what follows stay in float32: bfloat16 costs 0.003 of cosine
    loaded.eval()
    dim = loaded.get_embedding_dimension()
    if not dim:
        raise EncoderError(f"encoder {model!r} does not say how long its vectors are")
    return Encoder(loaded, dtype, fingerprint(found), int(dim))


def _token_ids(encoder: Encoder, texts: Sequence[str]) -> list[list[int]]:
    limit = encoder.model.max_seq_length or 512
    found: Any = encoder.model.tokenizer(list(texts), truncation=True, max_length=limit)
    return list(found["input_ids"])


def _forward(encoder: Encoder, ids: list[list[int]], length: int, rows: int) -> np.ndarray:
    import torch

    pad = encoder.model.tokenizer.pad_token_id or 0
    tokens = torch.full((rows, length), pad, dtype=torch.long)
    mask = torch.zeros((rows, length), dtype=torch.long)
    for row, one in enumerate(ids):
        tokens[row, : len(one)] = torch.tensor(one, dtype=torch.long)
        mask[row, : len(one)] = 1
    mask[len(ids) :, 0] = 1
    features: dict[str, Any] = {"input_ids": tokens, "attention_mask": mask}
    first, *rest = encoder.model.children()
    with torch.inference_mode():
        features = first(features)
        features["token_embeddings"] = features["token_embeddings"].float()
        for module in rest:
            features = module(features)
        vectors = features["sentence_embedding"][: len(ids)]
        return np.asarray(torch.nn.functional.normalize(vectors, dim=1).numpy(), dtype=np.float32)


def _encode(
    encoder: Encoder, texts: Sequence[str], tokens: int, step: Callable[[int], None]
) -> np.ndarray:
    ids = _token_ids(encoder, texts)
    out = np.empty((len(texts), encoder.dim), dtype=np.float32)
    batches = by_length([len(one) for one in ids], _STEP, tokens)

    def work(batch: Batch) -> np.ndarray:
        part, length, rows = batch
        return _forward(encoder, [ids[i] for i in part], length, rows)

    for (part, _, _), found in zip(batches, side_by_side(work, batches), strict=True):
        out[part] = found
        step(len(part))
    return out


def embed_texts(
    texts: Sequence[str],
    encoder: Encoder,
    *,
    batch_tokens: int,
    cache: Path | None,
    progress: Callable[[int, int], None] = quiet,
) -> np.ndarray:
    """Encode `texts`, float32 (n, dim), rows of unit length, equal texts once.

    Vectors found in `cache` are not computed again; new ones are added to it
    every `SHARD` texts. A damaged file of it is told and computed again. Cosine
    against float32 is at least 0.997.

    Raises:
        EncoderError: the encoder gives what is not a number, or the cache holds
            vectors of another.

    >>> encoder = load_encoder(DEFAULT_MODEL, sha256="", dtype="auto")
    >>> v = embed_texts(["a clash", "a clash"], encoder, batch_tokens=1024, cache=None)
    >>> v.shape, bool((v[0] == v[1]).all())
    ((2, 384), True)
    """
    keys = [store.key(text) for text in texts]
    row = {k: i for i, k in enumerate(dict.fromkeys(keys))}
    place = encoder.cache_folder(cache) if cache is not None else None
    if place is None:
        out, known = np.zeros((len(row), encoder.dim), np.float32), np.zeros(len(row), bool)
    else:
        out, known = mended(lambda: store.read(place, row, encoder.dim))
    fresh = sorted({k: t for k, t in zip(keys, texts, strict=True) if not known[row[k]]}.items())
    total, done = len(row), len(row) - len(fresh)
    progress(done, total)

    def step(count: int) -> None:
        nonlocal done
        done += count
        progress(done, total)

    for at in range(0, len(fresh), SHARD):
        part = fresh[at : at + SHARD]
        rows = _encode(encoder, [t for _, t in part], batch_tokens, step)
        if not np.isfinite(rows).all():
            raise EncoderError("the encoder gave vectors that are not numbers; check its weights")
        if place is not None:
            store.write(place, {k: rows[i] for i, (k, _) in enumerate(part)})
        out[[row[k] for k, _ in part]] = rows
    return out if len(out) == len(keys) else out[[row[k] for k in keys]]


def unencoded(claims: pd.DataFrame, *, model: str, dtype: str, cache: Path) -> list[str]:
    """The distinct contents of claims whose vectors are not in `cache`, sorted."""
    known = store.keys(_place(cache, fingerprint(folder(model)), number_format(dtype)))
    return sorted({str(t) for t in claims["content"] if store.key(str(t)) not in known})


def stored_vectors(claims: pd.DataFrame, *, model: str, dtype: str, cache: Path) -> np.ndarray:
    """What `embed_claims` gives, where `cache` holds all of it; no model is loaded.

    Raises:
        DamageError: a file of the cache is damaged.
        EncoderError: a vector is missing.
    """
    keys = [store.key(str(content)) for content in claims["content"]]
    row = {k: i for i, k in enumerate(dict.fromkeys(keys))}
    place = _place(cache, fingerprint(folder(model)), number_format(dtype))
    out, known = store.read(place, row, None)
    if not known.all():
        raise EncoderError(
            f"{place} lacks {(~known).sum()} of {len(row)} vectors; "
            "run embed_claims with this cache"
        )
    if len(out) < len(keys):
        out = mapped.rows_of(out, np.array([row[k] for k in keys]), place)
    return check_vectors(out, claims)


def embed_claims(
    claims: pd.DataFrame,
    *,
    model: str,
    sha256: str,
    dtype: str,
    batch_tokens: int,
    cache: Path | None,
    progress: Callable[[int, int], None] = quiet,
) -> np.ndarray:
    """Vectors of the claims' contents: float32 (n_claims, dim), row i is claims row i.

    Rows have unit length, so a dot product is a cosine in [-1, 1], higher is
    closer in topic. Sentence encoder after Reimers and Gurevych 2019
    (https://arxiv.org/abs/1908.10084).

    Args:
        claims: table claims.
        model: packaged default, local folder, or name in the local Hugging Face cache.
        sha256: what `model.safetensors` must hash to; "" accepts any.
        dtype: auto, bfloat16 or float32, for the transformer layers (`number_format`).
        batch_tokens: tokens a batch holds, padding included.
        cache: folder for vectors kept by content, or None.
        progress: called with (done, total) distinct texts.

    Raises:
        ModelError: the model is missing or altered.
        EncoderError: it is unusable, or the cache holds vectors of another.
        TableError: never for checked claims.

    >>> from compare.tables import empty
    >>> embed_claims(empty("claims"), model=DEFAULT_MODEL, sha256="", dtype="auto",
    ...              batch_tokens=1024, cache=None).shape
    (0, 384)
    """
    encoder = load_encoder(model, sha256=sha256, dtype=dtype)
    texts = [str(content) for content in claims["content"]]
    vectors = embed_texts(texts, encoder, batch_tokens=batch_tokens, cache=cache, progress=progress)
    return check_vectors(vectors, claims)
