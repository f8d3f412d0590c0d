"""Squeeze and gate of one picture."""

from __future__ import annotations

import numpy as np

from se_viz.analysis.one_picture.block import picture_block
from se_viz.figures.one_picture.block import squeeze_against_gate, squeeze_and_gate
from tests.figures.look import SMALL, channels, group
from tests.make import make_reading

GROUP = group()
READING = make_reading(("tench",), SMALL)
EVERY = channels(GROUP.profile)["SE_3_4"]
TABLE = picture_block(READING, 0, "SE_3_4", EVERY, GROUP)


def test_the_squeeze_stands_above_and_the_gate_below_with_the_usual_curve():
    squeeze, usual, gate = squeeze_and_gate(TABLE).data
    np.testing.assert_allclose(squeeze.y, TABLE["squeeze"], atol=6e-5)
    np.testing.assert_allclose(usual.y, TABLE["usual"], atol=6e-5)
    np.testing.assert_allclose(gate.y, TABLE["gate"], atol=6e-5)
    assert (squeeze.yaxis, usual.yaxis, gate.yaxis) == (None, "y2", "y2")
    assert (usual.name, gate.name) == ('usual ("all" curve)', "this picture")


def test_both_panels_move_together_and_gates_span_0_to_1():
    layout = squeeze_and_gate(TABLE).layout
    assert layout.xaxis2.matches == "x"
    assert layout.yaxis2.range == (0, 1)
    assert layout.xaxis2.title.text == "channel"


def test_without_a_group_there_is_no_usual_curve_and_no_legend():
    figure = squeeze_and_gate(picture_block(READING, 0, "SE_3_4", EVERY))
    assert len(figure.data) == 2
    assert figure.layout.showlegend is False


def test_sampled_channels_keep_their_numbers():
    picked = channels(GROUP.profile, "paper", "all")["SE_3_4"]
    figure = squeeze_and_gate(picture_block(READING, 0, "SE_3_4", picked, GROUP))
    for trace in figure.data:
        np.testing.assert_array_equal(trace.customdata, picked)
        assert "channel %{customdata}" in trace.hovertemplate
    assert figure.layout.xaxis2.title.text == "channels, sorted"


def test_a_single_channel_is_a_dot():
    figure = squeeze_and_gate(picture_block(READING, 0, "SE_3_4", np.array([3])))
    assert {trace.mode for trace in figure.data} == {"markers"}


def test_each_channel_is_a_dot_of_squeeze_and_gate():
    (dots,) = squeeze_against_gate(TABLE).data
    np.testing.assert_allclose(dots.x, TABLE["squeeze"], atol=6e-5)
    np.testing.assert_allclose(dots.y, TABLE["gate"], atol=6e-5)
    np.testing.assert_array_equal(dots.customdata, EVERY)
    assert dots.mode == "markers"
