"""Mean ablation: gates are frozen at their mean, so that nothing adapts to the picture."""

from __future__ import annotations

from dataclasses import dataclass

from se_viz.analysis.profiles.groups import filled
from se_viz.interventions.base import InterventionKind, Replacements
from se_viz.interventions.options import MEANS
from se_viz.interventions.selection import Selection
from se_viz.probe.edit import Edit, fixed


@dataclass(frozen=True)
class MeanAblation(InterventionKind):
    """Every gate is its mean over classes, the "all" curve of a profile: the static scale stays."""

    key = "freeze"
    title = "freeze"
    help = "frozen at the mean over a profile"
    why = (
        "Mean ablation: every gate is its mean over all classes. The static scale stays, nothing "
        "adapts."
    )
    options = (MEANS,)

    @property
    def done(self) -> str:
        return "frozen at the mean"

    @property
    def brief(self) -> str:
        return "frozen"

    def edit(self, selection: Selection, replacements: Replacements) -> Edit:
        profile, places = replacements.group().profile, selection.places
        means = {name: filled(profile, name).all_mean(name) for name in places}
        return fixed(selection.blocks, places, means)
