"""The random choices of an epoch, and the course of the learning rate."""

from __future__ import annotations

import json
from itertools import pairwise

import numpy as np
import pytest

from se_viz.training.recipe import Phase, Recipe, plan_epoch

RECIPE = Recipe(batch=8, mixup=0.2)


def test_phases_follow_one_another_without_gaps():
    spans = Recipe().spans()
    assert spans[0][0] == 0
    assert spans[-1][1] == Recipe().epochs
    assert all(a[1] == b[0] for a, b in pairwise(spans))


def test_a_stretched_recipe_has_the_asked_epochs_and_keeps_its_shape():
    recipe = Recipe()
    for epochs in (1, 7, recipe.epochs, 300):
        assert recipe.stretched(epochs).epochs == epochs
    assert recipe.stretched(recipe.epochs) == recipe
    doubled = recipe.stretched(2 * recipe.epochs)
    assert [p.epochs for p in doubled.phases] == [2 * p.epochs for p in recipe.phases]


def test_a_peaked_recipe_scales_every_rate():
    recipe = Recipe(phases=(Phase(1, 96, 0.0, 0.2), Phase(1, 96, 0.1, 0.0))).peaked(0.4)
    assert [(p.start, p.end) for p in recipe.phases] == [(0.0, 0.4), (0.2, 0.0)]


def test_a_plan_depends_on_seed_and_epoch_alone():
    first, again = plan_epoch(RECIPE, 50, 3), plan_epoch(RECIPE, 50, 3)
    for name, values in vars(first).items():
        np.testing.assert_array_equal(values, getattr(again, name))
    assert not np.array_equal(first.picks, plan_epoch(RECIPE, 50, 4).picks)
    other_seed = plan_epoch(Recipe(batch=8, mixup=0.2, seed=1), 50, 3)
    assert not np.array_equal(first.picks, other_seed.picks)


def test_an_epoch_sees_each_picture_at_most_once_and_leaves_out_less_than_a_batch():
    picks = plan_epoch(RECIPE, 50, 0).picks
    assert picks.shape == (6, 8)
    assert len(np.unique(picks)) == 48
    assert set(picks.ravel()) <= set(range(50))


def test_boxes_lie_in_the_picture_and_about_half_are_mirrored():
    boxes = plan_epoch(RECIPE, 4000, 0).boxes.reshape(-1, 4)
    assert boxes.min() >= 0
    assert boxes.max() <= 1
    assert (boxes[:, 1] > boxes[:, 0]).all()
    mirrored = (boxes[:, 2] > boxes[:, 3]).mean()
    assert 0.45 < mirrored < 0.55


def test_boxes_keep_the_area_and_aspect_that_the_recipe_allows():
    boxes = plan_epoch(RECIPE, 4000, 0).boxes.reshape(-1, 4)
    height, width = boxes[:, 1] - boxes[:, 0], abs(boxes[:, 3] - boxes[:, 2])
    uncut = (height < 0.999) & (width < 0.999)
    assert (height * width)[uncut].min() >= RECIPE.area - 1e-5
    assert (height / width).max() <= RECIPE.aspect + 1e-4
    assert (width / height).max() <= RECIPE.aspect + 1e-4


def test_mixing_and_colour_stay_in_their_ranges():
    plan = plan_epoch(RECIPE, 400, 0)
    assert plan.mix.min() >= 0
    assert plan.mix.max() <= 1
    assert abs(plan.colour - 1).max() <= RECIPE.colour
    assert (plan_epoch(Recipe(mixup=0.0), 400, 0).mix == 1).all()


def test_a_run_may_change_only_phases_that_lie_ahead():
    before = Recipe(phases=(Phase(2, 96, 0, 0.1), Phase(3, 128, 0.1, 0)))
    saved = json.loads(json.dumps(before.as_dict()))
    longer = Recipe(phases=(Phase(2, 96, 0, 0.1), Phase(9, 160, 0.1, 0)))
    assert before.clashes(saved, 4) == []
    assert longer.clashes(saved, 2) == []
    assert longer.clashes(saved, 3) == ["phases"]
    assert Recipe(phases=before.phases, batch=32).clashes(saved, 0) == ["batch"]


@pytest.mark.parametrize("pictures", [5, 8, 17])
def test_small_sets_still_give_whole_batches(pictures):
    plan = plan_epoch(RECIPE, pictures, 0)
    assert plan.picks.shape[1] == min(8, pictures)
    assert plan.picks.shape[0] == RECIPE.steps(pictures) >= 1
