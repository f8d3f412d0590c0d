"""Graphs with numbers for tensors and layers, as they are kept."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any

from se_viz.probe.graph import Graph
from se_viz.probe.stored.plain import Arrays, decoded, encoded


def written(graph: Graph, size: int, arrays: Arrays) -> dict[str, Any]:
    """A graph as JSON has it, with the shapes of its tensors for pictures of size x size pixels.

    Raises:
        TypeError: where a node has facts of a kind that has no plain form.
    """
    slots: dict[Hashable, int] = {}
    layers: dict[Hashable, int] = {None: -1}

    def number(names: dict[Hashable, int], name: Hashable) -> int:
        return names.setdefault(name, len(names))

    nodes = [
        replace(
            node,
            inputs=tuple(number(slots, slot) for slot in node.inputs),
            outputs=tuple(number(slots, slot) for slot in node.outputs),
            layer=None if node.layer is None else number(layers, node.layer),
        )
        for node in graph.nodes
    ]
    at_size = graph.shapes_at(size)
    return {
        "inputs": [number(slots, slot) for slot in graph.inputs],
        "result": None if graph.result is None else number(slots, graph.result),
        "nodes": [encoded(node, arrays) for node in nodes],
        "shapes": _numbered(graph.shapes, slots),
        "size": size,
        "shapes_at_size": _numbered(at_size, slots),
    }


def read(kept: Mapping[str, Any], arrays: Arrays) -> Graph:
    """The graph that was written; Exception of whatever kind where none was."""
    at_size, size = _shapes(kept["shapes_at_size"]), kept["size"]
    return Graph(
        tuple(kept["inputs"]),
        kept["result"],
        tuple(decoded(node, arrays) for node in kept["nodes"]),
        _shapes(kept["shapes"]),
        lambda wanted: at_size if wanted == size else {},
    )


def _numbered(shapes: Mapping[Hashable, Any], slots: Mapping[Hashable, int]) -> list:
    return [[slots[slot], list(shape)] for slot, shape in shapes.items() if slot in slots]


def _shapes(kept: list) -> dict[Hashable, tuple[int | None, ...]]:
    return {slot: tuple(shape) for slot, shape in kept}
