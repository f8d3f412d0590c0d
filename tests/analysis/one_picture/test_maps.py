"""Feature maps made small enough to be drawn."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.analysis.one_picture.maps import SIDE, maps_of, shrink

U = np.arange(8, dtype=np.float32).reshape(2, 2, 2)
S = np.array([0.5, 1.0], np.float32)
Z = U.mean((0, 1))


def test_the_maps_of_the_channels_asked_for():
    found = maps_of(U, U * S, Z, S, np.array([1, 0]))
    assert found.u.tolist() == [[[1, 3], [5, 7]], [[0, 2], [4, 6]]]
    assert found.x.tolist() == [[[1, 3], [5, 7]], [[0, 1], [2, 3]]]
    assert (found.z.tolist(), found.s.tolist()) == ([4, 3], [1, 0.5])
    assert not found.averaged


def test_squares_are_averaged_by_hand():
    three = np.arange(9, dtype=np.float32).reshape(3, 3, 1)
    assert shrink(three, 2).tolist() == [[[2, 3.5], [6.5, 8]]]


@pytest.mark.parametrize("side", [1, 7, 56, 57, 112, 300])
def test_no_side_is_longer_than_56_and_means_stay(side):
    given = np.random.default_rng(0).normal(size=(side, side, 3)).astype(np.float32)
    small = shrink(given)
    assert small.shape[0] == 3
    assert small.shape[1] == small.shape[2] <= SIDE
    if side <= SIDE:
        np.testing.assert_array_equal(small, np.moveaxis(given, 2, 0))
    if side % small.shape[1] == 0:
        np.testing.assert_allclose(small.mean((1, 2)), given.mean((0, 1)), atol=1e-6)
    assert maps_of(given, given, Z, S, np.array([0, 1])).averaged == (side > SIDE)


def test_colours_end_where_nearly_all_values_lie_and_never_at_0():
    u = np.ones((20, 20, 1), np.float32)
    u[0, 0] = 100
    one = np.zeros(1), np.ones(1), np.array([0])
    assert maps_of(u, u, *one).limit == 1
    assert maps_of(0 * u, 0 * u, *one).limit == 1
    spark = np.where(u > 1, u, 0)
    assert maps_of(spark, spark, *one).limit == 100
    nothing = maps_of(u, u, np.zeros(1), np.ones(1), np.array([], int))
    assert nothing.limit == 1
    assert len(nothing.table()) == 0


def test_the_table_has_a_row_for_each_position():
    table = maps_of(U, U * S, Z, S, np.array([0, 1])).table()
    assert list(table.columns) == ["channel", "row", "column", "u", "x"]
    assert table.iloc[5].tolist() == [1, 0, 1, 3, 3]
    assert len(table) == 8
