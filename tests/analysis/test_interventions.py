"""Interventions as edits of gates."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.analysis.interventions import HOWS, Intervention, edit_of, sweep_plan
from se_viz.analysis.profiles.groups import Group
from se_viz.probe.edit import untouched
from tests.make import blocks_by_depth, blocks_by_stage, make_profile

BLOCKS = blocks_by_stage((1, 1, 1, 2), 4)
PROFILE = make_profile(["a", "b"], BLOCKS, 3)
MEANS = Group("made", PROFILE)
LAST = slice(-64, None)
"""Columns of stage 5: two blocks of 32 channels."""


def edit(how: str, **settings):
    wanted = Intervention(how, ("stage 5",), **settings)
    gates = {block.name: np.full(block.channels, 0.25, np.float32) for block in BLOCKS}
    return edit_of(wanted, BLOCKS, MEANS, gates)


@pytest.mark.parametrize(
    ("how", "settings", "keep", "add"),
    [
        ("bypass", {}, 0, 1),
        ("constant", {"value": 0.5}, 0, 0.5),
        ("scale", {"value": 1.5}, 1.5, 0),
        ("picture", {}, 0, 0.25),
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


def test_an_empty_class_does_not_weigh_on_the_frozen_gates():
    from se_viz.profiles import empty, merge

    wider = merge(PROFILE, empty(["c"], BLOCKS, PROFILE.origin))
    wanted = Intervention("freeze", ("all",))
    np.testing.assert_array_equal(
        edit_of(wanted, BLOCKS, Group("wider", wider)).add, edit_of(wanted, BLOCKS, MEANS).add
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
        lambda: Intervention("explode", ("all",)),
        lambda: Intervention("constant", ("all",), 1.5),
        lambda: Intervention("scale", ("all",), -1.0),
        lambda: Intervention("scale", ("all",), float("nan")),
        lambda: edit("class", name="c"),
        lambda: edit_of(Intervention("freeze", ("all",)), BLOCKS),
        lambda: edit_of(Intervention("picture", ("all",)), BLOCKS),
    ],
)
def test_nonsense_is_refused_in_one_sentence(wrong):
    with pytest.raises(ValueError, match=r"^[^\n]+$"):
        wrong()


@pytest.mark.parametrize("how", HOWS)
def test_each_is_said_in_words(how):
    said = Intervention(how, ("SE_5_1",), 0.5, "b").describe(BLOCKS)
    assert said.startswith("SE_5_1 ")


def test_a_sweep_goes_through_blocks_parts_and_all():
    wheres = [wanted.where[0] for wanted in sweep_plan(BLOCKS) if wanted.how == "bypass"]
    assert wheres == ["SE_2_1", "SE_3_1", "SE_4_1", "SE_5_1", "SE_5_2", "stage 5", "all"]
    assert len(sweep_plan(BLOCKS)) == 2 * len(wheres)
    assert [w.where for w in sweep_plan(blocks_by_depth([8]))] == [("SE_1",), ("SE_1",)]
