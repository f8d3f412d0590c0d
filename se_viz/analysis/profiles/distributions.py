"""How gates are distributed, from the histograms of a profile."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import numpy as np
import pandas as pd

from se_viz.analysis.networks.stages import parts_of
from se_viz.analysis.profiles.groups import ALL, Group, rows_of, shown, with_guessed, words
from se_viz.probe.gates.blocks import Block
from se_viz.profiles import BINS, Profile
from se_viz.profiles.bins import edges, rebinned

Part = Literal["stage", "block"]
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
OPEN, SHUT = 0.95, 0.05
"""Gates from the one on are nearly open, those nearer to 0 than the other nearly shut."""


def histogram_table(
    groups: Sequence[Group],
    part: Part = "stage",
    blocks: Iterable[str] | None = None,
    classes: Iterable[str] | None = None,
    with_all: bool = True,
) -> pd.DataFrame:
    """Share of the gates in each bin, per group, class and stage or block.

    A stage adds up its blocks, each channel of each picture counting once; "all" is the mean over
    all classes of the group, each with the same weight. In a network without stages, quarters of
    its depth stand for them, see `parts.parts_of`.

    Args:
        groups: one or two.
        part: a distribution for each "stage" or for each "block".
        blocks: which blocks count, None for every one.
        classes: which to show, None for every one.
        with_all: add the class "all".

    Returns:
        Columns group, class, part ("stage 2", "first quarter" or "SE_2_1"), low and high (edges of
        the bin, gates), share (of the gates, adds up to 1 per distribution) and density (share per
        unit of gate); guessed, see `with_guessed`. Sorted by group, part, class ("all" last), bin.
    """
    wanted = None if classes is None else tuple(classes)
    chosen = None if blocks is None else set(blocks)
    keys: list[tuple[str, str, str]] = []
    shares: list[np.ndarray] = []
    ends: list[np.ndarray] = []
    for group in groups:
        for title, names in _parts(group.profile, part, chosen).items():
            bins = edges_of([(group.profile, names)])
            for name, share in _shares(group.profile, names, bins, wanted, with_all):
                keys.append((group.title, name, title))
                shares.append(share)
                ends.append(bins)
    return with_guessed(_histogram_frame(keys, shares, ends), groups)


def _histogram_frame(
    keys: list[tuple[str, str, str]], shares: list[np.ndarray], ends: list[np.ndarray]
) -> pd.DataFrame:
    sizes = [BINS] * len(keys)
    share = np.concatenate(shares) if shares else np.zeros(0)
    bins = np.reshape(ends, (-1, BINS + 1))
    low, high = bins[:, :-1].ravel(), bins[:, 1:].ravel()
    columns = {name: words([key[i] for key in keys], sizes) for i, name in enumerate(_KEYS)}
    return pd.DataFrame(
        columns
        | {
            "low": low,
            "high": high,
            "share": share,
            "density": share / (high - low),
        }
    )


_KEYS = ("group", "class", "part")


def _parts(profile: Profile, part: Part, chosen: set[str] | None) -> dict[str, list[str]]:
    names = [block.name for block in profile.blocks]
    whole = {name: [name] for name in names} if part == "block" else parts_of(profile.blocks)
    wanted = set(names) if chosen is None else chosen
    kept = {title: [name for name in held if name in wanted] for title, held in whole.items()}
    return {title: held for title, held in kept.items() if held}


def edges_of(of: Iterable[tuple[Profile, Sequence[str]]]) -> np.ndarray:
    """float64 (BINS + 1,): finite edges of bins that hold the gates of blocks of some profiles,
    which are there: see `bins.edges`; a bin without end ends at the outermost gate."""
    blocks = [(profile, profile.block(name)) for profile, names in of for name in names]
    low, high = min(block.low for _, block in blocks), max(block.high for _, block in blocks)
    found = edges(Block("", 0, 1, 1, 1.0, low, high))
    stats = [profile.stats[block.name] for profile, block in blocks]
    if not np.isfinite(low):
        found[0] = min(found[1] - 1, *(each.low.min() for each in stats))
    if not np.isfinite(high):
        found[-1] = max(found[-2] + 1, *(each.high.max() for each in stats))
    return found


def class_shares(
    profile: Profile, blocks: Sequence[str], bins: np.ndarray | None = None
) -> np.ndarray:
    """float64 (K, BINS): per class, the share of the gates of some blocks in each bin.

    Each row adds up to 1, or to 0 where the class has no picture.

    Args:
        bins: edges as `edges_of` gives them; None for those of these blocks.
    """
    bins = edges_of([(profile, blocks)]) if bins is None else bins
    counts = np.sum([_counts(profile, name, bins) for name in blocks], axis=0)
    whole = counts.sum(1, keepdims=True)
    return counts / np.where(whole > 0, whole, 1)


def _counts(profile: Profile, name: str, bins: np.ndarray) -> np.ndarray:
    own, counts = edges(profile.block(name)), profile.stats[name].histogram
    own = np.where(np.isfinite(own), own, np.clip(own, bins[0], bins[-1]))
    return rebinned(counts, own, bins)


def open_and_shut(share: np.ndarray, bins: np.ndarray) -> tuple[float, float]:
    """Of one histogram (BINS,) with its edges: shares of gates of 0.95 or more, and of less than
    0.05 in size."""
    below = np.interp([OPEN, SHUT, -SHUT], bins, np.concatenate([[0], np.cumsum(share)]))
    return float(share.sum() - below[0]), float(below[1] - below[2])


def _shares(
    profile: Profile,
    blocks: list[str],
    bins: np.ndarray,
    classes: Sequence[str] | None,
    with_all: bool,
) -> list[tuple[str, np.ndarray]]:
    shares = class_shares(profile, blocks, bins)
    found = [(shown(profile.classes[row]), shares[row]) for row in rows_of(profile, classes)]
    every = rows_of(profile, None)
    if with_all and every:
        found.append((ALL, shares[every].mean(0)))
    return found


def violin_table(histograms: pd.DataFrame) -> pd.DataFrame:
    """What a violin needs beside its outline, from the very histograms.

    Args:
        histograms: a `histogram_table`, or some of its distributions.

    Returns:
        Columns group, class, part; q05, q25, median, q75, q95 (gates, straight lines within a bin),
        mean (gates, from the middle of the bins) and peak (largest share of a bin); guessed as
        there. One row for each distribution.
    """
    share = histograms["share"].to_numpy().reshape(-1, BINS)
    keys = [name for name in (*_KEYS, "guessed") if name in histograms]
    summary = histograms[keys].iloc[::BINS].reset_index(drop=True)
    low, high = (histograms[end].to_numpy().reshape(-1, BINS) for end in ("low", "high"))
    names = ["q05", "q25", "median", "q75", "q95"]
    summary[names] = quantiles(share, np.concatenate([low, high[:, -1:]], 1))
    mean = (share * (low + high) / 2).sum(1)
    return summary.assign(mean=mean, peak=share.max(1, initial=0))


def quantiles(shares: np.ndarray, bins: np.ndarray) -> np.ndarray:
    """float64 (n, 5): the `QUANTILES` of n histograms (n, BINS), straight lines within a bin.

    Args:
        bins: (BINS + 1,) or (n, BINS + 1), their edges.
    """
    bins = np.broadcast_to(bins, (len(shares), BINS + 1))
    below = np.concatenate([np.zeros((len(shares), 1)), np.cumsum(shares, 1)], 1)
    found = []
    for q in QUANTILES:
        place = np.minimum((below[:, 1:] < q - 1e-12).sum(1), BINS - 1)[:, None]
        start, inside = (np.take_along_axis(rows, place, 1)[:, 0] for rows in (below, shares))
        step = np.clip((q - start) / np.maximum(inside, 1e-12), 0, 1)
        low, high = (np.take_along_axis(ends, place, 1)[:, 0] for ends in (bins, bins[:, 1:]))
        found.append(low + step * (high - low))
    return np.stack(found, 1)
