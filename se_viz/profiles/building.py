"""Profiles of readings, and of profiles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import reduce

import numpy as np

from se_viz.probe.gates.blocks import Block
from se_viz.probe.reading import Reading
from se_viz.profiles.profile import BINS, FIELDS, Origin, Profile, Stats


def empty(classes: Sequence[str], blocks: Sequence[Block], origin: Origin) -> Profile:
    """A profile of no picture: merging it with another changes nothing but the classes."""
    stats = {block.name: _no_pictures(len(classes), block.channels) for block in blocks}
    return Profile(tuple(classes), tuple(blocks), stats, origin)


def of_reading(reading: Reading, blocks: Sequence[Block], origin: Origin) -> Profile:
    """The profile of a reading, classes in the order in which its labels first come."""
    classes = tuple(dict.fromkeys(reading.labels))
    rows = [np.flatnonzero([label == name for label in reading.labels]) for name in classes]
    stats = {block.name: _stats(reading.gates[block.name], rows, block) for block in blocks}
    pairs = zip(reading.labels, reading.guessed, strict=True)
    guessed = dict(Counter(label for label, guess in pairs if guess))
    return Profile(classes, tuple(blocks), stats, origin, guessed)


def merge(*profiles: Profile) -> Profile:
    """The profile of all their pictures; the order of merging changes it by rounding alone.

    Means and M2 are merged pairwise (Chan, Golub and LeVeque, 1979).

    Raises:
        ValueError: without any profile, or where they come from different networks or
            preprocessings.
    """
    if not profiles:
        raise ValueError("There is no profile to merge.")
    return reduce(_merge_two, profiles)


def _merge_two(a: Profile, b: Profile) -> Profile:
    _same_measurement(a, b)
    classes = tuple(dict.fromkeys(a.classes + b.classes))
    stats = {
        name: _combine(_spread(a.stats[name], a, classes), _spread(b.stats[name], b, classes))
        for name in a.stats
    }
    guessed = dict(Counter(a.guessed) + Counter(b.guessed))
    return Profile(classes, a.blocks, stats, a.origin, guessed)


def _same_measurement(a: Profile, b: Profile) -> None:
    if a.origin.fingerprint != b.origin.fingerprint or a.blocks != b.blocks:
        raise ValueError(
            f"Profiles of different networks cannot be merged "
            f"({a.origin.network} and {b.origin.network})."
        )
    if dict(a.origin.preprocessing) != dict(b.origin.preprocessing):
        raise ValueError("Profiles of differently preprocessed pictures cannot be merged.")


def _no_pictures(classes: int, channels: int) -> Stats:
    zeros = np.zeros((classes, channels))
    return Stats(
        np.zeros(classes, np.int64),
        zeros,
        zeros,
        np.full_like(zeros, np.inf),
        np.full_like(zeros, -np.inf),
        np.zeros((classes, BINS), np.int64),
    )


def _stats(gates: np.ndarray, rows: Sequence[np.ndarray], block: Block) -> Stats:
    parts = [_of_class(gates[picked].astype(np.float64)) for picked in rows]
    if not parts:
        return _no_pictures(0, block.channels)
    return Stats(*(np.stack([part[i] for part in parts]) for i in range(len(FIELDS))))


def _of_class(gates: np.ndarray) -> tuple[np.ndarray, ...]:
    mean = gates.mean(0)
    bins = np.clip((gates * BINS).astype(np.int64), 0, BINS - 1).ravel()
    return (
        np.asarray(len(gates)),
        mean,
        ((gates - mean) ** 2).sum(0),
        gates.min(0),
        gates.max(0),
        np.bincount(bins, minlength=BINS),
    )


def _spread(stats: Stats, profile: Profile, classes: Sequence[str]) -> Stats:
    """The statistics with a row for each of `classes`, empty where the profile lacks it."""
    if profile.classes == tuple(classes):
        return stats
    spread = _no_pictures(len(classes), stats.mean.shape[1])
    places = [list(classes).index(name) for name in profile.classes]
    fields = {field: np.array(getattr(spread, field)) for field in FIELDS}
    for field in FIELDS:
        fields[field][places] = getattr(stats, field)
    return Stats(**fields)


def _combine(a: Stats, b: Stats) -> Stats:
    count = a.count + b.count
    share = (b.count / np.maximum(count, 1))[:, None]
    step = b.mean - a.mean
    return Stats(
        count,
        a.mean + step * share,
        a.m2 + b.m2 + step**2 * a.count[:, None] * share,
        np.minimum(a.low, b.low),
        np.maximum(a.high, b.high),
        a.histogram + b.histogram,
    )
