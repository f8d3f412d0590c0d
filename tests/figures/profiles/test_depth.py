"""Specificity and saturation over the blocks."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.analysis.profiles.depth import saturation_table, specificity_table
from se_viz.analysis.profiles.groups import ALL
from se_viz.figures.profiles.depth import saturation_by_depth, specificity_by_depth
from tests.figures.look import COLOURS, NAMES, group, is_note, named, titles
from tests.make import BLOCKS, CLASSES

GROUPS = [group(), group("reference", seed=1)]
SHARES = specificity_table(GROUPS)
OPEN = saturation_table(GROUPS)


def test_specificity_is_a_line_of_medians_with_its_quartiles():
    figure = specificity_by_depth(SHARES)
    first = SHARES[SHARES["group"] == "my pictures"]
    (line,) = named(figure, "my pictures")
    assert tuple(line.x) == NAMES
    np.testing.assert_allclose(line.y, first["median"], atol=6e-5)
    np.testing.assert_allclose(line.customdata[:, 3], first["channels"])
    band = next(trace for trace in figure.data if trace.fill == "toself")
    np.testing.assert_allclose(band.y[:3], first["q75"], atol=6e-5)
    np.testing.assert_allclose(band.y[3:][::-1], first["q25"], atol=6e-5)
    assert figure.layout.yaxis.range == (0, 1)


def test_groups_differ_in_colour_dash_and_marker():
    figure = specificity_by_depth(SHARES)
    (a,), (b,) = named(figure, "my pictures"), named(figure, "reference")
    assert a.line.color != b.line.color
    assert a.line.dash != b.line.dash
    assert a.marker.symbol != b.marker.symbol


def test_quartiles_are_named_once():
    bands = [trace for trace in specificity_by_depth(SHARES).data if trace.fill == "toself"]
    assert [band.showlegend for band in bands] == [True, False]


def test_saturation_has_a_line_per_class_group_and_end():
    figure = saturation_by_depth(OPEN, COLOURS)
    assert titles(figure)[0].startswith("nearly open")
    lines = named(figure, "tench")
    assert len(lines) == 2 * 2
    chosen = OPEN[(OPEN["class"] == "tench") & (OPEN["group"] == "my pictures")]
    np.testing.assert_allclose(lines[0].y, chosen["open"], atol=6e-5)
    np.testing.assert_allclose(lines[1].y, chosen["shut"], atol=6e-5)
    assert [line.xaxis for line in lines] == ["x", "x2"] * 2
    assert "nearly open" in lines[0].hovertemplate
    assert "nearly shut" in lines[1].hovertemplate


@pytest.mark.parametrize("name", [*CLASSES[:3], ALL])
def test_classes_keep_their_colour_and_one_entry_in_the_legend(name):
    lines = named(saturation_by_depth(OPEN, COLOURS), name)
    assert {line.line.color for line in lines} == {COLOURS[name]}
    assert sum(bool(line.showlegend) for line in lines) == 1
    assert len({line.line.dash for line in lines}) == 2


def test_sixteen_blocks_are_named_upright_in_narrow_panels():
    table = saturation_table([group(blocks=BLOCKS, classes=CLASSES[:2])])
    assert saturation_by_depth(table, COLOURS).layout.xaxis.tickangle == -90
    assert saturation_by_depth(table, COLOURS, columns=1).layout.xaxis.tickangle is None


def test_nothing_to_show_is_a_note():
    assert is_note(specificity_by_depth(specificity_table([])))
    assert is_note(saturation_by_depth(saturation_table([]), COLOURS))
