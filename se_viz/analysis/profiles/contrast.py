"""Which channels tell two classes apart: effect size with interval, and corrected p-values.

All from a profile. For n_a and n_b pictures with means m and unbiased variances v of the gates,

- Hedges' g = J (m_a - m_b) / s, s^2 the pooled variance, J = 1 - 3 / (4 (n_a + n_b - 2) - 1), which
  takes out most of the bias of few pictures (L. V. Hedges, J. Educational Statistics 6, 1981);
- its 95% interval is g +- 1.96 sqrt((n_a + n_b) / (n_a n_b) + g^2 / (2 (n_a + n_b))) (L. V. Hedges
  and I. Olkin, Statistical Methods for Meta-Analysis, 1985, chapter 5), for a channel chosen
  beforehand: the first of a ranking owe a part of their rank to luck;
- p is of Welch's t-test (B. L. Welch, Biometrika 34, 1947), which lets variances differ;
- q is p after Y. Benjamini and Y. Hochberg's correction (J. Royal Statistical Society B 57, 1995):
  among the channels with q at most 0.05, 5% or fewer are expected to be there by chance. Proven
  for channels that are independent or vary together; for gates, which also vary against each other,
  a good guide.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from se_viz.analysis.profiles.groups import Group, pair
from se_viz.analysis.profiles.variance import STILL
from se_viz.profiles import Stats

LEVEL = 0.05
"""Of false findings among the channels called different."""
_PLACES = ("block", "stage", "depth", "channel")
_NUMBERS = ("mean_a", "mean_b", "difference", "g", "low", "high", "p")


def contrast_table(
    group: Group, a: str, b: str, blocks: Sequence[str] | None = None
) -> pd.DataFrame:
    """Every channel of some blocks, by how well it tells class a from class b.

    Args:
        group: that has both classes.
        a, b: two of its classes; g is positive where a's gates are larger.
        blocks: names, None for every one; they do not change `q`, which always spans all blocks.

    Returns:
        Columns block, stage, depth (from 1), channel; mean_a, mean_b, difference (a - b), in gates;
        g, low and high (Hedges' g with its 95% interval, in standard deviations); p; q_block (p
        corrected over the channels of the block) and q (corrected over all channels of all blocks).
        Largest |g| first. A channel that is constant within both classes has no g and a p of 1
        where they share the value; where they do not, they are told apart without a mistake: g, low
        and high are infinite, and p is 0, as in the limit. No rows where a class has fewer than two
        pictures, see `enough.too_few_of_two`.

    Raises:
        ValueError: for a class that the group lacks, or that has no picture, or one class twice.
    """
    rows, parts = pair(group, a, b), []
    for depth, block in enumerate(group.profile.blocks, 1):
        stats = group.profile.stats[block.name]
        if stats.count[rows].min() < 2:
            return pd.DataFrame(columns=[*_PLACES, *_NUMBERS, "q_block", "q"])
        numbers = dict(zip(_NUMBERS, _compare(stats, rows), strict=True))
        place = (block.name, block.stage, depth, np.arange(block.channels))
        part = pd.DataFrame(dict(zip(_PLACES, place, strict=True)) | numbers)
        parts.append(part.assign(q_block=_corrected(numbers["p"])))
    table = pd.concat(parts, ignore_index=True)
    table["q"] = _corrected(table["p"].to_numpy())
    chosen = table if blocks is None else table[table["block"].isin(list(blocks))]
    sizes = pd.DataFrame({"g": chosen["g"].abs(), "difference": chosen["difference"].abs()})
    order = sizes.sort_values(["g", "difference"], ascending=False, kind="stable").index
    return chosen.loc[order].reset_index(drop=True)


def _compare(stats: Stats, rows: Sequence[int]) -> tuple[np.ndarray, ...]:
    """`_NUMBERS` of every channel, (C,) each."""
    from scipy.special import stdtr

    (one, other), (a, b) = stats.mean[rows], stats.count[rows]
    va, vb = stats.m2[rows] / (stats.count[rows] - 1)[:, None]
    pooled = ((a - 1) * va + (b - 1) * vb) / (a + b - 2)
    moves, apart = pooled > STILL, (one - other) ** 2 > STILL
    without = np.where(apart, np.copysign(np.inf, one - other), np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        g = (1 - 3 / (4 * (a + b - 2) - 1)) * (one - other) / pooled**0.5
        error = va / a + vb / b
        freedom = error**2 / ((va / a) ** 2 / (a - 1) + (vb / b) ** 2 / (b - 1))
        p = 2 * stdtr(freedom, -np.abs(one - other) / error**0.5)
        half = 1.96 * np.sqrt((a + b) / (a * b) + g**2 / (2 * (a + b)))
        ends = [np.where(moves, each, without) for each in (g, g - half, g + half)]
    return one, other, one - other, *ends, np.where(moves, p, np.where(apart, 0.0, 1.0))


def _corrected(p: np.ndarray) -> np.ndarray:
    from scipy.stats import false_discovery_control

    return false_discovery_control(p, method="bh")


def summary_by_block(table: pd.DataFrame) -> pd.DataFrame:
    """How many channels of each block tell two classes apart.

    Args:
        table: a `contrast_table`.

    Returns:
        Columns block, stage, depth, channels; telling (channels with q of 0.05 or less), share (of
        the channels, in [0, 1]), largest (|g| of the best channel) and best (its number). In order
        of depth.
    """
    marked = table.assign(telling=table["q"] <= LEVEL, size=table["g"].abs())
    best = marked.drop_duplicates("block").set_index("block")
    found = marked.groupby(["depth", "block", "stage"], as_index=False).agg(
        channels=("channel", "size"), telling=("telling", "sum"), largest=("size", "max")
    )
    found["share"] = found["telling"] / found["channels"]
    found["best"] = found["block"].map(best["channel"])
    names = ["block", "stage", "depth", "channels", "telling", "share", "largest", "best"]
    return found[names]
