"""Every figure on every shape of network: no stages, one block or fifty-five, one class or 1000."""

from __future__ import annotations

import functools

import numpy as np
import pytest

from se_viz.analysis.channels import channels_of, default_blocks
from se_viz.analysis.networks.counterparts import FEWEST
from se_viz.analysis.networks.paper import findings
from se_viz.analysis.networks.two_networks import side_table
from se_viz.analysis.one_picture.block import picture_block, strongest
from se_viz.analysis.predictions.tables import top, top_table
from se_viz.analysis.profiles.curves import curve_table, picture_table
from se_viz.analysis.profiles.depth import block_table
from se_viz.analysis.profiles.distributions import histogram_table
from se_viz.analysis.profiles.groups import ALL, Group
from se_viz.figures.networks.confusion import confusion
from se_viz.figures.profiles.curves import class_curves
from se_viz.figures.style.budget import TRACES
from se_viz.figures.style.palette import class_colours
from se_viz.probe.reading import Reading
from tests.figures.every import KINDS, figures
from tests.figures.look import named, size, titles
from tests.make import (
    BLOCKS,
    blocks_by_depth,
    blocks_by_stage,
    make_profile,
    make_reading,
    single,
)
from tests.scale import ALL as EVERYTHING

MOST = 4_000_000
"""Bytes of JSON that the largest figure may send."""
MANY = 1000 if EVERYTHING else 300
"""Classes of the largest figures; from 25 on, some are left out."""
LONG = "a class whose name goes on and on until nobody knows how it began, number "
NETWORKS = {
    "one block": blocks_by_depth([8]),
    "one block of 8 channels at ratio 24": blocks_by_depth([8], 24),
    "wide blocks": blocks_by_depth([4608, 8, 4608]),
    "fifty blocks in stages": blocks_by_stage((3, 8, 36, 3), 16),
    "two stages": blocks_by_stage((0, 0, 2, 1)),
    "55 blocks by depth": blocks_by_depth([16, *[24] * 14, *[48] * 40]),
}
SLOW = {"one": "55 blocks by depth", "two": "fifty blocks in stages"}
"""Each of the two deep networks is drawn with one or with two classes; both with SE_VIZ_ALL."""
CLASSES = {
    "one": ("only one",),
    "two": ("cat", "dog"),
    "a hundred": tuple(f"class {i}" for i in range(100)),
}


@functools.cache
def drawn(network: str, classes: str, columns: int) -> dict:
    profile = make_profile(CLASSES[classes], NETWORKS[network], pictures=1)
    group = Group("pictures of mine", profile)
    return figures([group], CLASSES[classes], columns)


@functools.cache
def extreme() -> dict:
    """Two groups of 55 blocks, with very many classes of one picture each and long names."""
    names = tuple(f"{LONG}{i}" for i in range(MANY))
    profile = make_profile(names, blocks_by_depth([8] * 55), pictures=1)
    return figures([Group(title, profile) for title in "ab"], names, band=True)


def check(figure) -> None:
    assert 100 < figure.layout.height < 7500
    assert size(figure) < MOST
    assert len(figure.data) <= TRACES + 100  # for marks, keys and single pictures
    assert all(len(text) < 300 for text in titles(figure))
    for trace in figure.data:
        values = trace.z if trace.type == "heatmap" else trace.y
        assert len(values) > 0


@pytest.mark.parametrize(
    ("classes", "columns", "network"),
    [
        (*case, network)
        for case in (("one", 1), ("two", 2))
        for network in NETWORKS
        if EVERYTHING or network != SLOW[case[0]]
    ],
)
def test_every_figure_shows_every_network(network, classes, columns):
    found = drawn(network, classes, columns)
    assert tuple(found) == KINDS
    for figure in found.values():
        check(figure)


@pytest.mark.parametrize("network", ["one block", "two stages"])
def test_every_figure_shows_a_hundred_classes(network):
    for figure in drawn(network, "a hundred", 2).values():
        check(figure)


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_every_figure_of_very_many_classes_in_55_blocks_stays_small(kind):
    check(extreme()[kind])


@pytest.mark.parametrize("kind", ["curves", "histograms", "violins", "heatmap", "saturation"])
def test_classes_left_out_are_told(kind):
    told = [text for text in titles(extreme()[kind]) if "classes are drawn" in text]
    assert len(told) == 1
    assert f"of {MANY:,} classes" in told[0]


@pytest.mark.parametrize("kind", ["curves", "histograms", "violins", "heatmap"])
def test_blocks_left_out_are_told_and_the_ends_are_drawn(kind):
    said = titles(extreme()[kind])
    assert any("of 55 blocks are drawn, evenly by depth." in text for text in said)
    assert any(text.split(" ")[0] == "SE_1" for text in said)
    assert any(text.split(" ")[0] == "SE_55" for text in said)


def test_nothing_is_told_where_nothing_is_left_out():
    for figure in drawn("two stages", "two", 2).values():
        assert not any("drawn" in text for text in titles(figure))


def test_quarters_stand_for_stages():
    figure = drawn("55 blocks by depth", "two", 2)["histograms of stages"]
    assert titles(figure) == [f"{n} quarter" for n in ("first", "second", "third", "fourth")]
    assert titles(drawn("one block", "two", 2)["violins of stages"]) == ["whole network"]


def test_stages_that_a_network_lacks_are_no_panels():
    figure = drawn("two stages", "two", 2)["histograms of stages"]
    assert titles(figure) == ["stage 4", "stage 5"]


def test_quarters_add_up_all_gates():
    profile = make_profile("ab", NETWORKS["55 blocks by depth"], pictures=1)
    table = histogram_table([Group("g", profile)])
    sums = table.groupby(["class", "part"], observed=True)["share"].sum()
    assert len(sums) == 3 * 4
    np.testing.assert_allclose(sums, 1)


