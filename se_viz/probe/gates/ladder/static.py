"""Gates that are learned and look at nothing: s = sigmoid(b), the same for every picture.

Only what is written as a gate counts: a product of two tensors of the graph, one of them a learned
constant. A scale within a layer (batch norm's gamma, a layer scale) is no product of the graph.
"""

from __future__ import annotations

from se_viz.probe.gates.base import Scaled
from se_viz.probe.gates.excitation import Excitation
from se_viz.probe.gates.layered import Layered, layered
from se_viz.probe.gates.squeeze import NoBlockError


class LearnedConstant(Layered):
    """A number for each channel, which folds into the batch norm before it."""

    name = "a learned constant for each channel"

    def made(self, scaled: Scaled) -> Excitation:
        """See `GateKind.made`."""
        found = layered(scaled)
        if found.mixed or found.adapts:
            raise NoBlockError("no constant alone stands between the pool and the product")
        return found
