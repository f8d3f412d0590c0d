"""Each way to break gates is found by its check, and by no other that does not hold."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.analysis.health import sentences
from se_viz.analysis.health.table import FINDING, UNTOLD, health_table
from se_viz.experiments.health import evidence_of, noise_of
from se_viz.probe.probe import Probe
from se_viz.probe.reading import join
from tests.analysis.health import broken


def table_of(probe: Probe, pictures: np.ndarray):
    return health_table(evidence_of(probe, [probe.read(pictures)]))


def found(probe: Probe, pictures: np.ndarray | None = None) -> set[str]:
    shown = broken.model_inputs() if pictures is None else pictures
    table = table_of(probe, shown)
    return set(table.loc[table["verdict"] == FINDING, "check"])


@pytest.mark.parametrize("name", broken.BROKEN)
def test_what_is_wrong_is_found_and_nothing_else(name):
    make, expected = broken.BROKEN[name]
    assert found(broken.probe_of(make())) == expected


@pytest.mark.parametrize("initializer", ["he_uniform", "glorot_uniform", "lecun_normal"])
def test_weights_as_they_were_drawn_are_found_whatever_drew_them(initializer):
    assert found(broken.probe_of(broken.drawn(initializer))) == {"initial-weights"}


def test_gates_that_look_at_nothing_that_noise_lacks_are_found():
    assert found(broken.brightness_alone()) == {"noise"}


def test_a_single_picture_cannot_tell_everything_and_that_is_said():
    table = table_of(broken.probe_of(broken.constant()), broken.model_inputs(1))
    untold = set(table.loc[table["verdict"] == UNTOLD, "check"])
    assert untold == {
        *("constant", "noise", "units-never-open", "units-never-shut", "initial-weights")
    }
    said = sentences.untold(table)
    assert "Whether gates follow the picture takes two pictures or more." in said
    assert len(said) == 3
    assert sentences.summary(table, sentences.these(1)) == (
        "The one block looks healthy on this one picture as far as could be told."
    )


def test_one_value_is_told_of_a_single_picture():
    assert found(broken.probe_of(broken.one_value()), broken.model_inputs(1)) == {"one-value"}


def test_pictures_may_come_a_few_at_a_time():
    probe, pictures = broken.probe_of(broken.dead()), broken.model_inputs()
    noisy = noise_of(probe)
    whole = health_table(evidence_of(probe, [probe.read(pictures)], noisy))
    parts = [probe.read(pictures[rows]) for rows in (slice(5), slice(5, 6), slice(6, None))]
    split = health_table(evidence_of(probe, parts, noisy))
    assert split["verdict"].tolist() == whole["verdict"].tolist()
    np.testing.assert_allclose(split["number"], whole["number"], rtol=1e-4, atol=1e-6)


def test_noise_is_the_same_each_time_and_told_as_it_comes():
    probe, seen = broken.probe_of(broken.sound()), []
    probe.batch = 6
    first = noise_of(probe, lambda done, whole: seen.append((done, whole)))
    assert seen == [(6, 16), (12, 16), (16, 16)]
    again = join([noise_of(probe)])
    for name, gates in first.gates.items():
        np.testing.assert_array_equal(gates, again.gates[name])
