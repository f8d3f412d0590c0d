"""What an operation on several tensors does to their numbers, one by one."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product

import numpy as np

from se_viz.probe.kinds import Kind

Bounds = tuple[float, float]


@dataclass(frozen=True)
class Merge:
    """A sum, a product or the like.

    Attributes:
        text: its name for people.
        two: what becomes of two, float64 -> float64; of more, it is taken again and again.
        ends: between which numbers the result of two lies, from the bounds of both.
        mean: whether the result is divided by how many they are.
    """

    text: str
    two: Callable[[np.ndarray, np.ndarray], np.ndarray]
    ends: Callable[[Bounds, Bounds], Bounds]
    mean: bool = False

    def apply(self, parts: Sequence[np.ndarray]) -> np.ndarray:
        """Its results for float64 numbers of several tensors."""
        found = reduce(self.two, parts)
        return found / len(parts) if self.mean else found

    def bounds(self, parts: Sequence[Bounds]) -> Bounds:
        """Between which two numbers its results lie."""
        low, high = reduce(self.ends, parts)
        return (low / len(parts), high / len(parts)) if self.mean else (low, high)


def _sum(a: Bounds, b: Bounds) -> Bounds:
    return a[0] + b[0], a[1] + b[1]


def _difference(a: Bounds, b: Bounds) -> Bounds:
    return a[0] - b[1], a[1] - b[0]


def times(a: Bounds, b: Bounds) -> Bounds:
    """Of a product: 0 times any number, however large, is 0."""
    ends = [0.0 if math.isnan(x * y) else x * y for x, y in product(a, b)]
    return min(ends), max(ends)


def _larger(a: Bounds, b: Bounds) -> Bounds:
    return max(a[0], b[0]), max(a[1], b[1])


def _smaller(a: Bounds, b: Bounds) -> Bounds:
    return min(a[0], b[0]), min(a[1], b[1])


MERGES: dict[Kind, Merge] = {
    Kind.ADD: Merge("sum", np.add, _sum),
    Kind.AVERAGE: Merge("mean", np.add, _sum, mean=True),
    Kind.SUBTRACT: Merge("difference", np.subtract, _difference),
    Kind.MULTIPLY: Merge("product", np.multiply, times),
    Kind.MAXIMUM: Merge("maximum", np.maximum, _larger),
    Kind.MINIMUM: Merge("minimum", np.minimum, _smaller),
}
"""By kind of node."""
