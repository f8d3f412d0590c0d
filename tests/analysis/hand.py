"""Profiles and readings from gates written down by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from se_viz.analysis.profiles.groups import Group
from se_viz.probe.gates.blocks import Block
from se_viz.probe.reading import Reading
from se_viz.profiles import Profile, of_reading
from tests.make import ORIGIN

Gates = Mapping[str, Sequence[Sequence[float]]]
"""Class -> one row of gates for each of its pictures."""


def block_of(name: str, channels: int) -> Block:
    stage, index = map(int, name.split("_")[1:])
    return Block(name, stage, index, channels, 2.0)


def reading_of(**blocks: Gates) -> Reading:
    """A reading of blocks with the same classes and as many pictures each; squeezes are 2 s."""
    first = next(iter(blocks.values()))
    labels = tuple(label for label, rows in first.items() for _ in rows)
    gates = {
        name: np.concatenate(list(given.values()), dtype="f4") for name, given in blocks.items()
    }
    names = tuple(f"{i}.png" for i in range(len(labels)))
    squeezes = {name: 2 * values for name, values in gates.items()}
    return Reading(names, labels, np.zeros((len(labels), 2), np.float32), gates, squeezes)


def profile_of(**blocks: Gates) -> Profile:
    reading = reading_of(**blocks)
    facts = [block_of(name, values.shape[1]) for name, values in reading.gates.items()]
    return of_reading(reading, facts, ORIGIN)


def group_of(title: str = "my pictures", **blocks: Gates) -> Group:
    return Group(title, profile_of(**blocks))
