"""What becomes of gates on the way to the scaling: s' = keep * s[take] + add, gate by gate.

One form holds every intervention: as computed (1, itself, 0), a given value (0, itself, value), a
multiple (factor, itself, 0), gates of other channels (1, others, 0). So one compiled network
serves them all, and the first two are exact in floating point.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from se_viz.probe.blocks import Block


@dataclass(frozen=True, eq=False)
class Edit:
    """What becomes of the G gates of a network, blocks one after another by depth.

    Attributes:
        keep, add: float32 (n, G).
        take: int32 (n, G), a channel of the same block.

    n is 1, for all pictures alike, or the number of pictures.
    """

    keep: np.ndarray
    add: np.ndarray
    take: np.ndarray

    def __len__(self) -> int:
        return len(self.keep)

    def rows(self, part: slice) -> Edit:
        """The edit of some of the pictures; itself where it is the same for all."""
        return self if len(self) == 1 else Edit(self.keep[part], self.add[part], self.take[part])


Places = Mapping[str, np.ndarray]
"""Block name -> numbers of its channels, int (n,)."""


def slices(blocks: Sequence[Block]) -> dict[str, slice]:
    """Where the gates of each block stand in a row of G."""
    ends = np.cumsum([0, *(block.channels for block in blocks)])
    return {
        block.name: slice(int(first), int(end))
        for block, (first, end) in zip(blocks, pairwise(ends), strict=True)
    }


def untouched(blocks: Sequence[Block]) -> Edit:
    """Every gate as the network computes it."""
    own = np.concatenate([np.arange(block.channels, dtype=np.int32) for block in blocks])[None]
    return Edit(np.ones(own.shape, np.float32), np.zeros(own.shape, np.float32), own)


def fixed(blocks: Sequence[Block], places: Places, value: float | Mapping[str, np.ndarray]) -> Edit:
    """Gates set to one value, or for each block to values of all its channels, (C,) or (N, C)."""
    values = value if isinstance(value, Mapping) else dict.fromkeys(places, np.float32(value))
    arrays = {name: np.atleast_2d(values[name]) for name in places}
    rows = max((len(array) for array in arrays.values()), default=1)
    edit = _copies(untouched(blocks), rows)
    for columns, block, channels in _columns(blocks, places):
        whole = np.broadcast_to(arrays[block.name], (rows, block.channels))
        edit.keep[:, columns] = 0
        edit.add[:, columns] = whole[:, channels]
    return edit


def scaled(blocks: Sequence[Block], places: Places, factor: float) -> Edit:
    """Gates multiplied by a factor."""
    edit = _copies(untouched(blocks), 1)
    for columns, _, _ in _columns(blocks, places):
        edit.keep[:, columns] = factor
    return edit


def shuffled(blocks: Sequence[Block], places: Places, seed: int = 0) -> Edit:
    """Gates of a block dealt out anew among the chosen channels of the block, by a seed."""
    edit, rng = _copies(untouched(blocks), 1), np.random.default_rng(seed)
    for columns, _, channels in _columns(blocks, places):
        edit.take[:, columns] = rng.permutation(channels)
    return edit


def stack(edits: Iterable[Edit]) -> Edit:
    """Edits of one network under one another, a row for each picture or variant."""
    parts = list(edits)
    return Edit(
        np.concatenate([part.keep for part in parts]),
        np.concatenate([part.add for part in parts]),
        np.concatenate([part.take for part in parts]),
    )


def _copies(edit: Edit, rows: int) -> Edit:
    keep, add, take = (np.repeat(a, rows, axis=0) for a in (edit.keep, edit.add, edit.take))
    return Edit(keep, add, take)


def _columns(
    blocks: Sequence[Block], places: Places
) -> Iterable[tuple[np.ndarray, Block, np.ndarray]]:
    known, where = {block.name: block for block in blocks}, slices(blocks)
    for name, channels in places.items():
        channels = np.asarray(channels, int)
        if name not in known:
            raise ValueError(f"There is no block {name}.")
        if len(channels) and not 0 <= channels.min() <= channels.max() < known[name].channels:
            raise ValueError(f"{name} has channels 0 to {known[name].channels - 1}.")
        yield where[name].start + channels, known[name], channels
