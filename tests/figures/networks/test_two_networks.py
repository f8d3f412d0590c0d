"""Two networks in one figure: halves of a histogram, and lines over relative depth."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.analysis.networks.two_networks import depth_table, side_histograms, side_table
from se_viz.analysis.profiles.groups import Group
from se_viz.figures.networks.two_networks import HALF, by_relative_depth, mirrored
from se_viz.figures.style.palette import SIDES
from se_viz.profiles import empty
from tests.figures.look import is_note, named, titles
from tests.make import BLOCKS, ORIGIN, blocks_by_depth, make_profile

A = Group("residual", make_profile("abc", pictures=2))
B = Group("other", make_profile("abc", blocks_by_depth([24] * 7), pictures=2, seed=1))
SHARES, SUMMARY, DEPTH = side_histograms(A, B), side_table(A, B), depth_table(A, B)
FIGURE = mirrored(SHARES, SUMMARY)


def halves(figure, side: int) -> list:
    found = [trace for trace in figure.data if trace.fill == "toself"]
    return [trace for trace in found if trace.legendgroup == f"side {side}"]


@pytest.mark.parametrize("side", [0, 1])
def test_a_half_is_the_histogram_on_its_side_of_the_part(side):
    for place, trace in enumerate(halves(FIGURE, side)):
        part = SUMMARY["part"].unique()[place]
        here = SHARES[SHARES["part"] == part]
        share = here[here["side"] == side].set_index("low")["share"]
        reach = (np.asarray(trace.x, float) - place) * (-1, 1)[side]
        assert reach.min() == 0
        assert reach.max() == pytest.approx(HALF * share.max() / here["share"].max(), abs=2e-4)
        widest = np.asarray(trace.y, float)[np.argmax(reach)]
        assert widest == pytest.approx(share.idxmax(), abs=1e-4)


def test_both_halves_of_a_part_have_one_scale():
    for place, (a, b) in enumerate(zip(halves(FIGURE, 0), halves(FIGURE, 1), strict=True)):
        widest = max(np.abs(np.asarray(half.x, float) - place).max() for half in (a, b))
        assert widest == pytest.approx(HALF, abs=1e-4)


def test_dots_are_medians_and_hovering_tells_the_numbers():
    dots = [trace for trace in FIGURE.data if trace.mode == "markers"]
    assert len(dots) == 2
    for side, dot in enumerate(dots):
        rows = SUMMARY[SUMMARY["side"] == side]
        np.testing.assert_allclose(dot.y, rows["median"], atol=6e-5)
        assert list(dot.customdata[0][:4]) == [
            ("residual", "other")[side],
            "first quarter",
            *rows[["blocks", "gates"]].iloc[0],
        ]
        assert dot.customdata[3][11] == pytest.approx(rows["specificity"].iloc[3], abs=6e-5)


def test_the_distance_stands_above_each_part():
    said = [text for text in titles(FIGURE) if "apart" in text]
    assert said == [f"{d:.3f}<br>apart" for d in SUMMARY["distance"][::2]]
    assert FIGURE.layout.xaxis.ticktext[0] == "first<br>quarter"


def test_networks_have_their_colours_symbols_and_one_legend_entry_each():
    shown = [trace for trace in FIGURE.data if trace.showlegend is not False]
    assert [trace.name for trace in shown] == ["A: residual", "B: other"]
    assert [trace.marker.line.color for trace in shown] == list(SIDES)
    assert len({trace.marker.symbol for trace in shown}) == 2


def test_networks_of_one_name_are_still_two():
    again = Group("residual", B.profile)
    figure = mirrored(side_histograms(A, again), side_table(A, again))
    assert {trace.name for trace in figure.data} == {"A: residual", "B: residual"}


def test_a_part_of_one_network_alone_has_one_half_and_says_so():
    late = Group("late", make_profile("abc", [b for b in BLOCKS if b.stage > 2], 2))
    figure = mirrored(side_histograms(A, late), side_table(A, late))
    assert (len(halves(figure, 0)), len(halves(figure, 1))) == (4, 3)
    assert titles(figure).count("only in<br>one") == 1


@pytest.mark.parametrize("columns", [1, 2])
def test_lines_over_relative_depth_are_medians_within_their_quartiles(columns):
    figure = by_relative_depth(DEPTH, columns)
    for side, name in enumerate(("A: residual", "B: other")):
        rows = DEPTH[DEPTH["side"] == side]
        gates, between = named(figure, name)
        np.testing.assert_allclose(gates.x, rows["depth"], atol=6e-5)
        np.testing.assert_allclose(gates.y, rows["median"], atol=6e-5)
        np.testing.assert_allclose(between.y, rows["specificity"], atol=6e-5)
        assert (gates.line.color, gates.customdata[0][0]) == (SIDES[side], rows["block"].iloc[0])
        band = named(figure, "middle half")[side]
        count = len(rows)
        np.testing.assert_allclose(band.y[:count], rows["q75"], atol=6e-5)
        np.testing.assert_allclose(band.y[count:][::-1], rows["q25"], atol=6e-5)
    dashes = {trace.line.dash for trace in figure.data if trace.fill is None}
    assert len(dashes) == 2


def test_a_single_block_stands_in_the_middle_and_can_be_seen():
    one = Group("one", make_profile("abc", blocks_by_depth([24]), pictures=2))
    figure = by_relative_depth(depth_table(A, one))
    (dot, _) = named(figure, "B: one")
    assert list(dot.x) == [0.5]
    assert "markers" in dot.mode
    assert named(figure, "middle half")[1].line.width > 0


def test_without_pictures_there_is_a_note():
    none = Group("none", empty((), BLOCKS, ORIGIN))
    assert is_note(mirrored(side_histograms(none, none), side_table(none, none)))
    assert is_note(by_relative_depth(depth_table(none, none)))


def test_with_one_class_there_is_no_variance_between_classes_to_show():
    one = Group("one", make_profile("a", pictures=2))
    figure = by_relative_depth(depth_table(one, one))
    assert "variance between classes: takes two classes" in titles(figure)
    dots = [
        t
        for t in mirrored(side_histograms(one, one), side_table(one, one)).data
        if t.mode == "markers"
    ]
    assert all("between classes" not in dot.hovertemplate for dot in dots)
    assert all(dot.hovertemplate.endswith("<extra></extra>") for dot in dots)
