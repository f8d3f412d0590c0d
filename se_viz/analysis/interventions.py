"""What is done to gates, in words that people choose from, and as an edit for the network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from se_viz.analysis.networks.stages import parts_of
from se_viz.analysis.places import describe, places
from se_viz.analysis.profiles.groups import Group, filled
from se_viz.probe import edit
from se_viz.probe.edit import Edit
from se_viz.probe.gates.blocks import Block

HOWS = {
    "bypass": "bypassed: every gate is 1",
    "freeze": "frozen at the mean over a profile",
    "constant": "set to one value",
    "class": "set to the mean of a class",
    "picture": "set to the gates of another picture",
    "shuffle": "shuffled over channels",
    "scale": "multiplied by a factor",
}


@dataclass(frozen=True)
class Intervention:
    """What is done to which gates.

    Attributes:
        how: one of `HOWS`. "bypass" takes recalibration away; "freeze" keeps the static scale, the
            "all" curve of a profile, and takes away what is adaptive.
        where: as `places` reads them.
        value: of "constant", in [0, 1]; of "scale", the factor, 0 or more.
        name: of "class"; of "picture", what the other one is called.
        seed: of "shuffle".
    """

    how: str
    where: tuple[str, ...]
    value: float = 1.0
    name: str = ""
    seed: int = 0

    def __post_init__(self) -> None:
        if self.how not in HOWS:
            raise ValueError(f"There is no intervention {self.how!r}; there is {', '.join(HOWS)}.")
        if self.how == "constant" and not 0 <= self.value <= 1:
            raise ValueError(f"A gate lies between 0 and 1, so {self.value:g} is none.")
        if not 0 <= self.value < np.inf:
            raise ValueError(f"A factor is 0 or more, so {self.value:g} is none.")

    def describe(self, blocks: Sequence[Block]) -> str:
        """Such as `stage 5 bypassed` or `SE_4_6 set to 0.5`."""
        return f"{describe(blocks, places(blocks, self.where))} {self._done()}"

    def _done(self) -> str:
        return {
            "bypass": "bypassed",
            "freeze": "frozen at the mean",
            "constant": f"set to {self.value:g}",
            "class": f"set to the mean of {self.name}",
            "picture": f"set to the gates of {self.name or 'another picture'}",
            "shuffle": f"shuffled (seed {self.seed})",
            "scale": f"times {self.value:g}",
        }[self.how]


def edit_of(
    wanted: Intervention,
    blocks: Sequence[Block],
    group: Group | None = None,
    gates: Mapping[str, np.ndarray] | None = None,
) -> Edit:
    """The edit, one row, that carries an intervention out.

    Args:
        wanted: what to do.
        blocks: of the network.
        group: its profile gives the means of "freeze" and "class".
        gates: of the other picture for "picture": block name -> (C,).

    Raises:
        ValueError: for a place or class that is not there, or means or gates that are missing.
    """
    chosen = places(blocks, wanted.where)
    if wanted.how == "bypass":
        return edit.fixed(blocks, chosen, 1.0)
    if wanted.how == "constant":
        return edit.fixed(blocks, chosen, wanted.value)
    if wanted.how == "scale":
        return edit.scaled(blocks, chosen, wanted.value)
    if wanted.how == "shuffle":
        return edit.shuffled(blocks, chosen, wanted.seed)
    if wanted.how == "picture":
        if gates is None:
            raise ValueError("It takes another picture to set gates to.")
        return edit.fixed(blocks, chosen, gates)
    if group is None:
        raise ValueError("It takes a class profile to set gates to a mean.")
    return edit.fixed(blocks, chosen, _means(wanted, list(chosen), group))


def _means(wanted: Intervention, names: Sequence[str], group: Group) -> dict[str, np.ndarray]:
    profile = group.profile
    if wanted.how == "freeze":
        return {name: filled(profile, name).all_mean(name) for name in names}
    if not profile.counts.get(wanted.name):
        raise ValueError(f"{group.title} has no pictures of {wanted.name!r}.")
    row = profile.classes.index(wanted.name)
    return {name: profile.stats[name].mean[row] for name in names}


def sweep_plan(blocks: Sequence[Block]) -> tuple[Intervention, ...]:
    """Each block in turn, then each part of the network, then all, bypassed and frozen."""
    parts = [part for part, names in parts_of(blocks).items() if 1 < len(names) < len(blocks)]
    wheres = [*(block.name for block in blocks), *parts, *(["all"] if len(blocks) > 1 else [])]
    return tuple(Intervention(how, (where,)) for where in wheres for how in ("bypass", "freeze"))
