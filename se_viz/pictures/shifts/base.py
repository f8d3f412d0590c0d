"""What a kind of shift promises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

IMAGENET_C = "ImageNet-C (Hendrycks and Dietterich, ICLR 2019)"
SIDE = 224
"""Pixels of the pictures for which ImageNet-C gives its lengths."""

Function = Callable[[np.ndarray, float, int], np.ndarray]


@dataclass(frozen=True)
class Shift:
    """A kind of shift.

    Attributes:
        name: its own; title: for people.
        strengths: five, from mild to strong.
        harmless: the strength that changes nothing.
        unit: what a strength is.
        source: where name and strengths come from.
        function: float64 model inputs (N, size, size, 3) in [0, 255], strength, seed -> the same
            shape.
    """

    name: str
    title: str
    strengths: tuple[float, float, float, float, float]
    harmless: float
    unit: str
    source: str
    function: Function = field(repr=False)

    def apply(self, model_inputs: np.ndarray, strength: float, seed: int = 0) -> np.ndarray:
        """uint8 (N, size, size, 3) or (size, size, 3) -> the same, shifted.

        The harmless strength gives back the same bytes.
        """
        if strength == self.harmless:
            return model_inputs.copy()
        batch = model_inputs[None] if model_inputs.ndim == 3 else model_inputs
        made = self.function(batch.astype(np.float64), strength, seed)
        made = np.rint(np.clip(made, 0, 255)).astype(np.uint8)
        return made[0] if model_inputs.ndim == 3 else made
