"""Vectors: near the default encoder's, the same bytes in any company, kept by content."""

import numpy as np
import pyarrow.parquet as pq
import pytest

from compare.embed import DEFAULT_MODEL, embed_claims, embed_texts, load_encoder, number_format
from compare.errors import EncoderError, ModelError
from compare.settings import Settings
from compare.tables import from_rows
from compare.weights import folder, verify

TEXTS = [
    "35,000 people fled Helmand.",
    "Two army helicopters crashed in Nawa overnight, killing nine.",
    "No.",
    "The ministry said that " + "the fighting went on and " * 30 + "it would end.",
]


@pytest.fixture(scope="module")
def encoder():
    return load_encoder(DEFAULT_MODEL, sha256=Settings().embed.sha256, dtype="auto")


def encode(texts, encoder, cache=None, **more):
    return embed_texts(
        texts, encoder, batch_tokens=Settings().embed.batch_tokens, cache=cache, **more
    )


def test_close_to_the_default_encoder(encoder):
    from sentence_transformers import SentenceTransformer

    plain = SentenceTransformer(str(folder(DEFAULT_MODEL)), device="cpu", local_files_only=True)
    expected = plain.encode(TEXTS, normalize_embeddings=True)
    found = encode(TEXTS, encoder)
    assert found.dtype == np.float32
    assert found.shape == (4, 384)
    assert float((expected * found).sum(axis=1).min()) >= 0.997


def test_the_same_bytes_in_any_company(encoder):
    whole = encode(TEXTS + [f"Claim number {i} of many." for i in range(90)], encoder)
    for i, text in enumerate(TEXTS):
        assert encode([text], encoder)[0].tobytes() == whole[i].tobytes()


def test_a_second_run_embeds_nothing(encoder, tmp_path, monkeypatch):
    first = encode(TEXTS, encoder, tmp_path)
    monkeypatch.setattr("compare.embed.encode._encode", lambda *a: pytest.fail("encoded again"))
    seen = []
    again = encode(TEXTS[::-1], encoder, tmp_path, progress=lambda d, t: seen.append((d, t)))
    assert again[::-1].tobytes() == first.tobytes()
    assert seen == [(4, 4)]


def test_only_new_texts_are_encoded(encoder, tmp_path):
    encode(TEXTS[:2], encoder, tmp_path)
    seen = []
    encode(TEXTS, encoder, tmp_path, progress=lambda done, total: seen.append((done, total)))
    assert (seen[0], seen[-1]) == ((2, 4), (4, 4))
    shards = sorted(encoder.cache_folder(tmp_path).iterdir())
    assert [pq.read_metadata(p).num_rows for p in shards] == [2, 2]


def test_a_damaged_shard_is_told_and_encoded_again(encoder, tmp_path):
    first = encode(TEXTS[:1], encoder, tmp_path)
    (shard,) = encoder.cache_folder(tmp_path).iterdir()
    whole = shard.read_bytes()
    flipped = whole[:90] + bytes([whole[90] ^ 1]) + whole[91:]
    for damaged in (whole[:40], flipped, b""):
        shard.write_bytes(damaged)
        with pytest.warns(RuntimeWarning, match=f"{shard.name} is damaged .* it is made again"):
            again = encode(TEXTS[:1], encoder, tmp_path)
        assert again.tobytes() == first.tobytes()
        assert shard.read_bytes() == whole


def test_a_leftover_of_an_interrupted_write_is_ignored(encoder, tmp_path):
    place = encoder.cache_folder(tmp_path)
    place.mkdir(parents=True)
    (place / "x.1.partial").write_bytes(b"half")
    assert encode(TEXTS[:1], encoder, tmp_path).shape == (1, 384)


def test_altered_weights_are_refused(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"other")
    with pytest.raises(ModelError, match=r"has sha256 d9298a10.*expected 53aa5117"):
        verify(tmp_path, Settings().embed.sha256)


def test_other_weight_formats_are_refused(tmp_path):
    (tmp_path / "pytorch_model.bin").write_bytes(b"x")
    with pytest.raises(ModelError, match=r"no \.safetensors file"):
        load_encoder(str(tmp_path), sha256="", dtype="auto")


def test_a_model_that_is_not_here_is_not_fetched():
    with pytest.raises(ModelError, match="neither a folder nor in the local"):
        load_encoder("nobody/no-such-model", sha256="", dtype="auto")


@pytest.mark.parametrize(("native", "expected"), [(True, "bfloat16"), (False, "float32")])
def test_auto_follows_the_processor(native, expected, monkeypatch):
    monkeypatch.setattr("compare.embed.encode.native_bfloat16", lambda: native)
    assert number_format("auto") == expected
    assert number_format("bfloat16") == "bfloat16"


def test_unknown_number_format():
    with pytest.raises(EncoderError, match="'int3'; expected one of"):
        load_encoder(DEFAULT_MODEL, sha256="", dtype="int3")


def test_rows_follow_the_claims(encoder):
    rows = [
        {"claim_id": f"d:{i}-{i + 2}", "document_id": "d", "start": i, "end": i + 2,
         "content": text, "kind": "narration", "status": "asserted"}
        for i, text in enumerate(TEXTS)
    ]  # fmt: skip
    found = embed_claims(from_rows("claims", rows), **Settings().embed.model_dump(), cache=None)
    assert found.tobytes() == encode(TEXTS, encoder).tobytes()
