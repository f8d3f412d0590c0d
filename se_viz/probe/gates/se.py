"""Gates of Squeeze-and-Excitation (arXiv 1709.01507, section 3).

The factor holds one number for each channel and descends, through dense layers and a function that
gives it a range, from a global pool of the map that it scales.
"""

from __future__ import annotations

from se_viz.probe.gates.base import Scaled
from se_viz.probe.gates.excitation import Excitation
from se_viz.probe.gates.layered import Layered, layered
from se_viz.probe.gates.squeeze import NoBlockError


class SqueezeExcitation(Layered):
    """The textbook gate: s = sigmoid(W2 relu(W1 z)), however it is written."""

    name = "SE block"

    def made(self, scaled: Scaled) -> Excitation:
        """See `GateKind.made`."""
        found = layered(scaled)
        if not found.mixed:
            raise NoBlockError("no dense layer stands between the pool and the product")
        if found.dense_layers < 2:
            raise NoBlockError("a single dense layer stands between the pool and the product")
        return found
