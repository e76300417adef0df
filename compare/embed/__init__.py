"""Claims become vectors: close in topic, which is not the same as agreeing."""

from compare.embed.encode import (
    DEFAULT_MODEL,
    Encoder,
    embed_claims,
    embed_texts,
    load_encoder,
    number_format,
    stored_vectors,
    unencoded,
)

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
