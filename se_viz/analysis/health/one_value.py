"""Gates that all have one value, such as 0.5."""

from __future__ import annotations

import numpy as np

from se_viz.analysis.health.base import Answer, Check, Evidence
from se_viz.analysis.health.constant import STILL


def ask(evidence: Evidence) -> Answer:
    """How far gates lie apart over channels and pictures together."""
    mean = evidence.gates.mean[0]
    number = float(np.sqrt((evidence.spread**2).mean() + mean.var()))
    return Answer(number, number < STILL, f"around {mean.mean():.3g}")


ONE_VALUE = Check(
    slug="one-value",
    title="all gates have one value",
    measure="standard deviation of all gates over channels and pictures",
    threshold=f"below {STILL:g}",
    because="Then all channels are scaled alike, to about a thousandth, and the block does nothing "
    "that a single number would not do.",
    meaning="The block was never trained, or its gradient never came: a sigmoid makes 0.5 of "
    "zeros, and another value of one bias for all channels.",
    ask=ask,
)
