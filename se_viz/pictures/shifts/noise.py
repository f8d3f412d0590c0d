"""A noisy sensor: Gaussian noise, of its own on every value."""

from __future__ import annotations

import zlib

import numpy as np

from se_viz.pictures.shifts.base import IMAGENET_C, Shift


def _noisy(model_inputs: np.ndarray, deviation: float, seed: int) -> np.ndarray:
    return np.stack([_noisy_one(model_input, deviation, seed) for model_input in model_inputs])


def _noisy_one(model_input: np.ndarray, deviation: float, seed: int) -> np.ndarray:
    """A picture's noise follows from the seed and the picture, so it is the same in any company."""
    own = zlib.crc32(model_input.astype(np.uint8).tobytes())
    noise = np.random.default_rng((seed, own)).standard_normal(model_input.shape)
    return model_input + 255 * deviation * noise


SHIFT = Shift(
    name="noise",
    title="Noise",
    strengths=(0.08, 0.12, 0.18, 0.26, 0.38),
    harmless=0.0,
    unit="standard deviation as a share of the range",
    source=f"{IMAGENET_C}, its Gaussian noise",
    function=_noisy,
)
