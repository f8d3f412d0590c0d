"""An OpenVINO model as a graph, and what runs a part of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from se_viz.compat.openvino import library, operations
from se_viz.pictures.labels.names import clean
from se_viz.probe.frontends.openvino.constants import constant_of
from se_viz.probe.frontends.openvino.kinds import kind_of
from se_viz.probe.graph import Graph, Node, Shape, Slot
from se_viz.probe.kinds import Kind
from se_viz.probe.runtimes.openvino.compiled import compile_once

MOVES = (Kind.RESHAPE, Kind.TRANSPOSE, Kind.SPREAD)


@dataclass(frozen=True, eq=False)
class OpenVINOSource:
    """A graph with, for each tensor, its place in the model: number of the operation, in order, and
    of its result."""

    model: Any = field(repr=False)
    graph: Graph = field(repr=False)
    library: str = "openvino"

    def values(self, wanted: Sequence[Slot], pictures: np.ndarray) -> Mapping[Slot, np.ndarray]:
        """See `Program.values`."""
        model = self.model.clone()
        tensors = places(model)
        results = [operations.result(tensors[slot]) for slot in wanted]
        part = library.Model(results, model.get_parameters())
        try:
            found = compile_once(part, "float32")(pictures)
        except Exception as error:  # whatever OpenVINO raises on what it cannot run
            raise ValueError(str(error)) from error
        return dict(zip(wanted, found, strict=True))


def places(model: Any) -> dict[Slot, Any]:
    """The tensors of a model by their slots."""
    return {
        (number, place): output
        for number, operation in enumerate(model.get_ordered_ops())
        for place, output in enumerate(operation.outputs())
    }


def read(model: Any, result: int | None = 0) -> OpenVINOSource:
    """The program of a model.

    Args:
        model: an `openvino.Model`.
        result: number of the result to look at.

    Raises:
        ValueError: where it takes more than one input.
    """
    if len(model.inputs) != 1:
        raise ValueError(f"It takes {len(model.inputs)} inputs instead of one picture.")
    ordered = list(model.get_ordered_ops())
    numbers = {each.get_name(): number for number, each in enumerate(ordered)}
    (given,) = model.get_parameters()
    start = (numbers[given.get_name()], 0)
    shapes: dict[Slot, Shape] = {start: _shape(given.output(0))}
    nodes = []
    for each in ordered:
        if each.get_type_name() in ("Parameter", "Constant", "Result") or _is_constant(each):
            continue
        node = _node(each, numbers)
        nodes.append(node)
        shapes.update(zip(node.outputs, node.shapes, strict=True))
    looked_at = None if result is None else _slot(model.results[result].input_value(0), numbers)
    return OpenVINOSource(model, Graph((start,), looked_at, tuple(nodes), shapes))


def _node(each: Any, numbers: Mapping[str, int]) -> Node:
    kind, attributes, learned = kind_of(each)
    count = 1 if kind in MOVES else each.get_input_size()  # behind it come shapes
    given = [each.input_value(place) for place in range(count)]
    inputs = [_slot(tensor, numbers) for tensor in given if constant_of(tensor) is None]
    outputs = [(numbers[each.get_name()], place) for place in range(each.get_output_size())]
    return Node(
        kind,
        tuple(inputs),
        tuple(outputs),
        tuple(_shape(each.output(place)) for place in range(each.get_output_size())),
        _path(each),
        attributes,
        layer=each.get_name() if learned else None,
        learned=learned,
        normalises=each.get_type_name() == "BatchNormInference",
        dtype="float32",
    )


def _path(each: Any) -> str:
    """Its name for people; files may hold names that are no text."""
    try:
        return clean(each.get_friendly_name()).strip("/") or each.get_name()
    except UnicodeDecodeError:
        return each.get_name()


def _is_constant(each: Any) -> bool:
    """Whether all that it gives is known without a picture."""
    outputs = each.outputs()
    return bool(outputs) and all(constant_of(output) is not None for output in outputs)


def _slot(tensor: Any, numbers: Mapping[str, int]) -> Slot:
    return numbers[tensor.get_node().get_name()], tensor.get_index()


def _shape(tensor: Any) -> Shape:
    shape = tensor.get_partial_shape()
    if shape.rank.is_dynamic:
        return ()
    return tuple(None if length.is_dynamic else length.get_length() for length in shape)
