"""The excitation once more, in NumPy: s = sigmoid(W2 relu(W1 z)) (arXiv 1709.01507, equation 3)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from se_viz.probe import operations
from se_viz.probe.find import Site
from se_viz.probe.graph import Step

Activation = Callable[[np.ndarray], np.ndarray]


def sigmoid(x: np.ndarray) -> np.ndarray:
    """1 / (1 + exp(-x)), without overflow."""
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, small) / (1 + small)


ACTIVATIONS: dict[str | None, Activation] = {
    None: lambda x: x,
    "relu": lambda x: np.maximum(x, 0),
    "relu6": lambda x: np.clip(x, 0, 6),
    "sigmoid": sigmoid,
    "hard_sigmoid": lambda x: np.clip(x / 6 + 0.5, 0, 1),
    "silu": lambda x: x * sigmoid(x),
    "swish": lambda x: x * sigmoid(x),
    "tanh": np.tanh,
}


def excite(site: Site, squeeze: np.ndarray) -> np.ndarray:
    """Gates (N, C) from squeezes (N, C), in float64, with the layers' own weights.

    Raises:
        ValueError: where an activation between the two is not known here.
    """
    x = squeeze.astype(np.float64)
    for step in site.path:
        x = _apply(step, x)
    return x


def hidden(site: Site, squeeze: np.ndarray) -> np.ndarray:
    """What the bottleneck makes of squeezes (N, C): relu(W1 z), (N, C / r), in float64."""
    x = squeeze.astype(np.float64)
    dense = 0
    for step in site.path:
        dense += operations.is_dense(step)
        if dense == 2:
            break
        x = _apply(step, x)
    return x


def _apply(step: Step, x: np.ndarray) -> np.ndarray:
    if operations.is_dense(step):
        kernel, bias = operations.matrix(step)
        x = x @ kernel.astype(np.float64) + (0 if bias is None else bias)
    name = operations.activation_of(step)
    if name not in ACTIVATIONS:
        raise ValueError(f"{step.name} applies {name}, which the self-check does not know.")
    return ACTIVATIONS[name](x)
