"""How much of a gate's variation tells classes apart: eta squared, omega squared."""

from __future__ import annotations

import numpy as np

from se_viz.analysis.profiles.groups import filled
from se_viz.profiles import Profile


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


def omega_squared(profile: Profile, block: str) -> np.ndarray:
    """Share of each gate's variance that lies between classes, corrected for chance.

    omega^2 = (SSB - (K - 1) MSW) / (SSB + SSW + MSW), of a one-way analysis of variance over
    pictures with K classes, N pictures and MSW = SSW / (N - K) (W. L. Hays, Statistics for
    Psychologists, 1963). Pictures weigh alike, so a large class counts for more than a small one.
    For a gate that knows nothing of the class it is about 0 on average, where `specificity` is
    about (K - 1) / (N - 1): with two pictures each of five classes, -0.01 and 0.44. So single gates
    come out below 0, and they are kept, as cutting them off would bring the bias back.

    Returns:
        float64 (C,), from -(K - 1) / (N - K + 1) to 1; 0 for a gate that never changes, nan where
        there are fewer than two classes, or no class with two pictures.
    """
    stats = filled(profile, block).stats[block]
    count = stats.count[:, None]
    if len(count) < 2 or count.sum() <= len(count):
        return np.full(stats.mean.shape[1], np.nan)
    middle = (count * stats.mean).sum(0) / count.sum()
    between = (count * (stats.mean - middle) ** 2).sum(0)
    return omega_of(between, stats.m2.sum(0), len(count), int(count.sum()))


def omega_of(between: np.ndarray, within: np.ndarray, classes: int, pictures: int) -> np.ndarray:
    """Omega squared from sums of squares (any shape), 0 where a gate never changes."""
    noise = within / (pictures - classes)
    total = between + within + noise
    moves = total > 1e-14 * pictures
    return np.where(moves, (between - (classes - 1) * noise) / np.where(moves, total, 1.0), 0.0)
