"""Where an axis of a node's result stands in what goes in, for nodes that move axes about."""

from __future__ import annotations

import math
from typing import Any

from se_viz.probe.graph import Node, Shape
from se_viz.probe.kinds import Kind

REDUCTIONS = (Kind.MEAN, Kind.SUM, Kind.LARGEST, Kind.SMALLEST)


def moved(node: Node, given: Shape, result: Shape, axis: int) -> tuple[int, bool] | None:
    """(axis in what goes in, whether all of it is kept) for a node that only moves numbers."""
    if node.kind == Kind.RESHAPE:
        return _reshaped(given, result, axis)
    if node.kind == Kind.TRANSPOSE:
        return node["order"][axis], True
    if node.kind == Kind.SPLIT:
        return axis, node["axis"] != axis
    return _picked(node["key"], len(given), axis) if node.kind == Kind.INDEX else None


def _reshaped(given: Shape, result: Shape, axis: int) -> tuple[int, bool] | None:
    """The axis of the same length with as many numbers behind it, as their order stays."""
    wanted = (result[axis], count(result[axis + 1 :]))
    places = (p for p in range(len(given)) if (given[p], count(given[p + 1 :])) == wanted)
    found = next(places, None)
    return None if found is None or wanted[1] is None else (found, True)


def count(sides: Shape) -> int | None:
    """How many numbers these sides hold, None where that is not known."""
    return None if None in sides else math.prod(sides)  # type: ignore[arg-type]


def _picked(key: tuple[Any, ...], rank: int, axis: int) -> tuple[int, bool] | None:
    """Of an index such as `[:, 0]` or `[..., 1:]`."""
    parts = list(key)
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


def reduced(node: Node, given: Shape, axis: int) -> tuple[int, tuple[int, ...]] | None:
    """(axis in what goes in, the axes over which a mean, sum or extreme is taken), None where the
    axis itself is among these, or the node is none such."""
    if node.kind not in REDUCTIONS:
        return None
    axes = node["axes"]
    left = [place for place in range(len(given)) if node["keepdims"] or place not in axes]
    return (left[axis], axes) if left[axis] not in axes else None
