"""A network as a graph of plain facts, whatever library it was made with.

Nodes say what becomes of tensors by a `Kind` and numbers; a front end makes them, a runtime runs
them, and all else that is told of a network's structure is read from them alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from se_viz.probe.kinds import Kind

Slot = Hashable
"""A tensor of the graph."""

Shape = tuple[int | None, ...]

Array = np.ndarray | Callable[[], np.ndarray]
"""Numbers, or what gives them as they are now: large ones are not copied to make a graph."""


@dataclass(frozen=True, eq=False)
class Node:
    """One operation with the tensors that go in and come out.

    Attributes:
        kind: what it does; its description tells which `attributes` it has.
        inputs, outputs: its tensors; a constant is an attribute.
        shapes: of its outputs.
        path: its name for people, behind those of the networks around it: `backbone/multiply_3`.
        attributes: by name.
        layer: what holds its weights, the same for each of its calls; None where nothing does.
        learned: whether it has numbers that training moves.
        normalises: whether it brings what it gets to a mean and spread of its own.
        widens: whether inputs of fewer axes get axes of 1 behind the first, not before it.
        dtype: in which it computes, "" where that is not known.
    """

    kind: Kind
    inputs: tuple[Slot, ...]
    outputs: tuple[Slot, ...]
    shapes: tuple[Shape, ...]
    path: str
    attributes: Mapping[str, Any] = field(default_factory=dict)
    layer: Hashable = None
    learned: bool = False
    normalises: bool = False
    widens: bool = False
    dtype: str = ""

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    def __getitem__(self, attribute: str) -> Any:
        return self.attributes[attribute]


@dataclass(frozen=True, eq=False)
class Graph:
    """Nodes in an order in which they can run.

    Attributes:
        inputs: where the pictures are.
        result: the one of the network's results that is looked at, None where it is none of them.
        nodes: all of them.
        shapes: of all tensors, (N, ...).
        resized: tells the shapes for pictures of size x size pixels, as far as that is known.
    """

    inputs: tuple[Slot, ...]
    result: Slot | None
    nodes: tuple[Node, ...]
    shapes: Mapping[Slot, Shape] = field(repr=False)
    resized: Callable[[int], Mapping[Slot, Shape]] | None = field(default=None, repr=False)

    @cached_property
    def producers(self) -> Mapping[Slot, Node]:
        """The node that makes a tensor; none for the inputs."""
        return {slot: node for node in self.nodes for slot in node.outputs}

    @cached_property
    def _users(self) -> Mapping[Slot, list[Node]]:
        users: dict[Slot, list[Node]] = {}
        for node in self.nodes:
            for slot in dict.fromkeys(node.inputs):
                users.setdefault(slot, []).append(node)
        return users

    def users(self, slot: Slot) -> Iterable[Node]:
        """The nodes that take a tensor, in order."""
        return self._users.get(slot, ())

    def needed(self, wanted: Collection[Slot]) -> list[Node]:
        """The nodes that some tensors need, in order."""
        needed, nodes = set(wanted), []
        for node in reversed(self.nodes):
            if needed.intersection(node.outputs):
                needed.update(node.inputs)
                nodes.append(node)
        return nodes[::-1]

    @cached_property
    def narrows(self) -> Sequence[Slot]:
        """Tensors, in order, each of which alone decides everything that comes after it."""
        last = {slot: place for place, node in enumerate(self.nodes) for slot in node.inputs}
        last |= {} if self.result is None else {self.result: len(self.nodes)}
        live, found = {self.inputs[0]}, [self.inputs[0]]
        for place, node in enumerate(self.nodes):
            live = {slot for slot in live if last.get(slot, -1) > place}
            live |= {slot for slot in node.outputs if last.get(slot, -1) > place}
            if len(live) == 1:
                found += [slot for slot in live if slot not in found]
        return found

    def shapes_at(self, size: int) -> Mapping[Slot, Shape]:
        """Shapes of the tensors for pictures of size x size pixels, as far as they can be told; a
        network for one size may be asked about another."""
        if self.resized is not None:
            return self.resized(size)
        given = self.shapes[self.inputs[0]]
        return self.shapes if {given[axis] for axis in spatial_axes(given)} == {size} else {}


def numbers(array: Array) -> np.ndarray:
    """An array of a node, float64."""
    return np.asarray(array() if callable(array) else array, np.float64)


def channels_first(shape: Shape) -> bool:
    """Whether a batch of pictures of this shape is (N, 3, H, W)."""
    return len(shape) == 4 and shape[1] == 3 and shape[3] != 3


def spatial_axes(shape: Shape) -> tuple[int, ...]:
    """Height and width of a batch of pictures; nothing for what is no picture."""
    if len(shape) != 4:
        return ()
    return (2, 3) if channels_first(shape) else (1, 2)
