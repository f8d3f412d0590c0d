"""The paper's observations as questions: they hold, fail, or cannot be asked, and say why."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.analysis.groups import Group
from se_viz.analysis.paper import PANELS, findings
from se_viz.probe.blocks import Block
from se_viz.profile import empty
from tests.analysis.hand import group_of
from tests.make import BLOCKS, ORIGIN, make_profile

CURVE = np.linspace(0.2, 0.7, 30)
RNG = np.random.default_rng(0)


def answer(place: int, group: Group):
    return findings(group)[place]


def classes(*curves, spread: float = 0.0):
    """One class per curve, two pictures each, that differ by `spread` from channel to channel."""
    noise = spread * np.where(np.arange(30) % 2, 1, -1)
    return {f"class {i}": [curve + noise, curve - noise] for i, curve in enumerate(curves)}


def test_all_four_hold_for_gates_made_to_show_them():
    found = findings(Group("made gates", make_profile("abcd", pictures=20)))
    assert [finding.holds for finding in found] == [True] * 4
    assert [finding.blocks for finding in found] == [
        ("SE_2_3",),
        ("SE_2_3", "SE_4_6", "SE_5_1"),
        ("SE_5_2",),
        ("SE_5_3",),
    ]
    assert set().union(*(finding.blocks for finding in found)) <= set(PANELS)


def test_every_finding_says_where_it_was_measured_and_where_it_is_claimed():
    for finding in findings(Group("made gates", make_profile("abcd"))):
        assert finding.sentence.endswith("(measured: made gates).")
        assert "1709.01507" in finding.where
        assert finding.claim.endswith(".")
        assert finding.number is not None


def test_curves_that_differ_by_a_fifth_of_their_spread_are_the_limit_of_the_same():
    step = CURVE.std()
    near = group_of(SE_2_3=classes(CURVE, CURVE + 0.19 * step))
    far = group_of(SE_2_3=classes(CURVE, CURVE + 0.21 * step))
    assert (answer(0, near).holds, answer(0, far).holds) == (True, False)
    assert answer(0, near).number == pytest.approx(0.19, abs=1e-3)
    assert "differ by 21% of the spread" in answer(0, far).sentence


def test_specificity_has_to_double_in_both_later_blocks():
    mild = classes(CURVE, CURVE + 0.02, spread=0.02)
    strong = classes(CURVE, CURVE + 0.2, spread=0.02)
    grown = group_of(SE_2_3=mild, SE_4_6=strong, SE_5_1=strong)
    assert answer(1, grown).holds
    half = group_of(SE_2_3=mild, SE_4_6=strong, SE_5_1=mild)
    assert answer(1, half).holds is False
    assert answer(1, half).number == pytest.approx(1)
    assert "at least 1.0 times" in answer(1, half).sentence


def test_more_than_half_of_the_gates_have_to_be_nearly_open():
    open_, medium = [0.97, 0.99, 0.98, 0.5], [0.97, 0.99, 0.5, 0.5]
    assert answer(2, group_of(SE_5_2={"a": [open_]})).holds
    half = answer(2, group_of(SE_5_2={"a": [medium]}))
    assert (half.holds, half.number) == (False, 0.5)
    assert "50% of the gates" in half.sentence


def test_saturation_weighs_classes_alike():
    group = group_of(SE_5_2={"a": [[1.0]], "b": [[0.5]] * 9})
    assert answer(2, group).number == 0.5


def test_one_pattern_allows_a_modest_change_of_scale_and_no_other():
    modest = group_of(SE_5_3=classes(0.8 * CURVE, 1.2 * CURVE))
    assert answer(3, modest).holds
    assert answer(3, modest).number == pytest.approx(1)
    assert "0.80 to 1.20 times" in answer(3, modest).sentence
    assert answer(3, group_of(SE_5_3=classes(0.5 * CURVE, CURVE))).holds is False
    assert answer(3, group_of(SE_5_3=classes(CURVE, RNG.permutation(CURVE)))).holds is False


@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_a_network_without_these_blocks_cannot_be_asked(place):
    finding = answer(place, group_of(SE_2_1=classes(CURVE, CURVE + 0.1)))
    assert (finding.holds, finding.number) == (None, None)
    assert "this network has no SE_" in finding.sentence


def test_all_missing_blocks_are_named():
    finding = answer(1, group_of(SE_4_6=classes(CURVE, CURVE + 0.1)))
    assert "no SE_2_3 and no SE_5_1." in finding.sentence


def test_one_class_cannot_be_compared():
    found = findings(Group("g", make_profile("a")))
    assert [finding.holds is None for finding in found] == [True, True, False, True]
    assert "it takes 2 classes, and there is one" in found[0].sentence


def test_without_pictures_nothing_can_be_asked():
    found = findings(Group("g", empty(("a", "b"), BLOCKS, ORIGIN)))
    assert [finding.holds for finding in found] == [None] * 4
    assert "it takes 2 classes, and there are none" in found[0].sentence


def test_a_network_without_se_cannot_be_asked():
    found = findings(Group("g", empty(("a", "b"), (), ORIGIN)))
    assert [finding.holds for finding in found] == [None] * 4


def test_one_picture_of_a_class_says_nothing_of_the_spread_within_it():
    found = findings(Group("g", make_profile("abc", pictures=1)))
    assert [finding.holds is None for finding in found] == [False, True, False, False]
    assert "it takes 2 pictures of every class" in found[1].sentence


@pytest.mark.parametrize("place", [0, 1, 3])
def test_gates_that_do_not_move_cannot_be_asked(place):
    flat = classes(np.full(30, 0.5), np.full(30, 0.5))
    finding = answer(place, group_of(SE_2_3=flat, SE_4_6=flat, SE_5_1=flat, SE_5_3=flat))
    assert finding.holds is None
    assert "hardly" in finding.sentence


def test_blocks_numbered_by_depth_are_not_taken_for_the_papers():
    blocks = tuple(Block(f"SE_{i}", 0, i, 64, 16.0) for i in range(1, 17))
    found = findings(Group("g", make_profile("ab", blocks)))
    assert [finding.holds for finding in found] == [None] * 4
