"""The map: classes down, channels across, one scale of colours for all blocks."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.analysis.profiles.curves import curve_table
from se_viz.analysis.profiles.groups import ALL
from se_viz.figures.profiles.heatmap import class_heatmap
from tests.figures.look import channels, group, is_note, titles
from tests.make import CLASSES

GROUP = group()
EVERY = channels(GROUP.profile)
TABLE = curve_table([GROUP], EVERY)
NAMES = (*CLASSES[:3], ALL)


def test_a_map_per_block_holds_the_mean_of_every_class_and_channel():
    figure = class_heatmap(TABLE)
    assert len(figure.data) == 3
    for trace, block, title in zip(figure.data, EVERY, titles(figure), strict=True):
        assert tuple(trace.y) == NAMES
        assert title.startswith(block)
        for row, name in zip(trace.z, NAMES, strict=True):
            chosen = TABLE[(TABLE["class"] == name) & (TABLE["block"] == block)]
            np.testing.assert_allclose(row, chosen["mean"], atol=6e-5)
        assert f"{block}, channel %{{x}}" in trace.hovertemplate


def test_sampled_channels_keep_their_numbers_in_hovers():
    picked = channels(GROUP.profile, "specific")
    trace = class_heatmap(curve_table([GROUP], picked)).data[2]
    assert "channel %{customdata}" in trace.hovertemplate
    np.testing.assert_array_equal(trace.customdata[1], picked["SE_5_3"])


@pytest.mark.parametrize("full", [True, False])
def test_all_panels_share_one_scale(full):
    figure = class_heatmap(TABLE, full_scale=full)
    assert {trace.coloraxis for trace in figure.data} == {"coloraxis"}
    span = (figure.layout.coloraxis.cmin, figure.layout.coloraxis.cmax)
    seen = (TABLE["mean"].min(), TABLE["mean"].max())
    assert span == pytest.approx((0, 1) if full else seen, abs=6e-5)


def test_gates_that_are_all_equal_still_have_a_scale():
    figure = class_heatmap(TABLE.assign(mean=0.5))
    assert (figure.layout.coloraxis.cmin, figure.layout.coloraxis.cmax) == (0, 1)


def test_groups_of_one_class_stand_side_by_side():
    figure = class_heatmap(curve_table([GROUP, group("reference", seed=1)], EVERY))
    rows = figure.data[0].y
    assert rows[:2] == ("tench<br><sup>my pictures</sup>", "tench<br><sup>reference</sup>")
    assert len(rows) == len(set(rows)) == 8


def test_names_that_are_shortened_alike_stay_rows_of_their_own():
    long = group(classes=("a class with a cat in its name", "a class with a dog in its name"))
    table = curve_table([long], channels(long.profile), with_all=False)
    first, second = class_heatmap(table).data[0].y
    assert (first, second) == ("a class with …t in its name", "a class with …g in its name")


def test_nothing_chosen_is_a_note():
    assert is_note(class_heatmap(curve_table([GROUP], EVERY, [], with_all=False)))
