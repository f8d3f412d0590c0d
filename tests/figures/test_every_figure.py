"""What holds for every figure: SVG, small, valid, safe from markup, and no state."""

from __future__ import annotations

import json

import pytest

from se_viz.analysis.profiles.groups import Group
from tests.figures.every import KINDS, figures
from tests.figures.look import HOSTILE, LIMIT, SMALL, size, texts
from tests.make import BLOCKS, CLASSES, make_profile

SVG = {"scatter", "heatmap", "bar"}


HOSTILE_NAMES = (HOSTILE, "</script><script>", "<b>", "all")


@pytest.fixture(scope="module")
def big() -> dict:
    """All figures of ten classes in sixteen blocks at half width."""
    return figures([Group("my pictures", make_profile(pictures=2))], CLASSES)


def draw_unsafe() -> dict:
    profile = make_profile(HOSTILE_NAMES, SMALL, pictures=2)
    return figures([Group(f"{HOSTILE} {i}", profile) for i in range(2)], HOSTILE_NAMES)


@pytest.fixture(scope="module")
def unsafe() -> dict:
    """All figures of two groups, with markup in every name."""
    return draw_unsafe()


def test_every_figure_is_looked_at(big):
    assert tuple(big) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_ten_classes_in_sixteen_blocks_stay_under_the_limit(kind, big):
    assert size(big[kind]) < LIMIT


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_needs_webgl(kind, big, unsafe):
    for figure in (big[kind], unsafe[kind]):
        assert {trace.type for trace in figure.data} <= SVG


@pytest.mark.parametrize("kind", KINDS)
def test_markup_in_names_is_shown_and_not_obeyed(kind, unsafe):
    for text in texts(unsafe[kind]):
        for tag in ("<img", "<script", "</script", "&%{y}"):
            assert tag not in text


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_json_without_numbers_that_are_none(kind, big):
    def refuse(constant):
        raise AssertionError(constant)

    json.loads(big[kind].to_json(), parse_constant=refuse)


@pytest.mark.parametrize("kind", KINDS)
def test_every_trace_tells_its_values_on_hovering_or_keeps_silent(kind, big):
    for trace in big[kind].data:
        silent = getattr(trace, "hoverinfo", None) == "skip"
        assert silent != bool(trace.hovertemplate)
        assert silent or trace.hovertemplate.endswith("<extra></extra>")


@pytest.mark.parametrize("kind", KINDS)
def test_colours_of_paper_and_text_are_left_to_the_page(kind, big):
    layout = big[kind].layout
    assert layout.paper_bgcolor is None
    assert layout.font.color is None
    assert layout.template.layout.paper_bgcolor is None


@pytest.mark.parametrize("kind", KINDS)
def test_it_has_a_height_that_fits_a_page(kind, big):
    assert 100 < big[kind].layout.height < 6000


def test_the_same_table_draws_the_same_figure(unsafe):
    again = draw_unsafe()
    for kind, figure in unsafe.items():
        assert again[kind].to_json() == figure.to_json()


def test_sixteen_blocks_are_few_traces(big):
    assert len(big["curves"].data) == 16 * 11
    assert max(len(figure.data) for figure in big.values()) < 400
    assert len(BLOCKS) == 16
