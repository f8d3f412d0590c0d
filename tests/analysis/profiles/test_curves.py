"""The numbers behind curves: each equals NumPy's, in a fixed order, classes weighed alike."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from se_viz.analysis.channels import channels_of
from se_viz.analysis.profiles.curves import curve_table, picture_table
from se_viz.analysis.profiles.groups import ALL, Group
from se_viz.profiles import empty, merge, of_reading
from tests.analysis.hand import group_of, profile_of, reading_of
from tests.make import BLOCKS, ORIGIN, make_reading

SOME = (BLOCKS[0], BLOCKS[12])
LABELS = tuple("aabbbcab")
READING = make_reading(LABELS, SOME)
GROUP = Group("my pictures", of_reading(READING, SOME, ORIGIN))
EVERY = channels_of(GROUP.profile, [block.name for block in SOME])
COLUMNS = [
    *("group", "class", "block", "stage", "channels", "position", "channel"),
    *("mean", "std", "low", "high", "pictures"),
]


def rows(table, **wanted):
    for name, value in wanted.items():
        table = table[table[name] == value]
    return table


def test_two_classes_by_hand():
    group = group_of(SE_3_1={"a": [[0, 0.5]], "b": [[0.5, 0.5], [1, 1]]})
    table = curve_table([group], {"SE_3_1": np.array([1, 0])})
    assert list(table.columns) == COLUMNS
    assert table["class"].tolist() == ["a", "a", "b", "b", ALL, ALL]
    assert table["position"].tolist() == [0, 1] * 3
    assert table["channel"].tolist() == [1, 0] * 3
    assert table["mean"].tolist() == [0.5, 0, 0.75, 0.75, 0.625, 0.375]
    assert table["std"].tolist()[:4] == [0, 0, 0.25, 0.25]
    assert table["low"].tolist() == [0.5, 0, 0.5, 0.5, 0.5, 0]
    assert table["high"].tolist() == [0.5, 0, 1, 1, 1, 1]
    assert table["pictures"].tolist() == [1, 1, 2, 2, 3, 3]
    assert set(table["stage"]) == {3}
    assert set(table["channels"]) == {2}


@pytest.mark.parametrize("label", "abc")
@pytest.mark.parametrize("block", SOME, ids=lambda block: block.name)
def test_class_curves_are_numpys(label, block):
    table = rows(curve_table([GROUP], EVERY), **{"class": label, "block": block.name})
    gates = READING.gates[block.name][[name == label for name in LABELS]]
    np.testing.assert_array_equal(table["channel"], np.arange(block.channels))
    for name in ("mean", "std"):
        np.testing.assert_allclose(table[name], getattr(gates, name)(0), atol=1e-6)
    np.testing.assert_array_equal(table["low"], gates.min(0))
    np.testing.assert_array_equal(table["high"], gates.max(0))
    assert set(table["pictures"]) == {LABELS.count(label)}


def test_all_is_the_mean_of_the_class_curves_and_not_of_the_pictures():
    table = rows(curve_table([GROUP], EVERY), block="SE_2_1")
    classes = [rows(table, **{"class": label})["mean"].to_numpy() for label in "abc"]
    curve = rows(table, **{"class": ALL})
    np.testing.assert_allclose(curve["mean"], np.mean(classes, 0), atol=1e-6)
    assert np.abs(curve["mean"] - READING.gates["SE_2_1"].mean(0)).max() > 1e-3
    np.testing.assert_allclose(curve["std"], GROUP.profile.all_std("SE_2_1"), atol=1e-6)
    np.testing.assert_array_equal(curve["low"], READING.gates["SE_2_1"].min(0))
    assert set(curve["pictures"]) == {len(LABELS)}


def test_all_is_over_all_classes_chosen_or_not():
    whole, chosen = (curve_table([GROUP], EVERY, names) for names in (None, ["b"]))
    assert list(dict.fromkeys(chosen["class"])) == ["b", ALL]
    np.testing.assert_array_equal(
        rows(whole, **{"class": ALL})["mean"], rows(chosen, **{"class": ALL})["mean"]
    )
    without = curve_table([GROUP], EVERY, ["b"], with_all=False)
    assert set(without["class"]) == {"b"}


def test_only_the_channels_asked_for_come_in_the_order_asked_for():
    pick = np.array([7, 3, 99])
    table = rows(curve_table([GROUP], {"SE_2_1": pick}), **{"class": "a"})
    assert table["channel"].tolist() == [7, 3, 99]
    assert table["position"].tolist() == [0, 1, 2]
    np.testing.assert_allclose(
        table["mean"], GROUP.profile.stats["SE_2_1"].mean[0, pick], atol=1e-6
    )
    assert set(table["channels"]) == {128}


def test_two_groups_stand_one_after_the_other():
    other = replace(GROUP, title="reference")
    table = curve_table([GROUP, other], EVERY, ["a"])
    order = list(dict.fromkeys(zip(table["group"], table["block"], table["class"], strict=True)))
    blocks = [block.name for block in SOME]
    assert order == [
        (group, block, label)
        for group in ("my pictures", "reference")
        for block in blocks
        for label in ("a", ALL)
    ]


def test_a_group_shows_the_classes_that_it_has():
    cats = group_of("cats", SE_3_1={"cat": [[0.1, 0.2]]})
    both = group_of("both", SE_3_1={"cat": [[0.1, 0.2]], "dog": [[0.3, 0.4]]})
    table = curve_table([cats, both], {"SE_3_1": np.arange(2)}, ["dog"], with_all=False)
    assert set(table["group"]) == {"both"}


def test_a_class_called_all_is_not_mixed_up_with_the_mean():
    group = group_of(SE_3_1={"all": [[0.25]], "b": [[0.75]]})
    table = curve_table([group], {"SE_3_1": np.arange(1)})
    assert table["class"].tolist() == ["all (class)", "b", ALL]
    assert table["mean"].tolist() == [0.25, 0.75, 0.5]


def test_classes_without_pictures_neither_show_nor_weigh():
    profile = profile_of(SE_3_1={"a": [[0.5]]})
    padded = merge(empty(("none",), profile.blocks, ORIGIN), profile)
    table = curve_table([Group("g", padded)], {"SE_3_1": np.arange(1)})
    assert table["class"].tolist() == ["a", ALL]
    assert table["mean"].tolist() == [0.5, 0.5]
    assert table["low"].tolist() == [0.5, 0.5]


def test_nothing_chosen_is_a_table_without_rows():
    for table in (
        curve_table([GROUP], EVERY, [], with_all=False),
        curve_table([GROUP], {}),
        curve_table([], EVERY),
        curve_table([Group("none", empty(("a",), SOME, ORIGIN))], EVERY),
    ):
        assert list(table.columns) == COLUMNS
        assert len(table) == 0


def test_single_pictures_by_hand():
    reading = reading_of(SE_3_1={"a": [[0.1, 0.2], [0.3, 0.4]], "all": [[0.5, 0.6]]})
    table = picture_table(reading, [2, 0], {"SE_3_1": np.array([1, 0])})
    assert table["picture"].tolist() == ["2.png", "2.png", "0.png", "0.png"]
    assert table["row"].tolist() == [2, 2, 0, 0]
    assert table["class"].tolist() == ["all (class)", "all (class)", "a", "a"]
    assert table["position"].tolist() == [0, 1, 0, 1]
    assert table["channel"].tolist() == [1, 0, 1, 0]
    np.testing.assert_allclose(table["gate"], [0.6, 0.5, 0.2, 0.1], atol=1e-7)
    np.testing.assert_allclose(table["squeeze"], 2 * table["gate"], atol=1e-7)


def test_pictures_go_through_every_block():
    table = picture_table(READING, [1, 5], EVERY)
    assert len(table) == 2 * sum(block.channels for block in SOME)
    part = rows(table, row=5, block="SE_4_6")
    np.testing.assert_array_equal(part["gate"], READING.gates["SE_4_6"][5])
    np.testing.assert_array_equal(part["squeeze"], READING.squeezes["SE_4_6"][5])


def test_no_picture_is_a_table_without_rows():
    for table in (picture_table(READING, [], EVERY), picture_table(READING, [0], {})):
        assert len(table) == 0
        assert "gate" in table.columns
