"""Gates of Squeeze-and-Excitation (arXiv 1709.01507, section 3).

The factor holds one number for each channel and descends, through dense layers and a function
bounded by 0 and 1, from a global average pool of the map that it scales.
"""

from __future__ import annotations

import numpy as np

from se_viz.probe.gates import recompute
from se_viz.probe.gates.base import Scaled
from se_viz.probe.gates.excitation import Excitation, excitation_of, refuse_unbounded, settled
from se_viz.probe.gates.sites import Site
from se_viz.probe.gates.squeeze import NoBlockError, Squeeze, is_mean
from se_viz.probe.graph import Node
from se_viz.probe.operations import nodes


class SqueezeExcitation:
    """The textbook gate: s = sigmoid(W2 relu(W1 z)), however it is written."""

    def made(self, scaled: Scaled) -> Excitation:
        """See `GateKind.made`."""
        found = excitation_of(scaled)
        refuse_unbounded(found)
        if not found.mixed:
            raise NoBlockError("no dense layer stands between the pool and the product")
        return settled(found)

    def excite(self, site: Site, squeeze: np.ndarray) -> np.ndarray:
        """See `GateKind.excite`."""
        return recompute.excite(site, squeeze)

    def rounding(self, site: Site, squeeze: np.ndarray) -> np.ndarray:
        """See `GateKind.rounding`."""
        return recompute.rounding(site, squeeze)

    def describe(self, site: Site) -> str:
        """The layers in order: what follows upon the one before after `>`, another branch after
        `;`."""
        said, last = _squeezed(site.squeezes), site.path[0].inputs[0] if site.path else None
        for node in site.path:
            said += _link(node, last) + nodes.describe(node)
            last = node.outputs[0]
        return said


def _squeezed(squeezes: tuple[Squeeze, ...]) -> str:
    starts = [" > ".join(map(nodes.describe, squeeze.steps)) for squeeze in squeezes]
    return " and ".join(
        start if is_mean(squeeze.scale) else f"{start} ({squeeze.scale:g} times the mean)"
        for start, squeeze in zip(starts, squeezes, strict=True)
    )


def _link(node: Node, last: object) -> str:
    return " > " if node.inputs[0] == last else "; "
