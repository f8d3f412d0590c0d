"""Find blocks with channel gates by structure, whatever the layers are called.

Every product is looked at, and each of its factors as the feature map U that the others scale. What
the others must be for that is said by the kinds of gates in the `catalogue`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from se_viz.probe.gates import catalogue
from se_viz.probe.gates.base import GateKind, Scaled
from se_viz.probe.gates.blocks import Block
from se_viz.probe.gates.excitation import Excitation
from se_viz.probe.gates.ladder.unpooled import NOT_SQUEEZED, is_unpooled
from se_viz.probe.gates.naming import name
from se_viz.probe.gates.sites import Found, Rejected, Site
from se_viz.probe.gates.squeeze import NoBlockError, Shapes, is_vector, origin
from se_viz.probe.graph import Graph, Node, Shape, Slot
from se_viz.probe.kinds import Kind
from se_viz.probe.operations import nodes
from se_viz.probe.operations.merges import Bounds

MOST = 4
"""Factors of a product that are looked at."""


@dataclass(frozen=True, eq=False)
class _Candidate:
    """A product that scales U by gates; `instead` is one that it goes on from."""

    u: Slot
    factors: tuple[Slot, ...]
    product: Node
    kind: GateKind
    made: Excitation
    axis: int
    instead: _Candidate | None = None

    @property
    def x(self) -> Slot:
        return self.product.outputs[0]


def find(graph: Graph, size: int | None = None) -> Found:
    """Look at every multiplication of a graph, for pictures of size x size pixels if given."""
    finder = _Finder(graph, {**graph.shapes, **(graph.shapes_at(size) if size else {})})
    for node in graph.nodes:
        finder.look_at(node)
    return finder.found()


class _Finder:
    """Goes through the steps of a graph in order."""

    def __init__(self, graph: Graph, shapes: Shapes) -> None:
        self.graph, self.shapes = graph, shapes
        self.candidates: dict[Slot, _Candidate] = {}
        self.rejected: dict[Node, str] = {}

    def look_at(self, node: Node) -> None:
        """Note a node that is an SE block, or why a product is none."""
        if node.kind == Kind.OPAQUE:
            self.rejected[node] = "a layer of a class of its own, whose inside the graph hides"
        elif nodes.is_multiplication(node):
            try:
                found = self._candidate(node)
            except NoBlockError as reason:
                self.rejected[node] = str(reason)
            else:
                self.candidates[found.x] = found
                if found.instead:
                    del self.candidates[found.instead.x]

    def found(self) -> Found:
        """The blocks with their names, and what is none; products within a gate are part of it."""
        graph, shapes, kept = self.graph, self.shapes, list(self.candidates.values())
        named = name(graph, [(each.u, each.x, each.axis) for each in kept])
        sites = (_site(shapes, *pair) for pair in zip(kept, named, strict=True))
        inner = {node for each in kept for node in each.made.steps}
        rejected = (
            Rejected(node.path, shapes[node.outputs[0]][1:], reason)
            for node, reason in self.rejected.items()
            if node not in inner
        )
        return Found(tuple(sites), tuple(rejected))

    def _candidate(self, node: Node) -> _Candidate:
        """The block of a product; raises where it is none."""
        count = len(node.inputs)
        unpooled = is_unpooled(self.graph, self.shapes, node)
        neither = NOT_SQUEEZED if unpooled else "neither factor is one number per channel"
        reason = NoBlockError(neither if count == 2 else f"a product of {count} factors")
        for u, factors in _splits(node.inputs):
            axes, rows = _axes(node, self.shapes, u, factors)
            for axis in axes:
                try:
                    return self._scaled(node, u, factors, axis)
                except NoBlockError as found:
                    reason = found if rows and not unpooled else reason
        raise reason

    def _scaled(self, node: Node, u: Slot, factors: tuple[Slot, ...], axis: int) -> _Candidate:
        """The block that scales u, or what u was before it was scaled by other gates of its own."""
        try:
            return _Candidate(u, factors, node, *self._made(u, factors, axis), axis)
        except NoBlockError:
            first = self.candidates.get(origin(self.graph, u))
            if first is None or not self._only_leads_to(first.x, node):
                raise
            both = (*first.factors, *factors)
            return _Candidate(first.u, both, node, *self._made(first.u, both, axis), axis, first)

    def _made(self, u: Slot, factors: tuple[Slot, ...], axis: int) -> tuple[GateKind, Excitation]:
        """What makes the factors gates, and of which kind: the first whose test they pass; raises
        with the reason of the first where there is none."""
        reasons, scaled = [], Scaled(self.graph, self.shapes, u, factors, axis)
        for kind in catalogue.GATES:
            try:
                return kind, kind.made(scaled)
            except NoBlockError as reason:
                reasons.append(reason)
        raise reasons[0]

    def _only_leads_to(self, slot: Slot, node: Node) -> bool:
        """Whether a tensor is used by this node alone, perhaps after dropout and the like."""
        while slot != self.graph.result:
            users = list(self.graph.users(slot))
            if len(users) != 1 or users == [node]:
                return users == [node]
            if not nodes.is_identity(users[0]):
                return False
            slot = users[0].outputs[0]
        return False


def _splits(sources: tuple[Slot, ...]) -> Iterator[tuple[Slot, tuple[Slot, ...]]]:
    """Each factor as the map, the last first, with the others; not of very many."""
    for place in range(len(sources))[::-1] if len(sources) <= MOST else ():
        yield sources[place], sources[:place] + sources[place + 1 :]


def _axes(
    product: Node, shapes: Shapes, u: Slot, factors: tuple[Slot, ...]
) -> tuple[tuple[int, ...], bool]:
    """Where channels may be if u is a map, (N, H, W, C) or (N, C, H, W), and each factor holds one
    number for each channel, perhaps spread over the map; and whether all are plain rows of numbers.
    """
    given = [_widened(product, shapes[factor]) for factor in factors]
    axes = [axis for axis in (3, 1) if all(_scales(shapes[u], each, axis) for each in given)]
    rows = all(is_vector(each) for each in given)
    return tuple(axes[:1] if rows else axes), rows


def _widened(product: Node, factor: Shape) -> Shape:
    """With the axes that the product adds."""
    if product.widens and len(factor) > 1:
        return (factor[0], *(1,) * (4 - len(factor)), *factor[1:])
    return factor


def _scales(u: Shape, factor: Shape, axis: int) -> bool:
    """Whether a factor has the channels of u along an axis, and 1 or the size of u elsewhere."""
    if len(u) != 4 or len(factor) != 4 or factor[axis] is None or factor[axis] != u[axis]:
        return False
    others = [i for i in (1, 2, 3) if i != axis]
    whole = all(factor[i] in (1, u[i]) for i in others)
    return all(factor[i] == 1 for i in others) or (whole and not is_vector(factor))


ROUNDING = 1e-6  # 6 * (1 / 6) may come out a little above 1


def _tidy(bounds: Bounds) -> Bounds:
    """Bounds, to the whole number beside them."""
    near = [round(x) if math.isfinite(x) and abs(x - round(x)) < ROUNDING else x for x in bounds]
    return float(near[0]), float(near[1])


def _site(shapes: Shapes, found: _Candidate, named: tuple[str, int, int]) -> Site:
    channels, made = shapes[found.u][found.axis], found.made
    assert channels is not None  # only such factors become candidates
    return Site(
        block=Block(*named, channels, channels / made.narrowest(channels), *_tidy(made.bounds)),
        kind=found.kind,
        u=found.u,
        x=found.x,
        gates=made.gates,
        squeezes=made.squeezes,
        path=made.path,
        layer=found.product.path,
        shape=shapes[found.u][1:],
        axis=found.axis,
        alone=len(made.gates) == 1 and is_vector(shapes[made.gates[0]]),
    )
