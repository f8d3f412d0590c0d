"""Whose clean gates a picture may be given."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from se_viz.experiments.shifts.clean_gates import clean_gates
from se_viz.experiments.shifts.gate_sources import SOURCES, source_of
from se_viz.interventions.selection import Selection
from se_viz.probe.gates.blocks import Block

BLOCK = Block("SE_2_1", 2, 1, 2, 2)
GATES = np.array([[0.1, 0.2], [0.3, 0.4], [0.5, 0.6], [0.7, 0.8], [0.9, 1.0]], np.float32)
CLASSES = np.array([0, 0, 0, 1, 1])
CLEAN = clean_gates([BLOCK], {"SE_2_1": GATES}, CLASSES)
WHERE = Selection.parse([BLOCK], ["all"])


def given_gates(key: str, rows=(0, 3)) -> np.ndarray:
    edit = source_of(key).edit(CLEAN, np.array(rows), WHERE)
    assert (edit.keep == 0).all()
    return edit.add


@given(st.lists(st.integers(0, 4), min_size=1, max_size=30), st.integers(0, 3))
def test_partners_are_others_of_the_class_that_is_meant(classes, seed):
    classes = np.array(classes)
    clean = clean_gates([BLOCK], {"SE_2_1": np.zeros((len(classes), 2))}, classes, seed)
    for row, kind in enumerate(classes):
        alone = (classes == kind).sum() == 1
        assert (clean.same[row] == -1) == alone
        assert alone or (clean.same[row] != row and classes[clean.same[row]] == kind)
        no_other = (classes == kind).all()
        assert (clean.other[row] == -1) == no_other
        assert no_other or classes[clean.other[row]] != kind
    for kind in set(classes):
        halves = clean.halves[classes == kind]
        assert abs((halves == 0).sum() - (halves == 1).sum()) <= 1


def test_other_classes_pictures_are_drawn_alike():
    classes = np.array([0] * 4 + [1] * 4 + [2] * 4)
    drawn = [
        clean_gates([BLOCK], {"SE_2_1": np.zeros((12, 2))}, classes, seed).other[5]
        for seed in range(400)
    ]
    counts = np.bincount(drawn, minlength=12)
    assert counts[4:8].sum() == 0
    assert counts[[0, 1, 2, 3, 8, 9, 10, 11]].min() > 20


def test_held_gates_are_its_own_and_open_ones_1():
    np.testing.assert_array_equal(given_gates("held"), GATES[[0, 3]])
    np.testing.assert_array_equal(given_gates("open"), [[1, 1]])


def test_frozen_gates_are_the_mean_over_the_other_half_classes_alike():
    # Halves: 0, 1, 0 of class 0 and 0, 1 of class 1.
    np.testing.assert_allclose(given_gates("frozen"), [(GATES[1] + GATES[4]) / 2] * 2)
    own = ((GATES[0] + GATES[2]) / 2 + GATES[3]) / 2
    np.testing.assert_allclose(given_gates("frozen", [1, 4]), [own] * 2, rtol=1e-6)


def test_frozen_gates_may_come_from_elsewhere():
    mean = {"SE_2_1": np.array([0.25, 0.75], np.float32)}
    clean = clean_gates([BLOCK], {"SE_2_1": GATES}, CLASSES, elsewhere=mean)
    edit = source_of("frozen").edit(clean, np.array([0, 1, 4]), WHERE)
    np.testing.assert_array_equal(edit.add, [[0.25, 0.75]] * 3)


def test_its_classs_mean_leaves_the_picture_out():
    expected = [(GATES[1] + GATES[2]) / 2, GATES[4]]
    np.testing.assert_allclose(given_gates("class-mean"), expected, rtol=1e-6)


def test_gates_of_others_are_theirs():
    np.testing.assert_array_equal(given_gates("same-class", [3, 4]), GATES[[4, 3]])
    assert given_gates("other-class", [0])[0].tolist() in GATES[3:].tolist()
    assert given_gates("other-class", [3])[0].tolist() in GATES[:3].tolist()


def test_where_there_is_no_partner_it_says_so():
    alone = clean_gates([BLOCK], {"SE_2_1": GATES[:3]}, np.array([0, 0, 1]))
    takes = {key: source.takes(alone).tolist() for key, source in SOURCES.items()}
    assert takes["same-class"] == takes["class-mean"] == [True, True, False]
    assert takes["other-class"] == takes["held"] == [True] * 3
    one = clean_gates([BLOCK], {"SE_2_1": GATES[:2]}, np.array([1, 1]))
    assert SOURCES["other-class"].takes(one).tolist() == [False, False]


def test_adapting_gates_are_untouched_and_shuffled_ones_change_places():
    edit = source_of("adaptive").edit(CLEAN, np.array([0]), WHERE)
    assert (edit.keep == 1).all()
    assert (edit.add == 0).all()
    dealt = {
        tuple(source_of("shuffled").edit(CLEAN, np.array([0]), WHERE, s).take[0]) for s in range(9)
    }
    assert dealt == {(0, 1), (1, 0)}


def test_another_source_is_refused():
    with pytest.raises(ValueError, match="There are no gates 'mine'; there is adaptive, held"):
        source_of("mine")
