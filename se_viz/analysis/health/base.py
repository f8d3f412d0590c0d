"""What a check of a block's gates is asked, and what it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from se_viz.probe.gates.sites import Site
from se_viz.profiles import Stats


@dataclass(frozen=True, eq=False)
class Units:
    """Bottleneck units of a block over pictures.

    Attributes:
        opened: int (C / r,), on how many pictures each unit was above 0.
        pictures: of how many.
        why: a sentence that says why there are none to look at; "" where there are.
    """

    opened: np.ndarray
    pictures: int
    why: str = ""


@dataclass(frozen=True, eq=False)
class Evidence:
    """What is known of one block.

    Attributes:
        site: the block and its layers.
        gates: over the pictures, all of them one class, so that arrays have one row.
        noise: the same over uniform noise.
        units: of its bottleneck, over the pictures.
    """

    site: Site
    gates: Stats
    noise: Stats
    units: Units

    @property
    def pictures(self) -> int:
        return int(self.gates.count.sum())

    @property
    def spread(self) -> np.ndarray:
        """float64 (C,): standard deviation of each gate over the pictures."""
        return self.gates.std[0]


@dataclass(frozen=True)
class Answer:
    """What a check found in a block.

    Attributes:
        number: what was measured; None where that cannot be told.
        found: whether it is out of order.
        detail: more about the number, a clause; where there is none, a sentence that says why.
    """

    number: float | None
    found: bool = False
    detail: str = ""


@dataclass(frozen=True)
class Check:
    """One thing that can be wrong with gates.

    Attributes:
        slug: in files.
        title: what is wrong where it is found, for people.
        measure: what the number is.
        threshold: from where on it is found, as text; ours.
        because: why this threshold, a sentence.
        meaning: what a finding may mean, a sentence.
        ask: the answer for one block.
        share: whether the number is a share, to be shown in percent.
    """

    slug: str
    title: str
    measure: str
    threshold: str
    because: str
    meaning: str
    ask: Callable[[Evidence], Answer]
    share: bool = False

    def shown(self, number: float) -> str:
        """The number for people: `12%`, `0.0312`; "" where it cannot be told."""
        if np.isnan(number):
            return ""
        return f"{number:.1%}" if self.share else f"{number:.3g}"


def untold(why: str) -> Answer:
    """Where a check cannot be made."""
    return Answer(None, detail=why)
