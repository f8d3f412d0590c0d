"""An SE block as plain facts; naming blocks by stage and index, or by depth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Block:
    """One SE block of a network.

    Attributes:
        name: `SE_{stage}_{index}` as the paper numbers them, or `SE_{index}` by depth.
        stage: 2 to 5, or 0 in a network without such stages.
        index: place within the stage, or by depth, from 1.
        channels: gates C.
        ratio: reduction ratio r, C over the width of the narrowest bottleneck.
        low, high: least and greatest gate that its excitation can give; -inf and inf without end.
    """

    name: str
    stage: int
    index: int
    channels: int
    ratio: float
    low: float = 0.0
    high: float = 1.0


def number(strides: Sequence[int | None], residual: bool) -> list[tuple[int, int]]:
    """(stage, index) of each block in order of depth.

    A residual network's stage s works at a stride of 2^s (He et al., arXiv 1512.03385, table 1),
    so stage 2 sees pictures at a quarter of their height. Any other network counts by depth, with
    0 for the stage.

    Args:
        strides: height of the network's input over that of U, None where it is unknown.
        residual: whether every X goes straight into an addition.
    """
    known = {4: 2, 8: 3, 16: 4, 32: 5}
    if not residual or not set(strides) <= set(known):
        return [(0, index) for index in range(1, len(strides) + 1)]
    seen: Counter[int] = Counter()
    numbers = []
    for stride in strides:
        stage = known[stride or 0]
        seen[stage] += 1
        numbers.append((stage, seen[stage]))
    return numbers


def title(stage: int, index: int) -> str:
    """`SE_2_1`, or `SE_7` in a network without stages."""
    return f"SE_{stage}_{index}" if stage else f"SE_{index}"
