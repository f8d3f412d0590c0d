"""Records of shifts that nobody measured: right or wrong by chances that are given."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from se_viz.analysis.shifts.moves import Moves
from se_viz.analysis.shifts.spreads import spread_table
from se_viz.experiments.shifts.clean_gates import clean_gates
from se_viz.experiments.shifts.gate_sources import SOURCES
from se_viz.experiments.shifts.measure import UNTRIED
from se_viz.experiments.shifts.plans import TOLD, Cell, whole_plan
from se_viz.experiments.shifts.record import ShiftRecord
from se_viz.interventions.selection import ALL
from se_viz.pictures.shifts import KINDS, NOTHING, Light
from se_viz.probe.gates.blocks import Block
from tests.make import BLOCKS, CLASSES, make_reading

CLEAN_SHARE = {"adaptive": 0.94, "held": 0.94, "frozen": 0.85, "open": 0.45, "other-class": 0.84}
COSTLY = ("contrast", "exposure")
"""Kinds whose light early gates answer to."""


def usual(cell: Cell) -> float:
    """How likely it is that a picture is right: contrast and light need gates that adapt."""
    if cell.light == NOTHING:
        return {"held": 0.5, "same-class": 0.5, "class-mean": 0.5}.get(cell.gates, 0.1)
    base = CLEAN_SHARE.get(cell.gates, 0.93)
    if cell.light.clean:
        return base
    kind = KINDS[cell.light.kind]
    depth = (1 + kind.course.index(cell.light.strength)) / len(kind.course)
    own = 0.94 - 0.84 * depth**2
    if cell.where != ALL:
        early = cell.where in ("stage 2", "first quarter", "first half")
        return own - (0.15 if early and cell.light.kind in COSTLY else 0.01)
    if cell.gates in ("held", "same-class", "class-mean"):
        return max(own, 0.9 - 0.4 * depth)
    lost = 0.09 + (0.2 if cell.light.kind in COSTLY else 0) * (depth > 0.2)
    return max(0.1, {"adaptive": own, "open": own / 2}.get(cell.gates, own - lost))


def make_record(
    kinds: Sequence[str] = ("contrast", "blur"),
    blocks: Sequence[Block] = BLOCKS,
    classes: Sequence[str] = CLASSES,
    pictures: int = 100,
    share: Callable[[Cell], float] = usual,
    seed: int = 0,
    agreement: bool = False,
) -> ShiftRecord:
    """Classes take turns; a picture that is right in one light is likely to be in another."""
    rng = np.random.default_rng(seed)
    truth = np.arange(pictures) % len(classes)
    reading = make_reading([classes[row] for row in truth], blocks)
    clean = clean_gates(blocks, reading.gates, truth)
    cells = tuple(whole_plan(blocks, kinds))
    hard = rng.random(pictures)
    shares = np.clip([[share(cell)] for cell in cells], 0, 1)
    right = np.clip(hard + rng.normal(0, 0.08, (len(cells), pictures)), 0, 1) < shares
    others = np.where(clean.other >= 0, truth[clean.other], -1)
    wrong = np.where(others >= 0, others, (truth + 1) % len(classes))
    guesses = np.where(right, truth, wrong)
    tried = np.stack([SOURCES[cell.gates].takes(clean) for cell in cells])
    sure = np.clip(0.5 + 0.5 * shares + rng.normal(0, 0.1, guesses.shape), 0.1, 1)
    return ShiftRecord(
        cells,
        tuple(blocks),
        tuple(classes),
        truth,
        others,
        np.where(tried, guesses, UNTRIED),
        sure,
        _moves(blocks, reading, kinds, rng),
        spread_table(blocks, reading.gates, truth),
        {"agreement": agreement, "pictures": pictures},
    )


def _moves(blocks, reading, kinds, rng) -> pd.DataFrame:
    """Early gates move alike, late ones each in their way."""
    rows = np.arange(len(reading.labels))
    spreads = {block.name: 0.1 for block in blocks}
    parts = []
    for kind in kinds:
        moves, gates, squeezes = Moves(tuple(blocks)), {}, {}
        for place, block in enumerate(blocks):
            own = rng.normal(0, 0.02 + 0.06 * place / len(blocks), (len(rows), block.channels))
            alike = rng.normal(0, 0.1 * (1 - place / len(blocks)), block.channels)
            gates[block.name] = reading.gates[block.name] + own + alike
            squeezes[block.name] = reading.squeezes[block.name] * 0.6
        moves.add(rows, reading.gates, reading.squeezes, gates, squeezes)
        light = Light(kind, TOLD[kind])
        parts.append(moves.table(spreads).assign(kind=kind, strength=light.strength))
    return pd.concat(parts, ignore_index=True)
