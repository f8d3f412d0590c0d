"""The paper's observations as questions: they hold, fail, or cannot be asked, and say why."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.analysis.networks.counterparts import ASKED, stand_ins
from se_viz.analysis.networks.paper import PANELS, findings
from se_viz.analysis.profiles.groups import Group
from se_viz.analysis.profiles.specificity import omega_squared
from se_viz.analysis.profiles.variance import variance
from se_viz.profiles import empty
from tests.analysis.hand import group_of
from tests.make import BLOCKS, ORIGIN, blocks_by_depth, blocks_by_stage, make_profile

CURVE = np.linspace(0.2, 0.7, 30)
RNG = np.random.default_rng(0)


def asked(**blocks) -> Group:
    """A group of the paper's five blocks; those not given have gates like the first that is."""
    usual = next(iter(blocks.values()))
    return group_of(**{name: blocks.get(name, usual) for name in ASKED})


def answer(place: int, group: Group):
    return findings(group)[place]


def classes(*curves, spread: float = 0.0):
    """One class per curve, two pictures each, that differ by `spread` from channel to channel."""
    noise = spread * np.where(np.arange(30) % 2, 1, -1)
    return {f"class {i}": [curve + noise, curve - noise] for i, curve in enumerate(curves)}


def test_all_but_the_last_hold_for_gates_made_to_show_them():
    found = findings(Group("made gates", make_profile("abcd", pictures=20)))
    assert [finding.holds for finding in found] == [True] * 5 + [False]  # of equal noise
    assert [finding.blocks for finding in found] == [
        ("SE_2_3",),
        ("SE_2_3", "SE_4_6", "SE_5_1"),
        ("SE_5_2",),
        ("SE_5_3",),
        ("SE_4_6", "SE_5_1", "SE_5_2", "SE_5_3"),
        ("SE_2_3", "SE_4_6", "SE_5_1"),
    ]
    assert {finding.instead for finding in found} == {""}
    assert set().union(*(finding.blocks for finding in found)) <= set(PANELS)


def test_every_finding_says_where_it_was_measured_and_where_it_is_claimed():
    for finding in findings(Group("made gates", make_profile("abcd"))):
        assert finding.sentence.endswith("(measured: made gates).")
        assert "1709.01507" in finding.where
        assert finding.claim.endswith(".")
        assert finding.number is not None
        assert finding.short


def test_curves_that_differ_by_a_fifth_of_their_spread_are_the_limit_of_the_same():
    step = CURVE.std()
    near = asked(SE_2_3=classes(CURVE, CURVE + 0.19 * step))
    far = asked(SE_2_3=classes(CURVE, CURVE + 0.21 * step))
    assert (answer(0, near).holds, answer(0, far).holds) == (True, False)
    assert answer(0, near).number == pytest.approx(0.19, abs=1e-3)
    assert "differ by 21.0% of the spread" in answer(0, far).sentence


def test_specificity_has_to_double_in_both_later_blocks():
    mild = classes(CURVE, CURVE + 0.02, spread=0.02)
    strong = classes(CURVE, CURVE + 0.2, spread=0.02)
    grown = asked(SE_2_3=mild, SE_4_6=strong, SE_5_1=strong)
    assert answer(1, grown).holds
    half = asked(SE_2_3=mild, SE_4_6=strong, SE_5_1=mild)
    assert answer(1, half).holds is False
    assert answer(1, half).number == pytest.approx(1)
    assert "at least 1.0 times" in answer(1, half).sentence


def test_more_than_half_of_the_gates_have_to_be_nearly_open():
    open_, medium = [0.97, 0.99, 0.98, 0.5], [0.97, 0.99, 0.5, 0.5]
    assert answer(2, asked(SE_5_2={"a": [open_]})).holds
    half = answer(2, asked(SE_5_2={"a": [medium]}))
    assert (half.holds, half.number) == (False, 0.5)
    assert "50.0% of the gates" in half.sentence


def test_saturation_weighs_classes_alike():
    group = asked(SE_5_2={"a": [[1.0]], "b": [[0.5]] * 9})
    assert answer(2, group).number == 0.5


def test_one_pattern_allows_a_modest_change_of_scale_and_no_other():
    modest = asked(SE_5_3=classes(0.8 * CURVE, 1.2 * CURVE))
    assert answer(3, modest).holds
    assert answer(3, modest).number == pytest.approx(1)
    assert "0.80 to 1.20 times" in answer(3, modest).sentence
    assert answer(3, asked(SE_5_3=classes(0.5 * CURVE, CURVE))).holds is False
    assert answer(3, asked(SE_5_3=classes(CURVE, RNG.permutation(CURVE)))).holds is False


