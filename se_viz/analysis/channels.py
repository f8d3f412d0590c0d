"""Which blocks and channels a figure shows, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

import numpy as np

from se_viz.analysis.networks.paper import PANELS
from se_viz.analysis.networks.stages import evenly
from se_viz.analysis.profiles.groups import filled
from se_viz.analysis.profiles.specificity import specificity
from se_viz.probe.gates.blocks import Block
from se_viz.profiles import Profile

Choice = Literal["all", "paper", "specific"]
Order = Literal["index", "all"]
SAMPLE = 50


def default_blocks(blocks: Sequence[Block], count: int = 6) -> tuple[str, ...]:
    """Which blocks a figure shows first: those of the paper's figure where a network has all of
    them, otherwise `count` evenly spaced by depth, from the first to the last."""
    names = [block.name for block in blocks]
    return PANELS if set(PANELS) <= set(names) else evenly(names, count)


def choose_channels(
    profile: Profile, block: str, choice: Choice = "all", order: Order = "index"
) -> np.ndarray:
    """Channel numbers of a block, in the order to show them.

    Args:
        profile: the reference: every group in a figure shows the channels that it decides.
        choice: "all"; "paper", 50 channels "sampled uniformly" (arXiv 1709.01507, role of
            excitation), which we read as evenly spaced over the channel numbers; or "specific",
            the 50 with the largest `specificity`.
        order: "index", by channel number; or "all", by the "all" curve, smallest gate first.

    Returns:
        int64 (n,), distinct numbers in [0, C); n is C, or 50 where C is larger.

    Raises:
        ValueError: for another choice or order.
    """
    if choice not in get_args(Choice) or order not in get_args(Order):
        raise ValueError(f"No such choice of channels: {choice!r} in order {order!r}.")
    picked = _pick(profile, block, choice)
    if order == "all":
        curve = filled(profile, block).all_mean(block)
        picked = picked[np.argsort(curve[picked], kind="stable")]
    return picked


def channels_of(
    profile: Profile, blocks: Sequence[str], choice: Choice = "all", order: Order = "index"
) -> dict[str, np.ndarray]:
    """`choose_channels` for several blocks: block name -> channel numbers."""
    return {block: choose_channels(profile, block, choice, order) for block in blocks}


def _pick(profile: Profile, block: str, choice: Choice) -> np.ndarray:
    total = profile.block(block).channels
    if choice == "all" or total <= SAMPLE:
        return np.arange(total)
    if choice == "paper":
        return np.arange(SAMPLE) * total // SAMPLE
    best_first = np.argsort(-specificity(profile, block), kind="stable")
    return np.sort(best_first[:SAMPLE])
