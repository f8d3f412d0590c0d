"""Figures of the network itself: training, confusion, gates per block."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.analysis.depth import block_table
from se_viz.figures.network import confusion, gates_by_block, training_curve
from tests.figures.look import is_note
from tests.make import BLOCKS

HISTORY = [
    {"epoch": 1, "loss": 2.0},
    {"epoch": 2, "loss": 1.5, "top1": 0.25},
    {"epoch": 3, "loss": 1.0, "top1": None},
    {"epoch": 4, "loss": 0.5, "top1": 0.75},
]


def test_losses_and_accuracies_stand_at_the_epochs_where_they_were_measured():
    loss, top1 = training_curve(HISTORY).data
    assert (list(loss.x), list(loss.y)) == ([1, 2, 3, 4], [2.0, 1.5, 1.0, 0.5])
    assert (list(top1.x), list(top1.y)) == ([2, 4], [0.25, 0.75])
    assert (loss.xaxis, top1.xaxis) == ("x", "x2")


@pytest.mark.parametrize("columns", [1, 2])
def test_the_lowest_axes_are_named(columns):
    figure = training_curve(HISTORY, columns)
    assert figure.layout.xaxis2.title.text == "epoch"
    assert figure.layout.xaxis.title.text == ("epoch" if columns == 2 else None)
    assert figure.layout.yaxis.title.text == "loss (nats)"


def test_a_training_that_has_not_begun_has_no_points():
    assert [len(trace.x) for trace in training_curve([]).data] == [0, 0]


def test_a_confusion_matrix_shows_counts_coloured_by_share():
    (trace,) = confusion(np.array([[3, 1], [0, 0]]), ["cat", "dog"]).data
    assert np.asarray(trace.z).tolist() == [[0.75, 0.25], [0, 0]]
    assert [list(row) for row in trace.text] == [["3", "1"], ["", ""]]
    assert np.asarray(trace.customdata).tolist() == [[3, 1], [0, 0]]
    assert (trace.zmin, trace.zmax) == (0, 1)
    assert tuple(trace.x) == tuple(trace.y) == ("cat", "dog")


def test_true_classes_are_named_down_and_predicted_ones_across():
    layout = confusion(np.eye(2), ["cat", "dog"]).layout
    assert layout.yaxis.title.text == "true class"
    assert layout.xaxis.title.text == "predicted class"
    assert layout.yaxis.autorange == "reversed"


def test_classes_of_one_name_stay_rows_of_their_own():
    names = ["crane", "crane", "a long name that ends alike", "a long nameX that ends alike"]
    (trace,) = confusion(np.eye(4), names).data
    assert len(set(trace.y)) == 4
    assert trace.y[1].strip("\u200b") == "crane"


def test_gates_and_weights_are_bars_with_a_colour_for_each_stage():
    gates, weights = gates_by_block(block_table(BLOCKS)).data
    assert list(gates.x) == [block.name for block in BLOCKS]
    assert list(gates.y) == [block.channels for block in BLOCKS]
    assert list(weights.y) == [2 * block.channels**2 // 16 for block in BLOCKS]
    assert len(set(gates.marker.color)) == 4
    assert gates.marker.color[:4] == (gates.marker.color[0],) * 3 + (gates.marker.color[3],)
    assert weights.marker.color == gates.marker.color


def test_a_network_without_se_is_a_note():
    assert is_note(gates_by_block(block_table([])))
