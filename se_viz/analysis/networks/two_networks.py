"""The same pictures through two networks: their gates part by part, and what they predict.

Within a part every gate of every picture counts once, so a wide block weighs more than a narrow
one; the classes weigh alike, as everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from se_viz.analysis.networks.stages import PARTS, by_depth, by_stage, has_stages, relative_depth
from se_viz.analysis.profiles.distributions import (
    class_shares,
    edges_of,
    open_and_shut,
    quantiles,
)
from se_viz.analysis.profiles.groups import Group, filled
from se_viz.analysis.profiles.specificity import specificity
from se_viz.probe.gates.blocks import Block
from se_viz.probe.reading import Reading
from se_viz.profiles import Profile

WHY = (
    "Channel 7 of one network has nothing to do with channel 7 of another. The order of a "
    "network's channels is left to chance: shuffle them, and the weights that make and use them "
    "with them, and the network computes the very same function. So two networks that were "
    "trained independently are compared by how their gates are distributed at like depth, never "
    "channel by channel."
)
"""Why channels are not compared one by one, for people."""
OTHERS = "The two networks have not seen the same pictures."
QUANTILE_NAMES = ["q05", "q25", "median", "q75", "q95"]


@dataclass(frozen=True)
class Part:
    """A stretch of depth, and the blocks that each network has there; one may have none.

    Attributes:
        title: "stage 2", or "first quarter".
        blocks: names in network A, and in network B.
    """

    title: str
    blocks: tuple[tuple[str, ...], tuple[str, ...]]


def aligned(a: Sequence[Block], b: Sequence[Block]) -> tuple[Part, ...]:
    """Two networks' blocks (of A and of B) side by side, in order of depth.

    Where both have ResNet stages, by stage, every stage that either has. Otherwise both are cut
    into as many pieces of equal `parts.relative_depth`: four, or fewer where one has fewer blocks.
    """
    if not a or not b:
        return ()
    if has_stages(a) and has_stages(b):
        cut = (by_stage(a), by_stage(b))
        titles = sorted({*cut[0], *cut[1]}, key=lambda title: int(title.split()[1]))
    else:
        count = min(PARTS, len(a), len(b))
        cut = (by_depth(a, count), by_depth(b, count))
        titles = list(cut[0])
    return tuple(
        Part(title, (tuple(cut[0].get(title, ())), tuple(cut[1].get(title, ()))))
        for title in titles
    )


def side_histograms(a: Group, b: Group) -> pd.DataFrame:
    """Share of the gates in each bin, for each part and network, the classes alike.

    Returns:
        Columns part, network (its title), side (0 for A, 1 for B), low and high (edges of the bin,
        gates) and share (adds up to 1 for each part and network). A network without a block in a
        part has no rows there.

    Raises:
        ValueError: where the two were not made from the same numbers of pictures of each class.
    """
    pair = _same_pictures(a, b)
    found = [
        pd.DataFrame(
            {
                "part": part.title,
                "network": pair[side].title,
                "side": side,
                "low": bins[:-1],
                "high": bins[1:],
                "share": _share(pair[side].profile, part.blocks[side], bins),
            }
        )
        for part, side in _sides(pair)
        for bins in [_bins(pair, part)]
    ]
    columns = ["part", "network", "side", "low", "high", "share"]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=columns)


def side_table(a: Group, b: Group) -> pd.DataFrame:
    """The gates of two networks in numbers, a row for each part and network.

    Returns:
        Columns part, network (its title), side (0 for A, 1 for B), blocks, gates (channels of all
        its blocks); q05, q25, median, q75, q95 (of the gates, from histograms of 100 bins), mean;
        open and shut (shares of gates of 0.95 or more, and under 0.05); specificity (median over
        channels of the share of variance between classes, NaN with one class); distance (see
        `distance`, the same in both rows; NaN where one network has no block in the part).

    Raises:
        ValueError: as `side_histograms`.
    """
    pair = _same_pictures(a, b)
    rows = []
    for part, side in _sides(pair):
        group, names = pair[side], part.blocks[side]
        facts = (part.title, group.title, side, len(names))
        rows.append((*facts, *_numbers(group.profile, names), _apart(pair, part)))
    columns = ["part", "network", "side", "blocks", "gates", *QUANTILE_NAMES, "mean"]
    return pd.DataFrame(rows, columns=[*columns, "open", "shut", "specificity", "distance"])


def distance(a: np.ndarray, b: np.ndarray, bins: np.ndarray) -> float:
    """Wasserstein-1 distance of two histograms (BINS,) that add up to 1, in units of gate, with
    edges `bins` (BINS + 1,).

    How far gates must be moved, on average, to turn one distribution into the other; gates count
    as spread evenly within their bin, which changes it by the width of one at most.
    """
    return float((np.abs(np.cumsum(a - b)[:-1]) * np.diff((bins[:-1] + bins[1:]) / 2)).sum())


def depth_table(a: Group, b: Group) -> pd.DataFrame:
    """The gates of each block of two networks over relative depth, in order of depth.

    Returns:
        Columns network, side (0 for A, 1 for B), block, depth (`parts.relative_depth`, 0 to 1),
        channels; q25, median, q75 of the gates (classes alike); s25, specificity, s75: quartiles
        over channels of the share of variance between classes, NaN with one class.

    Raises:
        ValueError: as `side_histograms`.
    """
    rows = []
    for side, group in enumerate(_same_pictures(a, b)):
        profile = group.profile
        blocks = profile.blocks if profile.pictures else ()
        for block, depth in zip(blocks, relative_depth(blocks), strict=True):
            bins = edges_of([(profile, [block.name])])
            gates = quantiles(_share(profile, [block.name], bins)[None], bins)[0, 1:4]
            between = np.quantile(_between(profile, [block.name]), (0.25, 0.5, 0.75))
            facts = (group.title, side, block.name, depth, block.channels)
            rows.append((*facts, *gates, *between))
    names = ["network", "side", "block", "depth", "channels", "q25", "median", "q75"]
    return pd.DataFrame(rows, columns=[*names, "s25", "specificity", "s75"])


def both_predict(a: Reading, b: Reading) -> pd.DataFrame:
    """What two networks, of possibly different classes, take the same pictures for.

    Returns:
        Columns picture, class (its label); for each network that gives outputs its first class:
        prediction_a and probability_a (in [0, 1]) or score_a, and likewise with b.

    Raises:
        ValueError: where the readings are not of the same pictures.
    """
    if a.names != b.names:
        raise ValueError(OTHERS)
    table = pd.DataFrame({"picture": list(a.names), "class": list(a.labels)})
    for side, reading in (("a", a), ("b", b)):
        if reading.output.classes:
            shown = reading.output.shown(reading.outputs)
            table[f"prediction_{side}"] = reading.output.said(shown)
            table[f"{reading.output.measure}_{side}"] = shown.max(1)
    return table


def _same_pictures(a: Group, b: Group) -> tuple[Group, Group]:
    """Both, without classes that have no picture."""
    pair = Group(a.title, filled(a.profile)), Group(b.title, filled(b.profile))
    if pair[0].profile.counts != pair[1].profile.counts:
        raise ValueError(OTHERS)
    return pair


def _sides(pair: tuple[Group, Group]) -> list[tuple[Part, int]]:
    """Each part with each side that has a block there; nothing without pictures."""
    a, b = (group.profile for group in pair)
    parts = aligned(a.blocks, b.blocks) if a.pictures else ()
    return [(part, side) for part in parts for side in (0, 1) if part.blocks[side]]


def _apart(pair: tuple[Group, Group], part: Part) -> float:
    if not all(part.blocks):
        return np.nan
    bins = _bins(pair, part)
    a, b = (_share(g.profile, names, bins) for g, names in zip(pair, part.blocks, strict=True))
    return distance(a, b, bins)


def _bins(pair: tuple[Group, Group], part: Part) -> np.ndarray:
    return edges_of((group.profile, names) for group, names in zip(pair, part.blocks, strict=True))


def _share(profile: Profile, blocks: Sequence[str], bins: np.ndarray) -> np.ndarray:
    return class_shares(profile, blocks, bins).mean(0)


def _numbers(profile: Profile, blocks: Sequence[str]) -> tuple:
    """gates, quantiles, mean, open, shut, specificity."""
    bins = edges_of([(profile, blocks)])
    share = _share(profile, blocks, bins)
    means = np.concatenate([profile.all_mean(name) for name in blocks])
    return (
        len(means),
        *quantiles(share[None], bins)[0],
        means.mean(),
        *open_and_shut(share, bins),
        np.median(_between(profile, blocks)),
    )


def _between(profile: Profile, blocks: Sequence[str]) -> np.ndarray:
    """Share of variance between classes of every channel of some blocks; NaN with one class."""
    shares = np.concatenate([specificity(profile, name) for name in blocks])
    return shares if len(profile.classes) > 1 else np.full(len(shares), np.nan)
