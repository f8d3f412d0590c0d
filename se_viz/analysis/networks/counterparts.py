"""Which block of a network answers for each block that the paper speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from se_viz.probe.gates.blocks import Block

ASKED = ("SE_2_3", "SE_4_6", "SE_5_1", "SE_5_2", "SE_5_3")
"""Blocks that the paper's observations name, of sixteen in its SE-ResNet-50, in order of depth."""
FEWEST = 6
"""Blocks of a network, below which the five would not all be others, with an early one."""


def stand_ins(blocks: Sequence[Block]) -> dict[str, str] | None:
    """The paper's block -> the block that answers for it; None in networks of few blocks.

    A network that has all five answers under their names. Any other is asked by depth, which is our
    translation, not the paper's: SE_5_3 and SE_5_2 are its last block and the last but one; SE_2_3,
    SE_4_6 and SE_5_1 are those 2/15, 12/15 and 13/15 of the way from its first block to its last,
    as in the paper's network, with the late two before the last two.
    """
    names = [block.name for block in blocks]
    if set(ASKED) <= set(names):
        return dict(zip(ASKED, ASKED, strict=True))
    last = len(names) - 1
    if len(names) < FEWEST:
        return None
    early, late, later = (round(share * last / 15) for share in (2, 12, 13))
    places = (early, min(late, last - 3), min(later, last - 2), last - 1, last)
    return {asked: names[place] for asked, place in zip(ASKED, places, strict=True)}
