"""Intervals by leaving out groups: a mean's is that of the textbook."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.analysis.shifts.jackknife import GROUPS, groups_of, interval


def mean(count, total):
    return total / count


def test_a_mean_of_one_picture_a_group_has_the_textbooks_interval():
    values = np.random.default_rng(0).normal(3, 2, GROUPS)
    value, low, high = interval((np.ones(GROUPS), values), mean)
    half = 1.959964 * values.std(ddof=1) / GROUPS**0.5
    assert value == pytest.approx(values.mean())
    assert (low, high) == (pytest.approx(value - half), pytest.approx(value + half))


def test_groups_without_pictures_are_left_out():
    count, total = np.zeros(GROUPS), np.zeros(GROUPS)
    count[:3], total[:3] = 1, (1, 2, 3)
    value, low, high = interval((count, total), mean)
    assert value == 2
    assert high - low == pytest.approx(2 * 1.959964 * 1 / 3**0.5)


def test_one_group_tells_no_interval():
    count = np.zeros(GROUPS)
    count[0] = 5
    value, low, high = interval((count, 2 * count), mean)
    assert value == 2
    assert np.isnan([low, high]).all()


def test_pictures_are_dealt_out_in_turn():
    assert groups_of(np.array([0, 1, 19, 20, 41])).tolist() == [0, 1, 19, 0, 1]
