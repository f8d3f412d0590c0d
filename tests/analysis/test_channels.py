"""Which channels a figure shows: all, the paper's sample, the most specific; sorted or not."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.analysis.channels import SAMPLE, channels_of, choose_channels
from se_viz.analysis.profiles.specificity import specificity
from tests.analysis.hand import profile_of
from tests.make import make_profile

PROFILE = make_profile("abcd", pictures=3)


@pytest.mark.parametrize("block", ["SE_2_1", "SE_5_3"])
def test_all_are_all_in_order(block):
    total = PROFILE.block(block).channels
    np.testing.assert_array_equal(choose_channels(PROFILE, block), np.arange(total))


@pytest.mark.parametrize("block", ["SE_2_1", "SE_3_1", "SE_4_1", "SE_5_1"])
def test_the_papers_sample_is_50_channels_evenly_spaced(block):
    picked, total = choose_channels(PROFILE, block, "paper"), PROFILE.block(block).channels
    assert len(picked) == SAMPLE == 50
    assert picked[0] == 0
    assert picked[-1] >= total - total / 50 - 1
    steps = np.diff(picked)
    assert steps.min() > 0
    assert steps.max() - steps.min() <= 1


def test_the_most_specific_are_the_50_with_the_largest_share_by_number():
    picked = choose_channels(PROFILE, "SE_4_2", "specific")
    share = specificity(PROFILE, "SE_4_2")
    rest = np.setdiff1d(np.arange(len(share)), picked)
    assert len(picked) == 50
    assert share[picked].min() >= share[rest].max()
    assert (np.diff(picked) > 0).all()


@pytest.mark.parametrize("choice", ["all", "paper", "specific"])
def test_sorting_keeps_the_channels_and_orders_them_by_the_all_curve(choice):
    by_number = choose_channels(PROFILE, "SE_3_2", choice)
    sorted_ = choose_channels(PROFILE, "SE_3_2", choice, "all")
    assert set(sorted_) == set(by_number)
    assert (np.diff(PROFILE.all_mean("SE_3_2")[sorted_]) >= 0).all()


def test_a_block_with_50_channels_or_fewer_is_shown_whole():
    profile = profile_of(SE_2_1={"a": [[0.3, 0.1, 0.2]], "b": [[0.3, 0.1, 0.9]]})
    for choice in ("all", "paper", "specific"):
        assert choose_channels(profile, "SE_2_1", choice).tolist() == [0, 1, 2]
    assert choose_channels(profile, "SE_2_1", "paper", "all").tolist() == [1, 0, 2]


def test_several_blocks_are_chosen_at_once():
    found = channels_of(PROFILE, ["SE_5_1", "SE_2_1"], "paper")
    assert list(found) == ["SE_5_1", "SE_2_1"]
    np.testing.assert_array_equal(found["SE_2_1"], choose_channels(PROFILE, "SE_2_1", "paper"))


@pytest.mark.parametrize(("choice", "order"), [("some", "index"), ("all", "random")])
def test_other_choices_are_refused(choice, order):
    with pytest.raises(ValueError, match="No such choice"):
        choose_channels(PROFILE, "SE_2_1", choice, order)


def test_an_unknown_block_is_refused():
    with pytest.raises(ValueError, match="no block SE_9_1"):
        choose_channels(PROFILE, "SE_9_1")
