"""What timm itself computes; needs PyTorch and timm."""

from __future__ import annotations

import importlib
import sys
from dataclasses import dataclass

import numpy as np
import torch
from PIL import Image

from se_viz.pictures import Preprocessing
from tests.nets.timm import rule

OPERATORS = (
    "nms(Tensor a, Tensor b, float c) -> Tensor",
    "qnms(Tensor a, Tensor b, float c) -> Tensor",
)


def _declare_torchvision() -> torch.library.Library | None:
    """timm imports torchvision, which misses its own operators where its library does not fit this
    PyTorch: then they are declared. Where it does fit, declaring them ends the process."""
    try:
        importlib.import_module("torchvision")
        return None
    except (ImportError, RuntimeError):  # it is not there, or its operators are not
        for name in [name for name in sys.modules if name.partition(".")[0] == "torchvision"]:
            del sys.modules[name]
    library = torch.library.Library("torchvision", "DEF")
    for operator in OPERATORS:
        library.define(operator)
    return library


LIBRARY = _declare_torchvision()

import timm  # noqa: E402
from timm.data import create_transform  # noqa: E402


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


def preprocessed(image: Image.Image, how: Preprocessing) -> np.ndarray:
    """timm's evaluation transform of an RGB picture: float32 (size, size, 3), normalised."""
    transform = create_transform(
        (3, how.size, how.size),
        is_training=False,
        interpolation=how.interpolation,
        mean=how.mean,
        std=how.std,
        crop_pct=how.crop,
        crop_mode="center",
    )
    return transform(image).permute(1, 2, 0).numpy()


def published(name: str) -> dict:
    """What timm's configuration says of a set of weights, by our name."""
    found = timm.models.get_pretrained_cfg(f"{name}_in1k" if "." in name else name)
    return {
        "size": (found.test_input_size or found.input_size)[1],
        "crop": found.test_crop_pct or found.crop_pct,
        "interpolation": found.interpolation,
        "mean": list(found.mean),
        "std": list(found.std),
        "crop_mode": found.crop_mode,
        "licence": found.license,
        "hub": found.hf_hub_id,
    }
