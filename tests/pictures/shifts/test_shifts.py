"""Shifts of light: what their definitions say, by hand on small arrays."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from se_viz.pictures.shifts import CLEAN, KINDS, NOTHING, Light

RNG = np.random.default_rng(0)
PICTURES = RNG.integers(0, 256, (2, 112, 112, 3), dtype=np.uint8)


def constant(value: int) -> np.ndarray:
    return np.full((4, 4, 3), value, np.uint8)


@pytest.mark.parametrize("shift", KINDS.values(), ids=list(KINDS))
def test_its_harmless_strength_changes_nothing(shift):
    np.testing.assert_array_equal(shift.apply(PICTURES, shift.harmless), PICTURES)


@pytest.mark.parametrize("shift", KINDS.values(), ids=list(KINDS))
def test_stronger_shifts_lie_further_from_the_picture(shift):
    made = [shift.apply(PICTURES, strength).astype(int) for strength in shift.strengths]
    away = [np.abs(each - PICTURES).mean() for each in made]
    assert away[0] > 0
    assert away == sorted(away)


@pytest.mark.parametrize("shift", KINDS.values(), ids=list(KINDS))
def test_a_picture_comes_out_the_same_alone_and_in_a_batch(shift):
    strength, before = shift.strengths[1], PICTURES.copy()
    together = shift.apply(PICTURES, strength, 3)
    np.testing.assert_array_equal(shift.apply(PICTURES[1], strength, 3), together[1])
    np.testing.assert_array_equal(PICTURES, before)
    assert together.dtype == np.uint8
    assert together.shape == PICTURES.shape


def test_exposure_multiplies():
    np.testing.assert_array_equal(KINDS["exposure"].apply(constant(200), 0.4), constant(80))
    np.testing.assert_array_equal(KINDS["exposure"].apply(constant(200), 0), constant(0))


def test_contrast_draws_each_channel_towards_its_mean():
    picture = np.zeros((2, 1, 3), np.uint8)
    picture[:, 0] = [[0, 100, 30], [200, 100, 50]]
    made = KINDS["contrast"].apply(picture, 0.4)
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


def test_colour_goes_to_the_grey_of_each_pixel():
    picture = np.zeros((1, 2, 3), np.uint8)
    picture[0] = [[255, 0, 0], [10, 20, 30]]
    grey = KINDS["colour"].apply(picture, 0.0)
    assert grey[0].tolist() == [[76] * 3, [18] * 3]  # 0.299 * 255, 0.299 * 10 + ...
    half = KINDS["colour"].apply(picture, 0.6)
    assert half[0, 0].tolist() == [round(76.245 + 0.6 * (x - 76.245)) for x in (255, 0, 0)]


def test_jpeg_is_what_pillow_writes_and_reads():
    smooth = np.linspace(0, 255, 112 * 112 * 3).reshape(112, 112, 3).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(smooth).save(file, "JPEG", quality=10)
    np.testing.assert_array_equal(KINDS["jpeg"].apply(smooth, 10), np.asarray(Image.open(file)))


def test_resolution_averages_and_repeats():
    picture = np.zeros((4, 4, 3), np.uint8)
    picture[:2, :2] = [[[0] * 3, [40] * 3], [[80] * 3, [120] * 3]]
    made = KINDS["resolution"].apply(picture, 0.5)
    assert (made[:2, :2] == 60).all()
    assert not made[2:].any()


def test_a_cover_hides_its_share_and_at_last_everything():
    made = KINDS["cover"].apply(PICTURES, 0.25)
    hidden = (made == 128).all(-1).mean((1, 2))
    np.testing.assert_allclose(hidden, 0.25, atol=0.001)
    smaller = KINDS["cover"].apply(PICTURES, 0.1)
    assert ((made == 128).all(-1) >= (smaller == 128).all(-1)).mean() > 0.999
    assert (NOTHING.apply(PICTURES) == 128).all()


@pytest.mark.parametrize("shift", KINDS.values(), ids=list(KINDS))
def test_a_course_goes_on_from_mild_to_nothing(shift):
    away = [np.abs(shift.apply(PICTURES, s).astype(int) - PICTURES).mean() for s in shift.course]
    assert away == sorted(away)
    towards = np.sign(np.diff([shift.harmless, *shift.course]))
    assert len(set(towards)) == 1
    assert set(shift.ends) == {shift.harmless, shift.course[-1]}


def test_a_light_is_checked():
    assert CLEAN.clean
    assert Light("contrast", 1.0).clean
    assert str(Light("contrast", 0.4)) == "contrast 0.4"
    np.testing.assert_array_equal(CLEAN.apply(PICTURES), PICTURES)
    with pytest.raises(ValueError, match="There is no shift 'fog'; there is contrast"):
        Light("fog", 1.0)
    with pytest.raises(ValueError, match=r"Contrast takes a strength from 1 .* to 0, not 2"):
        Light("contrast", 2.0)


@given(st.sampled_from(list(KINDS)), st.floats(0, 1), st.integers(0, 9))
@settings(max_examples=60, deadline=None)
def test_every_strength_gives_pictures_and_the_same_ones_again(kind, part, seed):
    shift = KINDS[kind]
    strength = shift.harmless + part * (shift.course[-1] - shift.harmless)
    made = shift.apply(PICTURES[:, :32, :32], strength, seed)
    assert made.dtype == np.uint8
    assert made.shape == (2, 32, 32, 3)
    np.testing.assert_array_equal(made, shift.apply(PICTURES[:, :32, :32], strength, seed))
