"""What timm itself computes; needs PyTorch and timm."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

import numpy as np
import torch

from tests.nets.timm import rule

OPERATORS = (
    "nms(Tensor a, Tensor b, float c) -> Tensor",
    "qnms(Tensor a, Tensor b, float c) -> Tensor",
)


def _declare_torchvision() -> torch.library.Library:
    """timm imports torchvision, which has operators that PyTorch's CPU build may not find."""
    library = torch.library.Library("torchvision", "DEF")
    for operator in OPERATORS:
        with contextlib.suppress(RuntimeError):  # it is there
            library.define(operator)
    return library


LIBRARY = _declare_torchvision()

import timm  # noqa: E402


@dataclass(frozen=True)
class Result:
    """Logits (K,), and per block in order of depth its gates (C,) and output (H, W, C)."""

    logits: np.ndarray
    gates: list[np.ndarray]
    features: list[np.ndarray]


def shapes(architecture: str) -> dict[str, tuple[int, ...]]:
    """Names and shapes of timm's parameters and batch-norm statistics."""
    state = timm.create_model(architecture).state_dict()
    return {name: tuple(value.shape) for name, value in state.items() if value.ndim}


def parameters(architecture: str) -> int:
    """How many weights timm counts."""
    return sum(weights.numel() for weights in timm.create_model(architecture).parameters())


def run(architecture: str, size: int, seed: int) -> Result:
    """timm's network with the rule's weights, on the rule's picture."""
    network = timm.create_model(architecture).eval()
    made = rule.tensors(shapes(architecture), seed)
    network.load_state_dict({k: torch.from_numpy(v) for k, v in made.items()}, strict=False)
    gates: list[np.ndarray] = []
    features: list[np.ndarray] = []
    for name, module in network.named_modules():
        if name.endswith((".se", ".se_module")):
            gate = getattr(module, "gate", None) or module.sigmoid
            gate.register_forward_hook(lambda _, __, s: gates.append(s[0, :, 0, 0].numpy()))
            module.register_forward_hook(lambda _, __, x: features.append(x[0].numpy().copy()))
    pictures = torch.from_numpy(rule.picture(size, seed)).permute(0, 3, 1, 2)
    with torch.inference_mode():
        logits = network(pictures)[0].numpy()
    return Result(logits, gates, features)
