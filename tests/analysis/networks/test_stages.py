"""Stages where there are any, otherwise pieces of equal depth, none of them empty."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from se_viz.analysis.channels import default_blocks
from se_viz.analysis.networks.paper import PANELS
from se_viz.analysis.networks.stages import by_depth, evenly, parts_of, relative_depth, runs
from tests.make import BLOCKS, blocks_by_depth, blocks_by_stage


@pytest.mark.parametrize(
    ("count", "depths"), [(0, []), (1, [0.5]), (2, [0, 1]), (5, [0, 0.25, 0.5, 0.75, 1])]
)
def test_relative_depth_runs_from_0_to_1(count, depths):
    assert relative_depth(blocks_by_depth([8] * count)).tolist() == depths


def test_a_resnet_is_cut_into_its_stages():
    found = parts_of(BLOCKS)
    assert list(found) == ["stage 2", "stage 3", "stage 4", "stage 5"]
    assert found["stage 2"] == ["SE_2_1", "SE_2_2", "SE_2_3"]


def test_stages_need_not_be_four_nor_begin_at_2():
    late = [block for block in BLOCKS if block.stage > 3]
    assert list(parts_of(late)) == ["stage 4", "stage 5"]


def test_another_network_is_cut_into_quarters_by_depth():
    found = parts_of(blocks_by_depth([8] * 5))
    assert found == {
        "first quarter": ["SE_1"],
        "second quarter": ["SE_2"],
        "third quarter": ["SE_3"],
        "fourth quarter": ["SE_4", "SE_5"],
    }


@pytest.mark.parametrize(
    ("count", "titles"),
    [
        (1, ["whole network"]),
        (2, ["first half", "second half"]),
        (3, ["first third", "second third", "third third"]),
    ],
)
def test_few_blocks_are_few_pieces(count, titles):
    assert list(parts_of(blocks_by_depth([8] * count))) == titles


def test_a_network_without_se_has_no_part():
    assert parts_of(()) == {}
    assert runs(()) == []


@given(st.integers(1, 200), st.integers(1, 4))
def test_no_piece_is_empty_and_each_holds_its_share_of_depth(blocks, pieces):
    if blocks < pieces:
        return
    network = blocks_by_depth([8] * blocks)
    depth = dict(zip((b.name for b in network), relative_depth(network), strict=True))
    found = by_depth(network, pieces)
    assert [name for part in found.values() for name in part] == list(depth)
    assert len(found) == pieces
    if blocks > 1:
        for place, part in enumerate(found.values()):
            assert all(place <= depth[name] * pieces + 1e-9 for name in part)
            assert all(depth[name] * pieces < place + 1 + 1e-9 for name in part)


@given(st.integers(1, 100), st.integers(2, 20))
def test_evenly_spaced_names_keep_both_ends_and_their_order(total, count):
    names = [str(i) for i in range(total)]
    found = evenly(names, count)
    assert len(found) == min(total, count)
    assert (found[0], found[-1]) == (names[0], names[-1])
    steps = np.diff([int(name) for name in found])
    assert len(steps) == 0 or 1 <= steps.min() <= steps.max() <= steps.min() + 1


def test_figures_begin_with_the_papers_blocks_where_all_are_there():
    assert default_blocks(BLOCKS) == PANELS
    assert default_blocks(blocks_by_stage((3, 8, 36, 3))) == PANELS


def test_figures_begin_with_evenly_spaced_blocks_elsewhere():
    assert default_blocks(blocks_by_stage((2, 2, 2, 2)), 3) == ("SE_2_1", "SE_4_1", "SE_5_2")
    assert default_blocks(blocks_by_depth([8] * 11)) == tuple(
        f"SE_{i}" for i in (1, 3, 5, 7, 9, 11)
    )
    assert default_blocks(blocks_by_depth([8])) == ("SE_1",)
    assert default_blocks(()) == ()


def test_a_drawing_goes_by_stages_or_by_runs_of_equal_channels():
    assert runs(BLOCKS)[:4] == ["stage 2"] * 3 + ["stage 3"]
    assert runs(blocks_by_depth([8, 16, 16, 16])) == ["SE_1"] + ["SE_2 to SE_4"] * 3


def test_blocks_of_ever_other_channels_belong_together():
    assert runs(blocks_by_depth([8, 16, 8])) == ["SE_1 to SE_3"] * 3
    assert runs(blocks_by_depth([8])) == ["SE_1"]
