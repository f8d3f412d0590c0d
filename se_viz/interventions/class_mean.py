"""Gates of the mean picture of a class."""

from __future__ import annotations

from dataclasses import dataclass

from se_viz.interventions.base import InterventionKind, Replacements
from se_viz.interventions.options import CLASS, MEANS
from se_viz.interventions.selection import Selection
from se_viz.probe.edit import Edit, fixed


@dataclass(frozen=True)
class ClassMean(InterventionKind):
    """Every gate is its mean over a profile's pictures of the class `name`."""

    key = "class"
    title = "class mean"
    help = "set to the mean of a class"
    why = "Every gate is its mean over the pictures of this class."
    options = (MEANS, CLASS)

    name: str = ""

    @property
    def done(self) -> str:
        return f"set to the mean of {self.name}"

    def edit(self, selection: Selection, replacements: Replacements) -> Edit:
        group, places = replacements.group(), selection.places
        profile = group.profile
        if not profile.counts.get(self.name):
            raise ValueError(f"{group.title} has no pictures of {self.name!r}.")
        row = profile.classes.index(self.name)
        return fixed(selection.blocks, places, {n: profile.stats[n].mean[row] for n in places})
