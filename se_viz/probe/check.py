"""The self-check: does the probe read what the network computes?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from se_viz.probe.probe import Probe
from se_viz.probe.recompute import excite

TOLERANCE = 1e-5


@dataclass(frozen=True)
class Check:
    """What the self-check found.

    Attributes:
        differences: block name -> largest difference between a gate as read and as recomputed in
            NumPy from its squeeze.
        same_logits: whether logits with and without the probe are identical.
        pictures: how many it was measured on.
    """

    differences: dict[str, float]
    same_logits: bool
    pictures: int

    @property
    def largest(self) -> float:
        """The largest difference, 0 without blocks; not a number where one of them is not."""
        return float(np.max(list(self.differences.values()), initial=0.0))

    @property
    def passed(self) -> bool:
        return self.same_logits and bool(self.differences) and self.largest < TOLERANCE

    def describe(self) -> str:
        """One sentence with the numbers."""
        if not self.differences:
            return "The self-check failed: this network has no SE block."
        logits = "identical" if self.same_logits else "NOT identical"
        return (
            f"The self-check {'passed' if self.passed else 'failed'}: on {self.pictures} pictures, "
            f"every gate recomputed in NumPy from its squeeze differs from the one read by at most "
            f"{self.largest:.1e} (limit {TOLERANCE:.0e}), and logits with and without the probe "
            f"are {logits}."
        )


def self_check(probe: Probe, views: np.ndarray) -> Check:
    """Recompute every gate of uint8 views (N, size, size, 3) and compare the logits."""
    seen = probe.read(views)
    differences = {
        site.block.name: float(
            np.abs(excite(site, seen.squeezes[site.block.name]) - seen.gates[site.block.name]).max()
        )
        for site in probe.sites
    }
    same = bool(np.array_equal(seen.logits, probe.bare(views)))
    return Check(differences, same, len(views))
