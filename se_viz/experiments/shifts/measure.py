"""Passes pictures through a network under shifts, with other gates than those that adapt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from se_viz.experiments.predict import Progress
from se_viz.experiments.shifts.clean_gates import CleanGates
from se_viz.experiments.shifts.gate_sources import ADAPTIVE, source_of
from se_viz.experiments.shifts.plans import Cell
from se_viz.interventions.selection import Selection
from se_viz.nets.output import Output
from se_viz.pictures.shifts import Light

if TYPE_CHECKING:
    from se_viz.probe.edit import Edit
    from se_viz.probe.probe import Probe

CHUNK = 16
"""Pictures that are shifted at a time."""
UNTRIED, NONE = -2, -1
"""A guess where no gates were to be had, and where the network says no class."""


@dataclass(frozen=True, eq=False)
class Answers:
    """What a network said in one light: a row for each cell.

    Attributes:
        cells: of this light.
        guesses: int16 (R, N), the likeliest class, `NONE` or `UNTRIED`. Of labels that are said
            each for itself it is the true one where that is said.
        confidence: float16 (R, N), the probability of the likeliest class.
    """

    cells: tuple[Cell, ...]
    guesses: np.ndarray
    confidence: np.ndarray


def by_light(cells: Sequence[Cell]) -> dict[Light, tuple[Cell, ...]]:
    """The cells of each light; they stand together in a plan."""
    return {light: tuple(some) for light, some in groupby(cells, lambda cell: cell.light)}


def answers(
    probe: Probe,
    model_inputs: np.ndarray,
    clean: CleanGates,
    cells: Sequence[Cell],
    progress: Progress | None = None,
) -> Answers:
    """All cells of one light on N pictures; what they have in common is computed once.

    Args:
        model_inputs: uint8 (N, size, size, 3), as they are.
        clean: their gates.
        cells: of the same light.
        progress: told how many pictures are done, and of how many.

    Raises:
        ValueError: where a place is not of this network, or the network says no classes.
    """
    refuse_scores(probe)
    found = [
        _of_outputs(cells, clean, rows, outputs, probe.network.output)
        for rows, outputs in _outputs(probe, model_inputs, clean, cells, progress)
    ]
    guesses = np.concatenate([guesses for guesses, _ in found], axis=1)
    return Answers(tuple(cells), guesses, np.concatenate([sure for _, sure in found], axis=1))


def refuse_scores(probe: Probe) -> None:
    """Raises ValueError where a network does not say what a picture shows."""
    if not probe.network.output.guesses:
        raise ValueError(
            f"{probe.network.title} says no classes, so nothing tells when its gates have to adapt."
        )


def _outputs(
    probe: Probe,
    model_inputs: np.ndarray,
    clean: CleanGates,
    cells: Sequence[Cell],
    progress: Progress | None,
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Rows of some pictures, int (n,), and outputs (R, n, K) of each cell."""
    from se_viz.probe.intervene import sweep

    edited = [cell for cell in cells if cell.gates != ADAPTIVE]
    places = {c.where: Selection.parse(probe.blocks, [c.where]) for c in edited}
    order = [1 + edited.index(cell) if cell in edited else 0 for cell in cells]
    for first in range(0, len(model_inputs), CHUNK):
        rows = np.arange(first, min(first + CHUNK, len(model_inputs)))
        shown = cells[0].light.apply(model_inputs[rows])
        edits = [_edit(cell, clean, rows, places[cell.where]) for cell in edited]
        yield rows, sweep(probe, shown, edits)[order]
        if progress:
            progress(int(rows[-1]) + 1, len(model_inputs))


def _edit(cell: Cell, clean: CleanGates, rows: np.ndarray, where: Selection) -> Edit:
    return source_of(cell.gates).edit(clean, rows, where, cell.light.seed)


def _of_outputs(
    cells: Sequence[Cell], clean: CleanGates, rows: np.ndarray, outputs: np.ndarray, output: Output
) -> tuple[np.ndarray, np.ndarray]:
    """Guesses int16 and confidence float16 (R, n)."""
    shown = output.shown(outputs)
    guesses = shown.argmax(-1)
    if output.several:
        right = output.right(outputs, clean.classes[rows])
        guesses = np.where(right, clean.classes[rows], NONE)
    tried = np.stack([source_of(cell.gates).takes(clean)[rows] for cell in cells])
    return np.where(tried, guesses, UNTRIED).astype(np.int16), shown.max(-1).astype(np.float16)
