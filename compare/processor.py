"""What the processor multiplies quickly."""

from __future__ import annotations


def native_bfloat16() -> bool:
    """Whether the processor has instructions for bfloat16 products.

    Without them such products are emulated, tens of times slower than float32.

    >>> native_bfloat16() in (True, False)
    True
    """
    import torch

    able = getattr(torch.cpu, "get_capabilities", dict)()  # from torch 2.11 on
    return any(able.get(name, False) for name in ("avx512_bf16", "amx_bf16", "bf16", "sve_bf16"))