def test_all_channels_of_wide_blocks_are_thinned_evenly_and_titled_so():
    blocks = blocks_by_depth([64, *[2048] * 9])
    group = Group("g", make_profile([str(i) for i in range(10)], blocks, pictures=1))
    channels = channels_of(group.profile, [block.name for block in blocks])
    pictures = picture_table(make_reading("ab", blocks), [1], channels)
    table = curve_table([group], channels)
    colours = class_colours(group.profile.classes)
    figure = class_curves(table, colours, 2, True, pictures)
    assert size(figure) < MOST
    shown = titles(figure)
    assert shown[0] == "SE_1 · 64 channels"
    amount = int(shown[1].split(" · ")[1].split(" of ")[0])
    assert 64 < amount < 2048
    line, dots = named(figure, ALL)[1], named(figure, "picture 1.png")[1]
    kept = np.asarray(line.customdata)[:, 0].astype(int)
    assert np.ptp(np.diff(kept)) <= 1
    np.testing.assert_array_equal(dots.customdata, kept)
    np.testing.assert_allclose(line.y, group.profile.all_mean("SE_2")[kept], atol=6e-5)


@pytest.mark.parametrize("network", NETWORKS)
def test_claims_are_asked_by_depth_of_networks_with_enough_blocks(network):
    found = findings(Group("g", make_profile("ab", NETWORKS[network], pictures=2)))
    known = {block.name for block in NETWORKS[network]}
    for finding in found:
        if len(known) < FEWEST:
            assert (finding.holds, finding.number) == (None, None)
            assert finding.sentence.startswith(
                "Cannot be decided with these gates: it takes a network"
            )
        else:
            assert set(finding.blocks) <= known
            assert finding.holds is not None
            assert bool(finding.instead) == ("SE_5_3" not in known)
        assert finding.sentence.endswith(".")


def test_the_paper_is_asked_of_a_resnet_of_1000_classes():
    names = [str(i) for i in range(1000)]
    blocks = [block for block in blocks_by_stage((3, 4, 6, 3), 4) if block.name in PAPER]
    found = findings(Group("g", make_profile(names, blocks, pictures=2)))
    assert [finding.number is None for finding in found] == [False] * 6


PAPER = ("SE_2_3", "SE_4_6", "SE_5_1", "SE_5_2", "SE_5_3")


@pytest.mark.parametrize("network", NETWORKS)
def test_every_network_has_blocks_to_begin_with(network):
    blocks = NETWORKS[network]
    found = default_blocks(blocks)
    assert 1 <= len(found) <= 6
    assert set(found) <= {block.name for block in blocks}


@pytest.mark.parametrize("network", NETWORKS)
def test_a_picture_can_be_followed_through_every_block(network):
    blocks = NETWORKS[network]
    group, reading = Group("g", make_profile("ab", blocks, 1)), make_reading("a", blocks)
    for block in blocks:
        table = picture_block(reading, 0, block.name, np.arange(block.channels), group)
        assert len(table) == block.channels
        assert len(strongest(table)) == min(5, block.channels)


@pytest.mark.parametrize("network", NETWORKS)
def test_every_bottleneck_has_a_width(network):
    assert (block_table(NETWORKS[network])["hidden"] >= 1).all()


@pytest.mark.parametrize("a", NETWORKS)
def test_any_network_stands_beside_the_papers(a):
    groups = [Group(str(i), make_profile("ab", b, 1)) for i, b in enumerate((NETWORKS[a], BLOCKS))]
    table = side_table(*groups)
    assert table[table["side"] == 0]["blocks"].sum() == len(NETWORKS[a])
    assert table[table["side"] == 1]["blocks"].sum() == len(BLOCKS)
    assert table["distance"].dropna().between(0, 1).all()


@pytest.mark.parametrize("count", [1, 2, 5, 1000])
def test_predictions_name_five_classes_or_all(count):
    outputs = np.random.default_rng(0).normal(size=(3, count)).astype(np.float32)
    output = single(count)
    assert [len(guesses) for guesses in top(outputs, output)] == [min(count, 5)] * 3
    np.testing.assert_allclose(output.shown(outputs).sum(1), 1)
    table = top_table(Reading(("a", "b", "c"), ("a", "b", "c"), outputs, {}, {}, output))
    assert table["rank"].max() == min(count, 5)


def test_a_thousand_classes_are_confused_in_forty_rows_and_one_column_for_the_others():
    matrix = 3 * np.eye(1000, dtype=int)
    matrix[7, 8], matrix[7, 900], matrix[900, 1] = 2, 1, 1
    figure = confusion(matrix, [str(i) for i in range(1000)])
    (trace,) = figure.data
    assert np.asarray(trace.customdata).shape == (40, 41)
    assert "7" in trace.y
    assert trace.x[-1] == "any other"
    row = np.asarray(trace.customdata)[trace.y.index("7")]
    assert (row[trace.x.index("7")], row[trace.x.index("8")], row[-1]) == (3, 2, 0)
    assert np.asarray(trace.customdata)[trace.y.index("900")][-1] == 0
    assert titles(figure) == ["The 40 of 1,000 classes with the most mistakes."]


def test_classes_to_tell_apart_differ_in_colour_among_a_thousand():
    names = [str(i) for i in range(1000)]
    shown = [str(i) for i in range(0, 24 * 24, 24)]
    usual, told = class_colours(names), class_colours(names, shown)
    assert len({usual[name] for name in shown}) == 1
    assert len({told[name] for name in shown}) == 24
    assert told[shown[0]] == usual[shown[0]]
    assert all(told[name] == usual[name] for name in names if name not in shown)
