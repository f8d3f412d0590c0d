"""One module of a built network as boxes and arrows, read from the network's own graph."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from se_viz.complexity import Config
from se_viz.nets.made import build
from se_viz.nets.se_inception.layout import SEInception
from se_viz.probe.frontends import catalogue as frontends
from se_viz.probe.graph import Graph, Node, Slot

RESIDUAL, BRANCHED, ON_A_BRANCH = "block_3_2", "mixed0", "block35_1"
"""Modules that are drawn: one with an identity as its shortcut, and the first of its kind."""


@dataclass(frozen=True)
class Step:
    """One box.

    Attributes:
        title: what it does.
        shape: of what comes out, such as "28 x 28 x 512" or "32".
        parents: places of the boxes whose outputs go in, in order.
        kind: "input", "gate" (of the SE block), "merge" (of several tensors) or "layer".
    """

    title: str
    shape: str
    parents: tuple[int, ...]
    kind: str


def module_of(config: Config) -> str:
    """The module of a network that is drawn."""
    if isinstance(config, SEInception):
        return BRANCHED if config.kind == "v3" else ON_A_BRANCH
    return RESIDUAL


def plain_of(config: Config) -> Config:
    """The same network without SE."""
    if isinstance(config, SEInception):
        return replace(config, se=False)
    return replace(config, se_stages=())


def steps_of(config: Config) -> tuple[Step, ...]:
    """Builds the network and reads `module_of` it, from what goes in on."""
    return read_module(build(config), module_of(config))


def read_module(model: Any, module: str) -> tuple[Step, ...]:
    """The boxes of a module of a Keras model: layers called so, called so with an ending, or of its
    SE block.

    Norms and activations are named in the box whose output they take.

    Raises:
        ValueError: where the model has no such module.
    """
    graph = frontends.read(model, None).graph
    own = _own(module)
    nodes = [node for node in graph.nodes if own(node.name)]
    if not nodes:
        raise ValueError(f"{model.name} has no module {module}.")
    return _Reader(model, graph, nodes).steps()


def step_table(steps: Sequence[Step]) -> pd.DataFrame:
    """Columns step, title, shape, kind and after (numbers of the steps that go in)."""
    rows = [
        (place, step.title, step.shape, step.kind, ", ".join(map(str, step.parents)))
        for place, step in enumerate(steps)
    ]
    return pd.DataFrame(rows, columns=["step", "title", "shape", "kind", "after"])


def _own(module: str) -> Callable[[str], bool]:
    se = f"SE_{module.removeprefix('block_')}"
    known = (module, se) if module.startswith("block_") else (module, f"SE_{module}")
    return lambda name: name in known or name.startswith(tuple(f"{start}_" for start in known))


class _Reader:
    """Boxes as they come, and which of them makes a tensor."""

    def __init__(self, model: Any, graph: Graph, nodes: Sequence[Node]):
        self.layers = {layer.name: layer for layer in model.layers}
        self.graph, self.nodes = graph, nodes
        self.made: list[Step] = []
        self.places: dict[Slot, int] = {}

    def steps(self) -> tuple[Step, ...]:
        inside = {slot for node in self.nodes for slot in node.outputs}
        for node in self.nodes:
            for slot in node.inputs:
                if slot not in inside and slot not in self.places:
                    self.places[slot] = self._add(Step("X in", self._shape(slot), (), "input"))
            self._take(node)
        return tuple(self.made)

    def _take(self, node: Node) -> None:
        """A box for a node, or a word in the box before it."""
        layer = self.layers[node.name]
        kind = type(layer).__name__
        (slot,) = node.outputs
        parents = tuple(self.places[each] for each in node.inputs)
        if kind in FOLDED and self._alone(node):
            before = self.made[parents[0]]
            words = [before.title, *filter(None, [FOLDED[kind](layer)])]
            self.made[parents[0]] = replace(before, title=", ".join(words), shape=self._shape(slot))
            self.places[slot] = parents[0]
        else:
            title = TITLES.get(kind, lambda _: kind)(layer)
            own = "gate" if node.name.startswith("SE_") else "layer"
            step = Step(title, self._shape(slot), parents, "merge" if len(parents) > 1 else own)
            self.places[slot] = self._add(step)

    def _alone(self, node: Node) -> bool:
        """Whether nothing else takes what it gets, which is made by a box that is no input."""
        (slot,) = node.inputs
        made = self.made[self.places[slot]].kind != "input"
        return made and len(list(self.graph.users(slot))) == 1

    def _add(self, step: Step) -> int:
        self.made.append(step)
        return len(self.made) - 1

    def _shape(self, slot: Slot) -> str:
        sides = [side for side in self.graph.shapes[slot][1:] if side != 1 or side is None]
        return " x ".join("any" if side is None else f"{side:,}" for side in sides) or "1"


def _convolution(layer: Any) -> str:
    height, width = layer.kernel_size
    stride = layer.strides[0]
    return f"{height} x {width} convolution" + (f", stride {stride}" if stride > 1 else "")


def _pool(word: str) -> Callable[[Any], str]:
    return lambda layer: f"{layer.pool_size[0]} x {layer.pool_size[1]} {word}"


def _dense(layer: Any) -> str:
    name = layer.activation.__name__
    return "dense" if name == "linear" else f"dense, {WORDS.get(name, name)}"


WORDS = {"relu": "ReLU"}
FOLDED: dict[str, Callable[[Any], str]] = {
    "BatchNormalization": lambda _: "BN",
    "ReLU": lambda _: "ReLU",
    "Activation": lambda layer: WORDS.get(layer.activation.__name__, layer.activation.__name__),
    "Reshape": lambda _: "",
    "ZeroPadding2D": lambda _: "",
}
"""Layers that are named in the box before them: as what; "" for not at all."""
TITLES: dict[str, Callable[[Any], str]] = {
    "Conv2D": _convolution,
    "Dense": _dense,
    "GlobalAveragePooling2D": lambda _: "global average",
    "GlobalMaxPooling2D": lambda _: "global maximum",
    "AveragePooling2D": _pool("average"),
    "MaxPooling2D": _pool("maximum"),
    "Multiply": lambda _: "scale",
    "Add": lambda _: "sum",
    "Concatenate": lambda _: "concatenate",
    "Rescaling": lambda layer: f"times {layer.scale:g}",
    "ChannelWeight": lambda _: "one weight a channel",
    "ChannelConstant": lambda _: "one constant a channel",
}
