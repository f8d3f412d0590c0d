"""How clean gates spread over pictures, and how much of that follows the class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from se_viz.analysis.shifts.jackknife import GROUPS, groups_of, interval
from se_viz.probe.gates.blocks import Block


def spread_table(
    blocks: Sequence[Block], gates: Mapping[str, np.ndarray], classes: np.ndarray
) -> pd.DataFrame:
    """The spread of each block's gates over pictures.

    The class's share is the variance of the class means over that plus the variance within
    classes, summed over channels; each class has the same weight.

    Args:
        blocks: of the network.
        gates: block name -> (N, C), of pictures as they are.
        classes: int (N,).

    Returns:
        Columns block, stage, depth (from 1), spread (root of the mean over channels of the variance
        over pictures, in gates), class_share (in [0, 1]; nan with fewer than two classes) with
        class_low and class_high (95%, see `interval`), and chance (the share that class means of
        so few pictures would have by chance alone).
    """
    kinds, row = np.unique(classes, return_inverse=True)
    found = [_facts(gates[block.name], row, len(kinds)) for block in blocks]
    named = [
        {"block": block.name, "stage": block.stage, "depth": place, **facts}
        for place, (block, facts) in enumerate(zip(blocks, found, strict=True), 1)
    ]
    return pd.DataFrame(named)


def _facts(gates: np.ndarray, classes: np.ndarray, kinds: int) -> dict[str, float]:
    gates = gates.astype(float)
    sums = _sums(gates - gates.mean(0), classes, kinds)
    share, low, high = (float(number) for number in interval(sums, _class_share))
    counts = np.bincount(classes, minlength=kinds)
    return {
        "spread": float(np.sqrt(gates.var(0).mean())),
        "class_share": share,
        "class_low": low,
        "class_high": high,
        "chance": _chance(share, counts),
    }


def _sums(gates: np.ndarray, classes: np.ndarray, kinds: int) -> tuple[np.ndarray, ...]:
    """(GROUPS,) pictures; (GROUPS, K) of each class, (GROUPS, K, C) sums, (GROUPS, K) squares."""
    where = groups_of(np.arange(len(gates))), classes
    pictures = np.bincount(where[0], minlength=GROUPS)
    counts, squares = np.zeros((GROUPS, kinds)), np.zeros((GROUPS, kinds))
    sums = np.zeros((GROUPS, kinds, gates.shape[1]))
    np.add.at(counts, where, 1)
    np.add.at(squares, where, (gates**2).sum(1))
    np.add.at(sums, where, gates)
    return pictures, counts, sums, squares


def _class_share(
    pictures: np.ndarray, counts: np.ndarray, sums: np.ndarray, squares: np.ndarray
) -> np.ndarray:
    known = counts > 0
    if known.sum() < 2:
        return np.array(np.nan)
    counts, sums, squares = counts[known], sums[known], squares[known]
    means = sums / counts[:, None]
    between = ((means - means.mean(0)) ** 2).sum(1).mean()
    within = (squares / counts - (means**2).sum(1)).mean()
    total = between + within
    return np.array(between / total if total > 0 else np.nan)


def _chance(share: float, counts: np.ndarray) -> float:
    """(1 - 1 / K) * mean of (1 - share) / (n - 1): as `variance._by_chance`, in shares."""
    if counts.min() < 2:
        return np.nan
    return float((1 - 1 / len(counts)) * (1 - share) * (1 / (counts - 1)).mean())
