"""Gates that give uniform noise what they give pictures."""

from __future__ import annotations

import numpy as np

from se_viz.analysis.health.base import Answer, Check, Evidence, untold
from se_viz.analysis.health.constant import ONE_PICTURE, STILL

COUNT = 16
"""Noisy model inputs."""
NEAR = 0.25
"""1 / sqrt(16)."""


def ask(evidence: Evidence) -> Answer:
    """How far the mean gates of noise lie from those of pictures, in spreads over pictures."""
    if evidence.pictures < 2:
        return untold(ONE_PICTURE)
    apart = _root_mean_square(evidence.noise.mean[0] - evidence.gates.mean[0])
    spread = _root_mean_square(evidence.spread)
    number = apart / max(spread, STILL)
    return Answer(number, number < NEAR, f"{apart:.2g} apart, spread {spread:.2g}")


def _root_mean_square(values: np.ndarray) -> float:
    return float(np.sqrt((values**2).mean()))


NOISE = Check(
    slug="noise",
    title="noise gets the gates of pictures",
    measure="distance of the mean gates of uniform noise from those of the pictures, over the "
    f"spread of a gate over the pictures (counted as {STILL:g} where it is less); root mean "
    "squares over channels",
    threshold=f"below {NEAR:g}",
    because=f"The mean of any {COUNT} of the pictures lies about 1 / sqrt({COUNT}) = {NEAR:g} "
    "spreads from the mean of all, so to these gates noise is like any pictures; what they look at "
    "would have to be missing from noise.",
    meaning="The gates do not look at what they are shown, or only at what noise has in common "
    "with the pictures, such as the mean brightness.",
    ask=ask,
)
