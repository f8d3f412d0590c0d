"""Reliability and calibration error, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.analysis.shifts.calibration import calibration_error, reliability_table


def test_by_hand():
    sure = np.array([0.30, 0.32, 0.95, 0.99])
    table = reliability_table(sure, np.array([False, True, True, True]))
    assert len(table) == 15
    filled = table[table["pictures"] > 0].reset_index()
    assert filled["pictures"].tolist() == [2, 2]
    assert filled["confidence"].tolist() == pytest.approx([0.31, 0.97])
    assert filled["accuracy"].tolist() == [0.5, 1.0]
    assert filled["low"].tolist() == pytest.approx([4 / 15, 14 / 15])
    assert calibration_error(table) == pytest.approx((0.19 + 0.03) / 2)


def test_ends_belong_to_the_bin_below():
    table = reliability_table(np.array([0.0, 1 / 15, 1.0]), np.ones(3, bool))
    assert table["pictures"].tolist() == [2, *[0] * 13, 1]


def test_a_network_that_is_as_often_right_as_it_says_has_no_error():
    sure = np.repeat(0.75, 400)
    right = np.arange(400) % 4 != 0
    assert calibration_error(reliability_table(sure, right)) == pytest.approx(0)
    assert calibration_error(reliability_table(sure, ~right)) == pytest.approx(0.5)


def test_no_picture_has_no_error():
    nothing = reliability_table(np.zeros(0), np.zeros(0, bool))
    assert np.isnan(calibration_error(nothing))
