"""What kinds of gates have in common whose steps are all known: they are recomputed one by one."""

from __future__ import annotations

import numpy as np

from se_viz.probe.gates import recompute
from se_viz.probe.gates.base import Scaled
from se_viz.probe.gates.excitation import Excitation, excitation_of
from se_viz.probe.gates.settled import refuse_endless, settled
from se_viz.probe.gates.sites import Site
from se_viz.probe.gates.squeeze import NoBlockError, Squeeze, is_mean
from se_viz.probe.graph import Node
from se_viz.probe.operations import nodes


def layered(scaled: Scaled) -> Excitation:
    """What makes factors gates with a range, step by step from the squeeze.

    Raises:
        NoBlockError: where they are none, with the reason.
    """
    if not scaled.tried:
        scaled.tried.append(_read(scaled))
    (found,) = scaled.tried
    if isinstance(found, NoBlockError):
        raise found
    return found


def _read(scaled: Scaled) -> Excitation | NoBlockError:
    try:
        found = excitation_of(scaled)
        refuse_endless(found)
        return settled(found)
    except NoBlockError as reason:
        return reason


class Layered:
    """Recomputes and describes gates by their steps."""

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
