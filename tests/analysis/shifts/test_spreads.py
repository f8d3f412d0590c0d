"""The spread of clean gates and the class's share of it."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.analysis.profiles.variance import variance_table
from se_viz.analysis.shifts.spreads import spread_table
from se_viz.probe.gates.blocks import Block
from tests.analysis.hand import group_of

BLOCK = Block("SE_2_1", 2, 1, 3, 1)
RNG = np.random.default_rng(0)


def row(gates, classes):
    return spread_table([BLOCK], {"SE_2_1": gates}, np.asarray(classes)).iloc[0]


def test_by_hand():
    found = row(np.array([[0.1] * 3, [0.3] * 3, [0.5] * 3, [0.7] * 3]), [0, 0, 1, 1])
    assert found["spread"] == pytest.approx(np.sqrt(0.05))
    assert found["class_share"] == pytest.approx(0.04 / 0.05)


def test_gates_that_the_class_decides_and_gates_that_it_does_not():
    classes = np.arange(100) % 4
    led = row(np.eye(4)[classes][:, :3], classes)
    assert led["class_share"] == pytest.approx(1)
    free = row(RNG.random((100, 3)), classes)
    assert free["class_share"] < 0.1
    assert free["class_share"] == pytest.approx(free["chance"], abs=0.05)
    assert free["class_low"] < free["class_share"] < free["class_high"]


def test_one_class_tells_nothing():
    assert np.isnan(row(RNG.random((5, 3)), [2] * 5)["class_share"])


def test_it_agrees_with_the_variance_of_profiles():
    gates, classes = RNG.random((60, 3)) + np.arange(60)[:, None] % 3 / 5, np.arange(60) % 3
    by_class = {str(kind): gates[classes == kind].tolist() for kind in range(3)}
    shares = variance_table([group_of(SE_2_1=by_class)]).iloc[0]
    found = row(gates, classes)
    adaptive = shares["class"] + shares["picture"]
    assert found["class_share"] == pytest.approx(shares["class"] / adaptive, rel=1e-5)
    assert found["chance"] == pytest.approx(shares["chance"] / adaptive, rel=1e-5)
