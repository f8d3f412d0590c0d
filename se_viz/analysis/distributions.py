"""How gates are distributed, from the histograms of a profile."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import numpy as np
import pandas as pd

from se_viz.analysis.groups import ALL, Group, rows_of, shown, words
from se_viz.profile import BINS, Profile

Part = Literal["stage", "block"]
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


def histogram_table(
    groups: Sequence[Group],
    part: Part = "stage",
    blocks: Iterable[str] | None = None,
    classes: Iterable[str] | None = None,
    with_all: bool = True,
) -> pd.DataFrame:
    """Share of the gates in each bin, per group, class and stage or block.

    A stage adds up its blocks, each channel of each picture counting once; "all" is the mean over
    all classes of the group, each with the same weight.

    Args:
        groups: one or two.
        part: a distribution for each "stage" or for each "block".
        blocks: which blocks count, None for every one.
        classes: which to show, None for every one.
        with_all: add the class "all".

    Returns:
        Columns group, class, part ("stage 2" or "SE_2_1"), low and high (edges of the bin, gates),
        share (of the gates, adds up to 1 per distribution) and density (share per unit of gate).
        Sorted by group, part, class ("all" last), bin.
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
    return _histogram_frame(keys, shares)


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
    found: dict[str, list[str]] = {}
    for block in profile.blocks:
        if chosen is None or block.name in chosen:
            title = block.name if part == "block" else f"stage {block.stage}"
            found.setdefault(title, []).append(block.name)
    return found


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
        histograms: a `histogram_table`.

    Returns:
        Columns group, class, part; q05, q25, median, q75, q95 (gates, straight lines within a bin),
        mean (gates, from the middle of the bins) and peak (largest share of a bin). One row for
        each distribution.
    """
    rows = []
    for key, table in histograms.groupby(list(_KEYS), sort=False, observed=True):
        share = table["share"].to_numpy()
        middle = (table["low"].to_numpy() + table["high"].to_numpy()) / 2
        rows.append((*key, *_quantiles(table), float(share @ middle), float(share.max())))
    names = ["q05", "q25", "median", "q75", "q95", "mean", "peak"]
    return pd.DataFrame(rows, columns=[*_KEYS, *names])


def _quantiles(table: pd.DataFrame) -> list[float]:
    share, low, high = (table[name].to_numpy() for name in ("share", "low", "high"))
    below = np.concatenate([[0.0], np.cumsum(share)])
    found = []
    for q in QUANTILES:
        place = min(int(np.searchsorted(below[1:], q - 1e-12)), len(share) - 1)
        inside = (q - below[place]) / max(share[place], 1e-12)
        found.append(float(low[place] + np.clip(inside, 0, 1) * (high[place] - low[place])))
    return found
