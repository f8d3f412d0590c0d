"""Shifts of light: what their definitions say, by hand on small arrays."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.pictures.shifts import KINDS

RNG = np.random.default_rng(0)
MODEL_INPUTS = RNG.integers(0, 256, (2, 112, 112, 3), dtype=np.uint8)


def constant(value: int) -> np.ndarray:
    return np.full((4, 4, 3), value, np.uint8)


@pytest.mark.parametrize("shift", KINDS.values(), ids=list(KINDS))
def test_its_harmless_strength_changes_nothing(shift):
    np.testing.assert_array_equal(shift.apply(MODEL_INPUTS, shift.harmless), MODEL_INPUTS)


@pytest.mark.parametrize("shift", KINDS.values(), ids=list(KINDS))
def test_stronger_shifts_lie_further_from_the_picture(shift):
    made = [shift.apply(MODEL_INPUTS, strength).astype(int) for strength in shift.strengths]
    away = [np.abs(model_inputs - MODEL_INPUTS).mean() for model_inputs in made]
    assert away[0] > 0
    assert away == sorted(away)


@pytest.mark.parametrize("shift", KINDS.values(), ids=list(KINDS))
def test_a_picture_comes_out_the_same_alone_and_in_a_batch(shift):
    strength, before = shift.strengths[1], MODEL_INPUTS.copy()
    together = shift.apply(MODEL_INPUTS, strength, 3)
    np.testing.assert_array_equal(shift.apply(MODEL_INPUTS[1], strength, 3), together[1])
    np.testing.assert_array_equal(MODEL_INPUTS, before)
    assert together.dtype == np.uint8
    assert together.shape == MODEL_INPUTS.shape


def test_exposure_multiplies():
    np.testing.assert_array_equal(KINDS["exposure"].apply(constant(200), 0.4), constant(80))
    np.testing.assert_array_equal(KINDS["exposure"].apply(constant(200), 2.0), constant(255))


def test_contrast_draws_each_channel_towards_its_mean():
    model_input = np.zeros((2, 1, 3), np.uint8)
    model_input[:, 0] = [[0, 100, 30], [200, 100, 50]]
    made = KINDS["contrast"].apply(model_input, 0.4)
    assert made[:, 0].tolist() == [[60, 100, 36], [140, 100, 44]]


def test_blur_spreads_a_point_and_keeps_flat_pictures():
    np.testing.assert_array_equal(KINDS["blur"].apply(constant(77), 6.0), constant(77))
    point = np.zeros((224, 224, 3), np.uint8)
    point[100, 100] = 255
    made = KINDS["blur"].apply(point, 1.0)
    # At its centre, a Gaussian of sigma 1 has 1 / (2 pi) of the whole.
    assert made[100, 100, 0] == round(255 / (2 * np.pi))
    assert made[100, 101, 0] == round(255 * np.exp(-0.5) / (2 * np.pi))


def test_a_blur_is_as_wide_in_a_small_picture():
    small = np.zeros((112, 112, 3), np.uint8)
    small[50, 50] = 255
    made = KINDS["blur"].apply(small, 2.0)  # sigma 1 here
    assert made[50, 50, 0] == round(255 / (2 * np.pi))


def test_noise_has_the_deviation_that_it_says_and_follows_its_seed():
    grey = np.full((128, 128, 3), 128, np.uint8)
    made = KINDS["noise"].apply(grey, 0.08, 1)
    assert made.std() == pytest.approx(0.08 * 255, rel=0.02)
    np.testing.assert_array_equal(made, KINDS["noise"].apply(grey, 0.08, 1))
    assert (made != KINDS["noise"].apply(grey, 0.08, 2)).any()
    both = KINDS["noise"].apply(np.stack([grey, grey // 2]), 0.08, 1).astype(int)
    assert (both[0] - 128 != both[1] - 64).any()
