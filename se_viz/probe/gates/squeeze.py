"""The mean of each channel of a map (arXiv 1709.01507, equation 2), or its maximum (section 6.2),
however it is taken.

At once or over one axis after the other; by pools, by means, or by sums that are divided by the
number of positions; with channels moved about, and positions put into one row, on the way.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from se_viz.probe.graph import Graph, Node, Shape, Slot
from se_viz.probe.kinds import Kind
from se_viz.probe.operations import nodes as operations
from se_viz.probe.operations.arithmetic import factor_of
from se_viz.probe.operations.reductions import channels_after, reduction_of

SAME = 1e-5
"""Relative: 1 / 49 and 49 may have been rounded to half precision."""


class NoBlockError(Exception):
    """Why a product is no SE block."""


@dataclass(frozen=True, eq=False)
class Squeeze:
    """One number for each channel of a map, however it is written.

    Attributes:
        slot: where it is.
        steps: from the map to it, in order.
        scale: what it is, times the mean over all positions: 1 for a mean, H W for a sum.
        largest: whether it is the maximum over all positions, not the mean.
    """

    slot: Slot
    steps: tuple[Node, ...]
    scale: float
    largest: bool = False


def is_mean(scale: float) -> bool:
    """Whether what is so many times the mean is the mean."""
    return math.isclose(scale, 1, rel_tol=SAME)


def changes_nothing(node: Node) -> bool:
    """Hands on its numbers, perhaps in another shape."""
    return operations.is_reshape(node) or operations.is_identity(node)


Shapes = Mapping[Slot, Shape]


def is_vector(shape: Shape) -> bool:
    """One row of numbers for each picture, however it is written."""
    return len(shape) > 1 and None not in shape[1:] and math.prod(shape[1:]) == max(shape[1:])  # type: ignore[arg-type, type-var]


def is_pool(graph: Graph, shapes: Shapes, slot: Slot) -> bool:
    """Whether a tensor is a vector by a sum, mean or maximum over axes, or such a sum over its
    number."""
    node = graph.producers[slot]
    if not is_vector(shapes[slot]):
        return False
    counted = _counted(graph, shapes, node)
    return counted is not None or reduction_of(node, *_ends(shapes, node)) is not None


def squeeze_of(graph: Graph, shapes: Shapes, slot: Slot, u: Slot, axis: int) -> Squeeze:
    """The squeeze of a map U in a tensor for which `is_pool`.

    Args:
        graph, shapes: of the network.
        slot: of the tensor.
        u: where U is, (N, H, W, C) or (N, C, H, W).
        axis: of U's channels.

    Raises:
        NoBlockError: where it is no squeeze of U.
    """
    steps: list[Node] = []
    pool, start = graph.producers[slot].path, origin(graph, u)
    while origin(graph, slot) != start:
        node = graph.producers.get(slot)
        if node is None or not _is_linear(graph, shapes, node):
            raise NoBlockError(f"the pool {pool} is of another tensor than the one that is scaled")
        steps.insert(0, node)
        slot = node.inputs[0]
    if not steps:
        raise NoBlockError(f"what is scaled is the pool {pool} itself")
    largest, scale = _is_largest(shapes, steps, pool), _scale(graph, shapes, steps, axis, pool)
    return Squeeze(steps[-1].outputs[0], tuple(steps), scale, largest)


def _is_largest(shapes: Shapes, steps: list[Node], pool: str) -> bool:
    """Whether steps take the maximum over positions; raises where they do more than that."""
    found = [reduction_of(node, *_ends(shapes, node)) for node in steps]
    maxima = [each.largest for each in found if each is not None]
    if not any(maxima):
        return False
    if not all(maxima):
        raise NoBlockError(
            f"the pool {pool} takes the maximum along one axis, the mean along another"
        )
    pairs = zip(steps, found, strict=True)
    if not all(each is not None or changes_nothing(node) for node, each in pairs):
        raise NoBlockError(f"the pool {pool} takes the maximum of numbers that were changed before")
    return True


def origin(graph: Graph, slot: Slot) -> Slot:
    """The same tensor before dropout and the like."""
    node = graph.producers.get(slot)
    while node is not None and operations.is_identity(node):
        slot = node.inputs[0]
        node = graph.producers.get(slot)
    return slot


def _is_linear(graph: Graph, shapes: Shapes, node: Node) -> bool:
    """Sums, averages, pools, moves or multiplies what it gets, and no more."""
    return _is_simple(shapes, node) or _counted(graph, shapes, node) is not None


def _is_simple(shapes: Shapes, node: Node) -> bool:
    """The same, of one tensor."""
    if len(node.inputs) != 1:
        return False
    known = factor_of(node) is not None
    reduces = reduction_of(node, *_ends(shapes, node)) is not None
    return changes_nothing(node) or known or reduces


def _scale(graph: Graph, shapes: Shapes, steps: list[Node], axis: int, pool: str) -> float:
    """What steps make of a map, times the mean over all positions; raises where its channels are no
    more by themselves at the end, or positions are."""
    place: int | None = axis
    scale = 1.0
    for node in steps:
        times = _times(graph, shapes, node)
        if times is None:
            raise NoBlockError(f"the pool {pool} sums over positions whose number is not known")
        place = None if place is None else place_after(node, *_ends(shapes, node), place)
        scale *= times
    last = shapes[steps[-1].outputs[0]]
    if place is None or last[place] != max(last[1:]):  # type: ignore[type-var]
        raise NoBlockError(f"the pool {pool} does not take each channel over all positions")
    return scale


def _times(graph: Graph, shapes: Shapes, node: Node) -> float | None:
    """What a linear node multiplies a mean by, None where that is unknown."""
    counted = _counted(graph, shapes, node)
    if counted is not None:
        return 1 / counted
    given, result = _ends(shapes, node)
    found, factor = reduction_of(node, given, result), factor_of(node)
    if found is not None:
        return found.scale(given)
    return 1.0 if factor is None else factor


def place_after(node: Node, given: Shape, result: Shape, axis: int) -> int | None:
    """Where the channels are after a linear node, None where they are no more by themselves."""
    found = reduction_of(node, given, result)
    if found is not None:
        gone = sum(each < axis for each in found.axes) if len(result) < len(given) else 0
        return None if {0, axis} & set(found.axes) else axis - gone
    if operations.is_reshape(node):
        return channels_after(node, given, result, axis)
    return axis if len(given) == len(result) else None


def _counted(graph: Graph, shapes: Shapes, node: Node) -> float | None:
    """The number by which a node divides its first tensor, where the second is known to hold that
    number everywhere: `ops.sum(u) / ops.sum(ops.ones_like(u))`."""
    if node.kind != Kind.DIVIDE or len(node.inputs) != 2:
        return None
    return number(graph, shapes, node.inputs[1]) or None


def number(graph: Graph, shapes: Shapes, slot: Slot) -> float | None:
    """The number that stands everywhere in a tensor, whatever the picture; None where it does not
    follow from shapes alone."""
    value = 1.0
    node = graph.producers.get(slot)
    while node is not None and node.kind != Kind.FILLED:
        times = _times(graph, shapes, node) if _is_simple(shapes, node) else None
        if times is None:
            return None
        value *= times
        node = graph.producers.get(node.inputs[0])
    return None if node is None else value * node["number"]


def _ends(shapes: Shapes, node: Node) -> tuple[Shape, Shape]:
    """Shapes of what goes in and what comes out."""
    return shapes[node.inputs[0]], shapes[node.outputs[0]]
