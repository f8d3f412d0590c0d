"""The gates of many pictures as statistics that can be merged, in one file format.

Memory is bounded by classes x channels, never by pictures.
"""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import reduce
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import BadZipFile

import numpy as np

from se_viz import files
from se_viz.probe.blocks import Block
from se_viz.probe.reading import Reading

BINS = 100
"""Histogram bins of equal width over gates in [0, 1]."""
VERSION = 1
_UNREADABLE = (
    *(OSError, EOFError, BadZipFile, zlib.error),
    *(ValueError, TypeError, LookupError, AttributeError, RuntimeError),
)
"""What damaged and foreign files raise on the way through ZIP, NPZ and JSON."""


@dataclass(frozen=True, eq=False)
class Stats:
    """Gates of one block, for K classes and C channels.

    Attributes:
        count: int64 (K,), pictures.
        mean: float64 (K, C).
        m2: float64 (K, C), sum of squared distances from the mean.
        low, high: float64 (K, C), smallest and largest gate; inf and -inf without pictures.
        histogram: int64 (K, BINS), gates of all channels.
    """

    count: np.ndarray
    mean: np.ndarray
    m2: np.ndarray
    low: np.ndarray
    high: np.ndarray
    histogram: np.ndarray

    @property
    def std(self) -> np.ndarray:
        """float64 (K, C), population standard deviation over pictures; 0 without pictures."""
        return np.sqrt(self.m2 / np.maximum(self.count, 1)[:, None])


FIELDS = ("count", "mean", "m2", "low", "high", "histogram")


@dataclass(frozen=True)
class Origin:
    """Where a profile comes from.

    Attributes:
        title: in words, such as "Imagenette, validation set".
        network: name of the network.
        fingerprint: SHA-256 of its weights, in hex.
        preprocessing: as `Preprocessing.as_dict` gives it.
        versions: of the packages that shape the numbers.
    """

    title: str
    network: str
    fingerprint: str
    preprocessing: Mapping[str, Any]
    versions: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Profile:
    """Statistics of the gates per class, block and channel.

    Attributes:
        classes: K names, all different.
        blocks: the network's SE blocks, in order of depth.
        stats: block name -> its statistics, rows in the order of `classes`.
        origin: where it comes from.
    """

    classes: tuple[str, ...]
    blocks: tuple[Block, ...]
    stats: Mapping[str, Stats]
    origin: Origin

    @property
    def counts(self) -> dict[str, int]:
        """Pictures of each class."""
        if not self.blocks:
            return dict.fromkeys(self.classes, 0)
        count = self.stats[self.blocks[0].name].count
        return {name: int(n) for name, n in zip(self.classes, count, strict=True)}

    @property
    def pictures(self) -> int:
        return sum(self.counts.values())

    def block(self, name: str) -> Block:
        """Raises ValueError for an unknown name."""
        for block in self.blocks:
            if block.name == name:
                return block
        raise ValueError(f"There is no block {name}.")

    def all_mean(self, block: str) -> np.ndarray:
        """float64 (C,): the mean over classes, each class with the same weight ("all")."""
        return self.stats[block].mean.mean(0)

    def all_std(self, block: str) -> np.ndarray:
        """float64 (C,): standard deviation over pictures, each class with the same weight."""
        stats = self.stats[block]
        return np.sqrt((stats.std**2).mean(0) + stats.mean.var(0))

    def select(self, classes: Sequence[str]) -> Profile:
        """The same profile with some of its classes, in the order given.

        Raises:
            ValueError: for a class that it lacks.
        """
        unknown = [name for name in classes if name not in self.classes]
        if unknown:
            raise ValueError(f"The profile has no class {unknown[0]}.")
        rows = [self.classes.index(name) for name in classes]
        stats = {name: _take(stat, rows) for name, stat in self.stats.items()}
        return Profile(tuple(classes), self.blocks, stats, self.origin)

    def npz(self) -> bytes:
        """The profile as an NPZ file without pickles: `save`'s bytes."""
        record = {
            "version": VERSION,
            "classes": self.classes,
            "blocks": [asdict(block) for block in self.blocks],
            "origin": asdict(self.origin),
        }
        arrays = {
            f"{name}/{field}": getattr(stats, field)
            for name, stats in self.stats.items()
            for field in FIELDS
        }
        buffer = io.BytesIO()
        np.savez_compressed(buffer, record=np.array(json.dumps(record)), **arrays)
        return buffer.getvalue()

    def save(self, path: str | Path) -> None:
        files.write(path, self.npz())


def load(path: str | Path | BinaryIO) -> Profile:
    """Read a profile, from a path or an open file.

    Raises:
        ValueError: where there is no such file, or it is no profile.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            return _of_file(json.loads(str(file["record"])), file)
    except _UNREADABLE as error:
        raise ValueError(f"{path} cannot be read as a profile.") from error


def _of_file(record: Any, arrays: Any) -> Profile:
    if record["version"] != VERSION:
        raise ValueError(f"version {record['version']}")
    classes = tuple(record["classes"])
    if len(set(classes)) != len(classes):
        raise ValueError("a class comes twice")
    blocks = tuple(Block(**facts) for facts in record["blocks"])
    stats = {block.name: _stats_of_file(arrays, block, len(classes)) for block in blocks}
    return Profile(classes, blocks, stats, Origin(**record["origin"]))


def _stats_of_file(arrays: Any, block: Block, classes: int) -> Stats:
    shapes = {"count": (classes,), "histogram": (classes, BINS)}
    found = {field: arrays[f"{block.name}/{field}"] for field in FIELDS}
    for field, array in found.items():
        if array.shape != shapes.get(field, (classes, block.channels)):
            raise ValueError(f"{block.name}/{field} has shape {array.shape}")
    return Stats(**found)


def empty(classes: Sequence[str], blocks: Sequence[Block], origin: Origin) -> Profile:
    """A profile of no picture: merging it with another changes nothing but the classes."""
    stats = {block.name: _no_pictures(len(classes), block.channels) for block in blocks}
    return Profile(tuple(classes), tuple(blocks), stats, origin)


def of_reading(reading: Reading, blocks: Sequence[Block], origin: Origin) -> Profile:
    """The profile of a reading, classes in the order in which its labels first come."""
    classes = tuple(dict.fromkeys(reading.labels))
    rows = [np.flatnonzero([label == name for label in reading.labels]) for name in classes]
    stats = {block.name: _stats(reading.gates[block.name], rows, block) for block in blocks}
    return Profile(classes, tuple(blocks), stats, origin)


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
    return Profile(classes, a.blocks, stats, a.origin)


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


def _take(stats: Stats, rows: Sequence[int]) -> Stats:
    picked = np.asarray(rows, int)
    return Stats(*(getattr(stats, field)[picked] for field in FIELDS))


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
