"""Every condition is what `intervene` gives with the gates that it names."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from se_viz.experiments.shifts.gate_sources import SOURCES, source_of
from se_viz.experiments.shifts.measure import UNTRIED, answers
from se_viz.experiments.shifts.plans import Cell, whole_plan
from se_viz.experiments.shifts.run import Recorder, each_light, subjects_of
from se_viz.interventions.selection import Selection
from se_viz.pictures.shifts import CLEAN, NOTHING, Light
from se_viz.probe.intervene import intervene
from tests.experiments.shifts.conftest import PICTURES, TRUTH

PALE = Light("contrast", 0.4)


@pytest.mark.parametrize("key", SOURCES)
def test_a_condition_is_an_intervention_on_the_shifted_pictures(probe, key):
    subjects = subjects_of(probe, PICTURES, TRUTH)
    found = answers(probe, PICTURES, subjects.clean, [Cell(PALE, "adaptive"), Cell(PALE, key)])
    rows, where = np.arange(len(PICTURES)), Selection.parse(probe.blocks, ["all"])
    edit = source_of(key).edit(subjects.clean, rows, where)
    shown = probe.network.output.shown(intervene(probe, PALE.apply(PICTURES), edit).outputs)
    np.testing.assert_array_equal(found.guesses[1], shown.argmax(1))
    np.testing.assert_allclose(found.confidence[1], shown.max(1), atol=1e-3)


def test_gates_that_were_read_change_nothing_on_clean_pictures(probe):
    clean = subjects_of(probe, PICTURES, TRUTH).clean
    found = answers(probe, PICTURES, clean, [Cell(CLEAN, key) for key in ("adaptive", "held")])
    np.testing.assert_array_equal(*found.guesses)


def test_what_cannot_be_tried_is_told_apart(probe):
    subjects = subjects_of(probe, PICTURES[:3], np.array([0, 0, 2]))
    cells = [Cell(CLEAN, key) for key in ("held", "same-class", "other-class")]
    found = answers(probe, PICTURES[:3], subjects.clean, cells)
    assert (found.guesses[0] != UNTRIED).all()
    assert (found.guesses[1] == UNTRIED).tolist() == [False, False, True]
    assert (found.guesses[2] != UNTRIED).all()


def test_without_classes_the_networks_own_word_is_the_measure(probe):
    subjects = subjects_of(probe, PICTURES)
    record = recorded(probe, subjects, [Cell(CLEAN), Cell(PALE), Cell(NOTHING)])
    assert subjects.agreement
    assert record.record["agreement"]
    assert record.right(0).all()


def recorded(probe, subjects, plan, **options):
    recorder = Recorder(subjects, probe)
    for result in each_light(probe, subjects, plan, **options):
        recorder.add(result)
    return recorder.record()


def test_a_plan_is_gone_through_light_by_light_and_goes_on_after_a_stop(probe):
    subjects = subjects_of(probe, PICTURES, TRUTH)
    plan = [Cell(light, key) for light in (CLEAN, PALE, NOTHING) for key in ("adaptive", "held")]
    told: list[tuple[int, int]] = []
    whole = recorded(probe, subjects, plan, progress=lambda *done: told.append(done))
    assert told[-1] == (33, 33)
    assert told == sorted(told)
    recorder = Recorder(subjects, probe)
    recorder.add(next(each_light(probe, subjects, plan)))
    assert recorder.done == [CLEAN]
    for result in each_light(probe, subjects, plan, done=recorder.done):
        recorder.add(result)
    np.testing.assert_array_equal(recorder.record().guesses, whole.guesses)


def test_how_far_gates_move_is_asked_of_some_lights(probe):
    subjects = subjects_of(probe, PICTURES, TRUTH)
    record = recorded(probe, subjects, [Cell(CLEAN), Cell(PALE)], moved=[CLEAN, PALE])
    still, moved = record.moves.iloc[0], record.moves.iloc[1]
    assert (still["kind"], moved["kind"], moved["strength"]) == ("", "contrast", 0.4)
    assert still["move"] == 0
    now = probe.read(PALE.apply(PICTURES))
    name = probe.blocks[0].name
    away = now.gates[name].astype(float) - subjects.reading.gates[name]
    assert moved["move"] == pytest.approx(np.sqrt((away**2).mean()))
    spread = subjects.reading.gates[name].astype(float).std(0)
    assert record.spreads["spread"][0] == pytest.approx(np.sqrt((spread**2).mean()), rel=1e-6)
    assert moved["spreads"] == pytest.approx(moved["move"] / record.spreads["spread"][0], rel=1e-6)


def test_a_network_that_says_no_classes_is_refused(probe, monkeypatch):
    monkeypatch.setattr(type(probe.network.output), "guesses", property(lambda self: False))
    with pytest.raises(ValueError, match="Toy says no classes"):
        subjects_of(probe, PICTURES)


def test_the_whole_plan_asks_every_light_once_and_every_cell_once(probe):
    plan = whole_plan(probe.blocks)
    assert len(plan) == len(set(plan))
    lights = [cell.light for cell in plan]
    assert [a for a, b in pairwise(lights) if a != b][1:].count(CLEAN) == 0
    assert {cell.gates for cell in plan} == set(SOURCES)
