"""Whether the SE blocks of the last stage can go, in words."""

from __future__ import annotations

from se_viz.quoted import SOURCE
from se_viz.ui.sentences.common import percent

PAPER = f"{SOURCE}, section on the role of excitation"
LOST, LEFT = "0.1%", "about 4%"
"""The paper's accuracy without them, less at most this, and its weights over those of ResNet-50."""
RETRAINED = f"under {LOST}"
BY_THE_PAPER = (
    "SE-ResNet-50 on ImageNet, trained from the start without SE in its last stage: the paper "
    f"gives less than {LOST} (its editions differ on whether of top-1 or top-5), and {LEFT} more "
    f"weights than ResNet-50 instead of about 10%. {PAPER}. Its weights could adapt to that; ours "
    "below could not."
)
NOT_MEASURED = "Not measured yet: sweep over pictures of yours whose classes are known."
NO_STAGES = "This network has no stages as the paper's have."


def done_to(stage: str, done: str) -> str:
    """What was done to the gates of a stage."""
    return f"{stage}, {done}"


def points(change: float) -> str:
    """A change of accuracy, a fraction, in percentage points."""
    return f"{100 * change:+.2f} points"


def span(low: float, high: float) -> str:
    """Its 95% interval, of fractions."""
    return f"95% from {100 * low:+.2f} to {100 * high:+.2f}"


def measured(source: str) -> str:
    return f"Accuracy of this network, {source}. Nothing was trained anew."


def share_of_weights(share: float) -> str:
    return percent(share)


def weights(last: int, whole: int) -> str:
    """How many of SE's weights stand in the last stage."""
    return (
        f"(2 / r) times the sum of N C² over the stages: {last:,} of {whole:,} weights of "
        "SE-ResNet-50 stand in stage 5. The share is the same at every r and at half width."
    )
