"""Blocks, stages and channels in people's words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from se_viz.interventions.selection import Selection, channels_of
from se_viz.probe.gates.blocks import Block
from tests.make import blocks_by_depth, blocks_by_stage

STAGED = blocks_by_stage((1, 2, 1, 1), 4)
DEEP = blocks_by_depth([4, 8, 8, 16])


def numbers(blocks, *wanted) -> dict[str, list[int]]:
    return {name: list(some) for name, some in Selection.parse(blocks, wanted).places.items()}


def test_a_stage_is_its_blocks_with_all_channels():
    assert numbers(STAGED, "stage 3") == {
        "SE_3_1": list(range(8)),
        "SE_3_2": list(range(8)),
    }
    assert numbers(STAGED, "stage_3") == numbers(STAGED, "SE_3_2", "SE_3_1")


def test_parts_of_a_network_without_stages():
    assert list(numbers(DEEP, "first_quarter")) == ["SE_1"]
    assert list(numbers(DEEP, "all")) == ["SE_1", "SE_2", "SE_3", "SE_4"]


def test_some_channels_of_a_block_rise_and_come_once():
    assert numbers(STAGED, "SE_2_1:3,0-1", "SE_2_1:1") == {"SE_2_1": [0, 1, 3]}


@pytest.mark.parametrize(
    "wanted",
    [
        "SE_9_9",
        "stage 6",
        "",
        "SE_2_1:",
        "SE_2_1:4",
        "SE_2_1:-1",
        "SE_2_1:2-x",
        "all:9",
        "SE_2_1:2-1",
        "SE_2_1:" + "1" * 5000,
    ],
)
def test_what_is_not_there_is_refused_in_one_sentence(wanted):
    with pytest.raises(ValueError, match=r"^[^\n]+$"):
        Selection.parse(STAGED, [wanted])


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (["all"], "all blocks"),
        (["stage 3"], "stage 3"),
        (["SE_3_1"], "SE_3_1"),
        (["SE_3_1", "SE_3_2", "SE_2_1:0"], "stage 3, channel 0 of SE_2_1"),
        (["SE_2_1:0-2"], "channels 0-2 of SE_2_1"),
        (["SE_2_1:0 2"], "channels 0, 2 of SE_2_1"),
        (["all:1"], "channel 1 of all blocks"),
        (["SE_2_1:1", "SE_3_1:1"], "channel 1 of SE_2_1 and SE_3_1"),
        ([], "no gate"),
    ],
)
def test_they_are_said_in_words(wanted, said):
    assert Selection.parse(STAGED, wanted).describe() == said


@given(st.sets(st.integers(0, 63), min_size=1))
def test_any_set_of_channels_can_be_written(some):
    block = Block("SE_1", 0, 1, 64, 4.0)
    assert channels_of(", ".join(map(str, sorted(some))), block) == some
    assert channels_of(f"{min(some)}-{max(some)}", block) == set(range(min(some), max(some) + 1))
    assert np.all(np.diff(Selection.parse([block], ["SE_1"]).places["SE_1"]) == 1)


def test_channels_may_be_said_once_for_every_block_that_is_chosen():
    chosen = Selection.parse(STAGED, ["stage 3", "SE_2_1"], "0-1")
    assert chosen == Selection.parse(STAGED, ["SE_2_1:0,1", "SE_3_1:0-1", "SE_3_2:0-1"])
    assert chosen.written == ("SE_2_1:0-1", "SE_3_1:0-1", "SE_3_2:0-1")
    assert (len(chosen), chosen.block) == (6, None)
    assert not len(Selection.parse(STAGED, [], "nonsense"))


def test_the_only_block_is_known():
    assert Selection.parse(STAGED, ["stage 4"]).block == STAGED[3]
    assert Selection.parse(STAGED, ["SE_2_1:0"]).block == STAGED[0]
