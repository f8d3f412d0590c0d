"""Edits of gates: small ones by hand, and what holds for all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from se_viz.probe.edit import Edit, fixed, scaled, shuffled, slices, stack, untouched
from se_viz.probe.gates.blocks import Block

A, B = Block("A", 0, 1, 2, 2.0), Block("B", 0, 2, 3, 3.0)
BLOCKS = (A, B)
S = np.array([[0.1, 0.2, 0.3, 0.4, 0.5]], np.float32)


def applied(edit: Edit, s: np.ndarray = S) -> np.ndarray:
    """s' = keep * s[take] + add, gate by gate, in plain loops."""
    rows = max(len(edit), len(s))
    out = np.zeros((rows, s.shape[1]), np.float32)
    for row in range(rows):
        e, g = row % len(edit), row % len(s)
        for part in slices(BLOCKS).values():
            for column in range(part.start, part.stop):
                taken = s[g, part.start + edit.take[e, column]]
                out[row, column] = edit.keep[e, column] * taken + edit.add[e, column]
    return out


def test_blocks_stand_one_after_another():
    assert slices(BLOCKS) == {"A": slice(0, 2), "B": slice(2, 5)}
    assert slices(()) == {}


def test_untouched_by_hand():
    edit = untouched(BLOCKS)
    assert edit.keep.tolist() == [[1] * 5]
    assert edit.add.tolist() == [[0] * 5]
    assert edit.take.tolist() == [[0, 1, 0, 1, 2]]
    assert [a.dtype for a in (edit.keep, edit.add, edit.take)] == ["float32", "float32", "int32"]
    assert untouched(()).keep.shape == (1, 0)


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (fixed(BLOCKS, {"B": [0, 2]}, 1.0), [[0.1, 0.2, 1, 0.4, 1]]),
        (fixed(BLOCKS, {"A": [1]}, {"A": np.array([7.0, 8.0])}), [[0.1, 8, 0.3, 0.4, 0.5]]),
        (
            fixed(BLOCKS, {"A": [0], "B": [1]}, {"A": np.array([9, 0]), "B": np.eye(3)[:2]}),
            [[9, 0.2, 0.3, 0, 0.5], [9, 0.2, 0.3, 1, 0.5]],
        ),
        (scaled(BLOCKS, {"A": [0, 1]}, 2.0), [[0.2, 0.4, 0.3, 0.4, 0.5]]),
        (scaled(BLOCKS, {"B": []}, 2.0), S),
        (fixed(BLOCKS, {}, 0.0), S),
    ],
)
def test_edits_by_hand(edit, expected):
    np.testing.assert_allclose(applied(edit), np.float32(expected), rtol=1e-6)


def test_shuffled_by_hand():
    swapped = next(
        edit
        for edit in (shuffled(BLOCKS, {"A": [0, 1]}, seed) for seed in range(20))
        if edit.take[0, 0] == 1
    )
    np.testing.assert_array_equal(applied(swapped), np.float32([[0.2, 0.1, 0.3, 0.4, 0.5]]))


def places():
    """Some channels of some of the blocks, in any order and perhaps named twice."""
    return st.fixed_dictionaries(
        {},
        optional={
            block.name: st.lists(st.integers(0, block.channels - 1), max_size=5) for block in BLOCKS
        },
    )


def chosen(wanted) -> np.ndarray:
    mask = np.zeros(5, bool)
    for name, channels in wanted.items():
        mask[slices(BLOCKS)[name].start + np.array(channels, int)] = True
    return mask


EDITS = st.one_of(
    places().map(lambda where: fixed(BLOCKS, where, 0.25)),
    places().map(lambda where: scaled(BLOCKS, where, 3.0)),
    st.tuples(places(), st.integers(0, 99)).map(lambda a: shuffled(BLOCKS, *a)),
)


@settings(deadline=None)
@given(places(), st.floats(0, 1, width=32), st.integers(0, 99))
def test_only_what_was_chosen_changes(wanted, value, seed):
    mask = chosen(wanted)
    for edit in (
        fixed(BLOCKS, wanted, value),
        scaled(BLOCKS, wanted, value),
        shuffled(BLOCKS, wanted, seed),
    ):
        np.testing.assert_array_equal(applied(edit)[:, ~mask], S[:, ~mask])
    assert (applied(fixed(BLOCKS, wanted, value))[:, mask] == np.float32(value)).all()
    for part in slices(BLOCKS).values():
        dealt = applied(shuffled(BLOCKS, wanted, seed))[0, part]
        np.testing.assert_array_equal(np.sort(dealt), S[0, part])


@settings(deadline=None)
@given(st.lists(EDITS, min_size=1, max_size=5))
def test_rows_of_a_stack_are_the_edits(edits):
    whole = stack(edits)
    assert len(whole) == len(edits)
    np.testing.assert_array_equal(applied(whole), np.concatenate([applied(e) for e in edits]))
    for row, edit in enumerate(edits):
        np.testing.assert_array_equal(
            applied(edit if len(edits) == 1 else whole.rows(slice(row, row + 1))), applied(edit)
        )
        assert edit.rows(slice(row, row + 3)) is edit


@settings(deadline=None)
@given(st.integers(1, 4), st.data())
def test_gates_fed_back_are_those_gates(rows, data):
    numbers = st.lists(st.floats(0, 1, width=32), min_size=5 * rows, max_size=5 * rows)
    gates = np.array(data.draw(numbers), np.float32).reshape(rows, 5)
    values = {name: gates[:, part] for name, part in slices(BLOCKS).items()}
    edit = fixed(BLOCKS, {block.name: range(block.channels) for block in BLOCKS}, values)
    np.testing.assert_array_equal(applied(edit), gates)


MAKERS = {
    "fixed": lambda wanted: fixed(BLOCKS, wanted, 1.0),
    "scaled": lambda wanted: scaled(BLOCKS, wanted, 2.0),
    "shuffled": lambda wanted: shuffled(BLOCKS, wanted),
}


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"C": [0]}, "There is no block C"),
        ({"A": [2]}, "A has channels 0 to 1"),
        ({"B": [-1]}, "B has channels 0 to 2"),
        ({"B": [0.5]}, "whole numbers"),
        ({"B": np.array([True, False, True])}, "whole numbers"),
    ],
)
def test_places_that_are_not_there_are_named(make, wanted, said):
    with pytest.raises(ValueError, match=said):
        make(wanted)


@pytest.mark.parametrize(
    "values",
    [
        {"A": np.zeros(3), "B": np.zeros(3)},
        {"A": np.zeros((2, 2)), "B": np.zeros((3, 3))},
        {"A": np.zeros((1, 1)), "B": np.zeros(3)},
        {"A": np.zeros((1, 1, 2)), "B": np.zeros(3)},
        {"B": np.zeros(3)},
    ],
)
def test_values_of_wrong_sizes_are_refused(values):
    with pytest.raises(ValueError, match=r"[AB] takes values \(1 or \d, \d\)"):
        fixed(BLOCKS, {"A": [0], "B": [0]}, values)


def test_arrays_of_different_shapes_are_no_edit():
    one, own = np.ones((1, 5), np.float32), np.zeros((1, 5), np.int32)
    for wrong in (one[:, :4], one[0], np.ones((2, 5))):
        with pytest.raises(ValueError, match="one shape"):
            Edit(one, wrong, own)


def test_only_edits_of_one_network_are_stacked():
    with pytest.raises(ValueError, match="at least one"):
        stack([])
    with pytest.raises(ValueError, match="of one network"):
        stack([untouched(BLOCKS), untouched((A,))])
