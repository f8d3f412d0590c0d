"""Out of focus: a Gaussian over the pixels."""

from __future__ import annotations

import numpy as np

from se_viz.pictures.shifts.base import IMAGENET_C, SIDE, Shift


def _blurred(model_inputs: np.ndarray, sigma: float, seed: int) -> np.ndarray:
    from scipy.ndimage import gaussian_filter

    own = sigma * model_inputs.shape[1] / SIDE
    return gaussian_filter(model_inputs, (0, own, own, 0), mode="nearest", truncate=4)


SHIFT = Shift(
    name="blur",
    title="Blur",
    strengths=(1.0, 2.0, 3.0, 4.0, 6.0),
    harmless=0.0,
    unit="standard deviation in pixels of a picture of 224",
    source=f"{IMAGENET_C}, its Gaussian blur",
    function=_blurred,
)
