"""What becomes of gates on the way to the scaling: s' = keep * s[take] + add, gate by gate.

One form holds every intervention: as computed (1, itself, 0), a given value (0, itself, value), a
multiple (factor, itself, 0), part of the way to a value (1 - share, itself, share * value), gates
of other channels (1, others, 0). So one compiled network serves them all, and the first two are
exact in floating point.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from se_viz.probe.gates.blocks import Block


@dataclass(frozen=True, eq=False)
class Edit:
    """What becomes of the G gates of a network, blocks one after another by depth.

    Attributes:
        keep, add: float32 (n, G).
        take: int32 (n, G), a channel of the same block.

    n is 1, for all pictures alike, or the number of pictures.

    Raises:
        ValueError: where the three are not of one shape (n, G).
    """

    keep: np.ndarray
    add: np.ndarray
    take: np.ndarray

    def __post_init__(self) -> None:
        shapes = {self.keep.shape, self.add.shape, self.take.shape}
        if len(shapes) > 1 or self.keep.ndim != 2:
            raise ValueError(f"The arrays of an edit have one shape (n, G), not {shapes}.")

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
    channels = [np.arange(block.channels, dtype=np.int32) for block in blocks]
    own = np.concatenate([np.zeros(0, np.int32), *channels])[None]
    return Edit(np.ones(own.shape, np.float32), np.zeros(own.shape, np.float32), own)


def fixed(blocks: Sequence[Block], places: Places, value: float | Mapping[str, np.ndarray]) -> Edit:
    """Gates set to one value, or for each block to values of all its channels, (C,) or (N, C).

    Raises:
        ValueError: for places or values that do not fit the blocks, or each other.
    """
    channels = {block.name: block.channels for block in blocks}
    given = value if isinstance(value, Mapping) else _alike(value, places, channels)
    arrays = {name: np.atleast_2d(given[name]) for name in places if name in given}
    rows = max((len(array) for array in arrays.values()), default=1)
    edit = _copies(untouched(blocks), rows)
    for columns, block, chosen in _columns(blocks, places):
        values = arrays.get(block.name)
        if values is None or values.shape not in ((1, block.channels), (rows, block.channels)):
            shape = "none" if values is None else f"values of shape {values.shape}"
            raise ValueError(f"{block.name} takes values (1 or {rows}, {block.channels}): {shape}.")
        edit.keep[:, columns] = 0
        edit.add[:, columns] = values[:, chosen]
    return edit


def _alike(value: float, places: Places, channels: Mapping[str, int]) -> dict[str, np.ndarray]:
    return {name: np.full(channels.get(name, 1), value, np.float32) for name in places}


def scaled(blocks: Sequence[Block], places: Places, factor: float) -> Edit:
    """Gates multiplied by a factor.

    Raises:
        ValueError: for places that do not fit the blocks.
    """
    edit = _copies(untouched(blocks), 1)
    for columns, _, _ in _columns(blocks, places):
        edit.keep[:, columns] = factor
    return edit


def shuffled(blocks: Sequence[Block], places: Places, seed: int = 0) -> Edit:
    """Gates of a block dealt out anew among the chosen channels of the block, by a seed.

    Raises:
        ValueError: for places that do not fit the blocks.
    """
    edit, rng = _copies(untouched(blocks), 1), np.random.default_rng(seed)
    for columns, _, channels in _columns(blocks, places):
        edit.take[:, columns] = rng.permutation(channels)
    return edit


def stack(edits: Iterable[Edit]) -> Edit:
    """Edits of one network under one another, a row for each picture or variant.

    Raises:
        ValueError: where there is none, or they are of different networks.
    """
    parts = list(edits)
    if len({part.keep.shape[1] for part in parts}) != 1:
        raise ValueError("Edits are put together of one network, and at least one.")
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
        if name not in known:
            raise ValueError(f"There is no block {name}.")
        numbers = np.unique(channels)
        inside = numbers.size == 0 or 0 <= numbers[0] <= numbers[-1] < known[name].channels
        if not inside or (numbers.size and numbers.dtype.kind not in "iu"):
            raise ValueError(f"{name} has channels 0 to {known[name].channels - 1}, whole numbers.")
        numbers = numbers.astype(int)
        yield where[name].start + numbers, known[name], numbers
