"""Random weights, the same ones every time, in which a network is not at rest."""

from __future__ import annotations

import keras
import numpy as np


def draw(model: keras.Model) -> None:
    """Give a network weights.

    Kernels are He-normal; every residual branch that starts at zero adds a fifth of its usual size,
    since without statistics of its own batch norm does not keep sixteen additions from growing.
    """
    rng = np.random.default_rng(0)
    for variable in model.trainable_variables:
        if variable.name == "kernel":
            spread = np.sqrt(2 / np.prod(variable.shape[:-1]))
            variable.assign(rng.normal(0, spread, variable.shape))
        elif variable.name == "gamma" and not np.any(variable.numpy()):
            variable.assign(np.full(variable.shape, 0.2))
