"""Gates that leave 0 to 1 are drawn on an axis of their own."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from se_viz.analysis.gate_span import around, span_of
from se_viz.figures.one_picture.block import squeeze_against_gate, squeeze_and_gate
from se_viz.figures.one_picture.excitation import excitation
from se_viz.figures.one_picture.glance import glance
from se_viz.figures.profiles.curves import class_curves
from se_viz.figures.profiles.heatmap import class_heatmap
from se_viz.figures.style import layout
from se_viz.figures.style.gates import axis_of, fit_panels

TANH = [-0.8, 0.1, 0.4]


@pytest.mark.parametrize(
    ("gates", "span"),
    [
        ([0.2, 0.9], (0, 1)),
        ([0, 1], (0, 1)),
        (TANH, (-1, 1)),
        ([-0.1], (-1, 1)),
        ([0, 7.5], (0, 7.5)),
        ([-3, 0.5], (-3, 0.5)),
        ([np.nan, np.inf, 0.5], (0, 1)),
        ([], (0, 1)),
    ],
)
def test_the_span_is_0_to_1_unless_gates_leave_it(gates, span):
    assert span_of(gates) == span_of(np.array(gates, float)[None], []) == span


def test_a_deviation_ends_where_gates_end():
    for mean, low, high in ((0.9, 0.4, 1.0), (-0.8, -1.0, -0.3), (3.0, 2.5, 3.5)):
        found = around([mean, 0.0], [0.5, 0.0])
        assert (found[0][0], found[1][0]) == pytest.approx((low, high))
    assert around([0.1, 9.0], [0.5, 0.0])[0][0] == 0


def test_axes_have_room_and_ticks():
    assert axis_of([0.5]) == {"range": [0, 1], "dtick": 0.25}
    assert axis_of(TANH, room=(0.25, 0)) == {"range": [-1.5, 1], "dtick": 0.5}
    assert axis_of([10.0], room=(0, 0.1)) == {"range": [0, 11], "dtick": None}


def test_each_panel_has_its_own():
    figure = layout.panels(["a", "b"], 2)
    fit_panels(figure, "x", [[0.5], [4.0]])
    assert [axis.range for axis in figure.select_xaxes()] == [(0, 1), (0, 4)]


def test_the_figures_of_one_picture_show_gates_below_0():
    s, chosen = np.array(TANH), np.array([], int)
    table = pd.DataFrame({"position": [0, 1, 2], "channel": [0, 1, 2], "squeeze": s, "gate": s})
    strips = pd.DataFrame({"block": "SE_1", "share": [0, 0.5, 1], "gate": TANH, "channels": 3})
    seen = glance(strips, "SE_1")
    axes = [
        excitation(s, None, s, chosen).layout.yaxis2,
        squeeze_and_gate(table).layout.yaxis2,
        squeeze_against_gate(table).layout.yaxis,
        seen.layout.yaxis,
    ]
    for axis in axes:
        assert axis.range[0] <= -1
        assert axis.range[1] >= 1
    assert len(set(seen.data[0].marker.color)) == 3


def test_the_figures_of_classes_show_gates_above_1():
    facts = {"block": "SE_1", "stage": 0, "class": "a", "group": "these", "pictures": 2}
    numbers = {"position": [0, 1], "channel": [0, 1], "channels": 2, "mean": [0.5, 6.0], "std": 0.1}
    table = pd.DataFrame({**numbers, **facts})
    assert class_curves(table, {"a": "#000000"}).layout.yaxis.range == (0, 6)
    banded = class_curves(table, {"a": "#000000"}, band=True)
    assert banded.layout.yaxis.range == (0, pytest.approx(6.1))
    assert class_heatmap(table, full_scale=True).layout.coloraxis.cmax == 6
