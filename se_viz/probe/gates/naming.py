"""Names for the blocks of a network: by stage and index where it has the paper's, else by depth."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from se_viz.probe.gates.blocks import number, title
from se_viz.probe.graph import Graph, Node, Shape, Slot, spatial_axes
from se_viz.probe.operations import nodes

LARGE = 512  # pixels; a multiple of every stride, so large that odd borders do not matter

OURS = re.compile(r"SE_([2-5])_([1-9][0-9]{0,2})_scale")
"""What `nets.se_resnet.build` calls the layer that scales."""

Place = tuple[Slot, Slot, int]
"""U, X, and the axis of U's channels."""


def name(graph: Graph, places: Sequence[Place]) -> list[tuple[str, int, int]]:
    """(name, stage, index) of each block in order of depth; of our own SE-ResNets as layers are
    called, since not every block stands before the sum there."""
    said = [OURS.fullmatch(graph.producers[x].name) for _, x, _ in places]
    numbers = [(int(found[1]), int(found[2])) for found in said if found]
    if len(numbers) == len(places) and numbers == sorted(set(numbers)):
        return [(title(*place), *place) for place in numbers]
    large = graph.shapes_at(LARGE)
    strides = [_stride(graph, large, u, axis) for u, _, axis in places]
    residual = all(_is_added(graph, x) for _, x, _ in places)
    return [(title(*place), *place) for place in number(strides, residual)]


def _stride(graph: Graph, large: Mapping[Slot, Shape], u: Slot, axis: int) -> int | None:
    """Input height over that of U, to the nearest power of 2; None where a height is unknown."""
    start = graph.inputs[0]
    heights = spatial_axes(graph.shapes[start])
    for shapes in (large, graph.shapes):
        if heights and u in shapes:
            whole, part = shapes[start][heights[0]], shapes[u][1 if axis == 3 else 2]
            if whole and part:
                return 2 ** round(math.log2(whole / part))
    return None


def _is_added(graph: Graph, slot: Slot) -> bool:
    """Whether a tensor goes into an addition, by itself or after an activation or a norm."""
    return any(
        nodes.is_addition(node) or (_is_elementwise(node) and _is_added(graph, node.outputs[0]))
        for node in graph.users(slot)
    )


def _is_elementwise(node: Node) -> bool:
    return not nodes.is_dense(node) and nodes.formula_of(node) is not None
