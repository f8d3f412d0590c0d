"""How gates are distributed, from the histograms of a profile."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import numpy as np
import pandas as pd

from se_viz.analysis.networks.stages import parts_of
from se_viz.analysis.profiles.groups import ALL, Group, rows_of, shown, with_guessed, words
from se_viz.profiles import BINS, Profile

Part = Literal["stage", "block"]
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
MIDDLES = (np.arange(BINS) + 0.5) / BINS
"""Of the bins, in gates."""


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
    for group in groups:
        for title, names in _parts(group.profile, part, chosen).items():
            for name, share in _shares(group.profile, names, wanted, with_all):
                keys.append((group.title, name, title))
                shares.append(share)
    return with_guessed(_histogram_frame(keys, shares), groups)


def _histogram_frame(keys: list[tuple[str, str, str]], shares: list[np.ndarray]) -> pd.DataFrame:
    sizes = [BINS] * len(keys)
    share = np.concatenate(shares) if shares else np.zeros(0)
    edges = np.round(np.linspace(0, 1, BINS + 1), 6)
    columns = {name: words([key[i] for key in keys], sizes) for i, name in enumerate(_KEYS)}
    return pd.DataFrame(
        columns
        | {
            "low": np.tile(edges[:-1], len(keys)),
            "high": np.tile(edges[1:], len(keys)),
            "share": share,
            "density": share * BINS,
        }
    )


_KEYS = ("group", "class", "part")


def _parts(profile: Profile, part: Part, chosen: set[str] | None) -> dict[str, list[str]]:
    names = [block.name for block in profile.blocks]
    whole = {name: [name] for name in names} if part == "block" else parts_of(profile.blocks)
    wanted = set(names) if chosen is None else chosen
    kept = {title: [name for name in held if name in wanted] for title, held in whole.items()}
    return {title: held for title, held in kept.items() if held}


def class_shares(profile: Profile, blocks: Sequence[str]) -> np.ndarray:
    """float64 (K, BINS): per class, the share of the gates of some blocks in each bin.

    Each row adds up to 1, or to 0 where the class has no picture.
    """
    counts = np.sum([profile.stats[block].histogram for block in blocks], axis=0)
    return counts / np.maximum(counts.sum(1, keepdims=True), 1)


def _shares(
    profile: Profile, blocks: list[str], classes: Sequence[str] | None, with_all: bool
) -> list[tuple[str, np.ndarray]]:
    shares = class_shares(profile, blocks)
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
    names = ["q05", "q25", "median", "q75", "q95"]
    summary[names] = quantiles(share)
    return summary.assign(mean=share @ MIDDLES, peak=share.max(1, initial=0))


def quantiles(shares: np.ndarray) -> np.ndarray:
    """float64 (n, 5): the `QUANTILES` of n histograms (n, BINS), straight lines within a bin."""
    below = np.concatenate([np.zeros((len(shares), 1)), np.cumsum(shares, 1)], 1)
    found = []
    for q in QUANTILES:
        place = np.minimum((below[:, 1:] < q - 1e-12).sum(1), BINS - 1)[:, None]
        start, inside = (np.take_along_axis(rows, place, 1)[:, 0] for rows in (below, shares))
        step = np.clip((q - start) / np.maximum(inside, 1e-12), 0, 1)
        found.append((place[:, 0] + step) / BINS)
    return np.stack(found, 1)
