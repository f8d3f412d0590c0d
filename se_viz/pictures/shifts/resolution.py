"""Fewer pixels: made small by averaging, and large again without smoothing."""

from __future__ import annotations

import numpy as np
from PIL import Image

from se_viz.pictures.shifts.base import IMAGENET_C, Shift


def _pixelated(model_inputs: np.ndarray, share: float, seed: int) -> np.ndarray:
    return np.stack([_one(each, share) for each in model_inputs])


def _one(picture: np.ndarray, share: float) -> np.ndarray:
    height, width = picture.shape[:2]
    small = max(1, int(width * share)), max(1, int(height * share))
    image = Image.fromarray(picture.astype(np.uint8)).resize(small, Image.Resampling.BOX)
    return np.asarray(image.resize((width, height), Image.Resampling.NEAREST), np.float64)


SHIFT = Shift(
    name="resolution",
    title="Resolution",
    strengths=(0.6, 0.5, 0.4, 0.3, 0.25),
    harmless=1.0,
    course=(0.6, 0.4, 0.25, 0.15, 0.1, 0.05, 0.02),
    unit="share of the pixels along each side",
    source=f"{IMAGENET_C}, its pixelate",
    function=_pixelated,
)
