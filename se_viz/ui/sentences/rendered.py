"""The rendered scenes in words."""

from __future__ import annotations

from se_viz.pictures.rendered import SAID, Score
from se_viz.ui.sentences.common import percent

HEADING = "Rendered scenes, in light that really changes"
WHAT = (
    f"Made by code of ours, and {SAID}: the camera and every thing stay, and the light is worked "
    "out anew at noon, under clouds, at dusk and in fog. The number is the probability that the "
    "built-in network gives the class."
)


def load(title: str) -> str:
    """A button."""
    return f"Load {title}, in four lights"


def scored(light: str, label: str, score: Score | None) -> str:
    """Under a picture: its light, and what the network makes of it."""
    if score is None:
        return light
    missed = "" if score.taken_for == label else f", taken for {score.taken_for}"
    return f"{light}: {percent(score.probability)}{missed}"
