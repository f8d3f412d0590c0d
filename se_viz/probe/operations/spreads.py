"""Nodes that repeat what they get along some axes, and change no number."""

from __future__ import annotations

from se_viz.probe.gates.squeeze import Shapes, number
from se_viz.probe.graph import Graph, Node, Slot
from se_viz.probe.kinds import Kind
from se_viz.probe.operations.arithmetic import adds_nothing
from se_viz.probe.operations.axes import count


def spread_from(graph: Graph, shapes: Shapes, node: Node) -> Slot | None:
    """The tensor that a node repeats, None where it does something else.

    By what is made for it (upsampling, tiles), a product with ones, or a sum with zeros:
    `s * ops.ones_like(u)`.
    """
    result = count(shapes[node.outputs[0]][1:])
    for slot in node.inputs:
        others = [number(graph, shapes, other) for other in node.inputs if other != slot]
        if count(shapes[slot][1:]) != result and _repeats(node, others):
            return slot
    return None


def _repeats(node: Node, others: list[float | None]) -> bool:
    """Whether a node repeats its tensor; `others` are the numbers of its other tensors, None where
    unknown."""
    if others:
        return others == [_NEUTRAL.get(node.kind)] and None not in others
    return node.kind == Kind.SPREAD or adds_nothing(node)


_NEUTRAL = {Kind.MULTIPLY: 1.0, Kind.ADD: 0.0}
