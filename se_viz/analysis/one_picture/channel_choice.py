"""Which channels of a block to look at, for one picture."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
import pandas as pd

from se_viz.analysis.channel_list import pieces

Which = Literal["open", "shut", "changed", "numbers"]


def pick_channels(
    table: pd.DataFrame, which: Which, count: int, numbers: tuple[int, ...] = ()
) -> np.ndarray:
    """Channel numbers, the most telling first.

    Args:
        table: columns channel, gate and change, such as a `contribution_table`.
        which: "open", with the highest gates; "shut", with the lowest; "changed", whose feature map
            changed most (|X - U|, mean over positions); "numbers", those given.
        count: at most so many.
        numbers: of channels of the block.

    Returns:
        int64 (n,), n at most `count`; of equals, the lower number first.

    Raises:
        ValueError: for another choice.
    """
    if which not in get_args(Which):
        raise ValueError(f"No such choice of channels: {which!r}.")
    if which == "numbers":
        return np.array(numbers[:count], np.int64)
    values = table["gate"] if which != "changed" else table["change"]
    order = np.argsort(values.to_numpy() if which == "shut" else -values.to_numpy(), kind="stable")
    return table["channel"].to_numpy(np.int64)[order[:count]]


def channel_numbers(text: str, total: int, most: int) -> tuple[tuple[int, ...], str]:
    """What a person wrote, such as `3, 17, 40-43`.

    Args:
        text: numbers and ranges; commas, semicolons or spaces between.
        total: channels of the block; they are counted from 0.
        most: numbers to keep.

    Returns:
        Distinct numbers in [0, total), in the order written, at most `most`; and a sentence for
        people on what was left out, empty where nothing was.
    """
    found: dict[int, None] = {}
    strange = []
    for piece, numbers in pieces(text):
        if numbers and numbers[-1] < total:
            found |= dict.fromkeys(numbers)
        else:
            strange.append(piece)
    said = [] if text.strip(" ,;") else ["No channel is named."]
    if strange:
        named = ", ".join(f"“{piece[:20]}”" for piece in strange[:3])
        verb = "is no channel" if len(strange) == 1 else "are no channels"
        said.append(f"{named} {verb} of this block, whose channels are 0 to {total - 1}.")
    if len(found) > most:
        said.append(f"The first {most} of {len(found)} channels are shown.")
    return tuple(found)[:most], " ".join(said)
