"""Tensors of an OpenVINO model: where they come from, and where they go."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

import numpy as np

from se_viz.compat.openvino import operations
from se_viz.probe.gates.sites import Site

MOVES = ("Transpose", "Reshape", "Squeeze", "Unsqueeze", "Convert")
"""What moves numbers and changes none."""
MAPS_LAST = [0, 2, 3, 1]


def origin(tensor: Any) -> Any:
    """The tensor of which this one has the numbers, before they were moved."""
    while tensor.get_node().get_type_name() in MOVES:
        tensor = tensor.get_node().input_value(0)
    return tensor


def channels_axis(before: Any, tensor: Any) -> int:
    """Where the channels of maps stand in a tensor's `origin`, however they were moved since: 1, or
    3 as in the tensor itself.

    Raises:
        ValueError: where they were moved in other ways.
    """
    order = [0, 1, 2, 3]
    while tensor != before:
        node = tensor.get_node()
        if node.get_type_name() == "Transpose":
            places = node.input_value(1).get_node().get_data()
            order = [int(places[axis]) for axis in order]
        elif node.get_type_name() != "Convert":
            raise ValueError(f"maps go through {node.get_type_name()}")
        tensor = node.input_value(0)
    if order not in ([0, 1, 2, 3], MAPS_LAST):
        raise ValueError(f"maps are moved by {order}")
    return order[3]


def count(tensor: Any) -> Any:
    """How many pictures are in a tensor, int32 (1,)."""
    shape = operations.shape_of(tensor, "i32")
    return operations.slice(shape, [0], [1], [1])


def first(tensor: Any, many: Any) -> Any:
    """So many pictures, the first ones, of a tensor."""
    return operations.slice(tensor, [0], many, [1], [0])


def spread(row: Any, many: Any, channels: int) -> Any:
    """Gates (N, C); of one row that stands for all pictures, N of it."""
    if row.get_output_partial_shape(0)[0].is_dynamic:
        return row
    shape = operations.concat([many, np.array([channels], np.int32)], 0)
    return operations.broadcast(row, shape)


def gate_of(product: Any, u: Any, site: Site) -> Any | None:
    """Where the product of a block takes its gates, None where these are no row of numbers."""
    node = product.get_node()
    ports = [port for port in node.inputs() if origin(port.get_source_output()) != u]
    if not site.alone or node.get_type_name() != "Multiply" or len(ports) != 1:
        return None
    shape = ports[0].get_source_output().get_partial_shape().get_max_shape()
    return ports[0] if prod(shape[1:]) == site.block.channels else None


def hand(takers: Sequence[Any], node: Any) -> None:
    """Give the result of a node to all that took another tensor."""
    for port in takers:
        port.replace_source_output(node.output(0))


def kind_of(tensor: Any) -> str:
    """Of its numbers, such as "f32"."""
    return tensor.get_element_type().to_string()


def as_kind(tensor: Any, kind: str) -> Any:
    """A tensor in another kind of numbers, where it is not of it."""
    return tensor if kind_of(tensor) == kind else operations.convert(tensor, kind).output(0)
