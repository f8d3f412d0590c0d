"""What structure tells of the numbers of a tensor: their bounds, and what those of a picture add
up to over the classes.

So a softmax is known through whatever is done to it afterwards that leaves it probabilities: an
average of several, of a picture seen in several ways, of places; a product made to add up to 1
again; a part cut out. Likewise sigmoids, and what a network's last weights give.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

import numpy as np

from se_viz.probe.graph import Graph, Node, Slot, numbers
from se_viz.probe.kinds import Function, Kind
from se_viz.probe.operations import axes, formulas, nodes
from se_viz.probe.operations.arithmetic import constants
from se_viz.probe.outputs import ranges
from se_viz.probe.outputs.ranges import ANY, INF, LINEAR, SHARES, Range, hull, merged, mixed, times

DEEPEST = 60  # steps up from the result; heads have about ten
TINY = 1e-3  # what is added to a sum lest it be 0


def range_of(graph: Graph, slot: Slot, axis: int) -> Range:
    """What is known of a tensor whose classes lie along an axis."""
    return _Reader(graph).ask(slot, axis)


class _Reader:
    """Walks up from a tensor as far as steps are known; each is looked at once."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.known: dict[tuple[Slot, int], Range] = {}
        self.depth = 0

    def ask(self, slot: Slot, axis: int) -> Range:
        node = self.graph.producers.get(slot)
        if node is None or self.depth > DEEPEST or axis >= len(self.graph.shapes[slot]):
            return ANY
        if (slot, axis) not in self.known:
            self.depth += 1
            self.known[slot, axis] = self._of(node, slot, axis)
            self.depth -= 1
        return self.known[slot, axis]

    def _of(self, node: Node, slot: Slot, axis: int) -> Range:
        found = (rule(self, node, slot, axis) for rule in RULES)
        return next((each for each in found if each is not None), ANY)

    def shape(self, slot: Slot) -> tuple:
        return self.graph.shapes[slot]


def _handed_on(reader: _Reader, node: Node, slot: Slot, axis: int) -> Range | None:
    return reader.ask(node.inputs[0], axis) if nodes.is_identity(node) else None


def _normalised(reader: _Reader, node: Node, slot: Slot, axis: int) -> Range | None:
    """Softmax, sparsemax, log softmax, whether a node or part of one; division by the sum."""
    rank = len(reader.shape(slot))
    if node.kind == Kind.DIVIDE_BY_NORM and node["order"] == 1 and node["axis"] % rank == axis:
        return SHARES if reader.ask(node.inputs[0], axis).low >= 0 else ANY
    name, places = _softmax(node)
    along = {place % rank for place in np.atleast_1d(places)} == {axis}
    if name in (Kind.SOFTMAX, Kind.SPARSEMAX):
        return SHARES if along else Range(0, 1)
    return Range(high=0, form="log" if along else "") if name == Kind.LOG_SOFTMAX else None


def _softmax(node: Node) -> tuple[str, int | Sequence[int]]:
    """The name of what a node computes along axes, and which these are."""
    if node.kind in (Kind.SOFTMAX, Kind.LOG_SOFTMAX, Kind.SPARSEMAX):
        return node.kind, node["axis"]
    formula = nodes.after_weights(node) or nodes.formula_of(node)
    return formula.text if formula else "", -1


def _weighted(reader: _Reader, node: Node, slot: Slot, axis: int) -> Range | None:
    formula = nodes.after_weights(node)
    if formula is None:
        return None
    if formula is formulas.LINEAR:
        return LINEAR
    return Range(*formula.bounds(-INF, INF), form="bent", text=formula.text)


def _each(reader: _Reader, node: Node, slot: Slot, axis: int) -> Range | None:
    """A function of each number of one tensor by itself."""
    if len(node.inputs) != 1:
        return None
    formula = nodes.formula_of(node)
    if formula is None and node.kind not in _MORE:
        return None
    given = reader.ask(node.inputs[0], axis)
    if node.kind == Kind.LOGARITHM and given.low >= 0 and given.most < INF:
        return Range(form="log")
    form = "bent" if given.form in ("linear", "bent") else ""
    if formula is None:
        return Range(*_MORE[node.kind], form=form, text=node.kind)
    low, high = formula.bounds(given.low, given.high)
    scale, offset = _affine(node)
    if scale is None:
        return mixed(Range(low, high, form=form, text=formula.text), [given])
    kept = given.form if given.form != "log" or scale > 0 else ""
    rows = (scale * given.least, scale * given.most) if scale > 0 and not offset else (-INF, INF)
    return mixed(Range(low, high, *rows, form=kept, text=given.text), [given])


_MORE = {
    **{Kind.LOGARITHM: (-INF, INF), Kind.SQUARE_ROOT: (0, INF)},
    **{Kind.SQUARE: (0, INF), Kind.ABSOLUTE: (0, INF)},
}


def _affine(node: Node) -> tuple[float | None, float]:
    """(scale, offset) of x * scale + offset; scale is not a number where each class has its own,
    None where it is another function."""
    if node.kind == Kind.FUNCTION:
        return _affine_function(node["function"])
    first, second = constants(node)
    if first is None and second is None:
        return None, 0
    known = second if first is None else first
    constant = math.nan if known is None else _one(known)
    return {
        Kind.ADD: (1, constant),
        Kind.SUBTRACT: (1, -constant) if first is None else (-1, constant),
        Kind.MULTIPLY: (constant, 0),
        Kind.DIVIDE: (1 / constant if constant and first is None else None, 0),
    }.get(node.kind, (None, 0))


