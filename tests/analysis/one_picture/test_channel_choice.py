"""Channels to look at: by gate, by change, by number."""

from __future__ import annotations

import pandas as pd
import pytest

from se_viz.analysis.one_picture.channel_choice import channel_numbers, pick_channels

TABLE = pd.DataFrame(
    {"channel": [0, 1, 2, 3], "gate": [0.5, 0.9, 0.1, 0.9], "change": [0.0, 0.1, 0.3, 0.2]}
)


@pytest.mark.parametrize(
    ("which", "expected"),
    [("open", [1, 3, 0]), ("shut", [2, 0, 1]), ("changed", [2, 3, 1]), ("numbers", [3, 0])],
)
def test_the_most_telling_come_first(which, expected):
    assert pick_channels(TABLE, which, 3, (3, 0)).tolist() == expected


def test_there_are_no_more_than_channels():
    assert pick_channels(TABLE, "open", 8).tolist() == [1, 3, 0, 2]
    assert pick_channels(TABLE, "numbers", 8).tolist() == []


def test_another_choice_is_refused():
    with pytest.raises(ValueError, match="No such choice"):
        pick_channels(TABLE, "best", 3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3, 17, 40-43", (3, 17, 40, 41, 42, 43)),
        (" 5;4  5 ", (5, 4)),
        ("2 - 3", (2, 3)),
        ("2–3", (2, 3)),
        ("63", (63,)),
    ],
)
def test_numbers_and_ranges_in_the_order_written(text, expected):
    assert channel_numbers(text, 64, 8) == (expected, "")


@pytest.mark.parametrize(
    "text", ["64", "-1", "x", "9-3", "1.5", "60-64", "9" * 400, "<b>", "1-2-3", "0-999999999999"]
)
def test_what_is_no_channel_is_named_and_the_rest_is_kept(text):
    found, said = channel_numbers(f"7, {text}", 64, 8)
    assert found == (7,)
    assert text[:20] in said
    assert said.endswith("is no channel of this block, whose channels are 0 to 63.")


def test_too_many_are_cut_and_it_is_said():
    assert channel_numbers("0-99", 4096, 3) == (
        (0, 1, 2),
        "The first 3 of 100 channels are shown.",
    )


@pytest.mark.parametrize("text", ["", " , ", ";"])
def test_nothing_named_is_said(text):
    assert channel_numbers(text, 64, 8) == ((), "No channel is named.")
