"""Statistics that no gates can have: a profile from outside is held against what must be true."""

from __future__ import annotations

import numpy as np

from se_viz.probe.gates.blocks import Block
from se_viz.profiles.bins import bin_of, edges
from se_viz.profiles.profile import Profile, Stats

MOST_PICTURES = 2**53
SLACK = 1e-6
"""How far rounding may take a number from where it must be, relative to what it is made of."""


def check(profile: Profile) -> None:
    """Raises ValueError where statistics are not finite, out of range, or contradict each other."""
    counts = [profile.stats[block.name].count for block in profile.blocks]
    demand(all(np.array_equal(count, counts[0]) for count in counts), "blocks saw other pictures")
    for block in profile.blocks:
        _check_block(profile.stats[block.name], block)
    for name, count in profile.guessed.items():
        demand(type(count) is int and 0 < count <= profile.counts.get(name, 0), "guessed classes")


def _check_block(stats: Stats, block: Block) -> None:
    demand(bool(((stats.count >= 0) & (stats.count <= MOST_PICTURES)).all()), "impossible counts")
    numbers = (stats.mean, stats.m2, stats.low, stats.high)
    demand(all(np.isfinite(array).all() for array in numbers), "numbers that are not finite")
    empty = stats.count == 0
    demand(not any(array[empty].any() for array in numbers), "statistics of no picture")
    some = stats.take(np.flatnonzero(~empty).tolist())
    if len(some.count):
        _check_range(some, block)
        _check_spread(some)
    _check_histogram(some, stats, block)


def _check_range(stats: Stats, block: Block) -> None:
    slack = SLACK * (1 + np.abs(stats.high))
    demand(bool((stats.low >= block.low - slack).all()), "gates below their range")
    demand(bool((stats.high <= block.high + slack).all()), "gates above their range")


def _check_spread(stats: Stats) -> None:
    """With one gate at each end, the mean keeps away from both by their distance over n; the sum of
    squares is at least that of these two (d^2 / 2) and at most n (high - mean) (mean - low), by
    Bhatia and Davis (2000)."""
    n = stats.count[:, None]
    distance = stats.high - stats.low
    slack = SLACK * (np.abs(stats.high) + np.abs(stats.low) + 1e-12)
    up, down = stats.high - stats.mean, stats.mean - stats.low
    least = np.where(n > 1, distance / n, 0) - slack
    demand(bool((distance >= 0).all()), "a lowest gate above the highest")
    demand(bool(((up >= least) & (down >= least)).all()), "a mean beyond its gates")
    most = n * np.maximum(up * down, 0) + n * slack**2 + n * slack * distance
    few = distance**2 / 2 - slack**2 - slack * distance
    demand(bool((stats.m2 <= most).all()), "a spread too wide for its gates")
    demand(bool(((stats.m2 >= few) & (stats.m2 >= 0)).all()), "a spread too narrow for its gates")


def _check_histogram(some: Stats, stats: Stats, block: Block) -> None:
    demand(bool((stats.histogram >= 0).all()), "negative counts")
    whole = stats.histogram.sum(1)
    demand(bool((whole == stats.count * block.channels).all()), "a histogram of other gates")
    if not len(some.count):
        return
    used = some.histogram > 0
    first, last = used.argmax(1), used.shape[1] - 1 - used[:, ::-1].argmax(1)
    lowest, highest = some.low.min(1), some.high.max(1)
    ends = bool((bin_of(lowest, block) == first).all() and (bin_of(highest, block) == last).all())
    demand(ends, "a histogram that ends elsewhere")
    total = some.mean.sum(1) * some.count
    ends_of_bins = np.clip(edges(block), lowest.min(), highest.max())
    _demand_between(some.histogram @ ends_of_bins[:-1], total, some.histogram @ ends_of_bins[1:])


def _demand_between(least: np.ndarray, total: np.ndarray, most: np.ndarray) -> None:
    slack = SLACK * (1 + np.abs(least) + np.abs(most))
    held = (least - slack <= total) & (total <= most + slack)
    demand(bool(held.all()), "means that its histogram does not have")


def demand(held: bool, otherwise: str) -> None:
    """Raises ValueError with what is wrong `otherwise`."""
    if not held:
        raise ValueError(otherwise)
