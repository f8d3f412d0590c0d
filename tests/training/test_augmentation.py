"""Cutting out, resizing, mirroring and colouring, against numbers worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from keras import ops  # noqa: E402

from se_viz.training.augmentation import RandomCrops, cut_out, recolour, resampling  # noqa: E402


def matrix(start, stop, length, size):
    return ops.convert_to_numpy(
        resampling(ops.convert_to_tensor([start]), ops.convert_to_tensor([stop]), length, size)
    )[0]


def test_the_whole_axis_at_its_own_size_is_the_identity():
    np.testing.assert_allclose(matrix(0.0, 1.0, 5, 5), np.eye(5), atol=1e-6)


def test_swapped_borders_mirror():
    np.testing.assert_allclose(matrix(1.0, 0.0, 5, 5), np.eye(5)[::-1], atol=1e-6)


def test_halving_weights_pixels_by_a_triangle_two_pixels_wide():
    # Centre 1.0 against pixels at 0.5, 1.5, 2.5, 3.5: weights .75, .75, .25 over their sum 1.75.
    expected = [[3 / 7, 3 / 7, 1 / 7, 0], [0, 1 / 7, 3 / 7, 3 / 7]]
    np.testing.assert_allclose(matrix(0.0, 1.0, 4, 2), expected, atol=1e-6)


def test_doubling_is_linear_interpolation():
    # Centres at 0.25, 0.75, 1.25, 1.75 between pixels at 0.5 and 1.5.
    expected = [[1, 0], [0.75, 0.25], [0.25, 0.75], [0, 1]]
    np.testing.assert_allclose(matrix(0.0, 1.0, 2, 4), expected, atol=1e-6)


@pytest.mark.parametrize(("start", "stop", "size"), [(0.1, 0.7, 9), (0.9, 0.2, 40), (0.0, 0.05, 3)])
def test_rows_are_weighted_means(start, stop, size):
    weights = matrix(start, stop, 23, size)
    assert weights.shape == (size, 23)
    assert weights.min() >= 0
    np.testing.assert_allclose(weights.sum(1), 1, atol=1e-5)


def test_cutting_out_a_quarter_without_resizing_is_slicing():
    picture = np.random.default_rng(0).uniform(0, 255, (2, 8, 8, 3)).astype("float32")
    boxes = np.array([[0.0, 0.5, 0.5, 1.0], [0.5, 1.0, 0.5, 0.0]], "float32")
    cut = ops.convert_to_numpy(cut_out(ops.convert_to_tensor(picture), boxes, 4))
    np.testing.assert_allclose(cut[0], picture[0, :4, 4:], atol=1e-3)
    np.testing.assert_allclose(cut[1], picture[1, 4:, :4][:, ::-1], atol=1e-3)


def coloured(picture, *factors):
    factors = ops.convert_to_tensor(np.array([factors], "float32"))
    return ops.convert_to_numpy(recolour(ops.convert_to_tensor(picture), factors))


def test_factors_of_one_change_no_colour():
    picture = np.random.default_rng(1).uniform(0, 255, (1, 6, 5, 3)).astype("float32")
    np.testing.assert_allclose(coloured(picture, 1, 1, 1), picture, atol=1e-3)


def test_colour_factors_do_what_they_say():
    picture = np.array([[[[100, 100, 100], [200, 40, 80]]]], "float32")
    np.testing.assert_allclose(coloured(picture, 1.2, 1, 1), picture * 1.2, atol=1e-3)
    grey = coloured(picture, 1, 1, 0)
    np.testing.assert_allclose(grey, np.repeat(grey[..., :1], 3, -1), atol=1e-3)
    assert grey[0, 0, 1, 0] == pytest.approx(200 * 0.299 + 40 * 0.587 + 80 * 0.114, abs=1e-3)
    flat = coloured(picture, 1, 0, 1)
    assert np.ptp(flat) == pytest.approx(0, abs=1e-3)


def test_crops_mix_with_the_neighbour_and_are_normalised():
    pictures = np.zeros((3, 4, 4, 3), "uint8")
    pictures[1], pictures[2] = 100, 200
    held = keras.Variable(pictures, trainable=False, dtype="uint8")
    layer = RandomCrops(held, 4, (0.0, 0.0, 0.0), (1.0, 1.0, 1.0))
    whole = np.tile(np.array([0, 1, 0, 1], "float32"), (2, 1))
    crops = layer(
        np.array([1, 2], "int32"), whole, np.ones((2, 3), "float32"), np.array([0.75, 1], "float32")
    )
    crops = ops.convert_to_numpy(crops)
    np.testing.assert_allclose(crops[0], (0.75 * 100 + 0.25 * 200) / 255, atol=1e-4)
    np.testing.assert_allclose(crops[1], 200 / 255, atol=1e-4)
