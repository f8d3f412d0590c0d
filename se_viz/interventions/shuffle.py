"""Gates dealt out anew among the channels of their block."""

from __future__ import annotations

from dataclasses import dataclass

from se_viz.interventions.base import InterventionKind, Replacements
from se_viz.interventions.options import SEED
from se_viz.interventions.selection import Selection
from se_viz.probe.edit import Edit, shuffled


@dataclass(frozen=True)
class Shuffle(InterventionKind):
    """The chosen gates of a block change places, by a `seed`."""

    key = "shuffle"
    title = "shuffle"
    help = "shuffled over channels"
    why = "Gates are dealt out anew among the channels of a block: same values, wrong places."
    options = (SEED,)

    seed: int = 0

    @property
    def done(self) -> str:
        return f"shuffled (seed {self.seed})"

    def edit(self, selection: Selection, replacements: Replacements) -> Edit:
        return shuffled(selection.blocks, selection.places, self.seed)
