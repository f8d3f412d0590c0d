"""Profiles of readings, and of profiles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

import numpy as np

from se_viz.probe.gates.blocks import Block
from se_viz.probe.reading import Reading
from se_viz.profiles.bins import BINS, bin_of
from se_viz.profiles.profile import FIELDS, Origin, Profile, Stats


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
            preprocessings, tell blocks differently, or were computed in different precision.
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
    return Profile(classes, a.blocks, stats, _origin(a.origin, b.origin), guessed)


def _origin(a: Origin, b: Origin) -> Origin:
    """The first's, with what computed either, and the versions of both."""
    names = sorted({*a.versions, *b.versions})
    versions = {n: _both(a.versions.get(n), b.versions.get(n)) for n in names}
    return replace(a, runtime=_both(a.runtime, b.runtime), versions=versions)


def _both(*texts: str | None) -> str:
    """All of them, each once, in whichever order they come."""
    return AND.join(sorted({part for text in texts if text for part in text.split(AND)}))


AND = " and "


def _same_measurement(a: Profile, b: Profile) -> None:
    if a.origin.fingerprint == b.origin.fingerprint and a.blocks != b.blocks:
        raise ValueError(
            f"These profiles of {a.origin.network} tell its blocks or the ranges of their gates "
            "differently, so they cannot be merged."
        )
    if a.origin.fingerprint != b.origin.fingerprint:
        raise ValueError(
            f"Profiles of different networks cannot be merged "
            f"({a.origin.network} and {b.origin.network})."
        )
    if dict(a.origin.preprocessing) != dict(b.origin.preprocessing):
        raise ValueError("Profiles of differently preprocessed pictures cannot be merged.")
    if a.origin.precision != b.origin.precision:
        raise ValueError(
            f"Profiles of different precision cannot be merged "
            f"({a.origin.precision} and {b.origin.precision})."
        )


def _no_pictures(classes: int, channels: int) -> Stats:
    zeros = np.zeros((classes, channels))
    return Stats(
        np.zeros(classes, np.int64),
        zeros,
        zeros,
        zeros,
        zeros,
        np.zeros((classes, BINS), np.int64),
    )


def _stats(gates: np.ndarray, rows: Sequence[np.ndarray], block: Block) -> Stats:
    parts = [_of_class(gates[picked].astype(np.float64), block) for picked in rows]
    if not parts:
        return _no_pictures(0, block.channels)
    return Stats(*(np.stack([part[i] for part in parts]) for i in range(len(FIELDS))))


def _of_class(gates: np.ndarray, block: Block) -> tuple[np.ndarray, ...]:
    mean = gates.mean(0)
    return (
        np.asarray(len(gates)),
        mean,
        ((gates - mean) ** 2).sum(0),
        gates.min(0),
        gates.max(0),
        np.bincount(bin_of(gates, block).ravel(), minlength=BINS),
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
        _of_those_with_pictures(np.minimum, a, b, "low"),
        _of_those_with_pictures(np.maximum, a, b, "high"),
        a.histogram + b.histogram,
    )


def _of_those_with_pictures(better: np.ufunc, a: Stats, b: Stats, field: str) -> np.ndarray:
    one, other = getattr(a, field), getattr(b, field)
    without = [(stats.count == 0)[:, None] for stats in (a, b)]
    return np.select(without, [other, one], better(one, other))
