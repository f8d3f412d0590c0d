"""Figures of one picture from the inside."""

from __future__ import annotations

import base64
import io

import numpy as np
import pytest
from PIL import Image

from se_viz.analysis.one_picture.contribution import contribution_table
from se_viz.analysis.one_picture.maps import maps_of
from se_viz.figures.one_picture.contribution import LEAST, LOOKED_AT, contribution
from se_viz.figures.one_picture.excitation import excitation, squeezes
from se_viz.figures.one_picture.feature_maps import scale_maps, shown, squeeze_maps
from se_viz.figures.style import tiles
from tests.figures.look import is_note, titles

U = np.random.default_rng(0).normal(size=(4, 4, 16)).astype(np.float32)
S = np.linspace(0.05, 0.95, 16).astype(np.float32)
Z, CHOSEN = U.mean((0, 1)), np.array([3, 15])
MAPS = maps_of(U, U * S, Z, S, CHOSEN)
VIEW = np.random.default_rng(0).integers(0, 256, (8, 8, 3), np.uint8)
BOTTLENECK = np.array([0.0, 1.5])


def tiles_of(figure) -> list:
    return [trace for trace in figure.data if trace.type == "heatmap"]


def test_the_picture_stands_beside_a_map_of_each_channel_over_its_mean():
    figure = squeeze_maps(MAPS, VIEW)
    for trace, channel in zip(tiles_of(figure), CHOSEN, strict=True):
        np.testing.assert_allclose(trace.z, U[..., channel], atol=6e-5)
        assert trace.hovertemplate.startswith(f"channel {channel}<br>")
    assert titles(figure)[1].startswith("<b>channel 3</b><br>mean ")
    mean = titles(figure)[1].split()[-1].replace("−", "-")
    assert float(mean) == pytest.approx(Z[3], abs=6e-4)
    (image,) = figure.layout.images
    data = base64.b64decode(image.source.split(",")[1])
    np.testing.assert_array_equal(np.asarray(Image.open(io.BytesIO(data))), VIEW)


def test_u_stands_over_x_with_the_gate_between():
    figure = scale_maps(MAPS)
    u, x, *others = tiles_of(figure)
    assert len(others) == 2
    np.testing.assert_allclose(u.z * S[3], x.z, atol=1e-4)
    assert (u.x0, u.dx) == (x.x0, x.dx)
    assert u.y0 + 1 < x.y0
    assert f"<b>× {S[3]:.2f}</b> ↓" in titles(figure)


@pytest.mark.parametrize("figure", [squeeze_maps(MAPS, VIEW), scale_maps(MAPS)])
def test_all_maps_share_one_scale_with_0_in_the_middle(figure):
    assert {trace.coloraxis for trace in tiles_of(figure)} == {"coloraxis"}
    scale = figure.layout.coloraxis
    assert scale.cmin == -scale.cmax < 0
    assert scale.cmax == pytest.approx(MAPS.limit, rel=0.01)
    assert scale.colorscale == tiles.DIVERGING


@pytest.mark.parametrize("columns", [1, 2])
def test_all_channels_that_a_page_shows_fit_its_board(columns):
    maps = maps_of(U, U * S, Z, S, np.arange(shown(columns)))
    for figure in (squeeze_maps(maps, VIEW, columns), scale_maps(maps, columns)):
        width, height = figure.layout.xaxis.range[1], figure.layout.yaxis.range[0]
        found = tiles_of(figure)
        assert len(found) in (len(maps.channels), 2 * len(maps.channels))
        for trace in found:
            assert 0 < trace.x0 < trace.x0 + 3 * trace.dx < width
            assert 0 < trace.y0 < trace.y0 + 3 * trace.dy < height


def test_without_channels_a_sentence_says_so():
    none = maps_of(U, U * S, Z, S, np.array([], int))
    assert is_note(squeeze_maps(none, VIEW))
    assert is_note(scale_maps(none))
    assert len(squeezes(Z, none.channels).data) == 1


def test_three_panels_from_z_over_the_bottleneck_to_s():
    figure = excitation(Z, BOTTLENECK, S, CHOSEN)
    said = titles(figure)
    assert said[0].startswith("z: 16 squeezes, from −")
    assert said[1:] == [
        "bottleneck: 2 units, 1 of them above 0",
        "s: 16 gates, from 0.05 to 0.95",
    ]
    (bars,) = (trace for trace in figure.data if trace.type == "bar")
    assert bars.y.tolist() == [0, 1.5]
    dots = list(figure.select_traces({"mode": "markers+text"}))
    assert [dot.yaxis for dot in dots] == ["y", "y3"]
    for dot, values in zip(dots, (Z, S), strict=True):
        np.testing.assert_array_equal(dot.x, CHOSEN)
        np.testing.assert_allclose(dot.y, values[CHOSEN], atol=6e-5)


def test_a_bottleneck_that_is_not_known_is_left_out():
    figure = excitation(Z, None, S, CHOSEN)
    assert len(titles(figure)) == 2
    assert figure.layout.yaxis2.title.text == "gate s"
    assert not any(trace.type == "bar" for trace in figure.data)


def test_each_channel_is_a_dot_of_what_it_carries_and_its_gate():
    u = U.copy()
    u[..., 15] = 0
    table = contribution_table(u, u * S, S)
    every, ringed, *sums = contribution(table, CHOSEN).data
    np.testing.assert_allclose(every.x[:15], table["before"][:15], rtol=1e-5)
    assert every.x[15] == pytest.approx(LEAST)
    assert every.customdata[15].tolist() == [15, 0, 0]
    np.testing.assert_allclose(every.y, S, atol=6e-5)
    np.testing.assert_array_equal(ringed.customdata[:, 0], CHOSEN)
    assert ringed.name == LOOKED_AT
    for trace in sums[::2]:
        assert trace.x.tolist() == list(range(1, 17))
        assert trace.y[-1] == pytest.approx(1)
    assert "<b>15</b>" in titles(contribution(table, CHOSEN))


def test_a_block_that_gives_nothing_is_told():
    assert is_note(contribution(contribution_table(0 * U, 0 * U, S), CHOSEN))


def test_long_curves_are_thinned_and_keep_their_ends():
    u = np.random.default_rng(0).normal(size=(2, 2, 4096)).astype(np.float32)
    figure = contribution(contribution_table(u, u, np.ones(4096)), CHOSEN)
    line = figure.data[2]
    assert len(line.x) == 400
    assert (line.x[0], line.x[-1]) == (1, 4096)
