"""The SE block: gates worked out by hand, biases, both data formats, and what it refuses."""

from __future__ import annotations

import math

import keras
import numpy as np
import pytest

from se_viz.nets.se_resnet.se_block import bottleneck_width, squeeze_excite

U = np.array([[[[1, 0], [2, 0]], [[3, 4], [2, 4]]]], "float32")
"""(1, 2, 2, 2): channel means, and so z, are (2, 2)."""


def block(shape, ratio, weights=None, **choice) -> keras.Model:
    u = keras.Input(shape)
    model = keras.Model(u, squeeze_excite(u, ratio, **choice))
    if weights is not None:
        model.set_weights([np.array(w, "float32") for w in weights])
    return model


def value_of(model: keras.Model, layer: str, pictures: np.ndarray) -> np.ndarray:
    inner = keras.Model(model.input, model.get_layer(layer).output)
    return inner(pictures).numpy()


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def test_gates_of_a_two_by_two_picture_by_hand():
    # z = (2, 2); W1 z = 2 * 1 - 2 * 0.25 = 1.5; W2 relu(1.5) = (0.75, -3)
    model = block((2, 2, 2), 2, [[[1], [-0.25]], [[0.5, -2]]])
    assert value_of(model, "SE_squeeze", U).tolist() == [[2, 2]]
    assert value_of(model, "SE_reduce", U).tolist() == [[1.5]]
    gates = [sigmoid(0.75), sigmoid(-3)]
    assert value_of(model, "SE_gate", U).ravel() == pytest.approx(gates, abs=1e-6)
    np.testing.assert_allclose(model(U), U * np.array(gates, "float32"), rtol=1e-6)


def test_a_negative_bottleneck_is_cut_off_and_leaves_gates_at_one_half():
    model = block((2, 2, 2), 2, [[[-1], [-1]], [[0.5, -2]]])
    np.testing.assert_array_equal(model(U), U / 2)


def test_biases_go_into_both_layers():
    # W1 z + b1 = 1.5 - 1 = 0.5; W2 0.5 + b2 = (0.25 + 1, -1 + 1)
    weights = [[[1], [-0.25]], [-1], [[0.5, -2]], [1, 1]]
    model = block((2, 2, 2), 2, weights, use_bias=True)
    gates = value_of(model, "SE_gate", U).ravel()
    assert gates == pytest.approx([sigmoid(1.25), 0.5], abs=1e-6)


def test_other_activations_and_gates_are_keras_own():
    weights = [[[1], [-0.25]], [[0.5, -2]]]
    model = block((2, 2, 2), 2, weights, activation="tanh", gate="hard_sigmoid")
    bottleneck = math.tanh(1.5)
    expected = [bottleneck * 0.5 / 6 + 0.5, -2 * bottleneck / 6 + 0.5]
    assert value_of(model, "SE_gate", U).ravel() == pytest.approx(expected, abs=1e-6)


def test_the_gates_are_the_equations_in_numpy():
    rng = np.random.default_rng(0)
    model = block((5, 3, 8), 2)
    w1, w2 = model.get_weights()
    pictures = rng.normal(size=(4, 5, 3, 8)).astype("float32")
    bottleneck = np.maximum(pictures.mean((1, 2)) @ w1, 0)
    gates = 1 / (1 + np.exp(-(bottleneck @ w2)))
    np.testing.assert_allclose(model(pictures), pictures * gates[:, None, None], atol=1e-5)


def test_channels_first_is_channels_last_transposed():
    pictures = np.random.default_rng(1).normal(size=(3, 4, 5, 8)).astype("float32")
    last = block((4, 5, 8), 4, data_format="channels_last")
    first = block((8, 4, 5), 4, last.get_weights(), data_format="channels_first")
    expected = last(pictures).numpy()
    turned = first(pictures.transpose(0, 3, 1, 2)).numpy()
    np.testing.assert_allclose(turned.transpose(0, 2, 3, 1), expected, atol=1e-6)


def test_without_a_data_format_keras_own_setting_counts(monkeypatch):
    monkeypatch.setattr(keras.config, "image_data_format", lambda: "channels_first")
    model = block((8, 4, 5), 4)
    assert model.get_layer("SE_gate").output.shape == (None, 8, 1, 1)


def test_layers_carry_the_name_and_weights_have_the_papers_shapes():
    model = block((4, 4, 16), 4, name="SE_2_1")
    parts = ["squeeze", "reduce", "expand", "gate", "scale"]
    assert [layer.name for layer in model.layers[1:]] == [f"SE_2_1_{part}" for part in parts]
    assert [w.shape for w in model.weights] == [(16, 4), (4, 16)]
    assert model.output_shape == (None, 4, 4, 16)


def test_pictures_of_any_size_go_through():
    model = block((None, None, 8), 2)
    assert model(np.ones((2, 7, 3, 8), "float32")).shape == (2, 7, 3, 8)


@pytest.mark.parametrize(
    ("channels", "ratio", "width"),
    [(64, 16, 4), (16, 16, 1), (8, 1, 8), (24, 1.5, 16), (8, 0.5, 16)],
)
def test_the_bottleneck_width_is_channels_over_ratio(channels, ratio, width):
    assert bottleneck_width(channels, ratio) == width


@pytest.mark.parametrize(
    ("channels", "ratio", "complaint"),
    [
        (64, 0, "above 0"),
        (64, -4, "above 0"),
        (64, math.nan, "above 0"),
        (8, 16, "under 1"),
        (64, math.inf, "under 1"),
        (64, 12, "does not divide"),
        (0, 16, "at least one channel"),
    ],
)
def test_nonsense_ratios_are_refused(channels, ratio, complaint):
    with pytest.raises(ValueError, match=complaint):
        bottleneck_width(channels, ratio)


@pytest.mark.parametrize(
    ("shape", "choice", "complaint"),
    [
        ((8,), {}, "four axes"),
        ((4, 4, 4, 8), {}, "four axes"),
        ((4, 4, None), {}, "number of channels"),
        ((4, 4, 8), {"data_format": "sideways"}, "sideways"),
        ((4, 4, 8), {"ratio": 3}, "does not divide"),
    ],
)
def test_what_is_no_feature_map_is_refused(shape, choice, complaint):
    with pytest.raises(ValueError, match=complaint):
        squeeze_excite(keras.Input(shape), **choice)
