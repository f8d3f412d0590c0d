"""All gates at a glance, as they are and in another light."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from plotly.colors import sample_colorscale

from se_viz.analysis.one_picture.glance import glance_table, shifted_glance
from se_viz.analysis.shifts.one_move import move_table
from se_viz.figures.one_picture.glance import glance
from tests.figures.look import NAMES, SMALL, titles
from tests.make import make_reading

READING = make_reading(("tench", "church"), SMALL)
CLEAN, NOW = ({name: s[row] for name, s in READING.gates.items()} for row in (0, 1))


def shifted(known: bool = True) -> tuple[pd.DataFrame, pd.DataFrame]:
    spreads = dict.fromkeys(NAMES, 0.1) if known else None
    moves = move_table(SMALL, CLEAN, NOW, spreads)
    return shifted_glance(CLEAN, NOW, NAMES), moves.assign(common=[0.8, 0.4, 0.1], pictures=3925)


def test_bars_are_as_high_and_as_bright_as_gates():
    (bars,) = glance(glance_table(READING, 0, NAMES), NAMES[1]).data
    assert bars.marker.color == tuple(sample_colorscale("Viridis", bars.y.tolist()))
    for place, name in enumerate(NAMES):
        here = np.asarray(bars.y)[np.rint(bars.x) == place]
        assert (np.diff(here) >= 0).all()
        ends = READING.gates[name][0].min(), READING.gates[name][0].max()
        assert (here[0], here[-1]) == pytest.approx(ends, abs=1e-4)


def test_gates_span_0_to_1_and_the_chosen_block_is_framed():
    figure = glance(glance_table(READING, 0, NAMES), NAMES[1])
    assert figure.data[0].marker.color[0] == sample_colorscale("Viridis", [figure.data[0].y[0]])[0]
    assert figure.layout.yaxis.range == (-0.02, 1.02)
    (frame,) = figure.layout.shapes
    assert (frame.x0, frame.x1) == (0.5, 1.5)
    assert titles(figure) == [f"<b>{NAMES[1]}</b>"]


def test_in_another_light_clean_gates_stay_behind_as_a_dashed_line():
    figure = glance(shifted()[0], NAMES[0])
    bars, halo, line = figure.data
    assert line.line.dash
    np.testing.assert_array_equal((halo.x, halo.y), (line.x, line.y))
    ghost = line.y[np.isfinite(line.y)]
    assert len(ghost) == 3 * 64
    assert np.isnan(line.y).sum() == 3
    np.testing.assert_allclose(ghost, shifted()[0]["clean"], atol=1e-4)
    np.testing.assert_allclose(bars.y, shifted()[0]["gate"], atol=1e-4)
    assert "as the picture is" in bars.hovertemplate


def test_below_stands_how_far_gates_moved_and_how_much_of_that_is_common():
    table, moves = shifted()
    figure = glance(table, NAMES[0], moves=moves)
    whole, common = figure.data[-2:]
    assert (whole.yaxis, common.yaxis) == ("y2", "y2")
    np.testing.assert_allclose(whole.y, moves["spreads"], atol=1e-4)
    np.testing.assert_allclose(common.y, moves["spreads"] * moves["common"], atol=1e-4)
    assert "spreads" in figure.layout.yaxis2.title.text


def test_without_a_profile_moves_are_in_gates_and_without_a_record_nothing_is_common():
    table, moves = shifted(known=False)
    figure = glance(table, NAMES[0], moves=moves.assign(common=np.nan, pictures=np.nan))
    np.testing.assert_allclose(figure.data[-1].y, moves["move"], atol=1e-4)
    assert figure.layout.yaxis2.title.text == "moved"
    assert len(figure.data) == 4
