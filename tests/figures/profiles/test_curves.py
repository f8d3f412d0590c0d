"""The figure of the paper: one curve per class, block and group, and what each of them says."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.analysis.profiles.curves import curve_table, picture_table
from se_viz.analysis.profiles.groups import ALL
from se_viz.figures.profiles.curves import channel_axis, class_curves
from se_viz.figures.profiles.spread import class_spread
from se_viz.figures.style.palette import GREY
from tests.figures.look import COLOURS, NAMES, SMALL, channels, group, is_note, named, titles
from tests.make import BLOCKS, CLASSES, make_reading

GROUP = group()
EVERY = channels(GROUP.profile)
TABLE = curve_table([GROUP], EVERY)
FIGURE = class_curves(TABLE, COLOURS)
TWO = class_curves(curve_table([GROUP, group("reference", seed=1)], EVERY), COLOURS)


def test_there_is_one_trace_for_every_class_and_block():
    places = [(trace.name, trace.xaxis) for trace in FIGURE.data]
    assert len(places) == len(set(places)) == 4 * 3
    assert {name for name, _ in places} == {*CLASSES[:3], ALL}
    assert {axis for _, axis in places} == {"x", "x2", "x3"}


@pytest.mark.parametrize("name", [*CLASSES[:3], ALL])
def test_a_trace_shows_the_mean_gate_of_every_channel(name):
    for trace, block in zip(named(FIGURE, name), SMALL, strict=True):
        chosen = (TABLE["class"] == name) & (TABLE["block"] == block.name)
        np.testing.assert_allclose(trace.y, TABLE[chosen]["mean"], atol=6e-5)
        np.testing.assert_allclose(trace.customdata, TABLE[chosen]["std"], atol=6e-5)
        assert (trace.x0, trace.dx) == (None, None)
        assert trace.x is None


def test_hovering_names_class_block_channel_and_value():
    hover = named(FIGURE, "tench")[1].hovertemplate
    for part in ("tench", "SE_3_4", "channel %{x}", "mean %{y:.3f}", "± %{customdata:.3f}"):
        assert part in hover
    assert "my pictures, pictures: 2" in hover


def test_hovering_names_the_channel_also_where_only_some_are_shown():
    picked = channels(GROUP.profile, "paper")
    figure = class_curves(curve_table([GROUP], picked), COLOURS)
    trace = named(figure, "tench")[2]
    assert "channel %{customdata[0]:.0f}" in trace.hovertemplate
    np.testing.assert_array_equal(trace.customdata[:, 0], picked["SE_5_3"])
    assert figure.layout.xaxis3.title.text == "sampled channels, in order"
    assert "SE_5_3 · stage 5 · 50 of 1024 channels" in titles(figure)


def test_a_class_has_one_colour_everywhere_and_no_other_class_has_it():
    colours = {name: {trace.line.color for trace in named(TWO, name)} for name in CLASSES[:3]}
    assert all(len(found) == 1 for found in colours.values())
    assert len(set().union(*colours.values())) == 3
    assert {trace.line.color for trace in named(TWO, ALL)} == {GREY}


def test_dashes_tell_groups_apart_and_the_legend_says_which():
    curves = named(TWO, "tench")
    assert [trace.line.dash for trace in curves[:3]] == ["solid"] * 3
    assert len({trace.line.dash for trace in curves[3:]} | {"solid"}) == 2
    for title, curve in (("my pictures", curves[0]), ("reference", curves[3])):
        (key,) = named(TWO, title)
        assert key.line.dash == curve.line.dash
        assert key.showlegend is not False


def test_the_legend_names_every_class_once_and_a_click_works_in_every_panel():
    for figure in (FIGURE, TWO):
        for name in (*CLASSES[:3], ALL):
            traces = named(figure, name)
            assert sum(bool(trace.showlegend) for trace in traces) == 1
            assert len({trace.legendgroup for trace in traces}) == 1


def test_panels_are_named_by_block_stage_and_channels():
    assert titles(FIGURE) == [
        "SE_2_1 · stage 2 · 128 channels",
        "SE_3_4 · stage 3 · 256 channels",
        "SE_5_3 · stage 5 · 1024 channels",
    ]
    assert FIGURE.layout.yaxis.range == FIGURE.layout.yaxis3.range == (0, 1)
    assert FIGURE.layout.xaxis3.title.text == "channel"
    assert FIGURE.layout.yaxis.title.text == "mean excitation"


def test_a_network_without_stages_is_not_given_one():
    table = TABLE.assign(stage=0)
    assert titles(class_curves(table, COLOURS))[0] == "SE_2_1 · 128 channels"


def test_bands_span_one_standard_deviation_and_stay_within_0_and_1():
    figure = class_curves(TABLE, COLOURS, band=True)
    bands = [trace for trace in figure.data if trace.fill == "toself"]
    assert len(bands) == 3 * 3
    chosen = TABLE[(TABLE["class"] == "tench") & (TABLE["block"] == "SE_2_1")]
    band = next(b for b in bands if b.legendgroup == "class tench" and b.xaxis == "x")
    high = np.minimum(chosen["mean"] + chosen["std"], 1)
    np.testing.assert_allclose(band.y[:128], high, atol=6e-5)
    low = np.maximum(chosen["mean"] - chosen["std"], 0)
    np.testing.assert_allclose(band.y[128:][::-1], low, atol=6e-5)
    for band in bands:
        assert band.y.min() >= 0
        assert band.y.max() <= 1
        assert (band.hoverinfo, band.showlegend) == ("skip", False)


def test_all_alone_has_a_band_and_beside_classes_has_none():
    alone = class_curves(curve_table([GROUP], EVERY, []), COLOURS, band=True)
    assert [trace.fill for trace in alone.data].count("toself") == 3


def test_the_companion_figure_has_bands_and_no_all():
    figure = class_spread(TABLE, COLOURS)
    assert named(figure, ALL) == []
    assert len(figure.data) == 2 * 3 * 3
    assert is_note(class_spread(TABLE[TABLE["class"] == ALL], COLOURS))


def test_a_single_channel_is_a_dot():
    one = {name: np.array([5]) for name in NAMES}
    figure = class_curves(curve_table([GROUP], one), COLOURS, band=True)
    assert {trace.mode for trace in named(figure, "tench")} == {"markers"}
    second = class_curves(curve_table([GROUP, group("reference")], one), COLOURS)
    symbols = [trace.marker.symbol for trace in named(second, "tench")]
    assert symbols == ["circle"] * 3 + ["circle-open"] * 3


def test_single_pictures_are_thin_dotted_lines_of_their_own():
    reading = make_reading(("tench", "church"), SMALL)
    pictures = picture_table(reading, [1], EVERY)
    figure = class_curves(TABLE, COLOURS, pictures=pictures)
    lines = named(figure, "picture 1.png")
    assert len(lines) == 3
    assert {line.line.color for line in lines} == {COLOURS["church"]}
    assert {line.line.dash for line in lines} == {"1px,2px"}
    np.testing.assert_allclose(lines[2].y, reading.gates["SE_5_3"][1], atol=6e-5)
    assert "<b>1.png</b> (church)" in lines[0].hovertemplate
    assert sum(bool(line.showlegend) for line in lines) == 1


def test_pictures_of_blocks_that_are_not_shown_are_left_out():
    reading = make_reading(("tench",), SMALL)
    some = curve_table([GROUP], {"SE_2_1": EVERY["SE_2_1"]})
    figure = class_curves(some, COLOURS, pictures=picture_table(reading, [0], EVERY))
    assert len(named(figure, "picture 0.png")) == 1


def test_two_pictures_of_one_name_are_two_entries():
    reading = make_reading(("tench", "church"), SMALL)
    pictures = picture_table(reading, [0, 1], EVERY).assign(picture="same.png")
    lines = named(class_curves(TABLE, COLOURS, pictures=pictures), "picture same.png")
    assert len({line.legendgroup for line in lines}) == 2
    assert sum(bool(line.showlegend) for line in lines) == 2


@pytest.mark.parametrize(
    ("choice", "order", "axis"),
    [
        ("all", "index", "channel"),
        ("all", "all", "channels, sorted"),
        ("paper", "index", "sampled channels, in order"),
        ("specific", "all", "channels, sorted"),
    ],
)
def test_the_axis_says_which_channels_these_are(choice, order, axis):
    profile = GROUP.profile
    assert channel_axis(curve_table([GROUP], channels(profile, choice, order))) == axis


def test_nothing_chosen_is_a_note():
    assert is_note(class_curves(curve_table([GROUP], EVERY, [], with_all=False), COLOURS))


@pytest.mark.parametrize("columns", [1, 2, 3, 9])
def test_panels_stand_side_by_side_as_asked(columns):
    figure = class_curves(TABLE, COLOURS, columns)
    starts = {figure.layout[axis].domain[0] for axis in ("xaxis", "xaxis2", "xaxis3")}
    assert len(starts) == min(columns, 3)


def test_sixteen_blocks_are_sixteen_panels():
    big = group(blocks=BLOCKS, classes=CLASSES[:2])
    figure = class_curves(curve_table([big], channels(big.profile, "paper")), COLOURS)
    assert len(titles(figure)) == 16
    assert {trace.xaxis for trace in figure.data} == {"x", *(f"x{i}" for i in range(2, 17))}
