"""Gates on the way from what the network computes to an end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from se_viz.interventions.base import InterventionKind, Replacements
from se_viz.interventions.bypass import Bypass
from se_viz.interventions.constant import Constant
from se_viz.interventions.mean_ablation import MeanAblation
from se_viz.interventions.options import END, MEANS, SHARE, Means, Option
from se_viz.interventions.selection import Selection
from se_viz.probe.edit import Edit

ENDS: Mapping[str, InterventionKind] = {
    "1": Bypass(),
    "mean": MeanAblation(),
    "0": Constant(0.0),
}
"""What is at the end of the way, by its name in `END`."""


@dataclass(frozen=True)
class Blend(InterventionKind):
    """Every gate s becomes (1 - value) s + value e, with e 1, its mean, or 0: `end`.

    A `value` of 0 is the network as learned, one of 1 the kind of `ENDS` itself.
    """

    key = "blend"
    title = "part of the way"
    help = "part of the way from as learned to 1, the mean or 0"
    why = (
        "Every gate goes part of the way from what the network computes to 1, to its mean over "
        "all classes, or to 0. The weights stay as they are."
    )
    options = (
        SHARE,
        END,
        MEANS,
    )

    value: float = 1.0
    end: str = "1"

    def __post_init__(self) -> None:
        if not 0 <= self.value <= 1:
            raise ValueError(f"A share lies between 0 and 1, so {self.value:g} is none.")
        if self.end not in ENDS:
            raise ValueError(f"Gates can go to {', '.join(ENDS)}, not to {self.end[:40]!r}.")

    @property
    def done(self) -> str:
        if self.value in (0, 1):
            return ENDS[self.end].done if self.value else "as learned"
        return f"{self.way} to {'their mean' if self.end == 'mean' else self.end}"

    @property
    def way(self) -> str:
        """How far it goes: `35% of the way`."""
        return f"{100 * self.value:.3g}% of the way"

    @property
    def goal(self) -> InterventionKind:
        """What it is at the end of the way."""
        return ENDS[self.end]

    def needs(self, option: type[Option]) -> bool:
        return self.takes(option) and (option is not Means or self.end == "mean")

    def edit(self, selection: Selection, replacements: Replacements) -> Edit:
        goal = self.goal.edit(selection, replacements)
        share = np.float32(self.value)
        keep = np.where(goal.keep == 0, 1 - share, goal.keep).astype(np.float32)
        return replace(goal, keep=keep, add=share * goal.add)
