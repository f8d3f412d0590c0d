"""Histograms and violins: the outline is the histogram, marks are its quantiles."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.analysis.profiles.distributions import histogram_table, violin_table
from se_viz.analysis.profiles.groups import ALL
from se_viz.figures.profiles.distributions import gate_histograms, gate_violins
from tests.figures.look import COLOURS, group, is_note, named, titles
from tests.make import CLASSES

GROUPS = [group(), group("reference", seed=1)]
TABLE = histogram_table(GROUPS[:1])
TWO = histogram_table(GROUPS)
SUMMARY = violin_table(TABLE)
EMPTY = histogram_table([], "block")
NAMES = (*CLASSES[:3], ALL)


def dots(figure) -> list:
    return [trace for trace in figure.data if trace.mode == "markers"]


def outlines(figure) -> list:
    return [trace for trace in figure.data if trace.fill == "toself"]


def test_there_is_one_stepped_line_for_every_class_and_stage():
    figure = gate_histograms(TABLE, COLOURS)
    assert len(figure.data) == 4 * 3
    assert {trace.line.shape for trace in figure.data} == {"hvh"}
    assert titles(figure) == ["stage 2", "stage 3", "stage 5"]


@pytest.mark.parametrize("name", NAMES)
def test_a_line_is_the_share_of_every_bin(name):
    trace = named(gate_histograms(TABLE, COLOURS), name)[1]
    chosen = TABLE[(TABLE["class"] == name) & (TABLE["part"] == "stage 3")]
    np.testing.assert_allclose(trace.y, chosen["share"], atol=6e-5)
    middles = trace.x0 + trace.dx * np.arange(len(trace.y))
    np.testing.assert_allclose(middles, (chosen["low"] + chosen["high"]) / 2, atol=1e-9)
    assert trace.line.color == COLOURS[name]
    assert f"<b>{name}</b><br>stage 3" in trace.hovertemplate


def test_dashes_tell_groups_apart():
    lines = named(gate_histograms(TWO, COLOURS), "tench")
    assert [line.line.dash for line in lines[:3]] == ["solid"] * 3
    assert "solid" not in {line.line.dash for line in lines[3:]}
    assert sum(bool(line.showlegend) for line in lines) == 1


def test_gates_span_0_to_1_and_shares_start_at_zero():
    figure = gate_histograms(TABLE, COLOURS)
    assert figure.layout.xaxis.range == figure.layout.xaxis3.range == (0, 1)
    assert figure.layout.yaxis.rangemode == "tozero"
    assert figure.layout.yaxis.title.text == "share of gates per 0.01"


def test_there_is_one_violin_for_every_class_and_stage():
    figure = gate_violins(TABLE, SUMMARY, COLOURS)
    assert len(outlines(figure)) == 4 * 3
    assert [outline.line.color for outline in outlines(figure)[:4]] == [COLOURS[n] for n in NAMES]
    assert tuple(figure.layout.yaxis.ticktext) == NAMES


def test_a_violin_is_widest_where_most_gates_are_and_touches_no_other():
    figure = gate_violins(TABLE, SUMMARY, COLOURS)
    for place, outline in enumerate(outlines(figure)[:4]):
        share = TABLE[(TABLE["class"] == NAMES[place]) & (TABLE["part"] == "stage 2")]
        half = np.asarray(outline.y, float) - place
        assert half.min() == pytest.approx(-0.45, abs=1e-3)
        assert half.max() == pytest.approx(0.45, abs=1e-3)
        fullest = share.loc[share["share"].idxmax()]
        assert fullest["low"] <= outline.x[int(half.argmin())] <= fullest["high"]


def test_dots_are_medians_and_bars_are_quartiles():
    figure = gate_violins(TABLE, SUMMARY, COLOURS)
    chosen = SUMMARY[SUMMARY["part"] == "stage 5"]
    dot = dots(figure)[2]
    np.testing.assert_allclose(dot.x, chosen["median"], atol=6e-5)
    assert list(dot.y) == [0, 1, 2, 3]
    assert list(dot.customdata[1][6:]) == ["English springer", "my pictures", "stage 5"]
    bar = next(t for t in figure.data if t.mode == "lines" and t.fill is None and t.xaxis == "x3")
    np.testing.assert_allclose(np.asarray(bar.x)[0::3], chosen["q25"], atol=6e-5)
    np.testing.assert_allclose(np.asarray(bar.x)[1::3], chosen["q75"], atol=6e-5)


def test_violins_of_two_groups_stand_side_by_side():
    figure = gate_violins(TWO, violin_table(TWO), COLOURS)
    ticks = figure.layout.yaxis.ticktext
    assert len(ticks) == 8
    assert ticks[0] == "tench<br><sup>my pictures</sup>"
    assert ticks[1] == "tench<br><sup>reference</sup>"
    assert ticks[-1] == "all<br><sup>reference</sup>"


def test_a_class_with_gates_in_one_bin_alone_has_a_violin():
    one = TABLE[(TABLE["class"] == "tench") & (TABLE["part"] == "stage 2")].copy()
    one["share"] = 0.0
    one.iloc[0, one.columns.get_loc("share")] = 1.0
    (outline,) = outlines(gate_violins(one, violin_table(one), COLOURS))
    assert np.isfinite(np.asarray(outline.x, float)).all()
    assert len(outline.x) == 4


def test_nothing_chosen_is_a_note():
    assert is_note(gate_histograms(EMPTY, COLOURS))
    assert is_note(gate_violins(EMPTY, violin_table(EMPTY), COLOURS))
