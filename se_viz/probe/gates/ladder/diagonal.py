"""Gates with a weight for each channel: s = sigmoid(w * z), channels by themselves."""

from __future__ import annotations

from se_viz.probe.gates.base import Scaled
from se_viz.probe.gates.excitation import Excitation
from se_viz.probe.gates.layered import Layered, layered
from se_viz.probe.gates.squeeze import NoBlockError
from se_viz.probe.graph import Node
from se_viz.probe.operations import nodes


class OneWeight(Layered):
    """Each gate by the squeeze of its own channel, weighed."""

    name = "one weight for each channel"

    def made(self, scaled: Scaled) -> Excitation:
        """See `GateKind.made`."""
        found = layered(scaled)
        if found.mixed or not found.adapts or not any(map(_weighs, found.path)):
            raise NoBlockError("channels are not weighed one by one")
        return found


def _weighs(node: Node) -> bool:
    """Has numbers for each channel, learned or not."""
    return node.learned or nodes.per_channel(node)
