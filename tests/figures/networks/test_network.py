"""Figures of the network itself: training, confusion, gates per block."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.analysis.profiles.depth import block_table
from se_viz.figures.networks.blocks import gates_by_block
from se_viz.figures.networks.confusion import confusion
from se_viz.figures.networks.training_curve import training_curve
from tests.figures.look import is_note, titles
from tests.make import BLOCKS, blocks_by_depth

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


def bars(figure, panel: str) -> list:
    """Bars of the blocks on the left ("x") or right ("x2"); those of bottlenecks are thinner."""
    return [t for t in figure.data if (t.xaxis or "x") == panel and t.width == 0.8]


def test_gates_and_weights_are_bars_with_a_colour_for_each_stage():
    figure = gates_by_block(block_table(BLOCKS))
    gates, weights = bars(figure, "x"), bars(figure, "x2")
    assert [len(stage.x) for stage in gates] == [len(stage.x) for stage in weights] == [3, 4, 6, 3]
    assert [c for stage in gates for c in stage.x] == [block.channels for block in BLOCKS]
    assert [w for stage in weights for w in stage.x] == [2 * b.channels**2 // 16 for b in BLOCKS]
    colours = [stage.marker.line.color for stage in gates]
    assert len(set(colours)) == 4
    assert [stage.marker.line.color for stage in weights] == colours


def test_blocks_stand_from_top_to_bottom_under_the_heading_of_their_stage():
    figure = gates_by_block(block_table(BLOCKS))
    places = [place for stage in bars(figure, "x") for place in stage.y]
    assert places == [1, 2, 3, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 17, 18, 19]
    assert list(figure.layout.yaxis.ticktext) == [block.name for block in BLOCKS]
    assert list(figure.layout.yaxis.tickvals) == places
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1]
    heads = {note.text: note.y for note in figure.layout.annotations if note.yref == "y"}
    assert heads["stage 2 · 3 blocks · 128 channels · r = 16"] == 0
    assert heads["stage 4 · 6 blocks · 512 channels · r = 16"] == 9


def test_the_bottleneck_lies_inside_the_channels():
    figure = gates_by_block(block_table(BLOCKS))
    (bottleneck,) = (trace for trace in figure.data if trace.width == 0.36)
    assert list(bottleneck.x) == [block.channels // 16 for block in BLOCKS]
    assert list(bottleneck.y) == list(figure.layout.yaxis.tickvals)
    assert figure.layout.barmode == "overlay"


def test_hovering_names_channels_ratio_bottleneck_and_weights():
    (bar,) = bars(gates_by_block(block_table(blocks_by_depth([96], 24))), "x")
    assert list(bar.customdata[0]) == ["SE_1", "SE_1", 96, 768, "r = 24, bottleneck width 4"]
    for part in ("channels", "weights", "without biases"):
        assert part in bar.hovertemplate


def test_blocks_without_a_bottleneck_are_said_to_have_none():
    figure = gates_by_block(block_table(blocks_by_depth([96, 96], 1)))
    assert {bar.customdata[0][4] for bar in bars(figure, "x")} == {"no bottleneck"}
    assert "SE_1 to SE_2 · 2 blocks · 96 channels · no bottleneck" in titles(figure)


def test_a_network_without_stages_is_drawn_in_runs_of_equal_channels():
    figure = gates_by_block(block_table(blocks_by_depth([32, 96, 96, 96, 144, 144])))
    assert [len(run.x) for run in bars(figure, "x")] == [1, 3, 2]
    assert "SE_2 to SE_4 · 3 blocks · 96 channels · r = 4" in titles(figure)


@pytest.mark.parametrize(("channels", "kind"), [([64, 1024], None), ([8, 4608], "log")])
def test_widths_far_apart_are_drawn_on_logarithmic_axes_that_say_so(channels, kind):
    layout = gates_by_block(block_table(blocks_by_depth(channels))).layout
    assert layout.xaxis.type == layout.xaxis2.type == kind
    assert ("logarithmic" in layout.xaxis.title.text) == (kind == "log")


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("count", [1, 16, 50, 55])
def test_every_block_has_a_row_that_can_be_read(count, columns):
    figure = gates_by_block(block_table(blocks_by_depth([64] * count)), columns)
    share = figure.layout.yaxis.domain[1] - figure.layout.yaxis.domain[0]
    margin = figure.layout.margin
    pixels = share * (figure.layout.height - margin.t - margin.b) / (count + 1)
    assert 14 < pixels < 40


def test_a_network_without_se_is_a_note():
    assert is_note(gates_by_block(block_table([])))
