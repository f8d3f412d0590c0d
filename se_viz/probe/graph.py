"""A functional Keras network as a flat list of steps, nested networks written out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import keras
from keras import tree

from se_viz.compat.keras import functional, nodes, takes_training

Slot = tuple[int, int]
"""A tensor of the program: the call of the (nested) network it belongs to, and its id there."""

Shape = tuple[int | None, ...]


@dataclass(frozen=True, eq=False)
class Step:
    """One operation with the tensors that go in and come out.

    `arguments` is how Keras noted the call, `inputs` are its tensors' ids and where they now are,
    `path` is the operation's name behind those of the networks around it: `backbone/multiply_3`.
    """

    operation: Any
    arguments: Any
    inputs: tuple[tuple[int, Slot], ...]
    outputs: tuple[Slot, ...]
    shapes: tuple[Shape, ...]
    path: str

    @property
    def sources(self) -> tuple[Slot, ...]:
        return tuple(slot for _, slot in self.inputs)

    @property
    def name(self) -> str:
        return self.operation.name


@dataclass(frozen=True, eq=False)
class Program:
    """Steps in an order in which they can run; `result` is the one of the network's results that is
    looked at, None where it is none of them."""

    inputs: tuple[Slot, ...]
    result: Slot | None
    steps: tuple[Step, ...]
    producers: dict[Slot, Step] = field(repr=False)
    shapes: dict[Slot, Shape] = field(repr=False)

    def run(
        self,
        given: Any,
        change: Callable[[Slot, Any], Any] | None = None,
        use: Callable[[Step, Slot, Any], Any] | None = None,
    ) -> dict[Slot, Any]:
        """Run every step on real or symbolic tensors, as in inference; returns all tensors.

        Args:
            given: the network's input.
            change: is shown each tensor as it comes out, and returns what the rest shall see.
            use: is shown each tensor as a step takes it, and returns what that step shall see.
        """
        values = {self.inputs[0]: given}
        for step in self.steps:
            taken = {s: use(step, s, values[s]) for s in step.sources} if use else values
            for slot, value in zip(step.outputs, _call(step, taken), strict=True):
                values[slot] = change(slot, value) if change else value
        return values

    def run_for(self, wanted: Collection[Slot], given: Any) -> dict[Slot, Any]:
        """Some tensors alone, as in inference: only the steps that they need are run, and what is
        no longer needed is let go.

        Args:
            wanted: their slots.
            given: the network's input.
        """
        steps = self.needed(wanted)
        last = {slot: step for step in steps for slot in step.sources}
        values = {self.inputs[0]: given}
        for step in steps:
            values.update(zip(step.outputs, _call(step, values), strict=True))
            for slot in {*step.sources, *step.outputs}:
                if last.get(slot, step) is step and slot not in wanted:
                    values.pop(slot, None)
        return {slot: values[slot] for slot in wanted}

    def needed(self, wanted: Collection[Slot]) -> list[Step]:
        """The steps that some tensors need, in order."""
        needed, steps = set(wanted), []
        for step in reversed(self.steps):
            if needed.intersection(step.outputs):
                needed.update(step.sources)
                steps.append(step)
        return steps[::-1]

    def shapes_at(self, size: int) -> dict[Slot, Shape]:
        """Shapes of the tensors for pictures of size x size pixels, as far as they can be told.

        No layer is called, and a network for one size may be asked about another.
        """
        start = self.inputs[0]
        shape = list(self.shapes[start])
        for axis in spatial_axes(self.shapes[start]):
            shape[axis] = size
        values = {start: keras.KerasTensor(shape)}
        for step in self.steps:
            if all(slot in values for slot in step.sources):
                values.update(zip(step.outputs, _specify(step, values), strict=False))
        return {slot: tuple(tensor.shape) for slot, tensor in values.items()}

    def users(self, slot: Slot) -> Iterator[Step]:
        """The steps that take a tensor."""
        return (step for step in self.steps if slot in step.sources)


def channels_first(shape: Shape) -> bool:
    """Whether a batch of pictures of this shape is (N, 3, H, W)."""
    return len(shape) == 4 and shape[1] == 3 and shape[3] != 3


def spatial_axes(shape: Shape) -> tuple[int, ...]:
    """Height and width of a batch of pictures; nothing for what is no picture."""
    if len(shape) != 4:
        return ()
    return (2, 3) if channels_first(shape) else (1, 2)


def unroll(model: keras.Model, result: int | None = 0) -> Program:
    """The program of a functional or sequential network.

    Args:
        model: the network.
        result: number of the result to look at, of several in the order of `model.outputs`.

    Raises:
        ValueError: where the network is a class of its own, whose graph cannot be read, or takes
            more than one input.
    """
    network = _read(model)
    if network is None:
        raise ValueError(f"{model.name} is not a functional network, so its graph cannot be read.")
    if len(network.inputs) != 1:
        raise ValueError(f"{model.name} takes {len(network.inputs)} inputs instead of one picture.")
    writer = _Writer()
    scope = {id(network.inputs[0]): (0, id(network.inputs[0]))}
    writer.shapes[scope[id(network.inputs[0])]] = tuple(network.inputs[0].shape)
    results = writer.write(network, 0, scope)
    start = (0, id(network.inputs[0]))
    producers = {slot: step for step in writer.steps for slot in step.outputs}
    looked_at = None if result is None else results[result]
    return Program((start,), looked_at, tuple(writer.steps), producers, writer.shapes)


class _Writer:
    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.shapes: dict[Slot, Shape] = {}
        self.calls = 0

    def write(self, network: Any, call: int, scope: dict[int, Slot], path: str = "") -> list[Slot]:
        """Write a network's steps; `scope` knows where its input tensors are."""
        for node in nodes(network):
            if all(id(tensor) in scope for tensor in node.input_tensors):
                self._node(node, call, scope, path)
        return [scope[id(tensor)] for tensor in network.outputs]

    def _node(self, node: Any, call: int, scope: dict[int, Slot], path: str) -> None:
        inner = _read(node.operation)
        path += node.operation.name
        if inner is None:
            outputs = [(call, id(tensor)) for tensor in node.output_tensors]
            self._step(node, outputs, scope, path)
        else:
            self.calls += 1
            handed = [scope[id(tensor)] for tensor in node.input_tensors]
            ids = (id(tensor) for tensor in inner.inputs)
            scope_inside = dict(zip(ids, handed, strict=True))
            outputs = self.write(inner, self.calls, scope_inside, f"{path}/")
        scope.update(zip((id(tensor) for tensor in node.output_tensors), outputs, strict=True))

    def _step(self, node: Any, outputs: Sequence[Slot], scope: dict[int, Slot], path: str) -> None:
        inputs = tuple((id(tensor), scope[id(tensor)]) for tensor in node.input_tensors)
        shapes = tuple(tuple(tensor.shape) for tensor in node.output_tensors)
        self.shapes.update(zip(outputs, shapes, strict=True))
        step = Step(node.operation, node.arguments, inputs, tuple(outputs), shapes, path)
        self.steps.append(step)


def _read(operation: Any) -> Any | None:
    """The functional network in an operation, None where there is none, or where a class of its
    own computes something else than its graph."""
    inner = functional(operation)
    known = inner is not None and type(operation).call.__module__.startswith("keras.")
    return inner if known else None


def _specify(step: Step, values: dict[Slot, Any]) -> list[Any]:
    """Symbolic outputs of a step, nothing where it does not take inputs of these shapes."""
    args, kwargs = step.arguments.fill_in({key: values[slot] for key, slot in step.inputs})
    try:
        return tree.flatten(step.operation.compute_output_spec(*args, **kwargs))
    except (ValueError, TypeError, NotImplementedError):
        return []


def _call(step: Step, values: dict[Slot, Any]) -> list[Any]:
    args, kwargs = step.arguments.fill_in({key: values[slot] for key, slot in step.inputs})
    if takes_training(step.operation):
        kwargs = {**kwargs, "training": False}
    return tree.flatten(step.operation(*args, **kwargs))
