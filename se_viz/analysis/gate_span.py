"""Between which numbers gates are drawn: 0 and 1, or as far as they go where they leave that."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

Span = tuple[float, float]
USUAL: Span = (0.0, 1.0)
SIGNED: Span = (-1.0, 1.0)


def span_of(*gates: Any) -> Span:
    """The ends of an axis for gates, which have 0 on it in any case.

    Args:
        gates: arrays or columns of any shape; what is not finite is passed over.

    Returns:
        0 and 1 for gates that stay there, as behind a sigmoid; -1 and 1 as behind tanh; else from
        the smallest to the largest, as behind relu.
    """
    parts = [np.asarray(each, np.float64).ravel() for each in gates]
    values = np.concatenate([part[np.isfinite(part)] for part in parts]) if parts else np.zeros(0)
    low, high = values.min(initial=0.0), values.max(initial=0.0)
    for least, most in (USUAL, SIGNED):
        if least <= low and high <= most:
            return least, most
    return float(low), float(high)


def around(mean: Any, std: Any) -> tuple[np.ndarray, np.ndarray]:
    """One standard deviation below and above means of gates, as far as gates can be there."""
    low, high = span_of(mean)
    least = low if low in (0, -1) else -math.inf
    most = high if high == 1 else math.inf
    middle, wide = np.asarray(mean, np.float64), np.asarray(std, np.float64)
    return np.maximum(middle - wide, least), np.minimum(middle + wide, most)
