"""Gates of one full matrix: s = sigmoid(W z), without a bottleneck (as in arXiv 1910.03151)."""

from __future__ import annotations

from se_viz.probe.gates.base import Scaled
from se_viz.probe.gates.excitation import Excitation
from se_viz.probe.gates.layered import Layered, layered
from se_viz.probe.gates.squeeze import NoBlockError


class FullMatrix(Layered):
    """Every channel looks at every other, through one layer."""

    name = "one full matrix"

    def made(self, scaled: Scaled) -> Excitation:
        """See `GateKind.made`."""
        found = layered(scaled)
        if found.dense_layers != 1:
            raise NoBlockError("not one dense layer stands between the pool and the product")
        return found
