"""What many pictures say beside one, at the nearest strength that was measured."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from se_viz.experiments.shifts.nearest import beside, common_moves, with_beside
from se_viz.experiments.shifts.plans import Cell
from se_viz.experiments.shifts.record import ShiftRecord
from se_viz.pictures.shifts import CLEAN, Light

HALF, TENTH = Light("contrast", 0.4), Light("contrast", 0.1)
CELLS = (
    Cell(CLEAN),
    Cell(HALF),
    Cell(TENTH),
    Cell(HALF, "other-class"),
    Cell(HALF, "held", "stage 2"),
)
TRUTH = np.array([0, 0, 1, 1])
GUESSES = np.array([[0, 0, 1, 1], [0, 0, 1, 0], [0, 1, 0, 0], [1, 1, -2, 0], [0, 1, 1, 1]])
MOVES = pd.DataFrame(
    {
        "kind": ["contrast"] * 4,
        "strength": [0.4, 0.4, 0.1, 0.1],
        "block": ["SE_2_1", "SE_2_2"] * 2,
        "common": [0.8, 0.7, 0.6, 0.5],
        "common_low": 0.1,
        "common_high": 0.9,
        "pictures": 4,
    }
)
RECORD = ShiftRecord(
    CELLS, (), ("a", "b"), TRUTH, 1 - TRUTH, GUESSES, np.ones((5, 4)), MOVES, pd.DataFrame()
)


@pytest.mark.parametrize(
    ("strength", "measured", "accuracy"),
    [(0.9, 1.0, 1.0), (0.6, 0.4, 0.75), (0.4, 0.4, 0.75), (0.2, 0.1, 0.25), (0.0, 0.1, 0.25)],
)
def test_the_nearest_strength_counts_and_clean_pictures_only_for_what_is_nearly_clean(
    strength, measured, accuracy
):
    found = beside(RECORD, Cell(Light("contrast", strength)))
    assert (found.measured, found.accuracy, found.pictures) == (measured, accuracy, 4)
    assert found.low < accuracy <= found.high or accuracy == 1.0


def test_pictures_as_they_are_are_held_against_pictures_as_they_are():
    found = beside(RECORD, Cell(CLEAN))
    assert (found.accuracy, found.pictures) == (1.0, 4)


def test_gates_of_another_class_are_told_by_whose_class_is_said():
    found = beside(RECORD, Cell(Light("contrast", 0.5), "other-class"))
    assert (found.pictures, found.accuracy, found.taken) == (3, 0.0, 1.0)


def test_another_kind_source_or_place_is_another_condition():
    for cell in (
        Cell(Light("blur", 4.0)),
        Cell(HALF, "frozen"),
        Cell(HALF, "held", "stage 3"),
        Cell(HALF, "held"),
    ):
        assert beside(RECORD, cell).pictures == 0
    assert beside(RECORD, Cell(Light("blur", 0.1))).accuracy == 1.0


def test_a_table_gets_what_was_measured_and_none_where_nothing_was():
    table = pd.DataFrame([[*vars(HALF).values(), "held", "stage 2"]])
    table.columns = ["kind", "strength", "seed", "gates", "where"]
    assert with_beside(table, RECORD)["accuracy"].tolist() == [0.75]
    empty = with_beside(table, None)
    assert empty["pictures"].tolist() == [0]
    assert empty["accuracy"].isna().all()


def test_the_common_share_of_moves_is_that_of_the_nearest_strength():
    found = common_moves(RECORD, Light("contrast", 0.2))
    assert found[["block", "measured", "common"]].values.tolist() == [
        ["SE_2_1", 0.1, 0.6],
        ["SE_2_2", 0.1, 0.5],
    ]
    assert common_moves(RECORD, Light("blur", 2.0)).empty
    assert common_moves(None, HALF).empty
