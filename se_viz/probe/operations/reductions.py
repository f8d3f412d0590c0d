"""Sums and means over axes of a tensor, and where its channels go when axes are moved about."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from se_viz.probe.frontends.keras.kinds import array
from se_viz.probe.graph import Shape, Step
from se_viz.probe.operations import steps


@dataclass(frozen=True)
class Reduction:
    """A sum over some axes, or a mean over them, times a number."""

    axes: tuple[int, ...]
    mean: bool
    factor: float = 1.0

    def scale(self, given: Shape) -> float | None:
        """What the result is, times the mean; None for a sum over an unknown number."""
        sizes = [given[axis] for axis in self.axes]
        if self.mean:
            return self.factor
        return None if None in sizes else self.factor * math.prod(sizes)  # type: ignore[arg-type]


def reduction_of(step: Step, given: Shape, result: Shape) -> Reduction | None:
    """The sum or mean that a step of one tensor takes, with all positions alike; None for others.

    Args:
        step: any.
        given, result: shapes of what goes in and comes out.
    """
    kind = steps.kind(step)
    if len(step.inputs) != 1:
        return None
    if kind.startswith("GlobalAveragePooling"):
        first = 2 if step.operation.data_format == "channels_first" else 1
        return Reduction(tuple(range(first, first + len(given) - 2)), mean=True)
    if kind in _POOLS:
        return _pooled(step.operation, kind, given, result)
    if kind == "Einsum":
        return _summed(step.operation.subscripts, len(given))
    if kind == "Matmul":
        return _by_constant(step, given)
    if kind not in ("Mean", "Sum", "Average") or steps.is_layer(step) or _weighted(step):
        return None
    return Reduction(_axes(step.operation.axis, len(given)), mean=kind != "Sum")


_POOLS = (
    *("AveragePooling1D", "AveragePooling2D", "AveragePooling3D", "AveragePool"),
    *("AdaptiveAveragePooling1D", "AdaptiveAveragePooling2D", "AdaptiveAveragePooling3D"),
    "AdaptiveAveragePool",
)


def _pooled(operation: Any, kind: str, given: Shape, result: Shape) -> Reduction | None:
    """A pool whose window is as long as an axis, or 1 and then changes nothing along it."""
    first = 2 if operation.data_format == "channels_first" else 1
    axes = range(first, first + len(given) - 2)
    window = () if kind.startswith("Adaptive") else operation.pool_size
    window = (window,) * len(axes) if isinstance(window, int) else tuple(window)
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


def _by_constant(step: Step, given: Shape) -> Reduction | None:
    """Of a product with a column in which all numbers are equal."""
    first, *rest = step.arguments.args
    if len(rest) != 1 or not isinstance(first, keras.KerasTensor):
        return None
    column = array(rest[0])
    if column.shape != (given[-1], 1) or not column.size or np.ptp(column):
        return None
    return Reduction((len(given) - 1,), mean=False, factor=float(column[0, 0]))


def _weighted(step: Step) -> bool:
    arguments = step.arguments
    return len(arguments.args) > 1 or any(v is not None for v in arguments.kwargs.values())


def _axes(axes: Any, rank: int) -> tuple[int, ...]:
    if axes is None:
        return tuple(range(rank))
    listed = axes if isinstance(axes, tuple | list) else (axes,)
    return tuple(axis % rank for axis in listed)


def channels_after(step: Step, given: Shape, result: Shape, axis: int) -> int | None:
    """Where the axis of channels is after a step that moves numbers and keeps them all, None where
    it is no more by itself."""
    order = _order(step, len(given))
    if order is not None:
        return order.index(axis)
    known = None not in (*given[1:], *result[1:])
    if not known and steps.kind(step) == "GetItem":
        return None
    if known and math.prod(given[1:]) != math.prod(result[1:]):  # type: ignore[arg-type]
        return None
    return _reshaped(given, result, axis)


def _order(step: Step, rank: int) -> list[int] | None:
    """Which axis comes to stand where, None for a step that does not reorder axes."""
    kind, operation, axes = steps.kind(step), step.operation, list(range(rank))
    if kind == "Permute":
        return [0, *operation.dims]
    if kind == "Transpose":
        return [axis % rank for axis in operation.axes or axes[::-1]]
    if kind == "Swapaxes":
        one, other = operation.axis1, operation.axis2
        axes[one], axes[other] = axes[other], axes[one]
        return axes
    if kind == "Moveaxis":
        moved = _axes(operation.source, rank), _axes(operation.destination, rank)
        left = [axis for axis in axes if axis not in moved[0]]
        for source, place in sorted(zip(*moved, strict=True), key=lambda pair: pair[1]):
            left.insert(place, source)
        return left
    return None


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
    return None not in (_count(one), _count(other)) and _count(one) == _count(other)


def _count(sides: Shape) -> int | None:
    return None if None in sides else math.prod(sides)  # type: ignore[arg-type]