def _affine_function(function: Function) -> tuple[float | None, float]:
    if function.name == "batch_norm":
        return math.nan, math.nan
    if function.name == "negative":
        return -1, 0
    if function.name != "rescaling":
        return None, 0
    scale, offset = (_one(numbers(function.parameters[name])) for name in ("scale", "offset"))
    return scale, offset


def _one(constant: np.ndarray) -> float:
    """A constant for all classes; not a number where each has its own."""
    return float(constant.flat[0]) if constant.size == 1 else math.nan


def _moved(reader: _Reader, node: Node, slot: Slot, axis: int) -> Range | None:
    if len(node.inputs) != 1:
        return None
    source = node.inputs[0]
    found = axes.moved(node, reader.shape(source), reader.shape(slot), axis)
    if found is None:
        return None
    given = reader.ask(source, found[0])
    return given if found[1] else replace(given, least=0 if given.low >= 0 else -INF)


def _reduced(reader: _Reader, node: Node, slot: Slot, axis: int) -> Range | None:
    """A mean, sum or extreme over other axes than that of the classes."""
    if len(node.inputs) != 1:
        return None
    source = node.inputs[0]
    found = axes.reduced(node, reader.shape(source), axis)
    if found is None:
        return None
    given = reader.ask(source, found[0])
    if node.kind == Kind.MEAN:
        return given if given.form != "bent" else replace(given, form="")
    if node.kind in (Kind.LARGEST, Kind.SMALLEST):
        return mixed(Range(given.low, given.high), [given])
    counts = [reader.shape(source)[place] for place in found[1]]
    return None if None in counts else times(given, math.prod(counts))


def _merged(reader: _Reader, node: Node, slot: Slot, axis: int) -> Range | None:
    """Sums, products, means and extremes of several tensors, which may be alike for all classes."""
    if node.kind == Kind.DIVIDE and len(node.inputs) == 2:
        return SHARES if _by_its_sum(reader, node, axis) else None
    merge = nodes.merge_of(node)
    if merge is None:
        return None
    return merged(node.kind, merge, [_part(reader, slot, source, axis) for source in node.inputs])


def _part(reader: _Reader, slot: Slot, source: Slot, axis: int) -> Range:
    """Of one of several tensors; its axes stand at the end of those of the result."""
    shape = reader.shape(source)
    place = axis - (len(reader.shape(slot)) - len(shape))
    if place < 0 or shape[place] != reader.shape(slot)[axis]:
        found = reader.ask(source, len(shape) - 1)
        return Range(found.low, found.high)
    return reader.ask(source, place)


def _by_its_sum(reader: _Reader, node: Node, axis: int) -> bool:
    """Whether numbers from 0 on are divided by their sum over the classes."""
    above, below = node.inputs
    if reader.ask(above, axis).low < 0:
        return False
    maker = reader.graph.producers.get(below)
    while maker is not None and maker.kind != Kind.SUM:
        if len(maker.inputs) != 1 or not (nodes.is_reshape(maker) or _guards(maker)):
            return False
        maker = reader.graph.producers.get(maker.inputs[0])
    if maker is None or _origin(reader.graph, maker.inputs[0]) != _origin(reader.graph, above):
        return False
    return set(maker["axes"]) == {axis}


def _guards(node: Node) -> bool:
    """Keeps a sum from being 0: adds a little, or takes the larger of both."""
    constant = next((c for c in constants(node) if c is not None), None)
    little = constant is not None and constant.size == 1 and abs(constant[0]) <= TINY
    return nodes.is_identity(node) or (little and node.kind in (Kind.ADD, Kind.MAXIMUM))


def _origin(graph: Graph, slot: Slot) -> Slot:
    node = graph.producers.get(slot)
    return _origin(graph, node.inputs[0]) if node and nodes.is_identity(node) else slot


def _stacked(reader: _Reader, node: Node, slot: Slot, axis: int) -> Range | None:
    """Tensors put together along an axis of their own, or behind one another."""
    if node.kind not in (Kind.STACK, Kind.CONCATENATE):
        return None
    along = node["axis"]
    if along == axis:
        return _side_by_side(reader, node, axis)
    place = axis - (node.kind == Kind.STACK and along < axis)
    return reduce(hull, [reader.ask(source, place) for source in node.inputs])


def _side_by_side(reader: _Reader, node: Node, axis: int) -> Range:
    """Classes behind one another."""
    if node.kind == Kind.STACK:
        return ANY
    parts = [reader.ask(source, axis) for source in node.inputs]
    if _complements(reader, node.inputs, axis):
        return SHARES if min(part.low for part in parts) >= 0 else ANY
    return ranges.side_by_side(parts, [reader.shape(each)[axis] for each in node.inputs])


def _complements(reader: _Reader, slots: Sequence[Slot], axis: int) -> bool:
    """Whether they are two, of one class each, and one is 1 less the other."""
    if [reader.shape(slot)[axis] for slot in slots] != [1, 1]:
        return False
    return any(_is_1_less(reader.graph, *pair) for pair in (slots, slots[::-1]))


def _is_1_less(graph: Graph, one: Slot, other: Slot) -> bool:
    node = graph.producers.get(_origin(graph, one))
    if node is None or len(node.inputs) != 1 or _affine(node) != (-1, 1):
        return False
    return _origin(graph, node.inputs[0]) == _origin(graph, other)


RULES = (_handed_on, _normalised, _weighted, _each, _moved, _reduced, _merged, _stacked)
