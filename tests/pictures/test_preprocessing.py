"""The model input is what the network sees: the centre square, whatever the picture's shape."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from se_viz.nets.pixel_options import with_pixels
from se_viz.pictures import INTERPOLATIONS, Preprocessing, model_input, normalise
from se_viz.pictures.preprocessing import LONG
from tests.pictures import picture_files as make


def resize_then_crop(image: Image.Image, how: Preprocessing) -> np.ndarray:
    """The textbook way: the whole picture resized, its centre cut out."""
    short = min(image.size)
    width, height = (how.short_side * side // short for side in image.size)
    whole = image.resize((width, height), INTERPOLATIONS[how.interpolation])
    left, top = round((width - how.size) / 2), round((height - how.size) / 2)
    return np.asarray(whole.crop((left, top, left + how.size, top + how.size)))


@given(
    width=st.integers(1, 400),
    height=st.integers(1, 400),
    size=st.integers(1, 64),
    crop=st.floats(0.5, 1),
    interpolation=st.sampled_from(sorted(INTERPOLATIONS)),
)
@settings(max_examples=150, deadline=None)
def test_any_shape_agrees_with_resize_then_crop(width, height, size, crop, interpolation):
    image, how = make.photo(width, height), Preprocessing(size, crop, interpolation)
    got = model_input(image, how)
    assert got.shape == (size, size, 3)
    assert got.dtype == np.uint8
    # In a very long picture Pillow's boxes, in single precision, may change the last digit.
    difference = np.abs(got.astype(int) - resize_then_crop(image, how))
    assert difference.max() <= (3 if max(width, height) > LONG * min(width, height) else 0)
    assert difference.mean() < 0.5


@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (5000, 1), (60_000, 3), (2, 1_000_000)])
def test_extreme_shapes_only_ever_make_the_model_input(size, monkeypatch):
    made = []
    resize = Image.Image.resize

    def spy(image, wanted, *args, **options):
        made.append((image.size, wanted))
        return resize(image, wanted, *args, **options)

    monkeypatch.setattr(Image.Image, "resize", spy)
    got = model_input(Image.new("RGB", size, (10, 200, 30)), Preprocessing())
    assert (got == (10, 200, 30)).all()
    assert got.shape == (224, 224, 3)
    assert made[-1][1] == (224, 224)
    assert all(max(before) < 300 and max(after) < 300 for before, after in made)


def test_far_out_in_a_very_long_picture_the_centre_is_met():
    image = Image.new("RGB", (3_000_001, 1))
    image.putpixel((1_500_000, 0), (255, 255, 255))
    got = model_input(image, Preprocessing(size=9))
    assert got[:, 4].min() == 255
    assert got[:, 0].max() < 255
    assert (got == got[:, ::-1]).all()


@pytest.mark.parametrize(
    ("size", "crop", "side"),
    [(224, 0.875, 256), (224, 0.95, 235), (288, 0.95, 303), (288, 1.0, 288), (320, 0.9, 355)],
)
def test_the_short_side_is_rounded_down(size, crop, side):
    assert Preprocessing(size, crop).short_side == side


def test_pictures_of_the_right_size_are_not_resized(monkeypatch):
    monkeypatch.setattr(Image.Image, "resize", lambda *_: pytest.fail("resized"))
    assert (model_input(make.photo(224, 224), Preprocessing()) == make.pixels(224, 224)).all()
    middle = make.pixels(300, 256)[16:240, 38:262]
    assert (model_input(make.photo(300, 256), Preprocessing(crop=224 / 256)) == middle).all()


def test_crop_keeps_the_middle_of_a_larger_picture():
    image = Image.new("RGB", (256, 256), "red")
    image.paste("blue", (16, 16, 240, 240))
    assert (model_input(image, Preprocessing(224, 0.875)) == (0, 0, 255)).all()


def test_antialiased():
    stripes = np.zeros((256, 256, 3), np.uint8)
    stripes[:, ::2] = 255
    got = model_input(Image.fromarray(stripes), Preprocessing(32))
    assert got.min() >= 120
    assert got.max() <= 135


def test_model_inputs_cannot_be_written():
    with pytest.raises(ValueError, match="read-only"):
        model_input(make.photo(30, 20), Preprocessing(16))[0, 0, 0] = 1


def test_only_rgb():
    with pytest.raises(ValueError, match="RGB"):
        model_input(Image.new("L", (4, 4)), Preprocessing(2))


def test_normalise_by_hand():
    how = Preprocessing(1, mean=(0.5, 0.0, 0.2), std=(0.5, 1.0, 0.1))
    got = normalise(np.array([[[255, 51, 0]]], np.uint8), how)
    assert got.dtype == np.float32
    np.testing.assert_allclose(got, [[[1.0, 0.2, -2.0]]], rtol=1e-6)


def test_dictionary_and_back():
    how = Preprocessing(160, 0.875, "bicubic", (0.5, 0.5, 0.5), (0.5, 0.5, 0.5))
    assert Preprocessing.from_dict(how.as_dict()) == how
    assert how.as_dict()["mean"] == [0.5, 0.5, 0.5]
    assert "182 px (bicubic), centre 160 x 160 px" in how.describe()


@pytest.mark.parametrize(
    "wrong",
    [{"size": 0}, {"crop": 0.0}, {"crop": 1.1}, {"interpolation": "x"}, {"std": (1, 1, 0)}],
)
def test_nonsense_is_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Preprocessing(**wrong)


@pytest.mark.parametrize(
    ("pixels", "said"),
    [
        ("0..255", "pixels as they are, 0..255"),
        ("0..1", "pixels scaled to 0..1"),
        ("-1..1", "pixels scaled to -1..1"),
        (
            "imagenet",
            "pixels scaled to 0..1, minus mean 0.485 0.456 0.406, divided by 0.229 0.224 0.225",
        ),
    ],
)
def test_usual_ranges_of_pixels_are_said_by_their_ends(pixels, said):
    how = with_pixels(Preprocessing(size=160), pixels)
    assert how.describe().endswith(f"centre 160 x 160 px, {said}")


def test_other_numbers_have_three_digits_at_most():
    how = Preprocessing(mean=(0.4914, 0.48216, 0.44653), std=(0.5, 1 / 255, 0.26158))
    assert how.describe().endswith("minus mean 0.491 0.482 0.447, divided by 0.5 0.00392 0.262")
