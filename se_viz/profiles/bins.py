"""Bins of a block's histogram: of equal width over the range of its gates.

Where that range has no end, gates g are counted by g / (1 + |g|), which has one: bins are then as
wide as 0.01 at 0, and wider further out.
"""

from __future__ import annotations

from math import isfinite

import numpy as np

from se_viz.probe.gates.blocks import Block

BINS = 100
"""Of every histogram."""


def bin_of(gates: np.ndarray, block: Block) -> np.ndarray:
    """int64, 0 to BINS - 1: the bin of each gate; those beyond the range count at its end."""
    low, high, at = _scale(block)
    place = (at(gates) - low) / (high - low) * BINS
    return np.clip(place.astype(np.int64), 0, BINS - 1)


def edges(block: Block) -> np.ndarray:
    """float64 (BINS + 1,): where bins begin and end, in gates; -inf and inf without end."""
    low, high, at = _scale(block)
    even = np.round(np.linspace(low, high, BINS + 1), 6)
    return even if at is _same else _stretched(even)


def rebinned(counts: np.ndarray, old: np.ndarray, new: np.ndarray) -> np.ndarray:
    """float64 (..., BINS): histograms (..., BINS) with edges `old` in the bins of `new`.

    Gates are taken as spread evenly within a bin.
    """
    if np.array_equal(old, new):
        return counts.astype(np.float64)
    old, new = (_squashed(ends) for ends in (old, new))
    below = np.concatenate([np.zeros((*counts.shape[:-1], 1)), counts.cumsum(-1)], -1)
    rows = [np.interp(new, old, row) for row in below.reshape(-1, BINS + 1)]
    return np.diff(np.reshape(rows, below.shape), axis=-1)


def _scale(block: Block):
    """Least and greatest value, and what a gate counts as."""
    if isfinite(block.low) and isfinite(block.high):
        return block.low, block.high, _same
    return *_squashed(np.array([block.low, block.high])).tolist(), _squashed


def _same(gates: np.ndarray) -> np.ndarray:
    return gates


def _squashed(gates: np.ndarray) -> np.ndarray:
    """g / (1 + |g|), from -1 to 1."""
    with np.errstate(invalid="ignore"):
        return np.where(np.isinf(gates), np.sign(gates), gates / (1 + np.abs(gates)))


def _stretched(values: np.ndarray) -> np.ndarray:
    """The inverse of `_squashed`."""
    with np.errstate(divide="ignore"):
        return values / (1 - np.abs(values))
