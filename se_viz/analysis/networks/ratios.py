"""The reduction ratio r: what it makes of bottlenecks and weights, and the paper's error for it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from se_viz import quoted
from se_viz.complexity import cost, se_weights
from se_viz.nets.se_resnet.layout import SEResNet, bottleneck_width

RATIOS = tuple(quoted.RATIOS)


def bottleneck_of(channels: int, ratio: float) -> tuple[int | None, int | None]:
    """Numbers of a block's bottleneck, and weights without biases; None where r does not divide its
    channels."""
    try:
        return bottleneck_width(channels, ratio), se_weights(channels, ratio)
    except ValueError:
        return None, None


def ratio_table(config: SEResNet | None = None, size: int = 224) -> pd.DataFrame:
    """What each r adds to a whole network, in closed form, and the paper's error for it.

    Args:
        config: of the network, None where its layout is not known.
        size: of its pictures in pixels.

    Returns:
        Columns ratio, share (of weights without SE), operations_share (of multiply-adds; both nan
        where the layout is not known) and paper_error (percent).
    """
    return pd.DataFrame(
        [
            {"ratio": ratio, **_shares(config, ratio, size), "paper_error": told.top1}
            for ratio, told in quoted.RATIOS.items()
        ]
    )


def _shares(config: SEResNet | None, ratio: int, size: int) -> dict[str, float]:
    if config is None:
        return {"share": np.nan, "operations_share": np.nan}
    found = cost(replace(config, ratio=ratio), size)
    return {"share": found.added_share, "operations_share": found.added_operations_share}
