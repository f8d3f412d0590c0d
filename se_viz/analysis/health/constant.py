"""Gates that stay the same whatever the picture shows."""

from __future__ import annotations

from se_viz.analysis.health.base import Answer, Check, Evidence, untold

STILL = 1e-3
"""A gate that moves by less does not move."""
ONE_PICTURE = "Whether gates follow the picture takes two pictures or more."


def ask(evidence: Evidence) -> Answer:
    """How far the gate that moves most moves over the pictures."""
    if evidence.pictures < 2:
        return untold(ONE_PICTURE)
    number = float(evidence.spread.max())
    return Answer(number, number < STILL)


CONSTANT = Check(
    slug="constant",
    title="gates are the same for every picture",
    measure="largest standard deviation of a gate over the pictures",
    threshold=f"below {STILL:g}",
    because="Then no channel changes by more than about a thousandth from picture to picture, "
    "which half precision hardly tells apart.",
    meaning="The block is a fixed scale and adapts to nothing: its last layer may be zero, its "
    "bottleneck dead, or its gates driven to their ends.",
    ask=ask,
)
