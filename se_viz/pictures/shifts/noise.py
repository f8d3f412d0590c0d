"""A noisy sensor: Gaussian noise, of its own on every value."""

from __future__ import annotations

import zlib

import numpy as np

from se_viz.pictures.shifts.base import IMAGENET_C, Shift


def _noisy(views: np.ndarray, deviation: float, seed: int) -> np.ndarray:
    return np.stack([_noisy_one(view, deviation, seed) for view in views])


def _noisy_one(view: np.ndarray, deviation: float, seed: int) -> np.ndarray:
    """A picture's noise follows from the seed and the picture, so it is the same in any company."""
    own = zlib.crc32(view.astype(np.uint8).tobytes())
    return view + 255 * deviation * np.random.default_rng((seed, own)).standard_normal(view.shape)


SHIFT = Shift(
    name="noise",
    title="Noise",
    strengths=(0.08, 0.12, 0.18, 0.26, 0.38),
    harmless=0.0,
    unit="standard deviation as a share of the range",
    source=f"{IMAGENET_C}, its Gaussian noise",
    function=_noisy,
)
