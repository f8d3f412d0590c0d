"""Readings: choosing, relabelling, joining, and their file; without TensorFlow."""

from __future__ import annotations

import io
import itertools
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from se_viz.probe.gates.blocks import Block
from se_viz.probe.reading import Reading, join
from tests.make import make_reading

BLOCKS = (Block("SE_1", 0, 1, 4, 2.0), Block("SE_2", 0, 2, 6, 2.0))
READING = make_reading("abcab", BLOCKS)


def assert_same(a: Reading, b: Reading) -> None:
    one, other = a.arrays(), b.arrays()
    assert list(one) == list(other)
    for name, values in one.items():
        assert values.dtype == other[name].dtype
        np.testing.assert_array_equal(values, other[name])


def test_its_length_is_its_number_of_pictures():
    assert len(READING) == 5


def test_select_takes_rows_in_the_order_given():
    chosen = READING.select([3, 0])
    assert (chosen.names, chosen.labels) == (("3.png", "0.png"), ("a", "a"))
    np.testing.assert_array_equal(chosen.outputs, READING.outputs[[3, 0]])
    for name in ("SE_1", "SE_2"):
        np.testing.assert_array_equal(chosen.gates[name], READING.gates[name][[3, 0]])
        np.testing.assert_array_equal(chosen.squeezes[name], READING.squeezes[name][[3, 0]])


def test_selecting_nothing_keeps_the_shapes():
    nothing = READING.select([])
    assert len(nothing) == 0
    assert nothing.gates["SE_2"].shape == (0, 6)


def test_relabel_changes_labels_and_copies_nothing():
    other = READING.relabel(["x"] * 5)
    assert other.labels == ("x",) * 5
    assert other.gates is READING.gates
    assert READING.labels == tuple("abcab")


def test_every_picture_needs_a_label():
    with pytest.raises(ValueError, match="2 labels for 5 pictures"):
        READING.relabel("ab")


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 4), max_size=3))
def test_parts_joined_again_are_the_whole(cuts):
    edges = [0, *sorted(cuts), 5]
    parts = [READING.select(range(a, b)) for a, b in itertools.pairwise(edges)]
    assert_same(join(parts), READING)


def test_joining_takes_any_iterable_and_one_reading_is_itself():
    assert join(iter([READING])) is READING


def test_there_is_nothing_in_joining_nothing():
    with pytest.raises(ValueError, match="no reading"):
        join([])


def test_arrays_are_named_by_kind_and_block():
    arrays = READING.arrays()
    assert list(arrays) == [
        *("names", "labels", "guessed", "outputs", "logits"),
        *("gate/SE_1", "gate/SE_2", "squeeze/SE_1", "squeeze/SE_2"),
    ]
    assert arrays["names"].tolist() == [f"{i}.png" for i in range(5)]


def test_its_file_gives_back_the_arrays_without_pickles():
    reading = READING.relabel(["tench", "épagneul", "<b>", "", "a"])
    with np.load(io.BytesIO(reading.npz()), allow_pickle=False) as file:
        for name, values in reading.arrays().items():
            np.testing.assert_array_equal(file[name], values)
        assert len(file.files) == 9


def test_readings_need_no_tensorflow():
    code = "import sys, se_viz.probe.reading, se_viz.profiles; print('keras' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
