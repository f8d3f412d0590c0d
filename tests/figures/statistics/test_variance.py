"""Bars that add up to 1, the spread below, and a mark where chance takes a part."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.analysis.profiles.groups import Group
from se_viz.analysis.profiles.variance import variance_table
from se_viz.figures.statistics.variance import BY_CHANCE, KINDS, variance_by_depth
from tests.analysis.hand import group_of
from tests.figures.look import NAMES, group, is_note, titles
from tests.make import BLOCKS, blocks_by_stage, make_profile

ONE = variance_table([group()])
TWO = variance_table([group(), group("reference", seed=1)])


def bars(figure, panel: int = 0) -> list:
    axis = "x" if panel == 0 else f"x{panel + 1}"
    return [trace for trace in figure.data if trace.type == "bar" and trace.xaxis == axis]


def test_each_share_is_a_bar_and_the_three_add_up_to_1():
    found = bars(variance_by_depth(ONE))
    assert [bar.legendgroup for bar in found] == list(KINDS) == ["class", "picture", "static"]
    for bar in found:
        np.testing.assert_allclose(bar.y, ONE[bar.legendgroup], atol=6e-5)
    np.testing.assert_allclose(np.sum([bar.y for bar in found], axis=0), 1, atol=2e-4)
    assert variance_by_depth(ONE).layout.barmode == "stack"


def test_hovering_tells_block_and_all_three_shares():
    bar = bars(variance_by_depth(ONE))[0]
    assert [row[0] for row in bar.customdata] == list(NAMES)
    np.testing.assert_allclose(
        [row[1:] for row in bar.customdata],
        ONE[["class", "picture", "static", "mean", "std"]],
        atol=6e-5,
    )


def test_the_spread_stands_below_with_its_own_scale():
    figure = variance_by_depth(ONE)
    line = next(trace for trace in figure.data if trace.xaxis == "x2")
    np.testing.assert_allclose(line.y, ONE["std"], atol=6e-5)
    assert titles(figure)[1] == "standard deviation of all gates"
    assert figure.layout.yaxis.domain[0] > figure.layout.yaxis2.domain[1]
    assert np.ptp(figure.layout.yaxis.domain) > 2 * np.ptp(figure.layout.yaxis2.domain)


def test_two_groups_have_panels_of_their_own_and_one_legend():
    figure = variance_by_depth(TWO)
    assert titles(figure)[:2] == ["my pictures", "reference"]
    assert [bar.showlegend for bar in bars(figure) + bars(figure, 1)] == [True] * 3 + [False] * 3
    reference = TWO[TWO["group"] == "reference"]
    np.testing.assert_allclose(bars(figure, 1)[0].y, reference["class"], atol=6e-5)
    lines = [trace for trace in figure.data if trace.xaxis == "x3"]
    assert len({line.line.dash for line in lines}) == 2


def test_chance_is_marked_where_classes_are_small_and_not_where_they_are_large():
    (mark,) = [trace for trace in variance_by_depth(ONE).data if trace.name == BY_CHANCE]
    marked = ONE["chance"].where(ONE["chance"] >= 0.01)
    np.testing.assert_allclose(mark.y[::3], marked, atol=6e-5)
    many = variance_by_depth(variance_table([Group("g", make_profile("ab", BLOCKS[:2], 60))]))
    assert BY_CHANCE not in [trace.name for trace in many.data]


def test_gates_that_are_all_equal_have_no_bar():
    made = group_of(SE_2_1={"a": [[1.0]], "b": [[1.0]]}, SE_2_2={"a": [[0.1]], "b": [[0.7]]})
    for bar in bars(variance_by_depth(variance_table([made]))):
        assert bar.x.tolist() == [1]


def test_stages_are_parted_by_lines():
    table = variance_table([Group("g", make_profile("ab", blocks_by_stage((2, 2, 3, 1), 8)))])
    shapes = variance_by_depth(table).layout.shapes
    assert sorted({shape.x0 for shape in shapes}) == [1.5, 3.5, 6.5]


@pytest.mark.parametrize(("count", "named"), [(1, 1), (16, 16), (61, 20)])
def test_of_many_blocks_some_are_named_the_ends_among_them(count, named):
    blocks = blocks_by_stage((0, 0, count, 0), 2)
    figure = variance_by_depth(variance_table([Group("g", make_profile("ab", blocks))]))
    shown = figure.layout.xaxis2.ticktext
    assert len(shown) == named
    assert {shown[0], shown[-1]} == {"SE_4_1", f"SE_4_{count}"}
    low, high = figure.layout.xaxis2.range
    assert (low < -0.5, high > count - 0.5) == (True, True)


def test_nothing_to_share_is_a_note():
    assert is_note(variance_by_depth(variance_table([])))
