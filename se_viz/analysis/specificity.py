"""How much of a gate's variation tells classes apart."""

from __future__ import annotations

import numpy as np

from se_viz.analysis.groups import filled
from se_viz.profile import Profile


def specificity(profile: Profile, block: str) -> np.ndarray:
    """Share of each gate's variance that lies between class means (eta squared).

    Var(class means) / (Var(class means) + mean within-class variance), population variances, each
    class with the same weight. It grows by chance where classes have few pictures: with n pictures
    each it is about 1 / n for a gate that knows nothing of the class.

    Returns:
        float64 (C,) in [0, 1]; 0 for a gate that never changes, and where there is one class.
    """
    stats = filled(profile, block).stats[block]
    if len(stats.count) < 2:
        return np.zeros(stats.mean.shape[1])
    between = stats.mean.var(0)
    total = between + (stats.std**2).mean(0)
    moves = total > 1e-14
    return np.where(moves, between / np.where(moves, total, 1.0), 0.0)


def median_specificity(profile: Profile, block: str) -> float:
    """The median of `specificity` over the channels of a block."""
    return float(np.median(specificity(profile, block)))
