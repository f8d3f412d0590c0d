"""Less light, or more: every value times k."""

from __future__ import annotations

import numpy as np

from se_viz.pictures.shifts.base import Shift


def _exposed(model_inputs: np.ndarray, k: float, seed: int) -> np.ndarray:
    return model_inputs * k


SHIFT = Shift(
    name="exposure",
    title="Light",
    strengths=(0.6, 0.4, 0.3, 0.2, 0.1),
    harmless=1.0,
    unit="factor on every value",
    source="ours; not among ImageNet-C's",
    function=_exposed,
)
