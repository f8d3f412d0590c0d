"""The excitation once more, in NumPy: s = sigmoid(W2 relu(W1 z)) (arXiv 1709.01507, equation 3)."""

from __future__ import annotations

import numpy as np

from se_viz.probe import operations
from se_viz.probe.find import Site
from se_viz.probe.graph import Step


def excite(site: Site, squeeze: np.ndarray) -> np.ndarray:
    """Gates (N, C) from squeezes (N, C), in float64, with the layers' own weights.

    Raises:
        ValueError: where a layer between the two computes something that is not known here.
    """
    x = squeeze.astype(np.float64)
    for step in site.path:
        x = _apply(step, x)
    return x


def hidden(site: Site, squeeze: np.ndarray) -> np.ndarray:
    """What the bottleneck makes of squeezes (N, C): relu(W1 z), (N, C / r), in float64.

    Raises:
        ValueError: as `excite`.
    """
    x = squeeze.astype(np.float64)
    dense = 0
    for step in site.path:
        dense += operations.is_dense(step)
        if dense == 2:
            break
        x = _apply(step, x)
    return x


def dense_layers(site: Site) -> int:
    """How many of them stand between squeeze and gate; with one there is no hidden layer."""
    return sum(operations.is_dense(step) for step in site.path)


def _apply(step: Step, x: np.ndarray) -> np.ndarray:
    """What a step makes of rows of numbers; one that only moves them is passed over."""
    if operations.is_dense(step):
        kernel, bias = operations.matrix(step)
        x = x @ kernel if bias is None else x @ kernel + bias
    formula = operations.formula_of(step)
    try:
        return formula.apply(x) if formula else x
    except ValueError as error:
        raise ValueError(f"{step.path} {error}.") from error
