"""Shifts that were measured: those that ship, and those of a session on its own pictures."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import streamlit as st

from se_viz.analysis.networks.stages import evenly
from se_viz.analysis.predictions.true_classes import Truth
from se_viz.experiments.shifts.clean_gates import Arrays, means_over
from se_viz.experiments.shifts.measure import by_light
from se_viz.experiments.shifts.plans import TOLD, Cell
from se_viz.experiments.shifts.record import ShiftRecord
from se_viz.experiments.shifts.run import LightResult, Recorder, each_light, subjects_of
from se_viz.experiments.shifts.tables import shift_table
from se_viz.interventions.selection import ALL
from se_viz.pictures import model_input_of
from se_viz.pictures.shifts import CLEAN, Light
from se_viz.profiles.reference import digest_of
from se_viz.ui.sentences import light as told
from se_viz.ui.state import models, resources
from se_viz.ui.state.caches import memo
from se_viz.ui.state.session import Collection, apart

MOST = 400
"""Pictures of a person's own that are measured on."""
HALVES = "the mean over the other half of these pictures, crossed"


@dataclass(frozen=True, eq=False)
class Measured:
    """A record with its table, and where its numbers come from, in words."""

    record: ShiftRecord
    table: pd.DataFrame
    source: str
    own: bool = False

    @property
    def agreement(self) -> bool:
        """Whether "right" means as the network saw the picture before."""
        return bool(self.record.record.get("agreement"))

    @property
    def measure(self) -> str:
        """What its accuracies are of."""
        return "agreement" if self.agreement else "accuracy"


@st.cache_resource(show_spinner=False, max_entries=1)
def _of_file() -> Measured | None:
    record = resources.recorded_shifts()
    if record is None:
        return None
    return Measured(record, shift_table(record), told.on_validation_set(len(record)))


def shipped() -> Measured | None:
    """What ships of the network of the pages; None where nothing does."""
    return _of_file() if models.current().built_in else None


@dataclass(frozen=True, eq=False)
class Chosen:
    """The session's pictures that are measured on.

    Attributes:
        rows: of the session.
        truth: int (N,), their classes; None where nobody knows them.
        known: of how many pictures they are chosen.
        frozen_at: what gates are frozen at, in words.
        elsewhere: see `CleanGates`.
    """

    rows: np.ndarray
    truth: np.ndarray | None
    known: int
    frozen_at: str
    elsewhere: Arrays | None = field(repr=False)


def chosen(mine: Collection, found: Truth) -> Chosen:
    """Those whose class is known, else all; of many, some that are evenly spaced."""
    whole = found.known if len(found.known) else np.arange(len(mine))
    rows = np.array(evenly(whole.tolist(), MOST), int)
    truth = found.rows[rows] if len(found.known) else None
    reference = resources.reference()
    other = resources.has_profile() and apart(mine.group(), reference) is not None
    means = means_over(reference.profile) if other else None
    frozen_at = f"the mean over the {reference.title}" if other else HALVES
    return Chosen(rows, truth, len(whole), frozen_at, means)


@dataclass(eq=False)
class OwnRun:
    """What was measured so far on some pictures, by light: with all gates or those of a part, and
    block by block."""

    lights: dict[Light, LightResult] = field(default_factory=dict)
    blocks: dict[Light, LightResult] = field(default_factory=dict)
    record: ShiftRecord | None = None
    table: pd.DataFrame | None = None

    def measured(self, source: str) -> Measured | None:
        """None before pictures as they are were measured."""
        if self.record is None:
            return None
        if self.table is None:
            self.table = shift_table(self.record)
        return Measured(self.record, self.table, source, own=True)

    def left(self, plan: Sequence[Cell]) -> list[Light]:
        """Lights of a plan that are still to be measured."""
        return [light for light in by_light(plan) if light not in self._of(plan)]

    def _of(self, plan: Sequence[Cell]) -> dict[Light, LightResult]:
        parts = {cell.where for cell in plan}
        return self.lights if ALL in parts else self.blocks


def run_of(mine: Collection, some: Chosen) -> OwnRun:
    """The run over these pictures, under these classes, with these means."""
    digests = tuple(mine.shots[row].digest for row in some.rows)
    truth = None if some.truth is None else tuple(some.truth.tolist())
    means = digest_of(resources.reference().profile) if some.elsewhere else ""
    return memo("shifts", (mine.network, digests, truth, means), OwnRun)


def go_on(run: OwnRun, mine: Collection, some: Chosen, plan: Sequence[Cell]) -> None:
    """Measure what a plan still lacks, with a bar. What is done is kept also where the person stops
    it or turns to another page.

    Raises:
        PictureError: where a picture can no longer be read.
    """
    bar, probe = st.progress(0.0, told.reading(0, len(some.rows))), resources.probe()
    try:
        model_inputs = _model_inputs(mine, some, bar)
        assert mine.reading is not None  # there are pictures
        reading = mine.reading.select([int(row) for row in some.rows])
        given = {"elsewhere": some.elsewhere, "reading": reading}
        subjects = subjects_of(probe, model_inputs, some.truth, **given)  # type: ignore[arg-type]
        recorder, kept = Recorder(subjects, probe), run._of(plan)
        progress = _progress(bar, run.left(plan), plan, len(some.rows))
        try:
            for result in each_light(probe, subjects, plan, _moved(plan), list(kept), progress):
                kept[result.light] = result
        finally:
            if CLEAN in run.lights:
                recorder.results = [*run.lights.values(), *run.blocks.values()]
                run.record = recorder.record({"pictures": len(some.rows)})
                run.table = None
    finally:
        bar.empty()


def _model_inputs(mine: Collection, some: Chosen, bar) -> np.ndarray:
    preprocessing, found = resources.probe().network.preprocessing, []
    for row in some.rows:
        source = mine.source(mine.shots[row])
        found.append(model_input_of(source, preprocessing))
        if len(found) % 16 == 0:
            bar.progress(0.0, told.reading(len(found), len(some.rows)))
    return np.stack(found)


def _moved(plan: Sequence[Cell]) -> list[Light]:
    """Lights of which it is asked how far gates move: where it is asked whose they are."""
    if all(cell.where != ALL for cell in plan):
        return []
    return [light for light in by_light(plan) if TOLD.get(light.kind) == light.strength]


def _progress(
    bar, left: Sequence[Light], plan: Sequence[Cell], pictures: int
) -> Callable[[int, int], None]:
    """Tells of lights that are left, by the pictures of all lights that are done."""
    lights, since = list(by_light(plan)), time.monotonic()
    cells = {light: len(some) for light, some in by_light(plan).items()}
    whole = sum(cells[light] for light in left)

    def progress(done: int, _: int) -> None:
        place = min((done - 1) // pictures, len(lights) - 1)
        light, share = lights[place], (done - place * pictures) / pictures
        before = sum(cells[one] for one in left[: left.index(light)])
        over = (before + share * cells[light]) / whole
        passed = time.monotonic() - since
        ahead = passed * (1 - over) / over if passed > 3 else None
        said = told.measuring(light, 1 + left.index(light), len(left), ahead)
        bar.progress(min(over, 1.0), said)

    return progress
