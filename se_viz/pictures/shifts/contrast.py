"""Less contrast: every channel of a picture drawn towards its mean."""

from __future__ import annotations

import numpy as np

from se_viz.pictures.shifts.base import IMAGENET_C, Shift


def _paled(model_inputs: np.ndarray, k: float, seed: int) -> np.ndarray:
    mean = model_inputs.mean((1, 2), keepdims=True)
    return mean + (model_inputs - mean) * k


SHIFT = Shift(
    name="contrast",
    title="Contrast",
    strengths=(0.4, 0.3, 0.2, 0.1, 0.05),
    harmless=1.0,
    unit="factor on the distance from the channel's mean",
    source=IMAGENET_C,
    function=_paled,
)
