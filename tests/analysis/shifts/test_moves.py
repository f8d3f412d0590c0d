"""How far gates move: by hand on two channels, and what all pictures have in common."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.analysis.shifts.moves import Moves
from se_viz.probe.gates.blocks import Block

BLOCK = Block("SE_2_1", 2, 1, 2, 1)
RNG = np.random.default_rng(0)


def table(gates, squeezes, gates_now, z_now, spread=0.1, parts=1):
    moves = Moves((BLOCK,))
    for rows in np.array_split(np.arange(len(gates)), parts):
        arrays = ({"SE_2_1": each[rows]} for each in (gates, squeezes, gates_now, z_now))
        moves.add(rows, *arrays)
    return moves.table({"SE_2_1": spread}).iloc[0]


def test_by_hand():
    s, z = np.array([[0.5, 0.5], [0.5, 0.5]]), np.array([[3.0, 4.0], [3.0, 4.0]])
    now = np.array([[0.6, 0.5], [0.8, 0.5]])
    row = table(s, z, now, np.array([[6.0, 8.0], [3.0, 4.0]]))
    assert row["pictures"] == 2
    assert row["move"] == pytest.approx(np.sqrt((0.01 + 0.09) / 4))
    assert row["spreads"] == pytest.approx(row["move"] / 0.1)
    assert row["common"] == pytest.approx(0.2**2 / ((0.01 + 0.09) / 2))
    assert row["u_change"] == pytest.approx((1 + 0) / 2)
    assert row["x_fixed"] == pytest.approx((1 + 0) / 2)
    first = np.hypot(0.6 * 6 - 1.5, 0.5 * 8 - 2) / 2.5
    second = np.hypot(0.8 * 3 - 1.5, 0) / 2.5
    assert row["x_change"] == pytest.approx((first + second) / 2)
    assert row["steadied"] == pytest.approx(row["x_fixed"] - row["x_change"])


def test_one_move_for_all_is_common_and_moves_of_ones_own_are_not():
    s, z = RNG.random((200, 2)), RNG.random((200, 2)) + 1
    together = table(s, z, s + np.array([0.1, -0.2]), z)
    assert together["common"] == pytest.approx(1)
    apart = table(s, z, s + RNG.normal(0, 0.1, s.shape), z)
    assert apart["common"] < 0.05
    assert apart["common_low"] < apart["common"] < apart["common_high"]


def test_gates_that_stay_have_no_share_in_common():
    s, z = RNG.random((10, 2)), RNG.random((10, 2))
    row = table(s, z, s, z)
    assert (row["move"], row["u_change"], row["steadied"]) == (0, 0, 0)
    assert np.isnan(row["common"])


def test_gates_that_undo_the_change_steady_the_signal():
    s, z = RNG.uniform(0.2, 0.4, (60, 2)), RNG.random((60, 2)) + 1
    row = table(s, z, s / 0.5, 0.5 * z)
    assert row["x_change"] == pytest.approx(0)
    assert row["x_fixed"] == row["u_change"] == row["steadied"] == pytest.approx(0.5)


def test_pictures_may_come_by_a_few_at_a_time():
    s, z, now = RNG.random((50, 2)), RNG.random((50, 2)), RNG.random((50, 2))
    whole, pieces = (table(s, z, now, z + 1, parts=parts) for parts in (1, 7))
    assert whole.drop("block").astype(float).to_dict() == pytest.approx(
        pieces.drop("block").astype(float).to_dict()
    )
