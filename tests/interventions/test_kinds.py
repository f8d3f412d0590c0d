"""Interventions as edits of gates."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from se_viz.analysis.profiles.groups import Group
from se_viz.experiments.plans import sweep_plan
from se_viz.interventions import registry
from se_viz.interventions.base import Replacements
from se_viz.interventions.intervention import NOTHING, Intervention, of_row
from se_viz.interventions.options import Means
from se_viz.interventions.selection import Selection
from se_viz.probe.edit import untouched
from tests.make import blocks_by_depth, blocks_by_stage, make_profile

BLOCKS = blocks_by_stage((1, 1, 1, 2), 4)
PROFILE = make_profile(["a", "b"], BLOCKS, 3)
MEANS = Group("made", PROFILE)
LAST = slice(-64, None)
"""Columns of stage 5: two blocks of 32 channels."""


def intervention(how: str, where: str = "stage 5", **values) -> Intervention:
    return Intervention(registry.made(how, values), Selection.parse(BLOCKS, [where]))


def edit(how: str, **values):
    gates = {block.name: np.full(block.channels, 0.25, np.float32) for block in BLOCKS}
    return intervention(how, **values).edit(Replacements(MEANS, gates))


@pytest.mark.parametrize(
    ("how", "settings", "keep", "add"),
    [
        ("bypass", {}, 0, 1),
        ("constant", {"value": 0.5}, 0, 0.5),
        ("scale", {"value": 1.5}, 1.5, 0),
        ("picture", {}, 0, 0.25),
        ("blend", {"value": 0.25}, 0.75, 0.25),
        ("blend", {"value": 0.25, "end": "0"}, 0.75, 0),
        ("blend", {"value": 0.0, "end": "mean"}, 1, 0),
    ],
)
def test_the_chosen_gates_change_and_no_other(how, settings, keep, add):
    made, own = edit(how, **settings), untouched(BLOCKS)
    assert np.all(made.keep[:, LAST] == keep)
    assert np.all(made.add[:, LAST] == np.float32(add))
    for name in ("keep", "add", "take"):
        np.testing.assert_array_equal(getattr(made, name)[:, :-64], getattr(own, name)[:, :-64])


def test_freezing_takes_the_all_curve_and_class_the_class_mean():
    frozen, own = edit("freeze"), edit("class", name="b")
    stats = PROFILE.stats["SE_5_2"]
    np.testing.assert_allclose(frozen.add[0, -32:], stats.mean.mean(0), rtol=1e-6)
    np.testing.assert_allclose(own.add[0, -32:], stats.mean[1], rtol=1e-6)


@pytest.mark.parametrize(("end", "how"), [("1", "bypass"), ("mean", "freeze"), ("0", "constant")])
def test_a_blend_ends_exactly_where_another_kind_is(end, how):
    values = {"value": 0.0} if how == "constant" else {}
    there, whole = edit(how, **values), edit("blend", value=1.0, end=end)
    for name in ("keep", "add", "take"):
        np.testing.assert_array_equal(getattr(whole, name), getattr(there, name))
    half = edit("blend", value=0.5, end=end)
    np.testing.assert_array_equal(half.keep[:, LAST], 0.5)
    np.testing.assert_array_equal(half.add, np.float32(0.5) * there.add)


def test_a_blend_in_words():
    assert intervention("blend", value=0.35).describe() == "stage 5 35% of the way to 1"
    assert intervention("blend", end="mean").describe() == "stage 5 frozen at the mean"
    assert intervention("blend", value=0.0).describe() == "stage 5 as learned"
    half = intervention("blend", value=0.5, end="mean")
    assert half.describe() == "stage 5 50% of the way to their mean"


def test_a_blend_needs_means_only_to_go_there():
    assert registry.made("blend", {"end": "mean"}).needs(Means)
    assert not registry.made("blend", {"end": "1"}).needs(Means)
    assert registry.made("freeze", {}).needs(Means)


def test_an_empty_class_does_not_weigh_on_the_frozen_gates():
    from se_viz.profiles import empty, merge

    wider = merge(PROFILE, empty(["c"], BLOCKS, PROFILE.origin))
    wanted = intervention("freeze", "all")
    np.testing.assert_array_equal(
        wanted.edit(Replacements(Group("wider", wider))).add, wanted.edit(Replacements(MEANS)).add
    )


def test_shuffling_stays_within_a_block_and_comes_again_with_its_seed():
    made = edit("shuffle", seed=3)
    assert sorted(made.take[0, -32:]) == list(range(32))
    assert list(made.take[0, -32:]) != list(range(32))
    np.testing.assert_array_equal(made.take, edit("shuffle", seed=3).take)
    assert np.any(made.take != edit("shuffle", seed=4).take)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: registry.made("explode", {}),
        lambda: edit("constant", value=1.5),
        lambda: registry.made("constant", {"value": float("inf")}),
        lambda: registry.made("scale", {"value": -1.0}),
        lambda: registry.made("scale", {"value": float("nan")}),
        lambda: registry.made("blend", {"value": 1.01}),
        lambda: registry.made("blend", {"value": float("nan")}),
        lambda: registry.made("blend", {"end": "2"}),
        lambda: intervention("blend", end="mean").edit(NOTHING),
        lambda: edit("class", name="c"),
        lambda: intervention("freeze").edit(NOTHING),
        lambda: intervention("picture").edit(NOTHING),
    ],
)
def test_nonsense_is_refused_in_one_sentence(wrong):
    with pytest.raises(ValueError, match=r"^[^\n]+$"):
        wrong()


@pytest.mark.parametrize(
    ("ends", "inside", "outside", "said"),
    [
        ((-1.0, 1.0), (-1.0, 0.3), (-1.01, 1.5), "lies between -1 and 1"),
        ((0.0, math.inf), (0.0, 7.5), (-0.1,), "is 0 or more"),
        ((0.1, 0.9), (0.0, 1.0), (-0.1, 1.1), "lies between 0.1 and 0.9"),
    ],
)
def test_a_constant_is_what_gates_of_the_block_can_be_and_0_to_1(ends, inside, outside, said):
    low, high = ends
    blocks = [*BLOCKS[:-1], replace(BLOCKS[-1], low=low, high=high)]
    last = Selection.parse(blocks, [BLOCKS[-1].name])
    for value in inside:
        made = Intervention(registry.made("constant", {"value": value}), last).edit()
        np.testing.assert_array_equal(made.add[0, -32:], np.float32(value))
    for value in outside:
        with pytest.raises(ValueError, match=f"A gate of SE_5_2 {said}, so {value:g} is none"):
            Intervention(registry.made("constant", {"value": value}), last).edit()


@pytest.mark.parametrize("how", registry.by_key())
def test_each_is_said_in_words(how):
    wanted = intervention(how, "SE_5_1", value=0.5, name="b")
    assert wanted.describe().startswith("SE_5_1 ")
    assert wanted.describe().endswith(wanted.kind.done)


@pytest.mark.parametrize("how", registry.by_key())
def test_each_comes_back_from_what_a_saved_sweep_keeps_of_it(how):
    wanted = intervention(how, "SE_5_1:0-3", value=0.5, name="b", seed=3)
    row = wanted.as_row()
    assert list(row) == ["how", "where", "value", "name", "seed", "end"]
    assert of_row(row, BLOCKS) == wanted


def test_keys_and_titles_are_those_of_old_links_and_files():
    assert list(registry.by_key()) == [
        *("bypass", "freeze", "constant", "class", "picture", "shuffle", "scale", "blend")
    ]
    assert list(registry.by_title()) == [
        *("bypass", "freeze", "constant", "class mean", "another picture", "shuffle", "scale"),
        "part of the way",
    ]
    links = {option.link for option in registry.takers()}
    assert links == {
        *("constant value", "scale value", "means", "like", "other", "seed", "share", "end")
    }


def test_a_sweep_goes_through_blocks_parts_and_all():
    plan = sweep_plan(BLOCKS)
    wheres = [wanted.selection.written[0] for wanted in plan if wanted.kind.key == "bypass"]
    assert wheres == ["SE_2_1", "SE_3_1", "SE_4_1", "SE_5_1", "SE_5_2", "stage 5", "all"]
    assert len(plan) == 2 * len(wheres)
    alone = sweep_plan(blocks_by_depth([8]))
    assert [wanted.selection.written for wanted in alone] == [("SE_1",), ("SE_1",)]
