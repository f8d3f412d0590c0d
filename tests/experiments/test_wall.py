"""Pictures without and with an intervention, side by side."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.analysis.predictions.true_classes import truth_of
from se_viz.experiments import sweep_record
from se_viz.experiments.wall import swept_like, wall_of
from se_viz.interventions import registry
from se_viz.interventions.intervention import Intervention
from se_viz.interventions.selection import Selection
from se_viz.nets import builtin
from tests.make import single

OUTPUT = single(3)
CLASSES = OUTPUT.classes
NAMES = ["stays", "breaks", "mends", "moves", "wrong", "unknown", "unknown moved"]
TRUTH = [0, 0, 1, 2, 2, None, None]
BEFORE, AFTER = [0, 0, 2, 0, 1, 0, 0], [0, 1, 1, 1, 1, 0, 2]
SWEEP = sweep_record.load(builtin.SWEEP)


def outputs(guesses: list[int]) -> np.ndarray:
    return 5 * np.eye(3, dtype=np.float32)[guesses]


@pytest.fixture
def wall():
    labels = ["" if row is None else CLASSES[row] for row in TRUTH]
    pair = (outputs(BEFORE), outputs(AFTER))
    return wall_of(NAMES, labels, pair, truth_of(labels, CLASSES, False), OUTPUT)


def test_those_that_changed_come_first_in_their_order(wall):
    assert wall.table["picture"].tolist() == [
        *("breaks", "moves", "unknown moved", "mends"),
        *("stays", "wrong", "unknown"),
    ]
    assert wall.changed == 4


def test_each_has_its_state_and_what_it_is_taken_for(wall):
    found = wall.table.set_index("picture")
    states = found["state"].to_dict()
    assert states == {
        **{"stays": "right", "breaks": "broken", "mends": "mended", "moves": "moved"},
        **{"wrong": "wrong", "unknown": "same", "unknown moved": "moved"},
    }
    assert found.loc["breaks", ["before", "after"]].tolist() == [CLASSES[0], CLASSES[1]]
    assert [NAMES[row] for row in wall.table["row"]] == wall.table["picture"].tolist()


def test_accuracy_counts_known_classes_only_with_wilsons_interval(wall):
    assert (wall.before.right, wall.before.pictures, wall.after.right) == (2, 5, 2)
    assert wall.before.low == pytest.approx(0.1176, abs=1e-4)  # 2 of 5, Wilson by hand
    assert wall.before.high == pytest.approx(0.7693, abs=1e-4)
    rows = wall.by_class.set_index("class")
    assert rows.loc[CLASSES[0]].tolist() == [2, 2, 1]
    assert rows.loc[CLASSES[1]].tolist() == [1, 0, 1]


def test_without_any_known_class_there_is_no_accuracy():
    pair = (outputs([0, 1]), outputs([0, 2]))
    found = wall_of(["a", "b"], ["", ""], pair, truth_of(["", ""], CLASSES, False), OUTPUT)
    assert (found.before, found.after, len(found.by_class)) == (None, None, 0)
    assert found.table["state"].tolist() == ["moved", "same"]


def wanted(how: str, where: str, **values) -> Intervention:
    return Intervention(registry.made(how, values), Selection.parse(SWEEP.blocks, [where]))


@pytest.mark.parametrize(
    ("one", "like"),
    [
        (wanted("blend", "all"), ("bypass", "all")),
        (wanted("blend", "stage 5", end="mean"), ("freeze", "stage 5")),
        (wanted("constant", "SE_4_6", value=1.0), ("bypass", "SE_4_6")),
        (wanted("freeze", "SE_2_1"), ("freeze", "SE_2_1")),
    ],
)
def test_the_sweep_that_ships_has_the_same_where_it_went_there(one, like):
    row = swept_like(SWEEP, one)
    assert (row["how"], row["where"]) == like


@pytest.mark.parametrize(
    "one",
    [
        wanted("blend", "all", value=0.95),
        wanted("blend", "all", end="0"),
        wanted("bypass", "SE_4_6:0-31"),
        wanted("shuffle", "all"),
    ],
)
def test_and_nothing_where_it_did_not(one):
    assert swept_like(SWEEP, one) is None
