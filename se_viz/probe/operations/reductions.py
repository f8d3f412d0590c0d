"""Sums, means and maxima over axes of a tensor, and where its channels go when axes are moved."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from se_viz.probe.graph import Node, Shape, numbers
from se_viz.probe.kinds import Kind
from se_viz.probe.operations.axes import count


@dataclass(frozen=True)
class Reduction:
    """A sum over some axes, or a mean over them, times a number; or their maximum."""

    axes: tuple[int, ...]
    mean: bool
    factor: float = 1.0
    largest: bool = False

    def scale(self, given: Shape) -> float | None:
        """What the result is, times the mean or maximum; None for a sum over an unknown number."""
        sizes = [given[axis] for axis in self.axes]
        if self.mean:
            return self.factor
        return None if None in sizes else self.factor * math.prod(sizes)  # type: ignore[arg-type]


def reduction_of(node: Node, given: Shape, result: Shape) -> Reduction | None:
    """The sum, mean or maximum that a node of one tensor takes, with all positions alike; None for
    others.

    Args:
        node: any.
        given, result: shapes of what goes in and comes out.
    """
    if len(node.inputs) != 1:
        return None
    if node.kind in (Kind.MEAN, Kind.SUM):
        return Reduction(node["axes"], node.kind == Kind.MEAN) if node["alike"] else None
    if node.kind == Kind.LARGEST:
        return Reduction(node["axes"], mean=True, largest=True)
    if node.kind == Kind.POOL:
        return _pooled(node, given, result)
    if node.kind == Kind.EINSUM:
        return _summed(node["subscripts"], len(given))
    return _by_constant(node, given) if node.kind == Kind.MATMUL else None


def _pooled(node: Node, given: Shape, result: Shape) -> Reduction | None:
    """A pool whose window is as long as an axis, or 1 and then changes nothing along it."""
    axes, window = node["axes"], node["window"]
    taken = [axis for axis in axes if result[axis] == 1]
    for axis, length in zip(axes, window, strict=False):
        whole = axis in taken and length == given[axis]
        if not whole and not (length == 1 and result[axis] == given[axis]):
            return None
    if any(axis not in taken and result[axis] != given[axis] for axis in axes):
        return None
    return Reduction(tuple(taken), mean=True) if taken else None


def _summed(subscripts: str, rank: int) -> Reduction | None:
    """Of an `einsum` such as `nhwc->nc`, that keeps the order of what is left."""
    taken, arrow, left = subscripts.replace(" ", "").partition("->")
    plain = taken.isalpha() and len(set(taken)) == len(taken) == rank
    if not arrow or not plain or left != "".join(letter for letter in taken if letter in left):
        return None
    return Reduction(tuple(i for i, letter in enumerate(taken) if letter not in left), mean=False)


def _by_constant(node: Node, given: Shape) -> Reduction | None:
    """Of a product with a column in which all numbers are equal."""
    if node["constant"] is None:
        return None
    column = numbers(node["constant"])
    if column.shape != (given[-1], 1) or not column.size or np.ptp(column):
        return None
    return Reduction((len(given) - 1,), mean=False, factor=float(column[0, 0]))


def channels_after(node: Node, given: Shape, result: Shape, axis: int) -> int | None:
    """Where the axis of channels is after a node that moves numbers and keeps them all, None where
    it is no more by itself."""
    if node.kind == Kind.TRANSPOSE:
        return node["order"].index(axis)
    known = None not in (*given[1:], *result[1:])
    if not known and node.kind == Kind.INDEX:
        return None
    if known and count(given[1:]) != count(result[1:]):
        return None
    return _reshaped(given, result, axis)


def _reshaped(given: Shape, result: Shape, axis: int) -> int | None:
    """The axis of the same length with as many numbers behind it, or before it."""
    behind, before = given[axis + 1 :], given[1:axis]
    for place in range(len(result) - 1, 0, -1):
        ends = (result[place + 1 :], behind), (result[1:place], before)
        if result[place] == given[axis] and any(_same(*pair) for pair in ends):
            return place
    return None


def _same(one: Shape, other: Shape) -> bool:
    """Whether both hold equally many numbers, as far as that is known."""
    return None not in (count(one), count(other)) and count(one) == count(other)
