"""Cutting a network into parts: its stages, or pieces of equal depth where it has none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TypeVar

import numpy as np

from se_viz.probe.gates.blocks import Block

T = TypeVar("T")
PARTS = 4
"""Pieces of a network without stages, as many as a ResNet has stages."""
_PIECES = {1: "whole network", 2: "half", 3: "third", 4: "quarter"}
_ORDINALS = ("first", "second", "third", "fourth")


def relative_depth(blocks: Sequence[Block]) -> np.ndarray:
    """float64 (n,): the place of each block among the SE blocks, 0 for the first, 1 for the last.

    Blocks are evenly spaced, whatever lies between them; a single block stands in the middle, 0.5.
    """
    if len(blocks) == 1:
        return np.array([0.5])
    return np.arange(len(blocks)) / max(len(blocks) - 1, 1)


def has_stages(blocks: Sequence[Block]) -> bool:
    """Whether a network numbers its blocks by ResNet stages."""
    return bool(blocks) and all(block.stage for block in blocks)


def parts_of(blocks: Sequence[Block], most: int = PARTS) -> dict[str, list[str]]:
    """Title of each part -> names of its blocks, in order of depth.

    Args:
        blocks: of one network, in order of depth.
        most: pieces of a network without stages; one with fewer blocks has as many as blocks.

    Returns:
        "stage 2", ... in a network with stages; otherwise "first quarter", ..., cut by
        `relative_depth`, each with at least one block.
    """
    if has_stages(blocks):
        return by_stage(blocks)
    return by_depth(blocks, min(most, len(blocks)))


def by_stage(blocks: Sequence[Block]) -> dict[str, list[str]]:
    """ "stage 2" -> names of its blocks."""
    found: dict[str, list[str]] = {}
    for block in blocks:
        found.setdefault(f"stage {block.stage}", []).append(block.name)
    return found


def by_depth(blocks: Sequence[Block], count: int) -> dict[str, list[str]]:
    """ "first half" -> names of its blocks; part k of n holds relative depths in [k/n, (k+1)/n).

    None is empty, for n from 1 to 4 and as many blocks or more.
    """
    found: dict[str, list[str]] = {}
    for place, block in enumerate(blocks):
        piece = min(place * count // max(len(blocks) - 1, 1), count - 1)
        found.setdefault(_title(piece, count), []).append(block.name)
    return found


def _title(piece: int, count: int) -> str:
    return _PIECES[1] if count == 1 else f"{_ORDINALS[piece]} {_PIECES[count]}"


def evenly(names: Sequence[T], count: int) -> tuple[T, ...]:
    """At most `count` of some names, evenly spaced, the first and the last among them."""
    if len(names) <= count:
        return tuple(names)
    places = np.round(np.linspace(0, len(names) - 1, count)).astype(int)
    return tuple(names[place] for place in places)


def runs(blocks: Sequence[Block]) -> list[str]:
    """What each block belongs to in a drawing: its stage, or a run of blocks of equal channels.

    Where such runs are short (more than half as many as blocks), all blocks belong together.
    """
    if has_stages(blocks):
        return [f"stage {block.stage}" for block in blocks]
    found = [list(run) for _, run in groupby(blocks, lambda block: block.channels)]
    if 2 * len(found) > len(blocks):
        found = [list(blocks)]
    return [_span(run) for run in found for _ in run]


def _span(run: Sequence[Block]) -> str:
    return run[0].name if len(run) == 1 else f"{run[0].name} to {run[-1].name}"
