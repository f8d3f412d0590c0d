"""Blocks whose gates did not follow the picture, told from a profile."""

from __future__ import annotations

from se_viz.analysis.networks.constant_gates import steady
from se_viz.profiles import empty, merge
from tests.analysis.hand import profile_of
from tests.make import BLOCKS, ORIGIN, make_profile

HALF = {"a": [[0.5, 0.5]] * 2, "b": [[0.5, 0.5]]}
MOVES = {"a": [[0.5, 0.5]] * 2, "b": [[0.5, 0.75]]}


def test_a_block_that_has_not_learned_is_named():
    assert steady(profile_of(SE_2_1=HALF, SE_2_2=MOVES)) == {"SE_2_1": 0.5}


def test_gates_that_follow_the_picture_are_not_told_of():
    assert steady(profile_of(SE_2_1=MOVES)) == {}
    assert steady(make_profile("abc")) == {}
    assert steady(empty((), BLOCKS, ORIGIN)) == {}


def test_classes_without_pictures_change_nothing():
    made = profile_of(SE_2_1=HALF)
    assert steady(merge(empty(("none",), made.blocks, ORIGIN), made)) == steady(made) != {}
