"""The map of distances with its tree, two classes by depth, and the channels that tell them."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.analysis.profiles.contrast import contrast_table, summary_by_block
from se_viz.analysis.profiles.distances import distance_matrix, parting_table, tree
from se_viz.analysis.profiles.groups import Group
from se_viz.figures.statistics import contrast
from se_viz.figures.statistics.contrast import ranked_channels, telling_by_depth, volcano
from se_viz.figures.statistics.distances import class_map, parting_by_depth
from tests.analysis.hand import group_of
from tests.figures.look import NAMES, SMALL, is_note, named, titles
from tests.make import CLASSES, make_profile

GROUP = Group("mine", make_profile(CLASSES, SMALL, 12))
MATRIX = distance_matrix(GROUP, "SE_5_3")
A, B = "tench", "chain saw"
TABLE = contrast_table(GROUP, A, B)
PARTING = parting_table(GROUP, A, B)


def test_rows_and_columns_of_the_map_stand_in_the_trees_order():
    figure = class_map(MATRIX, "SE_5_3")
    order = list(tree(MATRIX).order)
    (cells,) = [trace for trace in figure.data if trace.type == "heatmap"]
    expected = MATRIX.to_numpy()[np.ix_(order, order)]
    off = ~np.eye(len(order), dtype=bool)
    np.testing.assert_allclose(np.asarray(cells.z)[off], expected[off], atol=6e-5)
    assert np.isnan(np.diag(cells.z)).all()
    names = [MATRIX.index[row] for row in order]
    assert list(figure.layout.yaxis2.ticktext) == list(figure.layout.xaxis2.ticktext) == names
    assert cells.customdata[0][1] == f"{names[0]} and {names[1]}"


def test_the_tree_is_one_line_with_a_joint_for_each_class_but_one():
    (line,) = [trace for trace in class_map(MATRIX, "SE_5_3").data if trace.type == "scatter"]
    assert len(line.x) == 5 * (len(MATRIX) - 1)
    assert np.nanmax(line.y) == pytest.approx(tree(MATRIX).joints[-1][-1], abs=6e-5)
    assert line.xaxis is None


def test_colours_span_the_distances_there_are():
    scale = class_map(MATRIX, "SE_5_3").layout.coloraxis
    apart = MATRIX.to_numpy()[np.triu_indices(len(MATRIX), 1)]
    assert (scale.cmin, scale.cmax) == pytest.approx((apart.min(), apart.max()), abs=6e-5)
    two = class_map(MATRIX.iloc[:2, :2], "SE_5_3").layout.coloraxis
    assert (two.cmin, two.cmax) == pytest.approx((0, MATRIX.iloc[0, 1]), abs=6e-5)


def test_of_many_classes_a_hundred_are_drawn_and_it_is_told():
    many = Group("g", make_profile([str(i) for i in range(130)], SMALL[:1], 1))
    figure = class_map(distance_matrix(many, "SE_2_1"), "SE_2_1")
    assert "The first 100 of 130 classes are drawn." in titles(figure)
    assert len(figure.data[1].z) == 100


def test_one_class_has_no_map():
    assert is_note(class_map(MATRIX.iloc[:1, :1], "SE_5_3"))
    assert is_note(parting_by_depth(PARTING[:0], A, B))


def test_two_classes_by_depth_stand_before_the_spread_within_them():
    figure = parting_by_depth(PARTING, A, B)
    (line,), (area,) = named(figure, "tench from chain saw"), named(figure, "spread within the two")
    np.testing.assert_allclose(line.y, PARTING["distance"], atol=6e-5)
    np.testing.assert_allclose(area.y, PARTING["within"], atol=6e-5)
    assert (area.fill, area.hoverinfo) == ("tozeroy", "skip")
    assert [row[0] for row in line.customdata] == list(NAMES)
    assert line.customdata[2][2] == f"{PARTING['ratio'].iloc[2]:.3f}"


def test_what_is_unknown_is_left_out_and_said_so():
    table = parting_table(group_of(SE_2_1={"a": [[0.1]], "b": [[0.4]]}), "a", "b")
    figure = parting_by_depth(table, "a", "b")
    assert [trace.name for trace in figure.data] == ["any two classes", "a from b"]
    assert figure.data[1].customdata[0][1] == "unknown"


def test_channels_are_ranked_with_their_intervals():
    figure = ranked_channels(TABLE, A, B, 12)
    rows = TABLE.head(12)
    found = {
        (point[0], point[1]): (x, x - less, x + more)
        for trace in figure.data
        for point, x, less, more in zip(
            trace.customdata, trace.x, trace.error_x.arrayminus, trace.error_x.array, strict=True
        )
    }
    assert len(found) == 12
    for row in rows.itertuples():
        expected = (row.g, row.low, row.high)
        assert found[row.block, row.channel] == pytest.approx(expected, abs=2e-4)
    first = f"{rows['block'].iloc[0]} · {rows['channel'].iloc[0]}"
    assert figure.layout.yaxis.ticktext[0] == first
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1]
    assert figure.layout.xaxis.title.text.endswith("← larger in chain saw · larger in tench →")


def test_what_is_sure_differs_in_colour_and_shape():
    sure, unsure = volcano(TABLE, A, B).data
    assert len(sure.x) == (TABLE["q"] <= 0.05).sum()
    assert len(sure.x) + len(unsure.x) == len(TABLE)
    assert sure.marker.color != unsure.marker.color
    assert sure.marker.symbol != unsure.marker.symbol
    np.testing.assert_allclose(sure.y, -np.log10(TABLE["p"][TABLE["q"] <= 0.05]), atol=6e-5)


def test_of_many_channels_those_with_the_largest_effects_are_drawn(monkeypatch):
    monkeypatch.setattr(contrast, "MOST", 100)
    figure = volcano(TABLE, A, B)
    assert sum(len(trace.x) for trace in figure.data) == 100
    assert "100 of 1,408 channels are drawn" in titles(figure)[-1]


def test_blocks_have_bars_for_how_many_channels_and_how_much():
    summary = summary_by_block(TABLE)
    share, largest = telling_by_depth(summary).data
    np.testing.assert_allclose(share.y, summary["share"], atol=6e-5)
    np.testing.assert_allclose(largest.y, summary["largest"], atol=6e-5)
    assert [row[3] for row in largest.customdata] == summary["best"].tolist()


def without_bound(others: bool = True):
    """A channel that varies, if any; two that are constant within both classes; one that is so in
    all."""
    made = {"a": [[0.5, 1.0, 0.25, 1.0], [0.6, 1.0, 0.25, 1.0]]}
    made["b"] = [[0.1, 0.5, 0.5, 1.0], [0.2, 0.5, 0.5, 1.0]]
    shown = slice(0, 4) if others else slice(1, 4)
    made = {name: [row[shown] for row in rows] for name, rows in made.items()}
    return contrast_table(group_of(SE_2_1=made), "a", "b")


@pytest.mark.parametrize("others", [True, False])
def test_effects_without_bound_stand_beyond_all_others(others):
    for draw in (ranked_channels, volcano):
        figure = draw(without_bound(others), "a", "b")
        (beyond,) = named(figure, "constant within both classes")
        assert [row[1] for row in beyond.customdata] == ([1, 2] if others else [0, 1])
        assert list(beyond.marker.symbol) == ["triangle-right", "triangle-left"]
        assert beyond.x[0] == -beyond.x[1] > 0
        drawn = [x for trace in figure.data if trace is not beyond for x in trace.x]
        assert len(drawn) == others
        assert all(abs(x) < beyond.x[0] for x in drawn)
        assert "no bound" in beyond.hovertemplate
        assert "Infinity" not in figure.to_json()


def test_a_bar_of_an_effect_without_bound_is_drawn_and_said_so():
    _, largest = telling_by_depth(summary_by_block(without_bound())).data
    assert np.isfinite(largest.y).all()
    assert largest.customdata[0][-1] == "has no bound"


def test_a_distance_without_spread_is_said():
    table = parting_table(group_of(SE_2_1={"a": [[0.2]] * 2, "b": [[0.4]] * 2}), "a", "b")
    (line,) = named(parting_by_depth(table, "a", "b"), "a from b")
    assert line.customdata[0][2] == "no spread within"


def test_too_few_pictures_and_still_gates_are_notes():
    few = contrast_table(Group("g", make_profile("ab", SMALL, 1)), "a", "b")
    still = contrast_table(group_of(SE_2_1={"a": [[1.0]] * 2, "b": [[1.0]] * 2}), "a", "b")
    for draw in (ranked_channels, volcano):
        assert "two pictures" in titles(draw(few, "a", "b"))[0]
        assert "No gate changes" in titles(draw(still, "a", "b"))[0]
    assert is_note(telling_by_depth(summary_by_block(few)))
    assert telling_by_depth(summary_by_block(still)).data[1].y.tolist() == [0]
