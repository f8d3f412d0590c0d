"""Which gates are meant: blocks, stages and channels in the words that people write.

A place is `all`, a part of the network (`stage 5`, or `first quarter` where there are no stages), a
block (`SE_4_6`), or some channels of a block (`SE_4_6:0-31,40`). `_` may stand for a space.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np

from se_viz.analysis.networks.stages import parts_of
from se_viz.probe.edit import Places
from se_viz.probe.gates.blocks import Block

ALL = "all"
RUNS, NAMED = 4, 3
"""Runs of channels, and blocks, that are named one by one in a sentence."""


def places(blocks: Sequence[Block], wanted: Iterable[str]) -> Places:
    """Block name -> channels, int (n,), rising; in order of depth.

    Raises:
        ValueError: for a place that the network lacks; one sentence.
    """
    parts = parts_of(blocks)
    found: dict[str, set[int]] = {block.name: set() for block in blocks}
    for place in wanted:
        name, colon, numbers = place.replace("_", " ").partition(":")
        for block in _blocks_at(blocks, parts, name.strip(), place):
            found[block.name] |= channels(numbers, block) if colon else set(range(block.channels))
    return {name: np.array(sorted(some), int) for name, some in found.items() if some}


def _blocks_at(
    blocks: Sequence[Block], parts: dict[str, list[str]], name: str, place: str
) -> list[Block]:
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


def channels(text: str, block: Block) -> set[int]:
    """`0-31, 40` as numbers.

    Raises:
        ValueError: for anything else, or a channel that the block lacks; one sentence.
    """
    found: set[int] = set()
    for piece in filter(None, re.split(r"[,;\s]+", re.sub(r"\s*[-–]\s*", "-", text))):
        match = re.fullmatch(r"([0-9]{1,6})(?:-([0-9]{1,6}))?", piece)
        ends = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if ends[0] > ends[1]:
            raise ValueError(f"{text[:40]!r} is no list of channels such as 0-31, 40.")
        if max(ends) >= block.channels:
            raise ValueError(f"{block.name} has channels 0 to {block.channels - 1}, not {piece}.")
        found |= set(range(ends[0], ends[1] + 1))
    if not found:
        raise ValueError(f"{text!r} names no channel.")
    return found


def describe(blocks: Sequence[Block], chosen: Places) -> str:
    """In words: `stage 5`, `SE_4_6`, `channels 0-2 of SE_4_6`, `all blocks`."""
    whole = {b.name for b in blocks if len(chosen.get(b.name, ())) == b.channels}
    if len(whole) == len(blocks):
        return "all blocks"
    said = []
    for part, names in parts_of(blocks).items():
        if len(names) > 1 and whole.issuperset(names):
            said.append(part)
            whole -= set(names)
    said += [name for name in chosen if name in whole]
    some: dict[str, list[str]] = {}
    for name, numbers in chosen.items():
        if not _in_part(blocks, chosen, name):
            some.setdefault(_channels(numbers), []).append(name)
    said += [f"{which} of {_several(names, len(blocks))}" for which, names in some.items()]
    return ", ".join(said) or "no gate"


def _channels(numbers: np.ndarray) -> str:
    """`channel 7`, `channels 0-31, 40`, or how many they are where that would be long."""
    runs = np.split(numbers, np.flatnonzero(np.diff(numbers) > 1) + 1)
    if len(numbers) == 1 or len(runs) > RUNS:
        return f"channel {numbers[0]}" if len(numbers) == 1 else f"{len(numbers)} channels"
    pieces = (f"{run[0]}-{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)
    return f"channels {', '.join(pieces)}"


def _several(names: Sequence[str], blocks: int) -> str:
    if len(names) > NAMED:
        return "all blocks" if len(names) == blocks else f"{len(names)} blocks"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _in_part(blocks: Sequence[Block], chosen: Places, name: str) -> bool:
    """Whether all channels of a block are chosen, so that its part speaks for it."""
    width = next(block.channels for block in blocks if block.name == name)
    return len(chosen[name]) == width
