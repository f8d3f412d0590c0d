"""Less colour: every pixel drawn towards its grey."""

from __future__ import annotations

import numpy as np

from se_viz.pictures.shifts.base import OURS, Shift

_GREY = np.array([0.299, 0.587, 0.114])
"""Shares of red, green and blue in a grey (ITU-R BT.601)."""


def _faded(model_inputs: np.ndarray, k: float, seed: int) -> np.ndarray:
    grey = (model_inputs @ _GREY)[..., None]
    return grey + (model_inputs - grey) * k


SHIFT = Shift(
    name="colour",
    title="Colour",
    strengths=(0.8, 0.6, 0.4, 0.2, 0.0),
    harmless=1.0,
    course=(0.8, 0.6, 0.4, 0.2, 0.0),
    unit="factor on the distance from the pixel's grey; 0 is a grey picture",
    source=f"{OURS} (its saturation grows as well as falls)",
    function=_faded,
)
