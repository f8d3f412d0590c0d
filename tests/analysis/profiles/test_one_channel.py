"""One channel: its gate per class, per picture, and the pictures at its ends."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.analysis.profiles.groups import ALL, Group
from se_viz.analysis.profiles.one_channel import (
    channel_pictures,
    channel_table,
    highest_and_lowest,
    most_specific,
    told,
)
from se_viz.profiles import of_reading
from tests.analysis.hand import group_of, profile_of
from tests.make import BLOCKS, ORIGIN, make_reading

READING = make_reading(tuple("aaaabbbcc"))
GROUP = Group("mine", of_reading(READING, BLOCKS, ORIGIN))


def test_a_channel_by_hand():
    group = group_of(SE_2_1={"a": [[0.1, 0.25], [0.1, 0.75]], "b": [[0.1, 1.0]]})
    table = channel_table([group], "SE_2_1", 1)
    assert table["class"].tolist() == ["a", "b", ALL]
    assert table["mean"].tolist() == [0.5, 1, 0.75]
    assert table["std"].tolist()[:2] == [0.25, 0]
    assert table["low"].tolist() == [0.25, 1, 0.25]
    assert table["high"].tolist() == [0.75, 1, 1]
    assert table["pictures"].tolist() == [2, 1, 3]


def test_a_channel_is_numpys():
    table = channel_table([GROUP], "SE_4_6", 37, ["b"]).set_index("class")
    gates = READING.gates["SE_4_6"][4:7, 37]
    found = table.loc["b", ["mean", "std", "low", "high"]].astype(float)
    expected = [gates.mean(), gates.std(), gates.min(), gates.max()]
    np.testing.assert_allclose(found, expected, atol=1e-6)


def test_pictures_come_largest_gate_first_with_their_row():
    table = channel_pictures(READING, "SE_4_6", 37)
    gates = READING.gates["SE_4_6"][:, 37]
    assert table["row"].tolist() == np.argsort(-gates, kind="stable").tolist()
    np.testing.assert_array_equal(table["gate"], gates[table["row"]])
    np.testing.assert_array_equal(table["squeeze"], READING.squeezes["SE_4_6"][table["row"], 37])
    assert table["class"].tolist() == [READING.labels[row] for row in table["row"]]


@pytest.mark.parametrize(("pictures", "high", "low"), [(0, 0, 0), (1, 1, 0), (3, 2, 1), (9, 4, 4)])
def test_no_picture_stands_at_both_ends(pictures, high, low):
    table = channel_pictures(READING.select(range(pictures)), "SE_4_6", 37)
    top, bottom = highest_and_lowest(table, 4)
    assert (len(top), len(bottom)) == (high, low)
    assert not set(top["row"]) & set(bottom["row"])
    assert (np.diff(top["gate"]) <= 0).all()
    assert (np.diff(bottom["gate"]) >= 0).all()
    if low:
        assert bottom["gate"].iloc[0] == table["gate"].min()


@pytest.mark.parametrize("channel", [-1, 512])
def test_a_channel_that_is_not_there_is_named(channel):
    for ask in (
        lambda: channel_table([GROUP], "SE_4_6", channel),
        lambda: channel_pictures(READING, "SE_4_6", channel),
    ):
        with pytest.raises(ValueError, match=f"SE_4_6 has no channel {channel}: it has 0 to 511"):
            ask()


def test_the_most_specific_channel_is_the_best_of_the_best_block():
    early = {"a": [[0.1, 0.5], [0.3, 0.5]], "b": [[0.2, 0.5], [0.2, 0.6]]}
    late = {"a": [[0.1, 0.2], [0.11, 0.4]], "b": [[0.9, 0.3], [0.91, 0.5]]}
    profile = profile_of(SE_2_1=early, SE_5_1=late)
    assert most_specific(profile) == ("SE_5_1", 0)
    assert most_specific(profile, "SE_2_1")[0] == "SE_2_1"
    assert most_specific(profile_of(SE_2_1={"a": [[0.1, 0.5]]})) == ("SE_2_1", 0)


def test_a_sentence_tells_mean_ends_and_rank():
    gates = {"a": [[0.1, 0.2], [0.11, 0.4]], "b": [[0.9, 0.3], [0.91, 0.5]]}
    said = told(group_of(SE_5_1=gates), "SE_5_1", 0)
    assert "**0.505**, from 0.105 (a) to 0.905 (b)." in said
    assert "**100.0%** of its variance" in said
    assert said.endswith("number 1 of the block's 2 channels.")
    assert told(group_of(SE_5_1={"a": [[0.25]]}), "SE_5_1", 0).endswith("is **0.250**.")
    single = told(group_of(SE_5_1={"a": [[0.25]], "b": [[0.5]]}), "SE_5_1", 0)
    assert single.endswith("to 0.500 (b).")
    with pytest.raises(ValueError, match="has no channel 2"):
        told(group_of(SE_5_1=gates), "SE_5_1", 2)
