"""A shift at a strength: the light in which pictures are shown to a network."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from se_viz.pictures.shifts.catalogue import KINDS, kind_of


@dataclass(frozen=True, order=True)
class Light:
    """A shift, its strength and the seed of what is random in it; without a kind, none.

    Raises:
        ValueError: for a kind that there is not, a strength out of its range, or a seed below 0; a
            sentence for people.
    """

    kind: str = ""
    strength: float = 0.0
    seed: int = 0

    def __post_init__(self) -> None:
        if self.kind:
            kind_of(self.kind).refuse_misfit(self.strength)
        if self.seed < 0:
            raise ValueError(f"A seed is a whole number from 0 on, not {self.seed}.")

    @property
    def clean(self) -> bool:
        """Whether pictures stay as they are."""
        return not self.kind or self.strength == KINDS[self.kind].harmless

    def apply(self, model_inputs: np.ndarray) -> np.ndarray:
        """uint8 (N, size, size, 3) or (size, size, 3) in this light."""
        if not self.kind:
            return model_inputs
        return KINDS[self.kind].apply(model_inputs, self.strength, self.seed)

    def __str__(self) -> str:
        """For people: `contrast 0.4`, or `as they are`."""
        return f"{KINDS[self.kind].title.lower()} {self.strength:g}" if self.kind else "as they are"


CLEAN = Light()
NOTHING = Light("cover", 1.0)
"""A plain grey, which shows nothing."""
