"""Whose gates a picture is given under a shift: a new source is one line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from se_viz.experiments.shifts.clean_gates import Arrays, CleanGates
from se_viz.interventions.selection import Selection
from se_viz.probe.edit import Edit, fixed, shuffled, untouched

Rows = np.ndarray
Values = Callable[[CleanGates, Rows], Arrays]


@dataclass(frozen=True)
class GateSource:
    """Where gates come from.

    Attributes:
        key: in files and on the command line.
        title: for people, in figures.
        said: the same in a sentence, after "with gates".
        values: clean gates and pictures (rows, int (n,)) -> block name -> (n, C) or (1, C); None
            for what is no set of values.
    """

    key: str
    title: str
    said: str
    values: Values | None = None

    def edit(self, clean: CleanGates, rows: Rows, where: Selection, seed: int = 0) -> Edit:
        """What becomes of the chosen gates of some pictures: n rows, or one for all alike."""
        if self.values is not None:
            return fixed(where.blocks, where.places, self.values(clean, rows))
        if self.key == SHUFFLED:
            return shuffled(where.blocks, where.places, seed)
        return untouched(where.blocks)

    def takes(self, clean: CleanGates) -> np.ndarray:
        """bool (N,): which pictures it can be tried on."""
        partners = {SAME: clean.same, CLASS_MEAN: clean.same, OTHER: clean.other}.get(self.key)
        return np.ones(len(clean), bool) if partners is None else partners >= 0


def _own(clean: CleanGates, rows: Rows) -> Arrays:
    return {name: gates[rows] for name, gates in clean.gates.items()}


def _frozen(clean: CleanGates, rows: Rows) -> Arrays:
    return {name: values[clean.halves[rows]] for name, values in clean.means.items()}


def _open(clean: CleanGates, rows: Rows) -> Arrays:
    return {block.name: np.ones((1, block.channels), np.float32) for block in clean.blocks}


def _same(clean: CleanGates, rows: Rows) -> Arrays:
    return _own(clean, clean.same[rows])


def _other(clean: CleanGates, rows: Rows) -> Arrays:
    return _own(clean, clean.other[rows])


def _class_mean(clean: CleanGates, rows: Rows) -> Arrays:
    sums, counts = clean.class_sums
    of, left = clean.classes[rows], np.maximum(counts - 1, 1)
    return {
        name: ((sums[name][of] - gates[rows]) / left[of, None]).astype(np.float32)
        for name, gates in clean.gates.items()
    }


ADAPTIVE, HELD, FROZEN, OPEN = "adaptive", "held", "frozen", "open"
SAME, OTHER, CLASS_MEAN, SHUFFLED = "same-class", "other-class", "class-mean", "shuffled"
SOURCES: dict[str, GateSource] = {
    source.key: source
    for source in (
        GateSource(ADAPTIVE, "gates adapt", "that adapt"),
        GateSource(HELD, "clean gates held", "held from before the shift", _own),
        GateSource(FROZEN, "frozen at the mean", "frozen at their mean", _frozen),
        GateSource(OPEN, "all open (1)", "all open", _open),
        GateSource(SAME, "another picture's, same class", "of another of its class", _same),
        GateSource(OTHER, "another class's", "of another class", _other),
        GateSource(CLASS_MEAN, "its class's mean", "at its class's mean", _class_mean),
        GateSource(SHUFFLED, "shuffled over channels", "shuffled over channels"),
    )
}
"""By key. Held gates, those of the same class and its mean know the class of the picture: they are
oracles. `class-mean` leaves the picture itself out, `frozen` the half of the pictures it is in."""
ORACLES = (HELD, SAME, CLASS_MEAN)


def source_of(key: str) -> GateSource:
    """The source with this key.

    Raises:
        ValueError: where there is none; a sentence that names those that there are.
    """
    if key not in SOURCES:
        raise ValueError(f"There are no gates {key!r}; there is {', '.join(SOURCES)}.")
    return SOURCES[key]
