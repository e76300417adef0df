"""Which models a run uses, for its manifest."""

from __future__ import annotations

import hashlib
import json
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from compare.embed import number_format
from compare.engine import code_version
from compare.judge.inference import identify
from compare.settings import Settings
from compare.weights import fingerprint, folder


def models_used(settings: Settings) -> dict[str, dict[str, str]]:
    """Name, version and hash of every model a run with `settings` uses, for the manifest."""
    parser, encoder = settings.extract.model, settings.embed.model
    asked = settings.judge.inference_model
    spec = find_spec(parser)
    places = spec.submodule_search_locations if spec else None
    return {
        "parser": {
            "name": parser,
            "version": metadata.version(parser),
            "sha256": folder_sha256(Path(places[0])) if places else "",
        },
        "encoder": {
            "name": encoder,
            "sha256": fingerprint(folder(encoder)),
            "dtype": number_format(settings.embed.dtype),
        },
        **({"inference": identify(asked)} if asked else {}),
    }


def judge_version(settings: Settings) -> str:
    """What judgements depend on besides tables and settings: our code, the inference model's."""
    asked = settings.judge.inference_model
    return code_version() + json.dumps(identify(asked) if asked else {}, sort_keys=True)


def folder_sha256(root: Path) -> str:
    """One hash of every file of a folder but compiled Python, by path and content."""
    digest = hashlib.sha256()
    for path in sorted(p for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        digest.update(f"{path.relative_to(root).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
