"""Where words stand in a panel so that they cover neither lines nor one another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

LETTER, LINE = 6.6, 15
"""Pixels of a letter and of a line of text of 12 pixels, on average."""
NEAR = 6
"""Pixels between a point and words that belong to it."""


@dataclass(frozen=True)
class Spot:
    """The middle of words, as pixels right of a point and above it."""

    right: float
    up: float


@dataclass(eq=False)
class Room:
    """A panel of so many pixels; x to the right, y upwards.

    Attributes:
        width, height: of the panel.
        taken: boxes (left, right, low, high) of words that stand there already.
        inked: (n, 2), points along the lines that are drawn.
    """

    width: float
    height: float
    taken: list[tuple[float, float, float, float]] = field(default_factory=list)
    inked: np.ndarray = field(default_factory=lambda: np.zeros((0, 2)))

    def draw(self, x: np.ndarray, y: np.ndarray) -> None:
        """A line through points, in pixels; what is not a number is left out."""
        known = np.isfinite(x) & np.isfinite(y)
        if not known.any():
            return
        x, y = np.asarray(x)[known], np.asarray(y)[known]
        along = np.linspace(0, len(x) - 1, 60 * len(x))
        points = np.stack([np.interp(along, np.arange(len(x)), v) for v in (x, y)], 1)
        self.inked = np.concatenate([self.inked, points])

    def put(self, words: str, x: float, y: float, spots: Iterable[Spot] | None = None) -> Spot:
        """The best of some spots about a point, which is then taken; of equals the first."""
        half = (LETTER * len(words) / 2, LINE / 2)
        tried = list(spots or around(*half))
        boxes = [self._box(x + spot.right, y + spot.up, half) for spot in tried]
        best = min(range(len(tried)), key=lambda place: (self._cost(boxes[place]), place))
        self.taken.append(boxes[best])
        return tried[best]

    @staticmethod
    def _box(x: float, y: float, half: tuple[float, float]) -> tuple[float, float, float, float]:
        return x - half[0], x + half[0], y - half[1], y + half[1]

    def _cost(self, box: tuple[float, float, float, float]) -> float:
        left, right, low, high = box
        x, y = self.inked.T
        covered = ((x > left) & (x < right) & (y > low) & (y < high)).sum()
        hits = sum(a < right and left < b and c < high and low < d for a, b, c, d in self.taken)
        out = max(0, -left) + max(0, right - self.width) + max(0, -low) + max(0, high - self.height)
        return float(covered + 500 * hits + 50 * out)


def around(half_width: float, half_height: float) -> list[Spot]:
    """Above, below, beside and at the corners of a point, nearer ones first."""
    found = []
    for more in (0, 6, 14, 24):
        up, side = half_height + NEAR + more, half_width + NEAR + more
        found += [Spot(0, up), Spot(0, -up), Spot(side, 0), Spot(-side, 0)]
        found += [Spot(x, y) for x in (half_width, -half_width) for y in (-up, up)]
    return found
