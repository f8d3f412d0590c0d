"""What changes from block to block: class specificity and saturation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from se_viz.analysis.networks.stages import runs
from se_viz.analysis.profiles.distributions import (
    QUANTILES,
    class_shares,
    edges_of,
    open_and_shut,
)
from se_viz.analysis.profiles.groups import ALL, Group, rows_of, shown, with_guessed
from se_viz.analysis.profiles.specificity import omega_squared, specificity
from se_viz.probe.gates.blocks import Block


def specificity_table(groups: Sequence[Group]) -> pd.DataFrame:
    """Class specificity of each block's gates, see `specificity.specificity`.

    Returns:
        Columns group, block, stage, depth (from 1), channels; q25, median, q75 and mean over
        channels of the share of variance between classes, in [0, 1]. One row per group and block;
        none for a group with pictures of fewer than two classes.
    """
    rows = []
    for group in groups:
        if len(rows_of(group.profile, None)) < 2:
            continue
        for depth, block in enumerate(group.profile.blocks, 1):
            share = specificity(group.profile, block.name)
            quartiles = np.quantile(share, (0.25, 0.5, 0.75))
            facts = (group.title, block.name, block.stage, depth, block.channels)
            rows.append((*facts, *quartiles, share.mean()))
    names = ["group", "block", "stage", "depth", "channels", "q25", "median", "q75", "mean"]
    return pd.DataFrame(rows, columns=names)


def omega_table(groups: Sequence[Group]) -> pd.DataFrame:
    """Class specificity of each block's gates without bias, see `specificity.omega_squared`.

    Returns:
        Columns group, block, stage, depth (from 1), channels; q05, q25, median, q75, q95 and mean
        over channels of omega squared (1 at most, below 0 where less than chance differs between
        classes). One row per group and block; none for a group with pictures of fewer than two
        classes, or with one picture of each.
    """
    rows = []
    for group in groups:
        counts = [count for count in group.profile.counts.values() if count]
        if len(counts) < 2 or max(counts) < 2:
            continue
        for depth, block in enumerate(group.profile.blocks, 1):
            share = omega_squared(group.profile, block.name)
            facts = (group.title, block.name, block.stage, depth, block.channels)
            rows.append((*facts, *np.quantile(share, QUANTILES), share.mean()))
    names = ["group", "block", "stage", "depth", "channels"]
    return pd.DataFrame(rows, columns=[*names, "q05", "q25", "median", "q75", "q95", "mean"])


def saturation_table(
    groups: Sequence[Group], classes: Iterable[str] | None = None, with_all: bool = True
) -> pd.DataFrame:
    """Share of gates that are nearly open (0.95 or more) or shut (within 0.05 of 0); entropy.

    Returns:
        Columns group, class ("all": mean over classes, alike), block, stage, depth (from 1), open,
        shut (shares of the gates, in [0, 1]), entropy (bits: of the histogram of the gates of all
        channels and pictures in 100 bins, "all" of the mean histogram; 0 where all gates share a
        bin, log2(100) = 6.64 where all bins hold as many), pictures; guessed, see `with_guessed`.
        One row per group, block and class.
    """
    wanted = None if classes is None else tuple(classes)
    rows = []
    for group in groups:
        for depth, block in enumerate(group.profile.blocks, 1):
            for name, share, pictures in _saturation(group, block, wanted, with_all):
                facts = (group.title, name, block.name, block.stage, depth)
                rows.append((*facts, *share, pictures))
    names = ["group", "class", "block", "stage", "depth", "open", "shut", "entropy", "pictures"]
    return with_guessed(pd.DataFrame(rows, columns=names), groups)


def _saturation(
    group: Group, block: Block, classes: Sequence[str] | None, with_all: bool
) -> list[tuple[str, tuple[float, float, float], int]]:
    profile = group.profile
    bins = edges_of([(profile, [block.name])])
    shares = class_shares(profile, [block.name], bins)
    counts = profile.stats[block.name].count
    found = [
        (shown(profile.classes[row]), _ends(shares[row], bins), int(counts[row]))
        for row in rows_of(profile, classes)
    ]
    every = rows_of(profile, None)
    if with_all and every:
        found.append((ALL, _ends(shares[every].mean(0), bins), profile.pictures))
    return found


def _ends(share: np.ndarray, bins: np.ndarray) -> tuple[float, float, float]:
    """Of one histogram (BINS,): shares of gates nearly open and nearly shut, and its entropy."""
    used = share[share > 0]
    return *open_and_shut(share, bins), float(used @ -np.log2(used))


def block_table(blocks: Sequence[Block], weights: Mapping[str, int] | None = None) -> pd.DataFrame:
    """A network's SE blocks, a row each.

    Args:
        blocks: in order of depth.
        weights: of each block by name, where they were counted.

    Returns:
        Columns block, stage, depth (from 1), gates (C), ratio (nan without a bottleneck), hidden
        (width of the bottleneck, C / r, 0 without one), weights (without biases: as counted, else
        those of two layers, 2 C^2 / r; equation 5) and group (what it belongs to in
        a drawing, see `parts.runs`).
    """
    rows = []
    for depth, (block, group) in enumerate(zip(blocks, runs(blocks), strict=True), 1):
        width = max(1, round(block.channels / block.ratio))
        made = weights[block.name] if weights else 2 * block.channels * width
        narrow = (block.ratio, width) if block.ratio > 1 else (np.nan, 0)
        rows.append((block.name, block.stage, depth, block.channels, *narrow, made, group))
    names = ["block", "stage", "depth", "gates", "ratio", "hidden", "weights", "group"]
    return pd.DataFrame(rows, columns=names)
