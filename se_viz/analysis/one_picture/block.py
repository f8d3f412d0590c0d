"""What one block did to one picture."""

from __future__ import annotations

import numpy as np
import pandas as pd

from se_viz.analysis.profiles.groups import Group, filled
from se_viz.probe.reading import Reading


def picture_block(
    reading: Reading,
    row: int,
    block: str,
    channels: np.ndarray,
    group: Group | None = None,
) -> pd.DataFrame:
    """Squeeze and gate of each channel, beside the "all" curve.

    Args:
        reading, row: the picture.
        block: name of the SE block.
        channels: int (n,), as `choose_channels` gives them.
        group: whose "all" curve to show, None for no curve.

    Returns:
        Columns position, channel, squeeze (z, in units of U), gate (s, in [0, 1]) and, with a
        group, usual (its "all" curve) and usual_std (over pictures). n rows.
    """
    columns = {
        "position": np.arange(len(channels)),
        "channel": channels,
        "squeeze": reading.squeezes[block][row, channels],
        "gate": reading.gates[block][row, channels],
    }
    if group is not None:
        profile = filled(group.profile, block)
        columns["usual"] = profile.all_mean(block)[channels].astype(np.float32)
        columns["usual_std"] = profile.all_std(block)[channels].astype(np.float32)
    return pd.DataFrame(columns)


def strongest(table: pd.DataFrame, count: int = 5) -> pd.DataFrame:
    """Channels of a `picture_block` whose gate departs most from the usual one.

    Returns:
        Its rows with a column difference (gate - usual), largest absolute difference first.
    """
    with_difference = table.assign(difference=table["gate"] - table["usual"])
    order = with_difference["difference"].abs().sort_values(ascending=False, kind="stable").index
    return with_difference.loc[order[:count]].reset_index(drop=True)
