"""How alike the curves of the classes are in one block."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from se_viz.analysis.profiles.groups import filled
from se_viz.profiles import Profile

FLAT = 1e-6
"""Gates: a curve that moves less than this over the channels has no pattern to compare."""


@dataclass(frozen=True)
class Agreement:
    """The class curves of a block, compared in pairs.

    Attributes:
        difference: mean absolute difference between the curves of two classes, over channels and
            pairs, as a share of the standard deviation of the "all" curve over channels.
        correlation: Pearson correlation over channels, mean over pairs. It does not see a change
            of scale, so it compares patterns alone.
        scales: (smallest, largest) factor by which the "all" curve fits a class curve best (least
            squares through the origin).
    """

    difference: float
    correlation: float
    scales: tuple[float, float]


def agreement(profile: Profile, block: str) -> Agreement | None:
    """Compare the class curves of a block; None with fewer than two classes, or a flat curve."""
    curves = filled(profile, block).stats[block].mean
    if len(curves) < 2 or curves.std(1).min() < FLAT or curves.mean(0).std() < FLAT:
        return None
    usual = curves.mean(0)
    correlations = np.corrcoef(curves)[np.triu_indices(len(curves), 1)]
    scales = curves @ usual / (usual @ usual)
    return Agreement(
        float(_difference(curves) / usual.std()),
        float(correlations.mean()),
        (float(scales.min()), float(scales.max())),
    )


def _difference(curves: np.ndarray) -> float:
    """Mean absolute difference over channels and pairs of the K curves (K, C).

    In sorted order the k-th of K values (from 0) is the larger of k pairs and the smaller of
    K - 1 - k, which saves going through the pairs.
    """
    count = len(curves)
    sides = 2 * np.arange(count) - (count - 1)
    total = sides @ np.sort(curves, axis=0)
    return float(total.mean() / (count * (count - 1) / 2))
