"""Does the probe read what the network computes, and feed it back exactly?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from se_viz.pictures import Source, load_one

if TYPE_CHECKING:
    from se_viz.probe.check import Check, Identity
    from se_viz.probe.probe import Probe


@dataclass(frozen=True)
class Verdict:
    """Both checks on the same pictures."""

    check: Check
    identity: Identity

    @property
    def passed(self) -> bool:
        """Whether every gate was recomputed, and those fed back change nothing."""
        return self.check.passed and self.identity.same


def check(probe: Probe, model_inputs: np.ndarray) -> Verdict:
    """The self-check and the identity on uint8 model inputs (N, size, size, 3).

    Raises:
        ValueError: where the network cannot be run here.
    """
    from se_viz.probe.check import identity, self_check

    return Verdict(self_check(probe, model_inputs), identity(probe, model_inputs))


def model_inputs_of(probe: Probe, sources: Iterable[Source]) -> np.ndarray:
    """uint8 (N, size, size, 3): some sound pictures as the network sees them; PictureError."""
    preprocessing = probe.network.preprocessing
    return np.stack([load_one(s, preprocessing, thumbnails=False).model_input for s in sources])
