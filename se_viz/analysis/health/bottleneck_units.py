"""Bottleneck units that relu never opens, or never shuts, over the pictures."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from se_viz.analysis.health.base import Answer, Check, Evidence, untold

MOST = 0.9
FEWEST = 30
"""Pictures: a unit that opens on every tenth is 0 on all of them once in 24 times."""
TOO_FEW = f"Whether bottleneck units ever open or shut takes {FEWEST} pictures or more."


def _share(which: Callable[[np.ndarray, int], np.ndarray]) -> Callable[[Evidence], Answer]:
    """Asks for the share of units of which this holds."""

    def ask(evidence: Evidence) -> Answer:
        units = evidence.units
        if units.why:
            return untold(units.why)
        if units.pictures < FEWEST:
            return untold(TOO_FEW)
        such = which(units.opened, units.pictures)
        share = float(such.mean())
        return Answer(share, share > MOST, f"{such.sum()} of {such.size} units")

    return ask


NEVER_OPEN = Check(
    slug="units-never-open",
    title="bottleneck units never open",
    measure="share of bottleneck units that are 0 on every picture",
    threshold=f"above {100 * MOST:.0f}%",
    because="Fewer than one unit in ten is left to tell pictures apart. Many are dead in sound "
    "networks too: in two trained here, up to four and up to seven in ten of a block's.",
    meaning="Dead units: a learning rate too high, or a bias too low, has driven them to where "
    "relu has no gradient; the bottleneck is narrower than it looks.",
    ask=_share(lambda opened, pictures: opened == 0),
    share=True,
)
NEVER_SHUT = Check(
    slug="units-never-shut",
    title="bottleneck units never shut",
    measure="share of bottleneck units that are above 0 on every picture",
    threshold=f"above {100 * MOST:.0f}%",
    because="Where relu changes nothing for nine of ten units, the block is one linear layer "
    "before its sigmoid. In sound blocks of eight units, up to seven stay open on 30 pictures "
    "that are alike.",
    meaning="The bottleneck's relu is idle: squeezes are seldom negative, so that units with "
    "mostly positive weights or high biases stay open.",
    ask=_share(lambda opened, pictures: opened == pictures),
    share=True,
)
