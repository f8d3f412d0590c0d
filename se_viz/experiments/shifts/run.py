"""A plan of shifts over pictures, light by light, so that it can be stopped and goes on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from se_viz.analysis.shifts.moves import Moves
from se_viz.analysis.shifts.spreads import spread_table
from se_viz.experiments.predict import Progress
from se_viz.experiments.shifts.clean_gates import Arrays, CleanGates, clean_gates
from se_viz.experiments.shifts.measure import CHUNK, Answers, answers, by_light, refuse_scores
from se_viz.experiments.shifts.plans import Cell
from se_viz.experiments.shifts.record import ShiftRecord
from se_viz.pictures.shifts import Light
from se_viz.probe.reading import Reading

if TYPE_CHECKING:
    from se_viz.probe.probe import Probe


@dataclass(frozen=True, eq=False)
class Subjects:
    """Pictures that are tried.

    Attributes:
        model_inputs: uint8 (N, size, size, 3), as they are.
        reading: of them as they are.
        clean: their gates, and whose else they may be given.
        agreement: whether their classes are the network's own word.
    """

    model_inputs: np.ndarray
    reading: Reading
    clean: CleanGates
    agreement: bool = False


def subjects_of(
    probe: Probe,
    model_inputs: np.ndarray,
    truth: np.ndarray | None = None,
    *,
    seed: int = 0,
    elsewhere: Arrays | None = None,
    reading: Reading | None = None,
) -> Subjects:
    """Reads pictures as they are.

    Args:
        model_inputs: uint8 (N, size, size, 3).
        truth: int (N,), their classes; None for what the network takes them for.
        seed: by which partners are drawn.
        elsewhere: see `CleanGates`.
        reading: of the same pictures, where there is one already.

    Raises:
        ValueError: where the network says no classes.
    """
    refuse_scores(probe)
    seen = probe.read(model_inputs) if reading is None else reading
    classes = seen.output.shown(seen.outputs).argmax(-1) if truth is None else truth
    clean = clean_gates(probe.blocks, seen.gates, classes, seed, elsewhere)
    return Subjects(model_inputs, seen, clean, truth is None)


@dataclass(frozen=True, eq=False)
class LightResult:
    """What came of one light: `moves` as `Moves.table`, None where that was not asked."""

    light: Light
    answers: Answers
    moves: pd.DataFrame | None = None


def each_light(
    probe: Probe,
    subjects: Subjects,
    plan: Sequence[Cell],
    moved: Collection[Light] = (),
    done: Collection[Light] = (),
    progress: Progress | None = None,
) -> Iterator[LightResult]:
    """Every condition of a plan, light by light.

    Args:
        plan: cells of one light stand together.
        moved: lights of which it is asked how far gates move.
        done: lights that are left out.
        progress: told how many pictures are done, over all lights, and of how many.
    """
    spreads, lights = None, by_light(plan)
    whole = len(lights) * len(subjects.clean)
    for place, (light, cells) in enumerate(lights.items()):
        if light in done:
            continue
        step = _after(progress, place * len(subjects.clean), whole)
        found = answers(probe, subjects.model_inputs, subjects.clean, cells, step)
        table = None
        if light in moved:
            spreads = spreads or _spreads(subjects.clean)
            table = moves_of(probe, subjects, light).table(spreads)
        yield LightResult(light, found, table)


def _after(progress: Progress | None, before: int, whole: int) -> Progress | None:
    return progress and (lambda done, _: progress(before + done, whole))


def _spreads(clean: CleanGates) -> dict[str, Any]:
    return {name: np.sqrt(gates.var(0, dtype=float).mean()) for name, gates in clean.gates.items()}


def moves_of(probe: Probe, subjects: Subjects, light: Light) -> Moves:
    """How far the gates of all pictures move in a light."""
    moves, seen = Moves(probe.blocks), subjects.reading
    for first in range(0, len(subjects.model_inputs), CHUNK):
        rows = np.arange(first, min(first + CHUNK, len(subjects.model_inputs)))
        now = probe.read(light.apply(subjects.model_inputs[rows]))
        gates, squeezes = (
            {name: values[rows] for name, values in arrays.items()}
            for arrays in (seen.gates, seen.squeezes)
        )
        moves.add(rows, gates, squeezes, now.gates, now.squeezes)
    return moves


@dataclass(eq=False)
class Recorder:
    """Puts lights together to a record, as they come."""

    subjects: Subjects
    probe: Probe
    results: list[LightResult] = field(default_factory=list)

    def add(self, result: LightResult) -> None:
        self.results.append(result)

    @property
    def done(self) -> list[Light]:
        """Lights that are there."""
        return [result.light for result in self.results]

    def record(self, facts: dict[str, Any] | None = None) -> ShiftRecord:
        """What is there so far, at least one light."""
        clean = self.subjects.clean
        others = np.where(clean.other >= 0, clean.classes[clean.other], -1)
        return ShiftRecord(
            tuple(cell for result in self.results for cell in result.answers.cells),
            clean.blocks,
            self.probe.network.output.classes,
            clean.classes,
            others,
            np.concatenate([result.answers.guesses for result in self.results]),
            np.concatenate([result.answers.confidence for result in self.results]),
            _moves(self.results),
            spread_table(clean.blocks, clean.gates, clean.classes),
            {"agreement": self.subjects.agreement} | (facts or {}),
        )


def measured(
    probe: Probe, subjects: Subjects, plan: Sequence[Cell], progress: Progress | None = None
) -> ShiftRecord:
    """A whole plan at once, without what is asked of moves."""
    recorder = Recorder(subjects, probe)
    for result in each_light(probe, subjects, plan, progress=progress):
        recorder.add(result)
    return recorder.record()


def _moves(results: Iterable[LightResult]) -> pd.DataFrame:
    """Tables under one another; columns kind and strength first."""
    parts = [
        result.moves.assign(kind=result.light.kind, strength=result.light.strength)
        for result in results
        if result.moves is not None
    ]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
