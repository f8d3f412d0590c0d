"""A functional Keras network as a graph, and the calls that run it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from se_viz.probe.frontends.keras.call import Call
from se_viz.probe.graph import Graph, Node, Slot


@dataclass(frozen=True, eq=False)
class KerasProgram:
    """A graph with, for each node, the call behind it; `model` is the network."""

    model: keras.Model
    graph: Graph
    calls: Mapping[Node, Call]
    library: str = "keras"

    def run(
        self,
        given: Any,
        change: Callable[[Slot, Any], Any] | None = None,
        use: Callable[[Node, Slot, Any], Any] | None = None,
    ) -> dict[Slot, Any]:
        """Run every node on real or symbolic tensors, as in inference; returns all tensors.

        Args:
            given: the network's input.
            change: is shown each tensor as it comes out, and returns what the rest shall see.
            use: is shown each tensor as a node takes it, and returns what that node shall see.
        """
        values = {self.graph.inputs[0]: given}
        for node in self.graph.nodes:
            taken = {s: use(node, s, values[s]) for s in node.inputs} if use else values
            for slot, value in zip(node.outputs, self.calls[node].run(taken), strict=True):
                values[slot] = change(slot, value) if change else value
        return values

    def run_for(self, wanted: Collection[Slot], given: Any) -> dict[Slot, Any]:
        """Some tensors alone, as in inference: only the nodes that they need are run, and what is
        no longer needed is let go.

        Args:
            wanted: their slots.
            given: the network's input.
        """
        nodes = self.graph.needed(wanted)
        last = {slot: node for node in nodes for slot in node.inputs}
        values = {self.graph.inputs[0]: given}
        for node in nodes:
            values.update(zip(node.outputs, self.calls[node].run(values), strict=True))
            for slot in {*node.inputs, *node.outputs}:
                if last.get(slot, node) is node and slot not in wanted:
                    values.pop(slot, None)
        return {slot: values[slot] for slot in wanted}

    def values(self, wanted: Sequence[Slot], pictures: np.ndarray) -> Mapping[Slot, np.ndarray]:
        """See `Program.values`."""
        try:
            found = self.run_for(wanted, keras.ops.convert_to_tensor(pictures))
        except Exception as error:  # a backend's own kinds of errors
            raise ValueError(str(error)) from error
        return {slot: keras.ops.convert_to_numpy(tensor) for slot, tensor in found.items()}
