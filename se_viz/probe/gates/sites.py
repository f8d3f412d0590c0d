"""Where the gates of a network are, and what is no gate, with the reason."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from se_viz.probe.gates.base import GateKind
from se_viz.probe.gates.blocks import Block
from se_viz.probe.gates.squeeze import Squeeze
from se_viz.probe.graph import Node, Shape, Slot
from se_viz.probe.operations import nodes
from se_viz.probe.operations.formulas import SOFTMAX
from se_viz.probe.operations.merges import Bounds

USUAL = "SE block"
"""What most sites are."""


@dataclass(frozen=True, eq=False)
class Site:
    """A block with gates, and its tensors in a graph.

    Attributes:
        block: its facts.
        kind: of its gates.
        u, x: where U and X = s * U are.
        gates: where the gates are; of several tensors, s is the product.
        squeezes: where the squeeze is, perhaps more than once, or times a number.
        path: the steps from the squeeze to the gates, in order.
        layer: the multiplication, behind the names of the networks around it.
        shape: of U, without N and as the network has it; None for a height that is not fixed.
        axis: of the channels in U with N, 3, or 1 where they come first.
        alone: whether the gates are a row of numbers in one tensor, as in most networks.
    """

    block: Block
    kind: GateKind
    u: Slot
    x: Slot
    gates: tuple[Slot, ...]
    squeezes: tuple[Squeeze, ...]
    path: tuple[Node, ...]
    layer: str
    shape: Shape
    axis: int
    alone: bool

    @property
    def z(self) -> Slot:
        """Where the squeeze is, or `scale` times it."""
        return self.squeezes[0].slot

    @property
    def scale(self) -> float:
        """What stands at `z`, times the mean of U: 1 in most networks."""
        return self.squeezes[0].scale

    @property
    def gate_range(self) -> Bounds:
        """Between which numbers each gate lies by its structure: 0 and 1 behind a sigmoid or
        softmax, -1 and 1 behind tanh, 0 and infinity behind relu."""
        return self.block.low, self.block.high

    @property
    def largest(self) -> bool:
        """Whether the squeeze is the maximum over positions, not the mean."""
        return self.squeezes[0].largest

    @property
    def by_sigmoid(self) -> bool:
        """Whether gates go from 0 to 1, each by itself, as behind a sigmoid."""
        last = nodes.formula_of(self.path[-1]) if self.path else None
        return self.gate_range == (0, 1) and last is not SOFTMAX

    @property
    def title(self) -> str:
        """What it is, in a few words: "SE block", "one full matrix, tanh, of the maximum"."""
        last = nodes.formula_of(self.path[-1]) if self.path else None
        named = last.text if last and last.text in ("tanh", "relu", "softmax") else ""
        ends = "" if self.gate_range == (0, 1) else "from {:g} to {:g}".format(*self.gate_range)
        more = [named or ends, "of the maximum" if self.largest else ""]
        return ", ".join(filter(None, [self.kind.name, *more]))

    @property
    def s(self) -> Slot | None:
        """Where the excitation is, None where no tensor of its own holds one row of it."""
        return self.gates[0] if self.alone else None

    @property
    def size(self) -> tuple[int | None, int | None]:
        """Height and width of U, None where they are not fixed."""
        height, width = (self.shape[i] for i in ((0, 1) if self.axis == 3 else (1, 2)))
        return height, width

    @property
    def weights(self) -> int:
        """Numbers in the matrices of its dense layers, without biases; of layers that take channels
        one by one, a number for each."""
        layers = {_layer(node): node for node in self.path if nodes.is_dense(node)}
        single = {_layer(node) for node in self.path if nodes.weighs_channels(node)}
        matrices = sum(taken * given for taken, given in map(nodes.widths, layers.values()))
        return matrices + len(single) * self.block.channels

    def describe(self) -> str:
        """One line: where it is and which layers make the gate."""
        way, said = self.kind.describe(self), "" if self.title == USUAL else f" ({self.title})"
        return f"{self.block.name} at {self.layer}, U {_times(self.shape)}{said}: {way}"


@dataclass(frozen=True)
class Rejected:
    """A place that is no SE block, the shape of the result there without N, and why."""

    layer: str
    shape: Shape
    reason: str

    def describe(self) -> str:
        """One line."""
        return f"{self.layer}, {_times(self.shape)}: {self.reason}"


@dataclass(frozen=True, eq=False)
class Found:
    """The SE blocks of a network in order of depth, and what was looked at and rejected."""

    sites: tuple[Site, ...]
    rejected: tuple[Rejected, ...]


def _layer(node: Node) -> Hashable:
    return id(node) if node.layer is None else node.layer


def _times(shape: Shape) -> str:
    return " x ".join("?" if length is None else str(length) for length in shape)
