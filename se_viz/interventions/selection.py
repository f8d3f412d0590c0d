"""Which gates are meant: parsed from the words that people write, and printed as such.

A place is `all`, a part of the network (`stage 5`, or `first quarter` where there are no stages), a
block (`SE_4_6`), or some channels of a block (`SE_4_6:0-31,40`). `_` may stand for a space.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from se_viz.analysis.channel_list import pieces
from se_viz.analysis.networks.stages import parts_of
from se_viz.probe.edit import Places
from se_viz.probe.gates.blocks import Block

ALL = "all"
RUNS, NAMED = 4, 3
"""Runs of channels, and blocks, that are named one by one in a sentence."""


@dataclass(frozen=True)
class Selection:
    """Some channels of some blocks of a network.

    Attributes:
        blocks: of the network.
        channels: name and channels, rising, of each block that is touched, in order of depth.
        written: the places as they were written.
    """

    blocks: tuple[Block, ...]
    channels: tuple[tuple[str, tuple[int, ...]], ...]
    written: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def parse(cls, blocks: Sequence[Block], places: Iterable[str], only: str = "") -> Selection:
        """The gates that some places name.

        Args:
            blocks: of the network.
            places: as people write them.
            only: of every block that these name, a list of channels; "" for all.

        Raises:
            ValueError: for a place that the network lacks; one sentence.
        """
        written = tuple(places)
        if only:
            named = cls.parse(blocks, written)
            written = tuple(f"{name}:{only}" for name, _ in named.channels)
        found: dict[str, set[int]] = {block.name: set() for block in blocks}
        for place in written:
            for name, channels in _read(blocks, place):
                found[name] |= channels
        chosen = tuple((name, tuple(sorted(some))) for name, some in found.items() if some)
        return cls(tuple(blocks), chosen, written)

    def __len__(self) -> int:
        """Gates that are touched."""
        return sum(len(numbers) for _, numbers in self.channels)

    @property
    def places(self) -> Places:
        """Block name -> channels, int (n,), rising; in order of depth."""
        return {name: np.array(numbers, int) for name, numbers in self.channels}

    @property
    def block(self) -> Block | None:
        """The only block that is touched; None where there is another, or none."""
        if len(self.channels) != 1:
            return None
        return next(block for block in self.blocks if block.name == self.channels[0][0])

    def describe(self) -> str:
        """In words: `stage 5`, `SE_4_6`, `channels 0-2 of SE_4_6`, `all blocks`."""
        width = {block.name: block.channels for block in self.blocks}
        whole = [name for name, numbers in self.channels if len(numbers) == width[name]]
        if len(whole) == len(self.blocks):
            return "all blocks"
        said = _parts(self.blocks, whole)
        some: dict[str, list[str]] = {}
        for name, numbers in self.channels:
            if name not in whole:
                some.setdefault(_channels(np.array(numbers)), []).append(name)
        said += [f"{which} of {_several(names, len(width))}" for which, names in some.items()]
        return ", ".join(said) or "no gate"


def channels_of(text: str, block: Block) -> set[int]:
    """`0-31, 40` as numbers.

    Raises:
        ValueError: for anything else, or a channel that the block lacks; one sentence.
    """
    found: set[int] = set()
    for piece, numbers in pieces(text):
        if not numbers:
            raise ValueError(f"{text[:40]!r} is no list of channels such as 0-31, 40.")
        if numbers[-1] >= block.channels:
            raise ValueError(f"{block.name} has channels 0 to {block.channels - 1}, not {piece}.")
        found |= set(numbers)
    if not found:
        raise ValueError(f"{text!r} names no channel.")
    return found


def _read(blocks: Sequence[Block], place: str) -> list[tuple[str, set[int]]]:
    """Names and channels of the blocks at a place."""
    name, colon, numbers = place.replace("_", " ").partition(":")
    return [
        (block.name, channels_of(numbers, block) if colon else set(range(block.channels)))
        for block in _blocks_at(blocks, name.strip(), place)
    ]


def _blocks_at(blocks: Sequence[Block], name: str, place: str) -> list[Block]:
    parts = parts_of(blocks)
    named = {block.name.replace("_", " "): block for block in blocks}
    if name == ALL:
        return list(blocks)
    if name in parts:
        return [block for block in blocks if block.name in parts[name]]
    if name in named:
        return [named[name]]
    raise ValueError(
        f"There is no place {place!r} in this network: it has {ALL}, {', '.join(parts)}, and "
        f"blocks {blocks[0].name} to {blocks[-1].name}."
    )


def _parts(blocks: Sequence[Block], whole: Sequence[str]) -> list[str]:
    """Parts of which every block is chosen, and the blocks that are not in one of them."""
    said, left = [], list(whole)
    for part, names in parts_of(blocks).items():
        if len(names) > 1 and set(left).issuperset(names):
            said.append(part)
            left = [name for name in left if name not in names]
    return said + left


def _channels(numbers: np.ndarray) -> str:
    """`channel 7`, `channels 0-31, 40`, or how many they are where that would be long."""
    runs = np.split(numbers, np.flatnonzero(np.diff(numbers) > 1) + 1)
    if len(numbers) == 1 or len(runs) > RUNS:
        return f"channel {numbers[0]}" if len(numbers) == 1 else f"{len(numbers)} channels"
    written = (f"{run[0]}-{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)
    return f"channels {', '.join(written)}"


def _several(names: Sequence[str], blocks: int) -> str:
    if len(names) > NAMED:
        return "all blocks" if len(names) == blocks else f"{len(names)} blocks"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
