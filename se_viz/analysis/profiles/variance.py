"""How adaptive a block's gates are: their variance in three shares, exact from a profile.

The gates of a block vary over (picture, channel). By the law of total variance, taken twice,

    total   = Var over channels, classes and pictures of s
    static  = Var over channels of the "all" curve              the same for every picture
    class   = mean over channels of Var(class means)            differs between classes
    picture = mean over channels and classes of Var(s | class)  differs within a class

and total = static + class + picture. A block of which all is static is a fixed scale per channel,
which could be folded into the convolution before it; the other two are what adapts.

Each class has the same weight, and within it each picture, as everywhere for "all": shares do not
change where more pictures of a class are added. Variances are those of a population.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from se_viz.analysis.profiles.groups import Group, filled, rows_of
from se_viz.profiles import Profile, Stats

SHARES = ("static", "class", "picture")
STILL = 1e-14
"""Gates squared: a smaller variance is rounding."""


@dataclass(frozen=True)
class Variance:
    """The variance of a block's gates, in gates squared.

    Attributes:
        static, between, within: the three parts; they add up to the total variance.
        chance: how much of `between` chance alone would give, as class means are taken over few
            pictures: (1 - 1 / K) * mean over classes of s^2 / n, s^2 the unbiased variance within
            a class of n pictures; nan where a class has one picture.
    """

    static: float
    between: float
    within: float
    chance: float

    @property
    def total(self) -> float:
        return self.static + self.between + self.within

    @property
    def shares(self) -> tuple[float, float, float]:
        """Static, class and picture, each in [0, 1]; nan for gates that are all equal."""
        total = self.total if self.total >= STILL else np.nan
        return self.static / total, self.between / total, self.within / total


def variance(profile: Profile, block: str) -> Variance:
    """The variance of a block's gates; all parts are nan in a profile without pictures."""
    stats = filled(profile, block).stats[block]
    if not len(stats.count):
        return Variance(np.nan, np.nan, np.nan, np.nan)
    return Variance(
        float(stats.mean.mean(0).var()),
        float(stats.mean.var(0).mean()),
        float((stats.std**2).mean()),
        _by_chance(stats),
    )


def _by_chance(stats: Stats) -> float:
    if stats.count.min() < 2:
        return np.nan
    error = stats.m2.mean(1) / (stats.count * (stats.count - 1))
    return float((1 - 1 / len(error)) * error.mean())


def variance_table(groups: Sequence[Group]) -> pd.DataFrame:
    """The variance of each block's gates in three shares.

    Returns:
        Columns group, block, stage, depth (from 1), channels; static, class and picture (shares of
        the variance, in [0, 1], which add up to 1; nan for gates that are all equal); chance (the
        part of the share "class" that chance alone would give, nan where a class has one picture),
        std (of all gates, in gates), mean (gate), classes and pictures. One row per group and
        block; none for a group without pictures.
    """
    rows = [
        (group.title, *_facts(group.profile, depth))
        for group in groups
        if group.profile.pictures
        for depth in range(len(group.profile.blocks))
    ]
    return pd.DataFrame(rows, columns=["group", *_FACTS])


_FACTS = [
    *("block", "stage", "depth", "channels", *SHARES),
    *("chance", "std", "mean", "classes", "pictures"),
]


def _facts(profile: Profile, place: int) -> tuple:
    block, classes = profile.blocks[place], len(rows_of(profile, None))
    found = variance(profile, block.name)
    chance = found.chance / found.total if found.total >= STILL else np.nan
    mean = float(filled(profile, block.name).all_mean(block.name).mean())
    facts = (block.name, block.stage, place + 1, block.channels, *found.shares)
    return (*facts, chance, found.total**0.5, mean, classes, profile.pictures)


def most_adaptive(table: pd.DataFrame) -> str | None:
    """A sentence about a group's `variance_table`: its most static and its most class-led block."""
    known = table.dropna(subset=list(SHARES))
    if known.empty:
        return None
    static, led = (known.loc[known[name].idxmax()] for name in ("static", "class"))
    if (known["classes"] < 2).any():
        return f"{static['block']} is the most static block, with {static['static']:.1%}."
    return (
        f"{static['block']} comes closest to a fixed scale: {static['static']:.1%} of the variance "
        f"of its gates is the same for every picture. {led['block']} follows the class most: "
        f"{led['class']:.1%} of the variance lies between classes."
    )
