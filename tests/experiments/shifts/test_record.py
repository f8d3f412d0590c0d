"""What was measured comes back from its file, and its tables are right by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from se_viz.experiments.shifts.plans import Cell
from se_viz.experiments.shifts.record import ShiftRecord, load
from se_viz.experiments.shifts.tables import (
    cell_of,
    mean_interval,
    reliability,
    shift_table,
    wilson,
)
from se_viz.pictures.shifts import CLEAN, Light
from se_viz.probe.gates.blocks import Block

PALE = Light("contrast", 0.4)
TRUTH = np.array([0, 0, 1, 1])
RECORD = ShiftRecord(
    cells=(
        *(Cell(CLEAN), Cell(CLEAN, "frozen"), Cell(PALE), Cell(PALE, "frozen")),
        *(Cell(PALE, "other-class"), Cell(PALE, "held"), Cell(PALE, "held", "stage 2")),
    ),
    blocks=(Block("SE_2_1", 2, 1, 4, 2.0),),
    classes=("a", "b"),
    truth=TRUTH,
    others=np.array([1, 1, 0, -1]),
    guesses=np.array(
        [
            [0, 0, 1, 1],
            [0, 0, 1, 0],
            [0, 0, 1, 0],
            [1, 1, 0, 0],
            [1, 0, 0, -2],
            [0, 0, 1, 1],
            [0, 1, 1, 1],
        ]
    ),
    confidence=np.full((7, 4), 0.75, np.float32),
    moves=pd.DataFrame({"kind": ["contrast"], "strength": [0.4], "block": ["SE_2_1"], "move": 0.1}),
    spreads=pd.DataFrame({"block": ["SE_2_1"], "spread": [0.2]}),
    record={"pictures": 4},
)


def test_a_file_gives_back_the_record(tmp_path):
    RECORD.save(tmp_path / "shifts.npz")
    back = load(tmp_path / "shifts.npz")
    for name in ("cells", "blocks", "classes", "record"):
        assert getattr(back, name) == getattr(RECORD, name)
    for name in ("truth", "others", "guesses", "confidence"):
        np.testing.assert_array_equal(getattr(back, name), getattr(RECORD, name))
    pd.testing.assert_frame_equal(back.moves, RECORD.moves)
    pd.testing.assert_frame_equal(back.spreads, RECORD.spreads)


def test_a_record_without_moves_comes_back_too(tmp_path):
    ShiftRecord(**vars(RECORD) | {"moves": pd.DataFrame()}).save(tmp_path / "shifts.npz")
    assert load(tmp_path / "shifts.npz").moves.empty


def test_frozen_gates_by_hand():
    row = cell_of(shift_table(RECORD), PALE, "frozen")
    assert (row["pictures"], row["right"], row["accuracy"]) == (4, 0, 0)
    change = np.array([-1, -1, -1, 0])
    beyond = change - np.array([0, 0, 0, -1])
    for name, values in (("change", change), ("beyond", beyond)):
        mean, half = values.mean(), 1.959964 * values.std(ddof=1) / 2
        assert row[name] == pytest.approx(mean)
        assert row[f"{name}_low"] == pytest.approx(mean - half)
        assert row[f"{name}_high"] == pytest.approx(mean + half)


def test_another_classs_gates_count_only_where_they_were_tried():
    row = cell_of(shift_table(RECORD), PALE, "other-class")
    assert (row["pictures"], row["right"]) == (3, 1)
    assert row["taken"] == pytest.approx(2 / 3)


def test_held_gates_of_clean_pictures_are_those_that_adapt():
    row = cell_of(shift_table(RECORD), PALE, "held")
    assert row["beyond"] == row["change"] == pytest.approx(0.25)


def test_what_has_no_clean_counterpart_has_no_more_than_its_change():
    row = cell_of(shift_table(RECORD), PALE, "held", "stage 2")
    assert row["change"] == pytest.approx(0)
    assert row["beyond"] == pytest.approx(0)  # held on clean pictures is what adapts there
    assert np.isnan(cell_of(shift_table(RECORD), PALE, "other-class")["beyond"])
    assert cell_of(shift_table(RECORD), Light("blur", 2.0)) is None


def test_intervals_are_the_textbooks():
    share, low, high = wilson(np.array([True] * 9 + [False]))
    assert (share, round(low, 4), round(high, 4)) == (0.9, 0.5958, 0.9821)
    assert np.isnan(wilson(np.zeros(0, bool))).all()
    assert np.isnan(mean_interval(np.ones(1))).all()


def test_reliability_is_asked_of_every_source_in_a_light():
    table = reliability(RECORD, PALE)
    assert table["gates"].drop_duplicates().tolist() == [
        "adaptive",
        "held",
        "frozen",
        "other-class",
    ]
    adaptive = table[table["gates"] == "adaptive"]
    assert adaptive["pictures"].sum() == 4
    assert adaptive["error"].iloc[0] == pytest.approx(0)  # 3 of 4 right, and as sure of it


def test_kinds_and_lights_in_the_order_of_the_record():
    assert RECORD.kinds == []
    assert RECORD.lights("contrast") == [CLEAN, PALE]
