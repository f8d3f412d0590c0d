"""Where an axis of a step's result stands in what goes in, for steps that move axes about."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from se_viz.probe.graph import Shape, Step
from se_viz.probe.operations import steps

RESHAPES = ("Reshape", "Flatten", "ExpandDims", "Squeeze", "Ravel")
MEANS = ("Mean", "Average", "GlobalAveragePooling1D", "GlobalAveragePooling2D")
ENDS = ("Max", "Min", "Amax", "Amin", "GlobalMaxPooling1D", "GlobalMaxPooling2D")


def moved(step: Step, given: Shape, result: Shape, axis: int) -> tuple[int, bool] | None:
    """(axis in what goes in, whether all of it is kept) for a step that only moves numbers."""
    kind = steps.kind(step)
    if kind in RESHAPES:
        return _reshaped(given, result, axis)
    if kind == "Transpose":
        order = step.operation.axes or range(len(given))[::-1]
        return order[axis] % len(given), True
    if kind == "Permute":
        return (0, *step.operation.dims)[axis], True
    if kind == "Split":
        return axis, step.operation.axis % len(given) != axis
    return _picked(step.arguments.args[1], len(given), axis) if kind == "GetItem" else None


def _reshaped(given: Shape, result: Shape, axis: int) -> tuple[int, bool] | None:
    """The axis of the same length with as many numbers behind it, as their order stays."""
    wanted = (result[axis], _count(result[axis + 1 :]))
    places = (p for p in range(len(given)) if (given[p], _count(given[p + 1 :])) == wanted)
    found = next(places, None)
    return None if found is None or wanted[1] is None else (found, True)


def _count(sides: Shape) -> int | None:
    return None if None in sides else math.prod(sides)  # type: ignore[arg-type]


def _picked(key: Any, rank: int, axis: int) -> tuple[int, bool] | None:
    """Of an index such as `[:, 0]` or `[..., 1:]`."""
    parts = list(key) if isinstance(key, tuple | list) else [key]
    if not all(p is None or p is Ellipsis or isinstance(p, int | slice) for p in parts):
        return None
    taken = sum(part is not None and part is not Ellipsis for part in parts)
    whole = [slice(None)] * (rank - taken)
    place = parts.index(Ellipsis) if Ellipsis in parts else len(parts)
    parts[place : place + 1] = whole
    source, kept = 0, []
    for part in parts:
        if not isinstance(part, int) or isinstance(part, bool):
            kept.append((source, part))
        source += part is not None
    found, part = kept[axis]
    return None if part is None else (found, part == slice(None))


def reduced(step: Step, given: Shape, axis: int) -> tuple[int, tuple[int, ...]] | None:
    """(axis in what goes in, the axes over which a mean, sum or extreme is taken), None where the
    axis itself is among these, or the step is none such."""
    axes = _axes(step, len(given))
    if axes is None:
        return None
    keeps = bool(getattr(step.operation, "keepdims", False))
    left = [place for place in range(len(given)) if keeps or place not in axes]
    return (left[axis], axes) if left[axis] not in axes else None


def _axes(step: Step, rank: int) -> tuple[int, ...] | None:
    kind, operation = steps.kind(step), step.operation
    if kind.startswith("Global") and kind in MEANS + ENDS:
        first = 2 if operation.data_format == "channels_first" else 1
        return tuple(range(first, first + rank - 2))
    if kind not in (*MEANS, *ENDS, "Sum") or len(step.inputs) != 1:
        return None
    axes = operation.axis
    if axes is None:
        return tuple(range(rank))
    listed: Sequence[int] = axes if isinstance(axes, tuple | list) else (axes,)
    return tuple(place % rank for place in listed)
