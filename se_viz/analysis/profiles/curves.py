"""Mean gate per class and channel, the numbers behind curves and heatmaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from se_viz.analysis.profiles.groups import ALL, Group, filled, rows_of, shown, with_guessed, words
from se_viz.probe.reading import Reading

Channels = Mapping[str, np.ndarray]


def curve_table(
    groups: Sequence[Group],
    channels: Channels,
    classes: Iterable[str] | None = None,
    with_all: bool = True,
) -> pd.DataFrame:
    """One row per group, class, block and channel.

    Args:
        groups: one or two; they share blocks.
        channels: block -> channel numbers, as `channels_of` gives them; its keys are the blocks.
        classes: which to show, None for every one; a group shows those that it has.
        with_all: add the class "all", the mean over all of a group's classes, chosen or not.

    Returns:
        Columns group, class, block, stage; position (place on the axis, from 0) and channel
        (number in the block, from 0); channels (gates of the block); mean, std, low, high
        (gates in [0, 1]; std over pictures); pictures; guessed, see `with_guessed`. Sorted
        by group, block, class ("all" last).
    """
    wanted = None if classes is None else tuple(classes)
    parts = [
        part
        for group in groups
        for block, pick in channels.items()
        for part in _curves(group, block, pick, wanted, with_all)
    ]
    if not parts:
        return _frame([], [], {})
    keys = [part[0] for part in parts]
    arrays = {name: np.concatenate([part[1][name] for part in parts]) for name in parts[0][1]}
    table = _frame(keys, [len(part[1]["channel"]) for part in parts], arrays)
    return with_guessed(table, groups)


_NUMBERS = ("position", "channel", "mean", "std", "low", "high")


def _frame(keys: list[tuple], sizes: list[int], arrays: dict[str, np.ndarray]) -> pd.DataFrame:
    def column(place: int) -> list:
        return [key[place] for key in keys]

    columns: dict = {
        "group": words(column(0), sizes),
        "class": words(column(1), sizes),
        "block": words(column(2), sizes),
        "stage": np.repeat(np.array(column(3), int), sizes),
        "channels": np.repeat(np.array(column(4), int), sizes),
    }
    columns |= {name: arrays.get(name, np.zeros(0)) for name in _NUMBERS}
    columns["pictures"] = np.repeat(np.array(column(5), int), sizes)
    return pd.DataFrame(columns)


def _curves(
    group: Group, block: str, pick: np.ndarray, classes: Sequence[str] | None, with_all: bool
) -> list[tuple[tuple, dict[str, np.ndarray]]]:
    profile = group.profile
    stats, facts = profile.stats[block], profile.block(block)
    place = (block, facts.stage, facts.channels)
    deviation = stats.std
    found = []
    for row in rows_of(profile, classes):
        name = profile.classes[row]
        key = (group.title, shown(name), *place, int(stats.count[row]))
        found.append((key, _arrays(pick, stats.mean, deviation, stats.low, stats.high, row)))
    if with_all and profile.pictures:
        key = (group.title, ALL, *place, profile.pictures)
        found.append((key, _all_arrays(group, block, pick)))
    return found


def _all_arrays(group: Group, block: str, pick: np.ndarray) -> dict[str, np.ndarray]:
    profile = filled(group.profile, block)
    stats = profile.stats[block]
    mean, std = profile.all_mean(block)[None], profile.all_std(block)[None]
    return _arrays(pick, mean, std, stats.low.min(0)[None], stats.high.max(0)[None], 0)


def _arrays(pick, mean, std, low, high, row: int) -> dict[str, np.ndarray]:
    values = zip(_NUMBERS[2:], (mean, std, low, high), strict=True)
    return {
        "position": np.arange(len(pick), dtype=np.int32),
        "channel": pick.astype(np.int32),
    } | {name: array[row, pick].astype(np.float32) for name, array in values}


def picture_table(reading: Reading, rows: Sequence[int], channels: Channels) -> pd.DataFrame:
    """The gates of single pictures, one row per picture, block and channel.

    Args:
        reading: where the pictures are.
        rows: which of them.
        channels: block -> channel numbers, as in `curve_table`.

    Returns:
        Columns picture (its name), row (its place in the reading), class (its label), block,
        position, channel, squeeze (z, in units of U) and gate (s, in [0, 1]).
    """
    keys = [(row, block) for row in rows for block in channels]
    sizes = [len(channels[block]) for _, block in keys]
    picks = [channels[block] for _, block in keys]

    def join(parts: list[np.ndarray]) -> np.ndarray:
        return np.concatenate(parts) if parts else np.zeros(0)

    return pd.DataFrame(
        {
            "picture": words([reading.names[row] for row, _ in keys], sizes),
            "row": np.repeat(np.array([row for row, _ in keys], int), sizes),
            "class": words([shown(reading.labels[row]) for row, _ in keys], sizes),
            "block": words([block for _, block in keys], sizes),
            "position": join([np.arange(n, dtype=np.int32) for n in sizes]),
            "channel": join([pick.astype(np.int32) for pick in picks]),
            "squeeze": join([reading.squeezes[b][r, channels[b]] for r, b in keys]),
            "gate": join([reading.gates[b][r, channels[b]] for r, b in keys]),
        }
    )
