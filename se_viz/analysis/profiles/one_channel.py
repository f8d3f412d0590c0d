"""One channel of one block: its gate in every class, and the pictures at its ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from se_viz.analysis.profiles.curves import curve_table, picture_table
from se_viz.analysis.profiles.groups import ALL, Group
from se_viz.analysis.profiles.specificity import omega_squared
from se_viz.probe.reading import Reading
from se_viz.profiles import Profile


def channel_table(
    groups: Sequence[Group], block: str, channel: int, classes: Iterable[str] | None = None
) -> pd.DataFrame:
    """A channel's gate in every class, from profiles.

    Args:
        groups: one or two.
        block: name of the SE block.
        channel: its number, from 0.
        classes: which, None for every one.

    Returns:
        A `curve_table` of this channel, a row for each group and class and one for "all": columns
        group, class, block, stage, channel, mean, std, low, high (in gates), pictures, ...

    Raises:
        ValueError: for a channel that the block lacks.
    """
    for group in groups:
        _known(channel, group.profile.block(block).channels, block)
    return curve_table(groups, {block: np.array([channel])}, classes)


def channel_pictures(reading: Reading, block: str, channel: int) -> pd.DataFrame:
    """A channel's gate for every picture, largest first.

    Returns:
        A `picture_table` of this channel: columns picture, row (its place in the reading), class,
        block, channel, squeeze (in units of U), gate (in [0, 1]), ...

    Raises:
        ValueError: for a channel that the block lacks.
    """
    _known(channel, reading.gates[block].shape[1], block)
    table = picture_table(reading, range(len(reading)), {block: np.array([channel])})
    return table.sort_values("gate", ascending=False, kind="stable", ignore_index=True)


def highest_and_lowest(table: pd.DataFrame, count: int = 6) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The pictures at both ends of a `channel_pictures`, none of them at both.

    Args:
        table: of at least two pictures; a single one stands with the highest.
        count: pictures at each end, fewer where there are not as many.

    Returns:
        Rows with the highest gates, highest first, and with the lowest, lowest first.
    """
    high = min(count, -(-len(table) // 2))
    low = min(count, len(table) - high)
    return table.head(high), table.tail(low)[::-1].reset_index(drop=True)


def most_specific(profile: Profile, block: str | None = None) -> tuple[str, int]:
    """The channel that follows the class most, by omega squared, of a block or of all blocks.

    Of all blocks, it is the best channel of the block with the largest median. Where omega squared
    is unknown, it is the first channel.
    """
    names = [block] if block else [known.name for known in profile.blocks]
    found = {name: np.nan_to_num(omega_squared(profile, name), nan=-1) for name in names}
    best = max(names, key=lambda name: np.median(found[name]))
    return best, int(found[best].argmax())


def told(group: Group, block: str, channel: int) -> str:
    """A sentence about a channel in a group: its mean gate, its classes, its place in the block.

    Raises:
        ValueError: for a channel that the block lacks.
    """
    table = channel_table([group], block, channel)
    means = table[table["class"] != ALL].set_index("class")["mean"]
    who = f"**{block}, channel {channel}**"
    if means.empty:
        return f"{who}: no picture yet."
    usual = table.loc[table["class"] == ALL, "mean"].iloc[0]
    if len(means) < 2:
        return f"{who}: the mean gate is **{usual:.3f}**."
    specific = _specificity(omega_squared(group.profile, block), channel)
    return (
        f"{who}: the mean gate is **{usual:.3f}**, from {means.min():.3f} ({means.idxmin()}) to "
        f"{means.max():.3f} ({means.idxmax()}).{specific}"
    )


def _specificity(omega: np.ndarray, channel: int) -> str:
    if np.isnan(omega[channel]):
        return ""
    place = 1 + int((omega > omega[channel]).sum())
    return (
        f" The class accounts for **{max(omega[channel], 0):.1%}** of its variance (omega "
        f"squared), which makes it number {place:,} of the block's {len(omega):,} channels."
    )


def _known(channel: int, channels: int, block: str) -> None:
    if not 0 <= channel < channels:
        raise ValueError(f"{block} has no channel {channel}: it has 0 to {channels - 1}.")
