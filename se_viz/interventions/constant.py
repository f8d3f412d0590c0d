"""Gates of one given value."""

from __future__ import annotations

from dataclasses import dataclass

from se_viz.interventions.base import InterventionKind, Replacements
from se_viz.interventions.options import Amount
from se_viz.interventions.selection import Selection
from se_viz.probe.edit import Edit, fixed


@dataclass(frozen=True)
class Constant(InterventionKind):
    """Every gate is `value`, in [0, 1]."""

    key = "constant"
    title = "constant"
    help = "set to one value"
    why = "Every gate has this value."
    options = (Amount("value", "of {kinds}", "Value", "constant value", "value"),)

    value: float = 1.0

    def __post_init__(self) -> None:
        if not 0 <= self.value <= 1:
            raise ValueError(f"A gate lies between 0 and 1, so {self.value:g} is none.")

    @property
    def done(self) -> str:
        return f"set to {self.value:g}"

    def edit(self, selection: Selection, replacements: Replacements) -> Edit:
        return fixed(selection.blocks, selection.places, self.value)
