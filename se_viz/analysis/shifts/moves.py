"""How far gates move when the light changes, and how much of that all pictures have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from se_viz.analysis.shifts.jackknife import GROUPS, groups_of, interval
from se_viz.probe.gates.blocks import Block

Arrays = Mapping[str, np.ndarray]
STILL = 1e-14
"""Gates squared: a smaller move is rounding."""


@dataclass(frozen=True, eq=False)
class BlockSums:
    """Of one block: counts, moves d = s' - s, and changes of U and X, summed over groups.

    Attributes:
        count: (GROUPS,) pictures.
        move: (GROUPS, C), the sum of d.
        square: (GROUPS,), the sum of d squared, over channels too.
        changes: (GROUPS, 3), the sum of the relative change of U, of X, and of X if the gates had
            stayed.
    """

    count: np.ndarray
    move: np.ndarray
    square: np.ndarray
    changes: np.ndarray

    @classmethod
    def empty(cls, channels: int) -> BlockSums:
        shapes = ((), (channels,), (), (3,))
        return cls(*(np.zeros((GROUPS, *shape)) for shape in shapes))


@dataclass(eq=False)
class Moves:
    """What one light does to the gates of pictures that come by a few at a time.

    Attributes:
        blocks: of the network.
        sums: of each block.
    """

    blocks: tuple[Block, ...]
    sums: dict[str, BlockSums] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sums = {block.name: BlockSums.empty(block.channels) for block in self.blocks}

    def add(
        self, rows: np.ndarray, gates: Arrays, squeezes: Arrays, gates_now: Arrays, z_now: Arrays
    ) -> None:
        """Some pictures.

        Args:
            rows: their numbers, int (n,).
            gates, squeezes: block name -> s and z, (n, C), of the pictures as they are.
            gates_now, z_now: the same in the light.
        """
        where = groups_of(rows)
        for name, sums in self.sums.items():
            move = gates_now[name].astype(float) - gates[name]
            np.add.at(sums.count, where, 1)
            np.add.at(sums.move, where, move)
            np.add.at(sums.square, where, (move**2).sum(1))
            given = gates[name], squeezes[name], gates_now[name], z_now[name]
            np.add.at(sums.changes, where, _changes(*given))

    def table(self, spreads: Arrays) -> pd.DataFrame:
        """What was added, block by block.

        The share of the move that all pictures have in common is |mean d|^2 / mean |d|^2, over
        channels; independent moves of n pictures would have 1 / n.

        Args:
            spreads: block name -> the spread of clean gates, see `spread_table`.

        Returns:
            Columns block, stage, depth (from 1), channels, pictures; move (root of the mean square
            of d, in gates), spreads (the same in spreads of the clean gates), common (share, in
            [0, 1]) with common_low and common_high (95%, see `interval`); u_change, x_change,
            x_fixed (mean relative change of z, of s z, and of s z with the gates that were; see
            `_changes`) and steadied (x_fixed - x_change) with steadied_low and steadied_high.
        """
        rows = [self._row(place, float(spreads[b.name])) for place, b in enumerate(self.blocks)]
        return pd.DataFrame(rows)

    def _row(self, place: int, spread: float) -> dict:
        block = self.blocks[place]
        sums = self.sums[block.name]
        count, square = sums.count.sum(), sums.square.sum()
        move = float(np.sqrt(square / count / block.channels)) if count else np.nan
        common = interval((sums.count, sums.move, sums.square), _common)
        steadied = interval((sums.count, sums.changes), _steadied)
        u, x, fixed = sums.changes.sum(0) / count if count else (np.nan,) * 3
        return {
            "block": block.name,
            "stage": block.stage,
            "depth": place + 1,
            "channels": block.channels,
            "pictures": int(count),
            "move": move,
            "spreads": move / spread if spread > 0 else np.nan,
            **_named("common", common),
            **{"u_change": float(u), "x_change": float(x), "x_fixed": float(fixed)},
            **_named("steadied", steadied),
        }


def _common(count: np.ndarray, move: np.ndarray, square: np.ndarray) -> np.ndarray:
    if square < STILL * count:
        return np.array(np.nan)
    return ((move / count) ** 2).sum() / (square / count)


def _steadied(count: np.ndarray, changes: np.ndarray) -> np.ndarray:
    return (changes[2] - changes[1]) / count


def _changes(s: np.ndarray, z: np.ndarray, s_now: np.ndarray, z_now: np.ndarray) -> np.ndarray:
    """float64 (n, 3): how far the channels' means move, as a share of their length.

    |z' - z| / |z| of U; |s' z' - s z| / |s z| of X, whose mean over positions is s z; and
    |s z' - s z| / |s z|, X with the gates that were. A picture of which all are 0 counts as 0.
    """
    s, z, s_now, z_now = (array.astype(float) for array in (s, z, s_now, z_now))
    x = s * z
    pairs = ((z_now, z), (s_now * z_now, x), (s * z_now, x))
    return np.stack([_relative(after, before) for after, before in pairs], 1)


def _relative(after: np.ndarray, before: np.ndarray) -> np.ndarray:
    length = np.linalg.norm(before, axis=1)
    away = np.linalg.norm(after - before, axis=1)
    return np.divide(away, length, out=np.zeros_like(away), where=length > 0)


def _named(name: str, found: Sequence[np.ndarray]) -> dict[str, float]:
    value, low, high = (float(number) for number in found)
    return {name: value, f"{name}_low": low, f"{name}_high": high}
