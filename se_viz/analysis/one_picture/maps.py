"""Feature maps of some channels, small enough to be drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

SIDE = 56
"""Positions along a side up to which a map is drawn as it is."""
NEARLY_ALL = 0.995


@dataclass(frozen=True, eq=False)
class Maps:
    """Some channels of one picture in one block.

    Attributes:
        channels: int (n,), their numbers.
        z, s: (n,), squeezes and gates.
        u, x: float32 (n, h, w), before and after scaling, averaged down where they were large.
        size: height and width before that.
    """

    channels: np.ndarray
    z: np.ndarray
    s: np.ndarray
    u: np.ndarray
    x: np.ndarray
    size: tuple[int, int]

    @property
    def averaged(self) -> bool:
        """Whether the maps are smaller than they were."""
        return self.u.shape[1:] != self.size

    @property
    def limit(self) -> float:
        """Where colours end, above 0: 99.5% of all values of u and x lie within it."""
        sizes = np.abs(np.concatenate([self.u.ravel(), self.x.ravel()]))
        found = float(np.quantile(sizes, NEARLY_ALL)) if sizes.size else 0.0
        return found or float(sizes.max(initial=0)) or 1.0

    def table(self) -> pd.DataFrame:
        """Columns channel, row, column, u, x: one row for each position."""
        count, height, width = self.u.shape
        rows, columns = np.mgrid[:height, :width]
        return pd.DataFrame(
            {
                "channel": np.repeat(self.channels, height * width),
                "row": np.tile(rows.ravel(), count),
                "column": np.tile(columns.ravel(), count),
                "u": self.u.ravel(),
                "x": self.x.ravel(),
            }
        )


def maps_of(
    u: np.ndarray, x: np.ndarray, z: np.ndarray, s: np.ndarray, channels: np.ndarray
) -> Maps:
    """Maps of some channels.

    Args:
        u, x: (H, W, C).
        z, s: (C,).
        channels: int (n,).
    """
    small_u, small_x = (shrink(maps[..., channels]) for maps in (u, x))
    height, width = u.shape[:2]
    return Maps(channels, z[channels], s[channels], small_u, small_x, (height, width))


def shrink(maps: np.ndarray, side: int = SIDE) -> np.ndarray:
    """(H, W, n) -> float32 (n, h, w), the mean of each square of k x k positions, with the smallest
    k that makes h and w `side` at most; squares at the lower and right edge may be cut."""
    height, width = maps.shape[:2]
    step = -(-max(height, width) // side)
    rows, columns = np.arange(0, height, step), np.arange(0, width, step)
    sums = np.add.reduceat(maps, rows, axis=0, dtype=np.float64)
    sums = np.add.reduceat(sums, columns, axis=1)
    counts = np.outer(np.diff([*rows, height]), np.diff([*columns, width]))
    return np.moveaxis(sums / counts[..., None], 2, 0).astype(np.float32)
