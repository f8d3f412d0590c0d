"""What a kind of shift promises, and a shift at a strength."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

IMAGENET_C = "ImageNet-C (Hendrycks and Dietterich, ICLR 2019)"
OURS = "ours; not among ImageNet-C's"
SIDE = 224
"""Pixels of the pictures for which ImageNet-C gives its lengths."""
GREY = 128
"""The value of a plain grey, of 0 to 255."""

Function = Callable[[np.ndarray, float, int], np.ndarray]


@dataclass(frozen=True)
class Shift:
    """A kind of shift.

    Attributes:
        name: its own; title: for people.
        strengths: five, from mild to strong.
        harmless: the strength that changes nothing.
        course: from mild until nothing, or hardly anything, is left to see.
        unit: what a strength is.
        source: where name and strengths come from.
        function: float64 model inputs (N, size, size, 3) in [0, 255], strength, seed -> the same
            shape.
    """

    name: str
    title: str
    strengths: tuple[float, float, float, float, float]
    harmless: float
    course: tuple[float, ...]
    unit: str
    source: str
    function: Function = field(repr=False)

    def apply(self, model_inputs: np.ndarray, strength: float, seed: int = 0) -> np.ndarray:
        """uint8 (N, size, size, 3) or (size, size, 3) -> the same, shifted.

        The harmless strength gives back the same bytes. What is random follows from the seed and
        the picture, so it is the same in any company.

        Raises:
            ValueError: for a strength beyond those from harmless to the end of the course; a
                sentence for people.
        """
        self.refuse_misfit(strength)
        if strength == self.harmless:
            return model_inputs.copy()
        batch = model_inputs[None] if model_inputs.ndim == 3 else model_inputs
        made = self.function(batch.astype(np.float64), strength, seed)
        made = np.rint(np.clip(made, 0, 255)).astype(np.uint8)
        return made[0] if model_inputs.ndim == 3 else made

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest strength."""
        low, high = sorted((self.harmless, self.course[-1]))
        return low, high

    def refuse_misfit(self, strength: float) -> None:
        """Raises ValueError for a strength out of range, a sentence for people."""
        low, high = self.ends
        if not low <= strength <= high:
            raise ValueError(
                f"{self.title} takes a strength from {self.harmless:g} (no change) to "
                f"{self.course[-1]:g}, not {strength:g}."
            )


def rng_of(picture: np.ndarray, seed: int) -> np.random.Generator:
    """Chances of a picture's own, by its pixels and a seed."""
    own = zlib.crc32(picture.astype(np.uint8).tobytes())
    return np.random.default_rng((seed, own))
