"""What a picture looks like in the blocks of a network, as plain numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from se_viz.pictures.shifts import CLEAN, Light

LIGHTS = (
    CLEAN,
    *(Light("contrast", strength) for strength in (0.7, 0.4, 0.2)),
    *(Light("exposure", strength) for strength in (0.6, 0.4, 0.2)),
    *(Light("blur", strength) for strength in (1.0, 2.0, 4.0)),
    *(Light("noise", strength) for strength in (0.08, 0.12, 0.26)),
)
"""Strengths of each kind's course, the picture as it is first."""
MOST = 127
"""The level of a map at the end of its colours."""


@dataclass(frozen=True, eq=False)
class BlockInside:
    """Some channels of one block for one picture in L lights.

    Attributes:
        channels: int (n,), those of the highest gates first, from high to low.
        size: height and width of U.
        maps: int8 (L, n, h, w), U in steps of `limit` / 127, averaged down where it is large.
        limit: where colours end; larger values are cut.
        z, s: float32 (L, n), squeezes and gates.
        hidden: float32 (L, H), the numbers of the bottleneck; H = 0 where there is none.
        to, back: float32 (n, H), the weights from each channel to them, and from them to its gate.
        bias: float32 (n,), what is added to the sum of what they say.
        functions: what is done after the first layer and after the last, such as relu, sigmoid.
    """

    channels: np.ndarray
    size: tuple[int, int]
    maps: np.ndarray
    limit: float
    z: np.ndarray
    s: np.ndarray
    hidden: np.ndarray
    to: np.ndarray
    back: np.ndarray
    bias: np.ndarray
    functions: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class PictureView:
    """One picture through a network of B blocks, in L lights.

    Attributes:
        name: for people.
        label: its class; "" where nobody knows it.
        other: the class whose gates it is given too; "" for none.
        lights: the first is the picture as it is.
        images: WebP of the model input in each.
        strips: float32 (L, B, 26), gates of each block from low to high, see `strip`.
        moves: float32 (L, B), how far gates moved: root of the mean square of s' - s.
        common: float32 (L, B), the part of that (in squares) that goes the way of many pictures'
            mean move, in [0, 1]; nan where nobody measured it or nothing moved.
        answers: an `answer_table` for each light, one after another; no rows for a network that
            says no classes.
        insides: block name -> the block, of those that were looked into.
    """

    name: str
    label: str
    other: str
    lights: tuple[Light, ...]
    images: tuple[bytes, ...] = field(repr=False)
    strips: np.ndarray
    moves: np.ndarray
    common: np.ndarray
    answers: pd.DataFrame
    insides: Mapping[str, BlockInside] = field(default_factory=dict)

    def is_sound(self, block: str) -> bool:
        """Whether all numbers that are shown of a block are finite; those of a network that
        overflows are not."""
        inside, answers = self.insides[block], self.answers.select_dtypes("number")
        shown = [self.strips, self.moves, inside.z, inside.s, inside.hidden, inside.to, inside.back]
        told = answers.drop(columns=["strength"], errors="ignore")
        return all(np.isfinite(each).all() for each in [*shown, told.to_numpy(float)])

    def with_inside(self, block: str, inside: BlockInside) -> PictureView:
        """The same, looked into one block more."""
        return replace(self, insides={**self.insides, block: inside})


@dataclass(frozen=True, eq=False)
class MeanMoves:
    """How the gates of many pictures move on average, light by light.

    Attributes:
        moves: light -> block name -> float32 (C,), the mean of s' - s.
        shares: light -> block name -> the part of all moves, in squares, that this is.
        pictures: on how many.
    """

    moves: Mapping[Light, Mapping[str, np.ndarray]]
    shares: Mapping[Light, Mapping[str, float]]
    pictures: int
