"""Numbering of blocks: by stage where strides tell stages, else by depth."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from se_viz.nets.se_resnet.layout import LAYOUTS
from se_viz.probe.gates.blocks import number, title


def test_blocks_of_resnet_50_are_the_papers():
    strides = [
        s for s, count in zip((4, 8, 16, 32), LAYOUTS[50][1], strict=True) for _ in range(count)
    ]
    names = [title(*place) for place in number(strides, residual=True)]
    assert names[:4] == ["SE_2_1", "SE_2_2", "SE_2_3", "SE_3_1"]
    assert names[-4:] == ["SE_4_6", "SE_5_1", "SE_5_2", "SE_5_3"]
    assert len(set(names)) == 16


def test_stages_without_blocks_leave_a_gap_and_no_shift():
    assert number([4, 16, 16], residual=True) == [(2, 1), (4, 1), (4, 2)]


def test_without_residual_branches_blocks_are_numbered_by_depth():
    assert number([4, 4, 8], residual=False) == [(0, 1), (0, 2), (0, 3)]
    assert title(0, 3) == "SE_3"


def test_one_stride_that_is_no_stage_numbers_all_blocks_by_depth():
    assert number([2, 4, 8], residual=True) == [(0, 1), (0, 2), (0, 3)]
    assert number([4, None], residual=True) == [(0, 1), (0, 2)]


def test_no_blocks_have_no_numbers():
    assert number([], residual=True) == []


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from([2, 4, 8, 16, 32, None])), st.booleans())
def test_no_two_blocks_share_a_name(strides, residual):
    names = [title(*place) for place in number(strides, residual)]
    assert len(set(names)) == len(strides)
