"""Synthetic stimuli are what their names say."""

from __future__ import annotations

import io
from collections import Counter

import numpy as np
import pytest
from PIL import Image

from se_viz.pictures import WHY_STIMULI, Picture, Preprocessing, draw_stimuli, load
from se_viz.pictures.synthetic.stimuli import ANGLES, CYCLES, SLOPES, grating, noise

SIZE = 96


@pytest.fixture(scope="module")
def stimuli():
    return draw_stimuli(SIZE)


def pixels(stimulus) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(stimulus.png))).astype(float)


def test_all_differ_and_load_with_their_family_as_label(stimuli):
    got = list(load([stimulus.source() for stimulus in stimuli], Preprocessing(SIZE)))
    assert all(isinstance(picture, Picture) for picture in got)
    assert [picture.label for picture in got] == [stimulus.family for stimulus in stimuli]
    assert len({picture.name for picture in got}) == len(got) > 70
    assert (got[0].model_input == pixels(stimuli[0])).all()


def test_families(stimuli):
    count = Counter(stimulus.family for stimulus in stimuli)
    assert set(count) == {"grating", "colour field", "texture", "noise", "scene"}
    assert min(count.values()) >= 10


def test_drawn_the_same_again(stimuli):
    assert draw_stimuli(SIZE) == stimuli


@pytest.mark.parametrize("angle", ANGLES)
@pytest.mark.parametrize("cycles", CYCLES[:3])
def test_gratings_have_their_angle_and_frequency(angle, cycles):
    size = 128
    spectrum = np.abs(np.fft.fft2(grating(size, angle, cycles) - 0.5))
    y, x = np.unravel_index(spectrum[:, : size // 2].argmax(), (size, size // 2))
    y = y - size if y > size // 2 else y
    assert np.hypot(x, y) == pytest.approx(cycles, abs=1)
    away = abs(np.rad2deg(np.arctan2(-y, x)) - angle) % 180
    assert min(away, 180 - away) <= 45 / cycles


def test_upright_bars_lean_to_the_left_as_the_angle_grows():
    tilted = grating(100, 20, 4)
    top, lower = tilted[0], tilted[5]
    shifts = [np.abs(np.roll(lower, shift) - top)[10:-10].mean() for shift in (-2, 2)]
    assert shifts[0] < shifts[1]


def test_colour_fields_are_even(stimuli):
    fields = {s.name: pixels(s) for s in stimuli if s.family == "colour field"}
    assert fields["field grey"].std() == 0
    assert (fields["field white"] == 255).all()
    assert (fields["field red"] == (220, 30, 30)).all()
    across = fields["field red to blue across"]
    assert (across == across[:1]).all()
    assert across[0, 0, 0] > across[0, -1, 0]


@pytest.mark.parametrize(("name", "slope"), SLOPES.items())
def test_noise_falls_with_frequency_as_it_should(name, slope):
    size = 256
    power = np.abs(np.fft.fft2(noise(size, slope, 5)[..., 0] - 0.5)) ** 2
    radius = np.hypot(*np.meshgrid(np.fft.fftfreq(size), np.fft.fftfreq(size))) * size
    bands = [power[(radius >= low) & (radius < 2 * low)].mean() for low in (4, 8, 16, 32)]
    fallen = np.polyfit(np.log2([4, 8, 16, 32]), np.log2(bands), 1)[0]
    assert fallen == pytest.approx(-2 * slope, abs=0.35)


def test_noise_keeps_its_range():
    drawn = noise(64, 0.0, 1, channels=3)
    assert drawn.shape == (64, 64, 3)
    assert drawn.min() >= 0
    assert drawn.max() <= 1
    assert drawn.std() == pytest.approx(0.2, abs=0.02)
    assert np.corrcoef(drawn[..., 0].ravel(), drawn[..., 1].ravel())[0, 1] < 0.1


def test_small_pictures_have_no_gratings_finer_than_their_pixels():
    names = [stimulus.name for stimulus in draw_stimuli(32)]
    assert "grating 0° 8 cycles" in names
    assert "grating 0° 16 cycles" not in names
    with pytest.raises(ValueError, match="32 pixels"):
        draw_stimuli(31)


def test_the_reason_is_two_sentences_and_names_its_tradition():
    assert WHY_STIMULI.count(". ") == 1
    assert WHY_STIMULI.endswith(".")
    assert "Hubel and Wiesel" in WHY_STIMULI
