"""How exactly a processor is best made to multiply."""

from __future__ import annotations

import torch


def reduced() -> torch.autocast:
    """Where the processor multiplies bfloat16 itself (AVX-512 BF16 or AMX), a context that has it do so.

    Elsewhere PyTorch would emulate it, at a third of the speed of float32; there the context changes nothing.
    """
    able = torch.cpu.get_capabilities()
    return torch.autocast("cpu", torch.bfloat16, enabled=bool(able.get("avx512_bf16") or able.get("amx_bf16")))
