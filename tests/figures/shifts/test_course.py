"""Accuracy against strength: lines, bands, what is told of, and pictures under the axis."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.experiments.shifts.gate_sources import SOURCES
from se_viz.experiments.shifts.plans import MAIN, TOLD
from se_viz.experiments.shifts.tables import cell_of, shift_table
from se_viz.figures.shifts.course import course
from se_viz.figures.shifts.light_strip import SIDE, small
from se_viz.figures.shifts.line_styles import STYLES
from se_viz.pictures.shifts import CLEAN, KINDS, Light
from tests.figures.look import is_note, titles
from tests.shift_record import make_record

PICTURE = np.random.default_rng(0).integers(0, 256, (224, 224, 3), np.uint8)


@pytest.fixture(scope="module")
def table():
    return shift_table(make_record(("contrast", "blur"), pictures=60))


def lines(figure, name: str) -> list:
    return [trace for trace in figure.data if trace.name == name]


def test_a_panel_for_each_kind_with_a_line_for_each_source(table):
    figure = course(table, ("contrast", "blur", "noise"), TOLD)
    assert [title for title in titles(figure) if title.startswith("<b>") and "span" not in title][
        :2
    ] == ["<b>Contrast</b>", "<b>Blur</b>"]
    drawn = {key: STYLES[key].name for key in ("adaptive", "held", "frozen", "open")}
    for name in drawn.values():
        assert len(lines(figure, name)) == 2
    (adaptive, _) = lines(figure, "gates adapt")
    expected = [cell_of(table, CLEAN)["accuracy"]]
    expected += [cell_of(table, Light("contrast", s))["accuracy"] for s in KINDS["contrast"].course]
    np.testing.assert_allclose(adaptive.y, expected, atol=1e-4)


def test_sources_bear_the_names_that_they_have_elsewhere():
    assert {key: style.name for key, style in STYLES.items()} == {
        key: source.title for key, source in SOURCES.items()
    }


def test_strengths_are_equal_steps_and_that_told_of_is_marked(table):
    figure = course(table, ("contrast",), TOLD)
    assert list(figure.layout.xaxis.ticktext[:3]) == ["as is", "0.7", "<b>0.4</b>"]
    (band,) = figure.layout.shapes
    assert (band.x0, band.x1) == (1.5, 2.5)
    share = 100 * cell_of(table, Light("contrast", 0.4))["accuracy"]
    assert any(f"{share:.1f}" in text for text in titles(figure))
    unmarked = course(table, ("contrast",), {})
    assert not unmarked.layout.shapes


def test_lines_have_their_names_in_the_first_panel_only(table):
    said = [
        text for text in titles(course(table, ("contrast", "blur"), TOLD)) if "frozen at" in text
    ]
    assert len(said) == 1


def test_the_same_picture_stands_under_the_axis_in_each_light(table):
    figure = course(table, ("contrast",), TOLD, PICTURE, 1)
    assert len(figure.layout.images) == 1 + len(KINDS["contrast"].course)
    assert len({image.source for image in figure.layout.images}) == len(figure.layout.images)
    assert not course(table, ("contrast",), TOLD).layout.images


def test_of_fine_changes_a_part_is_shown():
    whole, part = (small(PICTURE, CLEAN, kind) for kind in ("contrast", "noise"))
    assert whole.shape == part.shape == (SIDE, SIDE, 3)
    np.testing.assert_array_equal(part, PICTURE[80:144, 80:144])


def test_kinds_that_were_not_measured_are_left_out(table):
    assert is_note(course(table, ("noise",), TOLD))
    assert is_note(course(table[:0], MAIN, TOLD))


def test_on_hovering_it_says_what_it_is_of(table):
    figure = course(table, ("contrast",), TOLD, measure="agreement")
    assert "agreement %{y:.1%}" in lines(figure, "gates adapt")[0].hovertemplate
    assert figure.layout.yaxis.title.text == "agreement"
