"""One picture in another light, with gates that adapt and with gates that do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from se_viz.analysis.networks.stages import parts_of
from se_viz.experiments.shifts.clean_gates import Arrays, CleanGates
from se_viz.experiments.shifts.gate_sources import ADAPTIVE, FROZEN, HELD, OTHER, SAME, source_of
from se_viz.experiments.shifts.plans import Cell
from se_viz.interventions.selection import ALL, Selection
from se_viz.nets.output import Output
from se_viz.pictures.shifts import Light
from se_viz.probe.gates.blocks import Block
from se_viz.probe.reading import Reading

if TYPE_CHECKING:
    from se_viz.probe.probe import Probe

WHOLE = (ADAPTIVE, HELD, FROZEN, OTHER)
PLACED = (HELD, SAME, OTHER)
"""Whose gates all blocks are given, and whose a part of the network alone."""
ROW = np.zeros(1, int)


@dataclass(frozen=True, eq=False)
class Given:
    """Gates that a picture may be given: block name -> float32 (C,), None where there are none.

    Attributes:
        own: those that it has as it is.
        mean: at which they are frozen.
        same, other: those of another picture of its class, and of another class.
    """

    own: Arrays
    mean: Arrays | None = None
    same: Arrays | None = None
    other: Arrays | None = None

    def takes(self, gates: str) -> bool:
        """Whether there are gates of this source."""
        asked = {FROZEN: self.mean, SAME: self.same, OTHER: self.other}
        return asked.get(gates, self.own) is not None

    def clean(self, blocks: Sequence[Block]) -> CleanGates:
        """As the first of three pictures, with the others as its partners."""
        rows = [each or self.own for each in (self.own, self.same, self.other)]
        gates = {b.name: np.stack([row[b.name] for row in rows]) for b in blocks}
        alone = np.array([0, -1, -1])
        return CleanGates(
            tuple(blocks),
            {name: values.astype(np.float32) for name, values in gates.items()},
            classes=np.array([0, 0, 1]),
            halves=np.zeros(3, int),
            same=np.where(alone == 0, 1, -1),
            other=np.where(alone == 0, 2, -1),
            elsewhere=self.mean,
        )


@dataclass(frozen=True, eq=False)
class InLight:
    """What became of a picture.

    Attributes:
        reading: of it alone, with gates that adapt.
        cells: the conditions that were tried, gates that adapt first.
        outputs: float32 (R, K), a row for each of them.
    """

    reading: Reading
    cells: tuple[Cell, ...]
    outputs: np.ndarray


def cells_of(
    blocks: Sequence[Block], given: Given, light: Light, placed: bool = True
) -> list[Cell]:
    """The conditions that can be tried: all blocks, then each part of the network alone, unless
    `placed` is False."""
    parts = parts_of(blocks) if placed else {}
    return [
        *(Cell(light, key) for key in WHOLE if given.takes(key)),
        *(Cell(light, k, p) for p in parts if len(parts) > 1 for k in PLACED if given.takes(k)),
    ]


def in_light(
    probe: Probe, model_input: np.ndarray, given: Given, light: Light, placed: bool = True
) -> InLight:
    """Pass one picture through the network in a light, under every condition; what these have in
    common is computed once.

    Args:
        model_input: uint8 (size, size, 3), as it is.
        given: gates that it may be given.
        light: the light.
        placed: whether gates are also held in one part of the network alone.

    Raises:
        ValueError: for another model input, or gates of another network.
    """
    from se_viz.probe.intervene import sweep

    shown = light.apply(model_input)[None]
    reading = probe.read(shown)
    if not probe.network.output.guesses:
        return InLight(reading, (), reading.outputs[:0])
    cells, clean = cells_of(probe.blocks, given, light, placed), given.clean(probe.blocks)
    outputs = sweep(probe, shown, [_edit(cell, clean) for cell in cells[1:]])
    return InLight(reading, tuple(cells), outputs[:, 0])


def _edit(cell: Cell, clean: CleanGates):
    where = Selection.parse(clean.blocks, [cell.where])
    return source_of(cell.gates).edit(clean, ROW, where, cell.light.seed)


def answer_table(found: InLight, clean_outputs: np.ndarray, output: Output) -> pd.DataFrame:
    """What the network takes the picture for.

    Args:
        found: what became of it.
        clean_outputs: (K,), of it as it is.
        output: what outputs are; one that says classes.

    Returns:
        Columns kind, strength, seed, gates, where, now (the likeliest class), probability (of
        that), clean_class (the likeliest of the picture as it is) and of_clean (its probability
        now). One row per condition.
    """
    first, shown = int(output.shown(clean_outputs).argmax()), output.shown(found.outputs)
    best = shown.argmax(-1) if len(shown) else np.zeros(0, int)
    rows = [
        {
            **vars(cell.light),
            "gates": cell.gates,
            "where": cell.where,
            "now": output.classes[now],
            "probability": float(each[now]),
            "clean_class": output.classes[first],
            "of_clean": float(each[first]),
        }
        for cell, each, now in zip(found.cells, shown, best, strict=True)
    ]
    return pd.DataFrame(rows)


def whole_of(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of an `answer_table` in which all blocks were given the gates."""
    return table[table["where"] == ALL].reset_index(drop=True)


def placed_of(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of an `answer_table` in which one part of the network alone was."""
    return table[table["where"] != ALL].reset_index(drop=True)
