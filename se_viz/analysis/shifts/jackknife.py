"""Intervals of anything that is made of sums, by leaving out a group of pictures at a time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

GROUPS = 20
"""Groups of pictures, dealt out in turn."""
Z = 1.959964
"""Of 95%."""


def groups_of(rows: np.ndarray) -> np.ndarray:
    """int (n,): the group of each picture, by its number."""
    return np.asarray(rows) % GROUPS


def interval(
    sums: tuple[np.ndarray, ...], statistic: Callable[..., np.ndarray]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A statistic with its 95% interval.

    The jackknife that deletes a group at a time: B. Efron and C. Stein, Annals of Statistics 9
    (1981). Groups without pictures are left out.

    Args:
        sums: arrays (GROUPS, ...), summed over the pictures of each group; the first counts them.
        statistic: of the sums over all groups.

    Returns:
        The statistic of all pictures, and the ends of its interval; these are nan where fewer than
        two groups have pictures.
    """
    filled = sums[0] > 0
    parts = [each[filled] for each in sums]
    whole = [each.sum(0) for each in parts]
    value = np.asarray(statistic(*whole))
    count = int(filled.sum())
    if count < 2:
        nothing = np.full_like(value, np.nan, dtype=float)
        return value, nothing, nothing
    left = np.stack(
        [statistic(*(w - p[g] for w, p in zip(whole, parts, strict=True))) for g in range(count)]
    )
    half = Z * np.sqrt((count - 1) / count * ((left - left.mean(0)) ** 2).sum(0))
    return value, value - half, value + half
