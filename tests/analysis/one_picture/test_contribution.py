"""What each channel carries, worked out by hand on a picture of 2 x 2 positions."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from se_viz.analysis.one_picture.contribution import (
    HIGH,
    carried,
    carriers,
    contribution_table,
    cumulative_table,
    notable,
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
        "Counted in squares, as power is, half of the block's output is carried by **1** of 2 "
        "channels before scaling, by **1** after. Channel **1** carries most before scaling: "
        "90.00%. Its gate of 0.500 leaves 0.500² = 0.250 of its squares; all gates together leave "
        "0.325 of all squares; so it carries 0.250 / 0.325 of that share after scaling, "
        "**69.23%**."
    )


def test_shut_gates_leave_nothing():
    table = contribution_table(U, 0 * U, 0 * S)
    assert carried(table).endswith("90.00%. After scaling nothing is left.")


SAID = re.compile(
    r"Channel \*\*(\d+)\*\* carries most before scaling: ([\d.]+)%. Its gate of ([\d.]+) leaves "
    r"[\d.]+² = ([\d.]+) .* leave ([\d.]+) of all .* \*\*([\d.]+)%\*\*"
)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 40))
def test_the_numbers_of_the_sentences_make_one_another(seed, channels):
    rng = np.random.default_rng(seed)
    u = rng.normal(size=(3, 3, channels)) * rng.uniform(0, 2, channels)
    s = rng.uniform(0.3, 1, channels)
    table = contribution_table(u, u * s, s)
    channel, before, gate, left, whole, after = map(float, SAID.search(carried(table)).groups())
    assert table["before"][channel] == table["before"].max()
    assert left == pytest.approx(gate**2, abs=2e-3)
    assert after == pytest.approx(before * left / whole, rel=0.02)


DEAD = np.concatenate([U, 0 * U[..., :1]], axis=2)


def test_a_high_gate_on_a_dead_channel_is_pointed_at():
    s = np.array([0.5, 0.5, 0.97], np.float32)
    told = carried(contribution_table(DEAD, DEAD * s, s))
    assert "Channel **2** has a gate of **0.97** and is 0 everywhere, where an even share" in told


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([0.0, 1e-6, 1e-3, 0.5, 3.0]), min_size=1, max_size=9),
    st.lists(st.floats(0, 1), min_size=9, max_size=9),
)
def test_the_channel_that_is_pointed_at_has_a_high_gate_and_is_dead(sizes, gates):
    u, s = np.ones((2, 2, len(sizes))) * sizes, np.array(gates[: len(sizes)])
    table = contribution_table(u, u * s, s)
    if not any(sizes):
        return
    strongest, idle = notable(table)
    assert strongest["before"] == table["before"].max()
    fits = (table["gate"] >= HIGH) & (table["before"] < 1e-3 / len(table))
    assert (idle is None) == (not fits.any())
    if idle is not None:
        assert fits[idle["channel"]]
        assert idle["gate"] == table["gate"][fits].max()


def test_large_maps_do_not_overflow():
    huge = np.full((2, 2, 2), 1e30, np.float32)
    np.testing.assert_allclose(contribution_table(huge, huge, S)["before"], [0.5, 0.5])
