"""Activation patching: gates as they were for another picture."""

from __future__ import annotations

from dataclasses import dataclass

from se_viz.interventions.base import InterventionKind, Replacements
from se_viz.interventions.options import PICTURE
from se_viz.interventions.selection import Selection
from se_viz.probe.edit import Edit, fixed


@dataclass(frozen=True)
class Patch(InterventionKind):
    """Every gate is that of another picture, called `name` where that is known."""

    key = "picture"
    title = "another picture"
    help = "set to the gates of another picture"
    why = "Activation patching: every gate is as it was for this other picture."
    options = (PICTURE,)

    name: str = ""

    @property
    def done(self) -> str:
        return f"set to the gates of {self.name or 'another picture'}"

    def edit(self, selection: Selection, replacements: Replacements) -> Edit:
        return fixed(selection.blocks, selection.places, replacements.gates())
