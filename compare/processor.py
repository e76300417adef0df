"""What the processor multiplies quickly."""

from __future__ import annotations

from pathlib import Path

_ABLE = {"avx512_bf16", "amx_bf16", "bf16", "sve_bf16", "svebf16"}
_LINUX = Path("/proc/cpuinfo")


def native_bfloat16() -> bool:
    """Whether the processor has instructions for bfloat16 products.

    Without them such products are emulated, tens of times slower than float32.

    >>> native_bfloat16() in (True, False)
    True
    """
    if _LINUX.is_file():  # a hundred times quicker than to load torch for it
        return bool(_ABLE & set(_LINUX.read_text(encoding="utf-8", errors="replace").split()))
    import torch

    able: dict[str, bool] = getattr(torch.cpu, "get_capabilities", dict)()  # from torch 2.11 on
    return any(able.get(name, False) for name in _ABLE)
