"""What a kind of channel gate promises."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import numpy as np

from se_viz.probe.gates.squeeze import NoBlockError, Shapes
from se_viz.probe.graph import Graph, Slot

if TYPE_CHECKING:
    from se_viz.probe.gates.excitation import Excitation
    from se_viz.probe.gates.sites import Site


@dataclass(frozen=True, eq=False)
class Scaled:
    """A map and what it is multiplied by, one number for each channel or as many as positions.

    Attributes:
        graph, shapes: of the network.
        u: where the map is.
        factors: tensors by which it is multiplied.
        axis: of its channels, 3 or 1.
        tried: what came of reading the way from the map to the factors, once somebody did.
    """

    graph: Graph
    shapes: Shapes
    u: Slot
    factors: tuple[Slot, ...]
    axis: int
    tried: list[Excitation | NoBlockError] = field(default_factory=list)


class GateKind(Protocol):
    """A kind of gate for each channel: how it is told, recomputed and described.

    `name` says what it is, for people.
    """

    name: str

    def made(self, scaled: Scaled) -> Excitation:
        """What makes the factors gates of this kind.

        Raises:
            NoBlockError: where they are none, with the reason.
        """

    def excite(self, site: Site, squeeze: np.ndarray) -> np.ndarray:
        """Gates (N, C) from squeezes (N, C), in float64, by the network's own numbers.

        Raises:
            ValueError: where something between the two is not known here.
        """

    def rounding(self, site: Site, squeeze: np.ndarray) -> np.ndarray:
        """How far float32 may carry the gates that `excite` gives, float64 (N, C).

        Raises:
            ValueError: as `excite`.
        """

    def describe(self, site: Site) -> str:
        """What makes the gates, a line for people."""
