"""Gates of 1: recalibration is taken away."""

from __future__ import annotations

from dataclasses import dataclass

from se_viz.interventions.base import InterventionKind, Replacements
from se_viz.interventions.selection import Selection
from se_viz.probe.edit import Edit, fixed


@dataclass(frozen=True)
class Bypass(InterventionKind):
    """Every gate is 1."""

    key = "bypass"
    title = "bypass"
    help = "bypassed: every gate is 1"
    why = "Every gate is 1: the network without recalibration there."

    @property
    def done(self) -> str:
        return "bypassed"

    def edit(self, selection: Selection, replacements: Replacements) -> Edit:
        return fixed(selection.blocks, selection.places, 1.0)
