"""What gates are given instead of those that adapt: clean ones, of whom it may be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from se_viz.analysis.profiles.groups import filled
from se_viz.probe.gates.blocks import Block
from se_viz.profiles import Profile

Arrays = Mapping[str, np.ndarray]


@dataclass(frozen=True, eq=False)
class CleanGates:
    """The gates of N pictures before any shift, and whose else each may be given.

    Attributes:
        blocks: of the network.
        gates: block name -> float32 (N, C).
        classes: int (N,), the class of each picture, as it is known or as the network sees it.
        halves: int (N,), 0 or 1; they alternate within each class.
        same, other: int (N,), another picture of the same class, and one of another class; -1 where
            there is none.
        elsewhere: block name -> float32 (C,), the mean over other pictures than these, which
            "frozen" then takes; None for the halves, crossed.
    """

    blocks: tuple[Block, ...]
    gates: Arrays
    classes: np.ndarray
    halves: np.ndarray
    same: np.ndarray
    other: np.ndarray
    elsewhere: Arrays | None = None

    def __len__(self) -> int:
        return len(self.classes)

    @cached_property
    def means(self) -> Arrays:
        """Block name -> float32 (2, C): what pictures of each half are frozen at. The mean over the
        other half, all classes of one weight; of a single picture, itself."""
        if self.elsewhere is not None:
            return {name: np.stack([mean, mean]) for name, mean in self.elsewhere.items()}
        weights = np.stack([self._weights(self.halves == half) for half in (1, 0)])
        return {name: (weights @ gates).astype(np.float32) for name, gates in self.gates.items()}

    @cached_property
    def class_sums(self) -> tuple[Arrays, np.ndarray]:
        """Block name -> float64 (K, C), summed over each class; and how many pictures it has."""
        kinds = int(self.classes.max(initial=0)) + 1
        counts = np.bincount(self.classes, minlength=kinds)
        members = (self.classes == np.arange(kinds)[:, None]).astype(np.float64)
        return {name: members @ gates for name, gates in self.gates.items()}, counts

    def _weights(self, chosen: np.ndarray) -> np.ndarray:
        """float64 (N,), adding up to 1; all pictures where none is chosen."""
        chosen = chosen if chosen.any() else np.ones(len(self), bool)
        counts = np.bincount(self.classes[chosen], minlength=int(self.classes.max()) + 1)
        weights = np.where(chosen, 1 / np.maximum(counts[self.classes], 1), 0.0)
        return weights / weights.sum()


def clean_gates(
    blocks: Sequence[Block],
    gates: Arrays,
    classes: np.ndarray,
    seed: int = 0,
    elsewhere: Arrays | None = None,
) -> CleanGates:
    """Deal out halves and partners.

    Args:
        blocks: of the network.
        gates: block name -> float32 (N, C), of the pictures as they are.
        classes: int (N,), the class of each.
        seed: by which partners are drawn.
        elsewhere: see `CleanGates`.
    """
    rng = np.random.default_rng(seed)
    classes = np.asarray(classes, int)
    same, halves = np.full(len(classes), -1), np.zeros(len(classes), int)
    for kind in np.unique(classes):
        rows = np.flatnonzero(classes == kind)
        halves[rows] = np.arange(len(rows)) % 2
        drawn = rng.permutation(rows)
        if len(rows) > 1:
            same[drawn] = np.roll(drawn, 1)
    other = _others(classes, rng)
    return CleanGates(tuple(blocks), gates, classes, halves, same, other, elsewhere)


def _others(classes: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """For each picture one of another class, all of these alike; -1 where there is none."""
    order = np.argsort(classes, kind="stable")
    first = np.searchsorted(classes[order], classes, "left")
    end = np.searchsorted(classes[order], classes, "right")
    left = len(classes) - (end - first)
    drawn = rng.integers(0, np.maximum(left, 1))
    places = np.where(drawn < first, drawn, drawn + end - first)
    return np.where(left > 0, order[np.minimum(places, len(classes) - 1)], -1)


def means_over(profile: Profile) -> Arrays:
    """Block name -> float32 (C,): the mean over the classes of a profile."""
    known = filled(profile)
    return {name: known.all_mean(name).astype(np.float32) for name in known.stats}