def test_a_network_of_few_blocks_cannot_be_asked():
    five = make_profile("ab", blocks_by_depth([8] * 5))
    for finding in findings(Group("g", five)):
        assert (finding.holds, finding.number, finding.short) == (None, None, "")
        assert "takes a network of 6 SE blocks or more, and this one has 5." in finding.sentence


def test_other_networks_are_asked_by_depth_which_is_said_to_be_ours():
    found = findings(Group("g", make_profile("ab", blocks_by_depth([64] * 16))))
    assert [finding.blocks for finding in found][:2] == [("SE_3",), ("SE_3", "SE_13", "SE_14")]
    assert [finding.blocks for finding in found][2:4] == [("SE_15",), ("SE_16",)]
    assert all(finding.number is not None for finding in found)
    assert found[0].instead == "Asked by depth, which is our translation: SE_3 for SE_2_3."
    assert found[0].sentence.startswith("In SE_3 the curves")


@pytest.mark.parametrize("count", [6, 7, 8, 16, 23, 55])
def test_stand_ins_are_five_blocks_in_order_of_depth_and_the_last_two_are_the_last(count):
    blocks = blocks_by_depth([8] * count)
    found = stand_ins(blocks)
    places = [int(name.removeprefix("SE_")) for name in found.values()]
    assert list(found) == list(ASKED)
    assert places == sorted(set(places))
    assert places[3:] == [count - 1, count]


def test_the_papers_layout_answers_under_its_own_names_however_deep():
    assert set(stand_ins(blocks_by_stage((3, 4, 23, 3))).items()) == {(n, n) for n in ASKED}
    assert stand_ins(blocks_by_stage((2, 2, 2, 2)))["SE_5_3"] == "SE_5_2"


def moving(spread: float, within: float = 0.0):
    """Two classes whose gates are `spread` off either way, and whose pictures are `within` off."""
    return classes(CURVE + spread, CURVE - spread, spread=within)


def test_the_last_two_blocks_have_to_move_less_than_those_before():
    late, last = moving(0.08, 0.06), moving(0.03, 0.04)
    group = asked(SE_2_3=late, SE_4_6=late, SE_5_1=late, SE_5_2=last, SE_5_3=last)
    assert answer(4, group).holds
    assert answer(4, group).number == pytest.approx(0.5, rel=1e-4)
    assert "0.10 in SE_4_6" in answer(4, group).sentence
    found = variance(group.profile, "SE_5_2")
    share = (found.between + found.within) / found.total
    assert f"0.05 in SE_5_2 ({share:.1%}" in answer(4, group).sentence
    one = asked(SE_2_3=late, SE_4_6=last, SE_5_1=late, SE_5_2=last, SE_5_3=last)
    assert answer(4, one).holds is False  # as much as SE_4_6 is not less


def test_gates_within_a_class_have_to_spread_more_late_than_early():
    early, late = moving(0.1, 0.02), moving(0.1, 0.05)
    grown = answer(5, asked(SE_2_3=early, SE_4_6=late, SE_5_1=late))
    assert (grown.holds, grown.short) == (True, "2.5 times")
    assert answer(5, asked(SE_2_3=late, SE_4_6=late, SE_5_1=early)).holds is False


def test_omega_squared_stands_beside_eta_squared():
    group = Group("g", make_profile("abcd", pictures=3))
    late = f"{np.median(omega_squared(group.profile, 'SE_5_1')):.1%}"
    assert f"and {late} (measured: g)." in answer(1, group).sentence


def test_one_class_cannot_be_compared():
    found = findings(Group("g", make_profile("a")))
    assert [finding.holds is None for finding in found] == [True, True, False, True, False, False]
    assert "it takes 2 classes, and there is one" in found[0].sentence


def test_without_pictures_nothing_can_be_asked():
    found = findings(Group("g", empty(("a", "b"), BLOCKS, ORIGIN)))
    assert [finding.holds for finding in found] == [None] * 6
    assert "it takes 2 classes, and there are none" in found[0].sentence


def test_a_network_without_se_cannot_be_asked():
    found = findings(Group("g", empty(("a", "b"), (), ORIGIN)))
    assert [finding.holds for finding in found] == [None] * 6


def test_one_picture_of_a_class_says_nothing_of_the_spread_within_it():
    found = findings(Group("g", make_profile("abc", pictures=1)))
    assert [finding.holds is None for finding in found] == [False, True, False, False, True, True]
    assert "it takes 2 pictures of every class" in found[1].sentence


@pytest.mark.parametrize("place", [0, 1, 3, 4, 5])
def test_gates_that_do_not_move_cannot_be_asked(place):
    finding = answer(place, asked(SE_2_3=classes(np.full(30, 0.5), np.full(30, 0.5))))
    assert finding.holds is None
    assert "hardly" in finding.sentence
