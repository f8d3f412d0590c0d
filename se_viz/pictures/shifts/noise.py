"""A noisy sensor: Gaussian noise, of its own on every value."""

from __future__ import annotations

import numpy as np

from se_viz.pictures.shifts.base import IMAGENET_C, Shift, rng_of


def _noisy(model_inputs: np.ndarray, deviation: float, seed: int) -> np.ndarray:
    draws = [rng_of(each, seed).standard_normal(each.shape) for each in model_inputs]
    return model_inputs + 255 * deviation * np.stack(draws)


SHIFT = Shift(
    name="noise",
    title="Noise",
    strengths=(0.08, 0.12, 0.18, 0.26, 0.38),
    harmless=0.0,
    course=(0.08, 0.12, 0.18, 0.26, 0.38, 0.8),
    unit="standard deviation as a share of the range",
    source=f"{IMAGENET_C}, its Gaussian noise",
    function=_noisy,
)
