"""What each channel carries, worked out by hand on a picture of 2 x 2 positions."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.analysis.contribution import (
    carried,
    carriers,
    contribution_table,
    cumulative_table,
)

U = np.array([[[1, 3], [1, -3]], [[-1, 3], [-1, 3]]], np.float32)
"""Squares of channel 0 add up to 4, of channel 1 to 36."""
S = np.array([1.0, 0.5], np.float32)
X = U * S
"""Squares of channel 1 now add up to 9."""


def test_shares_of_two_channels_by_hand():
    table = contribution_table(U, X, S)
    assert list(table.columns) == ["channel", "gate", "before", "after", "change"]
    assert table["channel"].tolist() == [0, 1]
    np.testing.assert_allclose(table["before"], [0.1, 0.9])
    np.testing.assert_allclose(table["after"], [4 / 13, 9 / 13])
    np.testing.assert_allclose(table["change"], [0, 1.5])
    np.testing.assert_array_equal(table["gate"], S)


def test_a_block_that_gives_nothing_has_no_shares():
    table = contribution_table(0 * U, 0 * X, S)
    assert table[["before", "after", "change"]].to_numpy().tolist() == [[0, 0, 0]] * 2
    assert carried(table).startswith("Nothing comes out of this block")
    assert carriers(table["before"].to_numpy()) == 0
    assert cumulative_table(table)["after"].tolist() == [0, 0]


@pytest.mark.parametrize(
    ("part", "count"), [(0.4, 1), (0.5, 1), (0.51, 2), (0.8, 2), (0.9, 3), (1.0, 4)]
)
def test_the_fewest_channels_that_carry_a_part(part, count):
    assert carriers(np.array([0.1, 0.5, 0.1, 0.3]), part) == count


def test_shares_that_are_rounded_still_add_up_to_all():
    assert carriers(np.full(3, 1 / 3), 1.0) == 3
    assert carriers(np.full(7, 0.9999 / 7), 1.0) == 7


def test_sums_of_the_strongest_before_and_after_by_themselves():
    table = cumulative_table(contribution_table(U, X, S))
    assert table["channels"].tolist() == [1, 2]
    np.testing.assert_allclose(table["before"], [0.9, 1])
    np.testing.assert_allclose(table["after"], [9 / 13, 1])


def test_the_sentences_by_hand():
    assert carried(contribution_table(U, X, S)) == (
        "Half of the block's output is carried by **1** of 2 channels before scaling, by **1** "
        "after. Channel **1** carries most: 90.00 % before; its gate of 0.50 makes that "
        "**69.23 %**."
    )


def test_a_wide_gate_on_a_dead_channel_is_pointed_at():
    dead = np.concatenate([U, 0 * U[..., :1]], axis=2)
    s = np.array([0.5, 0.5, 0.97], np.float32)
    told = carried(contribution_table(dead, dead * s, s))
    assert "Channel **2** has one of the widest gates, **0.97**, and carries **0.00 %**" in told


def test_large_maps_do_not_overflow():
    huge = np.full((2, 2, 2), 1e30, np.float32)
    np.testing.assert_allclose(contribution_table(huge, huge, S)["before"], [0.5, 0.5])
