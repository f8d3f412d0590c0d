"""The gates of a block as a strip of few colours, from low to high."""

from __future__ import annotations

import numpy as np

CELLS = 26
"""Colours of a strip."""


def strip(gates: np.ndarray) -> np.ndarray:
    """Gates (..., C) -> float32 (..., 26): sorted, the mean of each run of neighbours; of fewer
    channels than that, each as often as it fits."""
    ordered = np.sort(np.asarray(gates, np.float64), axis=-1)
    count = ordered.shape[-1]
    ends = np.arange(CELLS + 1) * count / CELLS
    runs = zip(np.floor(ends[:-1]).astype(int), np.ceil(ends[1:]).astype(int), strict=True)
    means = [ordered[..., low : max(high, low + 1)].mean(-1) for low, high in runs]
    return np.stack(means, -1).astype(np.float32)
