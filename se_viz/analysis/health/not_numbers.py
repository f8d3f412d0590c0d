"""Gates that are no numbers: a network of which a weight, or a sum, is not finite."""

from __future__ import annotations

import numpy as np

from se_viz.analysis.health.base import Answer, Check, Evidence


def ask(evidence: Evidence) -> Answer:
    """The share of channels whose gate is not finite on some picture."""
    share = float((~np.isfinite(evidence.gates.mean[0])).mean())
    return Answer(share, share > 0)


NOT_NUMBERS = Check(
    slug="not-numbers",
    title="gates are no numbers",
    measure="share of channels whose gate is not finite on some picture",
    threshold="above 0",
    because="A gate is a number.",
    meaning="Weights, or what comes before this block, have grown beyond what their format holds; "
    "training diverged, or the file is damaged.",
    ask=ask,
    share=True,
)
