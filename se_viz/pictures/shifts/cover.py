"""Part of the picture behind a grey square."""

from __future__ import annotations

import numpy as np

from se_viz.pictures.shifts.base import GREY, OURS, Shift, rng_of


def _covered(model_inputs: np.ndarray, share: float, seed: int) -> np.ndarray:
    return np.stack([_one(each, share, seed) for each in model_inputs])


def _one(picture: np.ndarray, share: float, seed: int) -> np.ndarray:
    """A larger square about the same point holds a smaller one."""
    at, made = rng_of(picture, seed).random(2), picture.copy()
    rows, columns = (_span(length, share, x) for length, x in zip(picture.shape, at, strict=False))
    made[rows, columns] = GREY
    return made


def _span(length: int, share: float, at: float) -> slice:
    side = round(length * share**0.5)
    first = round(at * (length - side))
    return slice(first, first + side)


SHIFT = Shift(
    name="cover",
    title="Cover",
    strengths=(0.1, 0.2, 0.3, 0.4, 0.5),
    harmless=0.0,
    course=(0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 1.0),
    unit="share of the picture behind a grey square; 1 shows nothing",
    source=OURS,
    function=_covered,
)
