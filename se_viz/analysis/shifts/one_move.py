"""How far one picture's gates move in another light."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from se_viz.probe.gates.blocks import Block
from se_viz.profiles import Profile

Arrays = Mapping[str, np.ndarray]


def spreads_of(profile: Profile) -> dict[str, float]:
    """Block name -> the spread of its gates over the pictures of a profile, in gates: root of the
    mean over channels of the variance, each class with the same weight."""
    names = [block.name for block in profile.blocks]
    return {name: float(np.sqrt((profile.all_std(name) ** 2).mean())) for name in names}


def move_table(
    blocks: Sequence[Block], clean: Arrays, now: Arrays, spreads: Mapping[str, float] | None = None
) -> pd.DataFrame:
    """The move of each block's gates, s' - s.

    Args:
        blocks: of the network.
        clean, now: block name -> gates (C,), before and in the light.
        spreads: block name -> spread of clean gates, see `spreads_of`; None where it is not known.

    Returns:
        Columns block, stage, depth (from 1), move (root of the mean over channels of its square, in
        gates) and spreads (the same in spreads of the clean gates; nan where that is not known).
    """
    return pd.DataFrame(
        [
            {
                "block": block.name,
                "stage": block.stage,
                "depth": depth,
                "move": (move := _length(now[block.name] - clean[block.name].astype(float))),
                "spreads": _in_spreads(move, spreads, block.name),
            }
            for depth, block in enumerate(blocks, 1)
        ]
    )


def _length(move: np.ndarray) -> float:
    return float(np.sqrt((move**2).mean()))


def _in_spreads(move: float, spreads: Mapping[str, float] | None, name: str) -> float:
    spread = spreads.get(name, 0.0) if spreads else 0.0
    return move / spread if spread > 0 else np.nan
