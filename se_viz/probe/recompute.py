"""The excitation once more, in NumPy: s = sigmoid(W2 relu(W1 z)) (arXiv 1709.01507, equation 3)."""

from __future__ import annotations

import numpy as np

from se_viz.probe import operations
from se_viz.probe.find import Site
from se_viz.probe.graph import Step

ROUNDING = 8 * 2.0**-24
"""Of float32 relative to what is rounded, eightfold."""


def excite(site: Site, squeeze: np.ndarray) -> np.ndarray:
    """Gates (N, C) from squeezes (N, C), in float64, with the layers' own weights.

    Raises:
        ValueError: where a layer between the two computes something that is not known here.
    """
    x = squeeze.astype(np.float64)
    for step in site.path:
        x = _apply(step, x)
    return x


def rounding(site: Site, squeeze: np.ndarray) -> np.ndarray:
    """How far float32 may carry the gates that `excite` gives, float64 (N, C).

    A sum of products errs by about the rounding of its size, the sum of their magnitudes, and
    errors of different sums are independent (measured on random blocks of 16 to 2048 channels and
    squeezes of 1 to 10,000: up to 1.4 times that; here it is 8 times). An error grows or shrinks
    by what comes after it.

    Raises:
        ValueError: as `excite`.
    """
    x = squeeze.astype(np.float64)
    off = np.zeros_like(x)
    for step in site.path:
        off, x = _off(step, x, off), _apply(step, x)
    return off


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


def _off(step: Step, x: np.ndarray, off: np.ndarray) -> np.ndarray:
    """How far off a step's results may be where its arguments may be off by so much."""
    if operations.is_dense(step):
        kernel, bias = operations.matrix(step)
        size = np.abs(x) @ np.abs(kernel) + (0 if bias is None else np.abs(bias))
        off = np.sqrt(off**2 @ kernel**2 + (ROUNDING * size) ** 2)
        x = x @ kernel if bias is None else x @ kernel + bias
    formula = operations.formula_of(step)
    if formula is None:
        return off
    off, result = off + ROUNDING * np.abs(x), formula.apply(x)
    spread = [np.abs(formula.apply(x + way * off) - result) for way in (-1, 1)]
    return np.maximum(*spread) + ROUNDING * np.abs(result)


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
