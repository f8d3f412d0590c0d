"""Saved as a small JPEG, and opened again."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from se_viz.pictures.shifts.base import IMAGENET_C, Shift


def _squashed(model_inputs: np.ndarray, quality: float, seed: int) -> np.ndarray:
    return np.stack([_one(each, round(quality)) for each in model_inputs])


def _one(picture: np.ndarray, quality: int) -> np.ndarray:
    file = io.BytesIO()
    Image.fromarray(picture.astype(np.uint8)).save(file, "JPEG", quality=quality)
    with Image.open(file) as opened:
        return np.asarray(opened, np.float64)


SHIFT = Shift(
    name="jpeg",
    title="JPEG",
    strengths=(25.0, 18.0, 15.0, 10.0, 7.0),
    harmless=100.0,
    course=(25.0, 18.0, 15.0, 10.0, 7.0, 4.0, 1.0),
    unit="quality of the file, 100 for the picture as it is",
    source=f"{IMAGENET_C}, its JPEG compression",
    function=_squashed,
)
