"""What looks like an SE block without a squeeze: it has no gate for a channel, only for a place."""

from __future__ import annotations

import math

from se_viz.probe.gates.squeeze import Shapes, origin
from se_viz.probe.graph import Graph, Node, Slot
from se_viz.probe.kinds import Kind
from se_viz.probe.operations import nodes
from se_viz.probe.operations.formulas import SOFTMAX

NOT_SQUEEZED = (
    "each position has gates of its own, made of the channels there: nothing is squeezed, so no "
    "gate is one number per channel"
)


def is_unpooled(graph: Graph, shapes: Shapes, node: Node) -> bool:
    """Whether a product scales a map by what dense layers make of it, position by position
    (arXiv 1709.01507, section 6.2: "NoSqueeze")."""
    maps = [len(shapes[slot]) == 4 and not _is_pooled(graph, slot) for slot in node.inputs]
    if maps != [True, True]:
        return False
    one, other = node.inputs
    return _made_of(graph, other, one) or _made_of(graph, one, other)


def _is_pooled(graph: Graph, slot: Slot) -> bool:
    """Whether it comes from a pool as it is, and so has no positions."""
    node = graph.producers.get(origin(graph, slot))
    return node is not None and node.kind in (Kind.MEAN, Kind.LARGEST, Kind.POOL)


def _made_of(graph: Graph, slot: Slot, u: Slot) -> bool:
    """Whether dense layers and functions of single numbers lead from a map to a tensor."""
    start, dense = origin(graph, u), 0
    if origin(graph, slot) == start or not _has_a_range(graph.producers.get(slot)):
        return False
    while origin(graph, slot) != start:
        node = graph.producers.get(slot)
        if node is None or len(node.inputs) != 1:
            return False
        if not (nodes.is_dense(node) or nodes.formula_of(node)):
            return False
        dense += nodes.is_dense(node)
        slot = node.inputs[0]
    return dense > 0


def _has_a_range(node: Node | None) -> bool:
    """Whether a function such as a sigmoid comes last."""
    last = None if node is None else nodes.formula_of(node)
    if last is None or last is SOFTMAX:
        return last is SOFTMAX
    return math.isfinite(last.bounds(-math.inf, math.inf)[0])
