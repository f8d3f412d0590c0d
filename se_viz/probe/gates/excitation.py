"""From a factor of a product up to the squeeze: which steps make the gates, and of what.

A gate is one number for each channel, made of the squeeze by dense layers and functions of single
numbers (arXiv 1709.01507, equation 3). Branches may come together on the way, as in a product of
two gates, and the gates may be spread over the positions of the map.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Protocol

from se_viz.probe.gates.base import Scaled
from se_viz.probe.gates.squeeze import (
    NoBlockError,
    Squeeze,
    changes_nothing,
    is_pool,
    is_vector,
    place_after,
    squeeze_of,
)
from se_viz.probe.graph import Node, Slot, numbers
from se_viz.probe.kinds import Kind
from se_viz.probe.operations import merges
from se_viz.probe.operations import nodes as operations
from se_viz.probe.operations.formulas import SOFTMAX
from se_viz.probe.operations.merges import Bounds
from se_viz.probe.operations.spreads import spread_from

ANY: Bounds = (-math.inf, math.inf)
SHARES: Bounds = (0.0, 1.0)
DEEPEST = 100  # steps from a factor to its pool; networks have about ten


@dataclass(frozen=True, eq=False)
class Excitation:
    """What makes the gates of a block.

    Attributes:
        gates: where they are; of several tensors, the product is the excitation.
        squeezes: where they start, each a squeeze of the same map.
        path: the steps from the squeezes to the gates, in order.
        steps: all from the squeezes to the factors, those that shape or spread gates included.
        bounds: between which the excitation lies.
        mixed: whether channels were mixed on the way.
    """

    gates: tuple[Slot, ...]
    squeezes: tuple[Squeeze, ...]
    path: tuple[Node, ...]
    steps: tuple[Node, ...]
    bounds: Bounds
    mixed: bool

    @property
    def dense_layers(self) -> int:
        """How many stand between squeeze and gates, one behind the other."""
        rows: dict[Slot, int] = {}
        for node in self.path:
            before = max((rows.get(slot, 0) for slot in node.inputs), default=0)
            rows |= dict.fromkeys(node.outputs, before + operations.is_dense(node))
        return max((rows.get(gate, 0) for gate in self.gates), default=0)

    @property
    def adapts(self) -> bool:
        """Whether anything of the squeezes comes to the gates; constants let nothing pass, nor does
        a product with 0."""
        return reaches(self, lambda node: operations.is_constant(node) or _is_nothing(node))

    def narrowest(self, channels: int) -> int:
        """The width of the narrowest bottleneck, that of the gates where there is none."""
        widths = [operations.widths(node)[1] for node in self.path if operations.is_dense(node)]
        return min(widths, default=channels)


def _is_nothing(node: Node) -> bool:
    constant = node.attributes.get("constant") if node.kind == Kind.MULTIPLY else None
    return constant is not None and not numbers(constant).any()


class Way(Protocol):
    """What leads from squeezes to gates."""

    @property
    def gates(self) -> tuple[Slot, ...]: ...
    @property
    def squeezes(self) -> tuple[Squeeze, ...]: ...
    @property
    def path(self) -> tuple[Node, ...]: ...


def reaches(way: Way, hides: Callable[[Node], bool]) -> bool:
    """Whether anything of the squeezes comes to the gates, past steps of which some hide all."""
    reached = {squeeze.slot for squeeze in way.squeezes}
    for node in way.path:
        if not hides(node) and reached.intersection(node.inputs):
            reached.update(node.outputs)
    return not reached.isdisjoint(way.gates)


@dataclass(frozen=True)
class _Known:
    """Of a tensor that is the same at all positions: the axis of its channels, between which
    numbers it lies, and whether channels were mixed."""

    axis: int
    bounds: Bounds = ANY
    mixed: bool = False


def excitation_of(scaled: Scaled) -> Excitation:
    """What makes the factors that scale a map, whatever they do to its numbers.

    Raises:
        NoBlockError: where they are not made of its squeeze, or not one number for each channel.
    """
    reader, factors = _Reader(scaled), scaled.factors
    known = [reader.read(factor) for factor in factors]
    maps = (k for k, f in zip(known, factors, strict=True) if not is_vector(scaled.shapes[f]))
    if any(each.axis != scaled.axis for each in maps):
        raise NoBlockError("the factor is spread along the channels of the other")
    if len({squeeze.largest for squeeze in reader.squeezes.values()}) > 1:
        raise NoBlockError("the factor is made of means and of maxima, so it has no one squeeze")
    gates = tuple(map(reader.plain, factors))
    return Excitation(
        gates,
        tuple(reader.squeezes.values()),
        reader.path(gates),
        reader.path(factors),
        reduce(merges.times, (each.bounds for each in known)),
        any(each.mixed for each in known),
    )


class _Reader:
    """Walks up from factors to the squeezes of one map; each tensor is looked at once."""

    def __init__(self, scaled: Scaled) -> None:
        self.graph, self.shapes, self.u = scaled.graph, scaled.shapes, scaled.u
        self.axis = scaled.axis
        self.squeezes: dict[Slot, Squeeze] = {}
        self.ways: dict[Slot, tuple[Slot, ...]] = {}
        self.known: dict[Slot, _Known] = {}

    def read(self, slot: Slot, depth: int = 0) -> _Known:
        """What is known of a tensor; raises where it is no part of a gate."""
        node = self.graph.producers.get(slot)
        if node is None or depth > DEEPEST:
            raise NoBlockError("the factor does not come from a global average pool")
        if slot not in self.known:
            self.known[slot] = self._squeeze(node, slot) or self._after(node, slot, depth + 1)
        return self.known[slot]

    def _squeeze(self, node: Node, slot: Slot) -> _Known | None:
        if not is_pool(self.graph, self.shapes, slot):
            return None
        try:
            found = squeeze_of(self.graph, self.shapes, slot, self.u, self.axis)
        except NoBlockError:
            if is_vector(self.shapes[node.inputs[0]]):
                return None  # it changes nothing
            raise
        self.squeezes[slot] = found
        return _Known(self._longest(slot))

    def _longest(self, slot: Slot) -> int:
        shape = self.shapes[slot]
        return shape.index(max(shape[1:]), 1)  # type: ignore[type-var]

    def _after(self, node: Node, slot: Slot, depth: int) -> _Known:
        """Of the result of a node, by the first rule that knows it."""
        self.ways[slot] = node.inputs
        rules = (self._spread, self._mixed, self._moved, self._changed, self._merged)
        found = (rule(node, slot, depth) for rule in rules)
        known = next((each for each in found if each is not None), None)
        if known is None:
            raise NoBlockError(f"{node.path} stands between the factor and a global average pool")
        return known

    def _spread(self, node: Node, slot: Slot, depth: int) -> _Known | None:
        way = spread_from(self.graph, self.shapes, node)
        if way is None:
            return None
        self.ways[slot] = (way,)
        return self._aligned(slot, [self.read(way, depth)])

    def _mixed(self, node: Node, slot: Slot, depth: int) -> _Known | None:
        if not operations.is_dense(node):
            return None
        known, given = self.read(node.inputs[0], depth), self.shapes[node.inputs[0]]
        along = node["axis"]
        if operations.widths(node)[0] != given[along] or given[known.axis] not in (1, given[along]):
            return None
        if along != known.axis and given[known.axis] != 1:
            return None
        if operations.formula_of(node) is SOFTMAX and along != len(given) - 1:
            return None  # it is taken along the last axis, not along the channels
        return _Known(along, _bounds(node, ANY), mixed=True)

    def _moved(self, node: Node, slot: Slot, depth: int) -> _Known | None:
        given = self.shapes[node.inputs[0]]
        pools = is_vector(given) and is_pool(self.graph, self.shapes, slot)
        if len(node.inputs) > 1 or not (changes_nothing(node) or pools):
            return None
        known = self.read(node.inputs[0], depth)
        axis = place_after(node, given, self.shapes[slot], known.axis)
        return None if axis is None else replace(known, axis=axis)

    def _changed(self, node: Node, slot: Slot, depth: int) -> _Known | None:
        formula = operations.formula_of(node)
        if formula is None or len(node.inputs) > 1 or operations.is_dense(node):
            return None
        vector = is_vector(self.shapes[slot])
        if not vector and formula.monotone_from == math.inf:  # perhaps by constants at positions
            return None
        known = self.read(node.inputs[0], depth)
        if formula is SOFTMAX and not self._along(node, slot, known.axis):
            return None
        return self._aligned(slot, [replace(known, bounds=_bounds(node, known.bounds))])

    def _along(self, node: Node, slot: Slot, axis: int) -> bool:
        """Whether a softmax is taken along the axis of the channels."""
        said = node.attributes.get("axis", -1)
        return is_vector(self.shapes[slot]) and axis == said % len(self.shapes[slot])

    def _merged(self, node: Node, slot: Slot, depth: int) -> _Known | None:
        merge = operations.merge_of(node)
        if merge is None:
            return None
        parts = [self.read(way, depth) for way in node.inputs]
        bounds = merge.bounds([part.bounds for part in parts])
        mixed = any(part.mixed for part in parts)
        return self._aligned(slot, [replace(part, bounds=bounds, mixed=mixed) for part in parts])

    def _aligned(self, slot: Slot, parts: list[_Known]) -> _Known | None:
        """Of the result of tensors whose last axes stand beneath one another; None where their
        channels do not."""
        ways = zip(self.ways[slot], parts, strict=True)
        places = [(self.shapes[way], part.axis) for way, part in ways]
        most = max(shape[axis] or 0 for shape, axis in places)
        ends = {axis - len(shape) for shape, axis in places if shape[axis] == most}
        result = self.shapes[slot]
        axis = len(result) + ends.pop()
        return None if ends or result[axis] != most else replace(parts[0], axis=axis)

    def plain(self, slot: Slot) -> Slot:
        """The same numbers before they were reshaped or spread."""
        while slot in self.ways and len(self.ways[slot]) == 1:
            node = self.graph.producers[slot]
            spread = spread_from(self.graph, self.shapes, node) is not None
            if not changes_nothing(node) and not spread:
                break
            (slot,) = self.ways[slot]
        return slot

    def path(self, gates: Sequence[Slot]) -> tuple[Node, ...]:
        """All steps between the squeezes and the gates, in order."""
        waiting, needed = list(gates), set()
        while waiting:
            slot = waiting.pop()
            if slot in self.ways and slot not in needed:
                needed.add(slot)
                waiting += self.ways[slot]
        return tuple(node for node in self.graph.nodes if needed.intersection(node.outputs))


def _bounds(node: Node, bounds: Bounds) -> Bounds:
    formula = operations.formula_of(node)
    if formula is SOFTMAX:
        return SHARES
    return formula.bounds(*bounds) if formula else bounds
