"""A functional Keras network as a flat graph, nested networks written out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import keras

from se_viz.compat.keras import functional, nodes
from se_viz.probe.frontends.keras import layers, operations
from se_viz.probe.frontends.keras.activations import IDENTITIES, function_of
from se_viz.probe.frontends.keras.call import Call
from se_viz.probe.frontends.keras.classes import is_layer
from se_viz.probe.frontends.keras.layers import Facts
from se_viz.probe.frontends.keras.program import KerasProgram
from se_viz.probe.graph import Graph, Node, Shape, Slot, spatial_axes
from se_viz.probe.kinds import IDENTICAL, Kind


def unroll(model: keras.Model, result: int | None = 0) -> KerasProgram:
    """The program of a functional or sequential network.

    Args:
        model: the network.
        result: number of the result to look at, of several in the order of `model.outputs`.

    Raises:
        ValueError: where the network is a class of its own, whose graph cannot be read, or takes
            more than one input.
    """
    network = _readable(model)
    if network is None:
        raise ValueError(f"{model.name} is not a functional network, so its graph cannot be read.")
    if len(network.inputs) != 1:
        raise ValueError(f"{model.name} takes {len(network.inputs)} inputs instead of one picture.")
    writer, start = _Writer(), (0, id(network.inputs[0]))
    writer.shapes[start] = tuple(network.inputs[0].shape)
    results = writer.write(network, 0, {id(network.inputs[0]): start})
    graph = Graph(
        (start,),
        None if result is None else results[result],
        tuple(writer.calls),
        writer.shapes,
        lambda size: _resized(writer.shapes, start, writer.calls, size),
    )
    return KerasProgram(model, graph, writer.calls)


class _Writer:
    def __init__(self) -> None:
        self.calls: dict[Node, Call] = {}
        self.shapes: dict[Slot, Shape] = {}
        self.networks = 0

    def write(self, network: Any, number: int, scope: dict[int, Slot], path: str = "") -> list:
        """Write a network's nodes; `scope` knows where its input tensors are."""
        for node in nodes(network):
            if all(id(tensor) in scope for tensor in node.input_tensors):
                self._node(node, number, scope, path)
        return [scope[id(tensor)] for tensor in network.outputs]

    def _node(self, node: Any, number: int, scope: dict[int, Slot], path: str) -> None:
        inner = _readable(node.operation)
        path += node.operation.name
        if inner is None:
            outputs: list[Slot] = [(number, id(tensor)) for tensor in node.output_tensors]
            self._call(node, outputs, scope, path)
        else:
            self.networks += 1
            handed = [scope[id(tensor)] for tensor in node.input_tensors]
            ids = (id(tensor) for tensor in inner.inputs)
            scope_inside = dict(zip(ids, handed, strict=True))
            outputs = self.write(inner, self.networks, scope_inside, f"{path}/")
        scope.update(zip((id(tensor) for tensor in node.output_tensors), outputs, strict=True))

    def _call(self, node: Any, outputs: Sequence[Slot], scope: dict[int, Slot], path: str) -> None:
        tensors = tuple(id(tensor) for tensor in node.input_tensors)
        inputs = tuple(scope[tensor] for tensor in tensors)
        made = tuple(tuple(tensor.shape) for tensor in node.output_tensors)
        given = tuple(tuple(tensor.shape) for tensor in node.input_tensors)
        self.shapes.update(zip(outputs, made, strict=True))
        call = Call(node.operation, node.arguments, tensors, inputs, given, made)
        self.calls[_written(call, tuple(outputs), path)] = call


def _written(call: Call, outputs: tuple[Slot, ...], path: str) -> Node:
    operation, (kind, attributes) = call.operation, _facts(call)
    return Node(
        kind,
        call.inputs,
        outputs,
        call.made,
        path,
        attributes,
        layer=id(operation),
        learned=layers.is_learned(operation),
        normalises=call.kind in layers.NORMALISATIONS,
        widens=is_layer(operation),
        dtype=str(getattr(operation, "compute_dtype", "")),
    )


def _facts(call: Call) -> Facts:
    if layers.is_opaque(call.operation):
        return Kind.OPAQUE, {}
    found = layers.facts(call) or operations.facts(call)
    return found or _by_function(call) or (Kind.OTHER, {})


def _by_function(call: Call) -> Facts | None:
    function = function_of(call.operation) if call.alone else None
    if function is None:
        return None
    does_nothing = call.kind in (*IDENTITIES, "Activation") and function == IDENTICAL
    return (Kind.IDENTITY, {}) if does_nothing else (Kind.FUNCTION, {"function": function})


def _readable(operation: Any) -> Any | None:
    """The functional network in an operation, None where there is none, or where a class of its
    own computes something else than its graph."""
    inner = functional(operation)
    known = inner is not None and type(operation).call.__module__.startswith("keras.")
    return inner if known else None


def _resized(
    shapes: Mapping[Slot, Shape], start: Slot, calls: Mapping[Node, Call], size: int
) -> dict[Slot, Shape]:
    """Shapes for pictures of size x size pixels, as far as they can be told; no layer is called."""
    shape = list(shapes[start])
    for axis in spatial_axes(shapes[start]):
        shape[axis] = size
    values = {start: keras.KerasTensor(shape)}
    for node, call in calls.items():
        if all(slot in values for slot in node.inputs):
            values.update(zip(node.outputs, call.specify(values), strict=False))
    return {slot: tuple(tensor.shape) for slot, tensor in values.items()}
