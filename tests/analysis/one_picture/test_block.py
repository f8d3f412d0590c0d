"""One picture in one block, and what its gates do otherwise than usual."""

from __future__ import annotations

import numpy as np

from se_viz.analysis.one_picture.block import picture_block, strongest
from se_viz.analysis.profiles.groups import Group
from se_viz.profiles import empty, merge
from tests.analysis.hand import group_of, profile_of, reading_of
from tests.make import ORIGIN

READING = reading_of(SE_3_1={"a": [[0.1, 0.5, 0.9, 0.2]], "b": [[0.4, 0.4, 0.4, 0.4]]})
USUAL = group_of(SE_3_1={"a": [[0.2, 0.5, 0.3, 0.1]], "b": [[0.4, 0.5, 0.3, 0.1]] * 5})
CHANNELS = np.array([2, 0, 1])


def test_squeeze_and_gate_of_the_channels_asked_for():
    table = picture_block(READING, 0, "SE_3_1", CHANNELS)
    assert list(table.columns) == ["position", "channel", "squeeze", "gate"]
    assert table["position"].tolist() == [0, 1, 2]
    assert table["channel"].tolist() == [2, 0, 1]
    np.testing.assert_allclose(table["gate"], [0.9, 0.1, 0.5], atol=1e-7)
    np.testing.assert_allclose(table["squeeze"], [1.8, 0.2, 1.0], atol=1e-7)


def test_the_usual_curve_weighs_classes_alike():
    table = picture_block(READING, 0, "SE_3_1", CHANNELS, USUAL)
    np.testing.assert_allclose(table["usual"], [0.3, 0.3, 0.5], atol=1e-7)
    np.testing.assert_allclose(table["usual_std"], [0, 0.1, 0], atol=1e-7)


def test_classes_without_pictures_do_not_weigh_on_the_usual_curve():
    profile = profile_of(SE_3_1={"a": [[0.2, 0.5, 0.3, 0.1]]})
    padded = Group("g", merge(empty(("none",), profile.blocks, ORIGIN), profile))
    table = picture_block(READING, 1, "SE_3_1", CHANNELS, padded)
    np.testing.assert_allclose(table["usual"], [0.3, 0.2, 0.5], atol=1e-7)


def test_the_strongest_depart_most_from_the_usual_on_either_side():
    table = picture_block(READING, 0, "SE_3_1", np.arange(4), USUAL)
    found = strongest(table, 3)
    assert found["channel"].tolist() == [2, 0, 3]
    np.testing.assert_allclose(found["difference"], [0.6, -0.2, 0.1], atol=1e-6)
    assert list(found.index) == [0, 1, 2]
    assert "difference" not in table


def test_there_are_no_more_strongest_than_channels():
    assert len(strongest(picture_block(READING, 0, "SE_3_1", CHANNELS, USUAL), 99)) == 3
