"""How far one picture's gates move."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.analysis.shifts.one_move import move_table, spreads_of
from tests.analysis.hand import block_of, profile_of

BLOCKS = (block_of("SE_2_1", 2), block_of("SE_5_1", 2))
CLEAN = {"SE_2_1": np.array([0.5, 0.5]), "SE_5_1": np.array([0.1, 0.9])}
NOW = {"SE_2_1": np.array([0.8, 0.1]), "SE_5_1": np.array([0.1, 0.9])}


def test_the_move_is_the_root_of_the_mean_square():
    table = move_table(BLOCKS, CLEAN, NOW, {"SE_2_1": 0.1, "SE_5_1": 0.2})
    assert table[["block", "stage", "depth"]].values.tolist() == [
        ["SE_2_1", 2, 1],
        ["SE_5_1", 5, 2],
    ]
    np.testing.assert_allclose(table["move"], [np.sqrt((0.09 + 0.16) / 2), 0])
    np.testing.assert_allclose(table["spreads"], [10 * np.sqrt(0.125), 0])


def test_in_spreads_only_where_gates_spread():
    assert move_table(BLOCKS, CLEAN, NOW)["spreads"].isna().all()
    still = move_table(BLOCKS, CLEAN, NOW, {"SE_2_1": 0.0, "SE_5_1": 0.2})["spreads"]
    assert still.isna().tolist() == [True, False]


def test_the_spread_over_pictures_by_hand():
    profile = profile_of(SE_2_1={"a": [[0.0, 0.5], [0.2, 0.5]], "b": [[0.6, 0.5]]})
    # Channel 0: within a 0.01, within b 0, between 0.0625; channel 1 stays.
    assert spreads_of(profile)["SE_2_1"] == pytest.approx(np.sqrt((0.005 + 0.0625) / 2))
