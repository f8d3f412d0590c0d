"""One picture in another light, on a network of plain NumPy."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.experiments.shifts.one_picture import (
    Given,
    answer_table,
    cells_of,
    in_light,
    placed_of,
    whole_of,
)
from se_viz.pictures.shifts import Light
from se_viz.probe.edit import fixed
from se_viz.probe.frontends import catalogue as frontends
from se_viz.probe.intervene import intervene
from se_viz.probe.probe import Probe
from se_viz.probe.runtimes import catalogue as runtimes
from tests.make import BLOCKS
from tests.probe import toy
from tests.probe.networks import model_inputs

PICTURE, LIGHT = model_inputs(1, toy.SIZE)[0], Light("contrast", 0.3)
MEAN, SAME, OTHER = (
    {"SE_1": np.array(gates, np.float32)}
    for gates in ([0.5, 0.5, 0.5], [0.2, 0.4, 0.6], [0.9, 0.1, 0.3])
)


@pytest.fixture
def probe(monkeypatch) -> Probe:
    monkeypatch.setattr(frontends, "FRONTENDS", [*frontends.FRONTENDS, toy.FRONTEND])
    monkeypatch.setattr(runtimes, "RUNTIMES", [*runtimes.RUNTIMES, toy.RUNTIME])
    return toy.probe()


@pytest.fixture
def clean(probe):
    return probe.read(PICTURE[None])


def given(clean, **more) -> Given:
    return Given({name: gates[0] for name, gates in clean.gates.items()}, **more)


def test_each_answer_is_what_the_network_says_with_these_gates(probe, clean):
    whose = given(clean, mean=MEAN, same=SAME, other=OTHER)
    found = in_light(probe, PICTURE, whose, LIGHT)
    assert [cell.gates for cell in found.cells] == ["adaptive", "held", "frozen", "other-class"]
    shown = LIGHT.apply(PICTURE)[None]
    every = {"SE_1": np.arange(3)}
    for cell, outputs in zip(found.cells[1:], found.outputs[1:], strict=True):
        gates = {"held": whose.own, "frozen": MEAN, "other-class": OTHER}[cell.gates]
        expected = intervene(probe, shown, fixed(probe.blocks, every, gates)).outputs[0]
        np.testing.assert_allclose(outputs, expected, rtol=1e-6)
    np.testing.assert_array_equal(found.outputs[0], probe.read(shown).outputs[0])
    np.testing.assert_array_equal(found.reading.gates["SE_1"], probe.read(shown).gates["SE_1"])


def test_the_table_says_what_it_is_taken_for_and_what_is_left_of_before(probe, clean):
    found = in_light(probe, PICTURE, given(clean, other=OTHER), LIGHT)
    output = probe.network.output
    table = answer_table(found, clean.outputs[0], output)
    shown = output.shown(found.outputs)
    first = int(clean.outputs[0].argmax())
    assert set(table["clean_class"]) == {toy.CLASSES[first]}
    np.testing.assert_allclose(table["of_clean"], shown[:, first])
    np.testing.assert_allclose(table["probability"], shown.max(1))
    assert table["now"].tolist() == [toy.CLASSES[k] for k in shown.argmax(1)]
    assert table[["kind", "strength", "seed"]].values.tolist() == [["contrast", 0.3, 0]] * 3
    assert len(whole_of(table)) == 3
    assert placed_of(table).empty


def test_what_is_not_there_is_not_tried():
    own = {block.name: np.ones(block.channels) for block in BLOCKS}
    bare = cells_of(BLOCKS, Given(own), LIGHT)
    assert [(cell.gates, cell.where) for cell in bare] == [
        ("adaptive", "all"),
        ("held", "all"),
        *(("held", f"stage {stage}") for stage in (2, 3, 4, 5)),
    ]
    whole = cells_of(BLOCKS, Given(own, own, own, own), LIGHT)
    assert len(whole) == 4 + 4 * 3
    assert [cell.gates for cell in whole[4:7]] == ["held", "same-class", "other-class"]


def test_a_network_that_says_no_classes_moves_its_gates_all_the_same(probe, clean, monkeypatch):
    from dataclasses import replace

    scores = replace(probe.network.output, kind="scores")
    monkeypatch.setattr(probe, "network", replace(probe.network, output=scores))
    found = in_light(probe, PICTURE, given(clean), LIGHT)
    assert (len(found.cells), found.outputs.shape) == (0, (0, 3))
    assert answer_table(found, clean.outputs[0], scores).empty
    assert np.abs(found.reading.gates["SE_1"] - clean.gates["SE_1"]).max() > 0
