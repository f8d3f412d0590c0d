"""Omega squared by depth, with and without intervals; entropy by depth."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.analysis.profiles.depth import omega_table, saturation_table
from se_viz.analysis.profiles.groups import ALL, Group
from se_viz.analysis.profiles.resampling import omega_intervals
from se_viz.figures.profiles.depth import entropy_by_depth
from se_viz.figures.statistics.omega import NULL, SPREAD, omega_by_depth
from se_viz.profiles import of_reading
from tests.figures.look import COLOURS, NAMES, SMALL, group, is_note, named
from tests.make import ORIGIN, make_reading

READING = make_reading(tuple("aaaabbbb"), SMALL)
GROUP = Group("mine", of_reading(READING, SMALL, ORIGIN))
TABLE, FOUND = omega_table([GROUP]), omega_intervals(READING, 40)


def test_medians_stand_on_bars_of_half_and_nine_in_ten_channels():
    figure = omega_by_depth(TABLE)
    (dots,) = named(figure, "median, mine")
    np.testing.assert_allclose(dots.y, TABLE["median"], atol=6e-5)
    assert [row[0] for row in dots.customdata] == list(NAMES)
    thin, thick = named(figure, SPREAD)
    np.testing.assert_allclose(thin.y[0::3], TABLE["q05"], atol=6e-5)
    np.testing.assert_allclose(thick.y[1::3], TABLE["q75"], atol=6e-5)
    assert thin.line.width < thick.line.width
    assert [bar.showlegend for bar in (thin, thick)] == [False, True]
    assert not named(figure, NULL)


def test_intervals_and_shuffles_are_drawn_where_they_are_known():
    figure = omega_by_depth(TABLE, {"mine": FOUND})
    (dots,), (null,) = named(figure, "median, mine"), named(figure, NULL)
    np.testing.assert_allclose(dots.error_y.array, FOUND["high"] - FOUND["median"], atol=2e-4)
    np.testing.assert_allclose(dots.error_y.arrayminus, FOUND["median"] - FOUND["low"], atol=2e-4)
    np.testing.assert_allclose(null.y[::3], FOUND["null_high"], atol=6e-5)
    assert dots.customdata[0][-1] == pytest.approx(FOUND["p"].iloc[0], abs=6e-5)


def test_what_is_below_nothing_is_shown_below_nothing():
    low, high = omega_by_depth(TABLE, {"mine": FOUND}).layout.yaxis.range
    assert low < min(TABLE["q05"].min(), FOUND["low"].min()) < 0
    assert high == 1


def test_two_groups_stand_side_by_side():
    figure = omega_by_depth(omega_table([GROUP, group("reference")]))
    (a,), (b,) = named(figure, "median, mine"), named(figure, "median, reference")
    assert (np.asarray(a.x) < np.asarray(b.x)).all()
    assert a.marker.symbol != b.marker.symbol
    assert a.marker.line.color != b.marker.line.color


def test_shuffles_of_two_groups_are_named_once():
    other = Group("reference", GROUP.profile)
    found = {"reference": FOUND, "mine": FOUND}
    nulls = named(omega_by_depth(omega_table([GROUP, other]), found), NULL)
    assert [null.showlegend for null in nulls] == [True, False]


def test_too_few_pictures_are_a_note():
    assert is_note(omega_by_depth(omega_table([]), {"mine": FOUND[:0]}))


def test_entropy_has_a_line_per_class_on_one_scale():
    table = saturation_table([group()])
    figure = entropy_by_depth(table, COLOURS)
    (line,) = named(figure, "tench")
    np.testing.assert_allclose(line.y, table[table["class"] == "tench"]["entropy"], atol=6e-5)
    assert "bits" in line.hovertemplate
    assert named(figure, ALL)[0].line.width > line.line.width
    assert figure.layout.yaxis.range == pytest.approx((0, 6.6439), abs=1e-4)
    assert is_note(entropy_by_depth(saturation_table([]), COLOURS))
