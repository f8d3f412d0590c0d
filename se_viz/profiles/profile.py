"""What a profile is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from se_viz.probe.gates.blocks import Block


@dataclass(frozen=True, eq=False)
class Stats:
    """Gates of one block, for K classes and C channels.

    Attributes:
        count: int64 (K,), pictures.
        mean: float64 (K, C).
        m2: float64 (K, C), sum of squared distances from the mean.
        low, high: float64 (K, C), smallest and largest gate.
        histogram: int64 (K, BINS), gates of all channels, see `bins.edges`.

    A class without pictures has 0 everywhere.
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

    @property
    def ends(self) -> tuple[np.ndarray, np.ndarray]:
        """float64 (C,): smallest and largest gate of all classes; at least one has a picture."""
        seen = self.count > 0
        return self.low[seen].min(0), self.high[seen].max(0)

    def take(self, rows: Sequence[int]) -> Stats:
        """Of some of the classes, in the order given."""
        picked = np.asarray(rows, int)
        return Stats(*(getattr(self, name)[picked] for name in FIELDS))


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
        precision: in which they were computed.
        runtime: what computed them, for people.
    """

    title: str
    network: str
    fingerprint: str
    preprocessing: Mapping[str, Any]
    versions: Mapping[str, str]
    precision: str = "float32"
    runtime: str = "TensorFlow"


@dataclass(frozen=True, eq=False)
class Profile:
    """Statistics of the gates per class, block and channel.

    Attributes:
        classes: K names, all different.
        blocks: the network's SE blocks, in order of depth.
        stats: block name -> its statistics, rows in the order of `classes`.
        origin: where it comes from.
        guessed: class -> how many of its pictures have their class from the network's own guess.
    """

    classes: tuple[str, ...]
    blocks: tuple[Block, ...]
    stats: Mapping[str, Stats]
    origin: Origin
    guessed: Mapping[str, int] = field(default_factory=dict)

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
        stats = {name: stat.take(rows) for name, stat in self.stats.items()}
        guessed = {name: self.guessed[name] for name in classes if name in self.guessed}
        return Profile(tuple(classes), self.blocks, stats, self.origin, guessed)
