"""Gates without weights: s = sigmoid(z), of the squeeze itself."""

from __future__ import annotations

from se_viz.probe.gates.base import Scaled
from se_viz.probe.gates.excitation import Excitation
from se_viz.probe.gates.layered import Layered, layered
from se_viz.probe.gates.squeeze import NoBlockError
from se_viz.probe.operations import nodes


class Direct(Layered):
    """Each gate by the squeeze of its own channel, as it is; nothing is learned."""

    name = "the squeeze itself, without weights"

    def made(self, scaled: Scaled) -> Excitation:
        """See `GateKind.made`."""
        found = layered(scaled)
        if found.mixed or any(n.learned or nodes.per_channel(n) for n in found.path):
            raise NoBlockError("weights stand between the pool and the product")
        return found
