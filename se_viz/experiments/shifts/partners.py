"""Whose gates one picture may be given: another picture's, or else the mean of a class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from se_viz.analysis.profiles.groups import Group
from se_viz.experiments.shifts.clean_gates import Arrays
from se_viz.nets.output import Output
from se_viz.probe.reading import Reading


@dataclass(frozen=True, eq=False)
class Partner:
    """Somebody's gates.

    Attributes:
        name: of the class.
        gates: block name -> float32 (C,).
        picture: the picture that they are of; "" where they are a class's mean.
    """

    name: str
    gates: Arrays
    picture: str = ""


def partner(
    reading: Reading, row: int, name: str, group: Group | None, pictures: bool = True
) -> Partner | None:
    """The gates of the next picture of a class, else the class's mean; None where there is neither.

    Args:
        reading, row: the picture that is given them, among the others.
        name: the class.
        group: a class profile, where there is one.
        pictures: whether the others in the reading may be taken.
    """
    count = len(reading)
    others = [(row + step) % count for step in range(1, count)] if pictures else []
    found = next((other for other in others if reading.labels[other] == name), None)
    if found is not None:
        gates = {block: values[found] for block, values in reading.gates.items()}
        return Partner(name, gates, reading.names[found])
    if group is None or not group.profile.counts.get(name):
        return None
    return Partner(name, class_mean(group, name))


def class_mean(group: Group, name: str) -> dict[str, np.ndarray]:
    """Block name -> float32 (C,): the mean gates of a class of a profile."""
    row, stats = group.profile.classes.index(name), group.profile.stats
    return {block: stat.mean[row].astype(np.float32) for block, stat in stats.items()}


def other_classes(own: str, labels: Sequence[str], group: Group | None) -> list[str]:
    """Classes whose gates a picture of class `own` may be given: those of a profile, then those of
    the other pictures."""
    counts = group.profile.counts if group else {}
    known = [name for name, count in counts.items() if count]
    return [name for name in dict.fromkeys([*known, *labels]) if name != own]


def runner_up(outputs: np.ndarray, output: Output, names: Sequence[str]) -> str:
    """Of some classes the one that a picture of outputs (K,) is taken for soonest after the
    likeliest; the first where the network knows none of them."""
    if not output.guesses:
        return names[0]
    order = np.argsort(-output.shown(outputs), kind="stable")[1:]
    said = (output.classes[number] for number in order)
    return next((name for name in said if name in names), names[0])
