"""Whether the last stage's SE blocks can go, in words."""

from __future__ import annotations

from se_viz.ui.sentences import last_stage


def test_changes_of_accuracy_are_told_in_points_with_their_sign():
    assert (last_stage.points(0.0123), last_stage.points(-0.2)) == ("+1.23 points", "-20.00 points")
    assert last_stage.span(-0.01, 0.002) == "95% from -1.00 to +0.20"


def test_the_papers_numbers_are_the_same_in_the_card_and_below_it():
    assert last_stage.RETRAINED == "under 0.1%"
    assert "gives less than 0.1% (" in last_stage.BY_THE_PAPER
    assert last_stage.PAPER in last_stage.BY_THE_PAPER


def test_weights_are_told_with_their_sum():
    assert "1,572,864 of 2,514,944 weights" in last_stage.weights(1_572_864, 2_514_944)
    assert last_stage.share_of_weights(1_572_864 / 2_514_944) == "62.5%"
