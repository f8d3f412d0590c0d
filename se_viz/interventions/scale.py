"""Gates times a factor."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from se_viz.interventions.base import InterventionKind, Replacements
from se_viz.interventions.options import Amount
from se_viz.interventions.selection import Selection
from se_viz.probe.edit import Edit, scaled


@dataclass(frozen=True)
class Scale(InterventionKind):
    """Every gate is multiplied by `value`, 0 or more."""

    key = "scale"
    title = "scale"
    help = "multiplied by a factor"
    why = "Every gate is multiplied; above 1 it strengthens a channel, as no sigmoid could."
    options = (Amount("value", "factor of {kinds}", "Factor", "scale value", "value", high=2.0),)

    value: float = 1.0

    def __post_init__(self) -> None:
        if not 0 <= self.value < np.inf:
            raise ValueError(f"A factor is 0 or more, so {self.value:g} is none.")

    @property
    def done(self) -> str:
        return f"times {self.value:g}"

    def edit(self, selection: Selection, replacements: Replacements) -> Edit:
        return scaled(selection.blocks, selection.places, self.value)
