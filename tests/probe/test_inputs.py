"""Networks that want their pictures otherwise, give more than logits, or cannot be run."""

from __future__ import annotations

import gc
import weakref

import keras
import numpy as np
import pytest
from keras import layers, ops

from se_viz.probe.check import self_check
from se_viz.probe.probe import Probe
from tests.probe import networks
from tests.probe.cases import SIZE, channels_first
from tests.probe.networks import CHANNELS, feature_map, model_inputs, model_of, network_of, picture


def head(x):
    return layers.Dense(3)(layers.GlobalAveragePooling2D()(x))


def test_pictures_are_turned_for_a_network_that_wants_channels_first():
    probe = Probe(network_of(channels_first(), SIZE, classes=4), batch=2)
    pictures = model_inputs(2, SIZE)
    given = ops.convert_to_numpy(probe.runtime.home.normalise(pictures))
    assert given.shape == (2, 3, SIZE, SIZE)
    own = probe.network.model(given).numpy()
    np.testing.assert_allclose(probe.read(pictures).outputs, own, rtol=1e-3, atol=1e-3)
    inside = probe.inside(pictures, "SE_2_1")
    assert inside.u.shape == inside.x.shape == (2, 16, 16, 12)
    assert probe.sites[0].size == (16, 16)
    np.testing.assert_allclose(inside.z, inside.u.mean((1, 2)), atol=1e-5)


def test_a_network_for_any_size_is_probed_at_the_size_of_its_preprocessing():
    x = picture((None, None, 3))
    model = keras.Model(x, head(networks.dense_fused(feature_map(x))))
    for size in (16, 24):
        probe = Probe(network_of(model, size), batch=2)
        assert probe.sites[0].size == (size // 2, size // 2)
        assert self_check(probe, model_inputs(2, size)).passed


def test_bytes_go_in_as_bytes():
    """A network with its own normalisation may want whole numbers from 0 to 255."""
    x = keras.Input((16, 16, 3), dtype="uint8")
    scaled = layers.Rescaling(1 / 127.5, -1)(x)
    model = keras.Model(x, head(networks.dense_fused(feature_map(scaled))))
    probe = Probe(bytes_network(model), batch=2)
    np.testing.assert_array_equal(
        ops.convert_to_numpy(probe.runtime.home.normalise(model_inputs(2))), model_inputs(2)
    )
    assert self_check(probe, model_inputs(2)).passed


def bytes_network(model):
    from dataclasses import replace

    from se_viz.pictures import Preprocessing

    whole = Preprocessing(size=16, mean=(0, 0, 0), std=(1 / 255,) * 3)
    return replace(network_of(model), preprocessing=whole)


def test_layers_that_act_in_training_do_not_act():
    x = picture()
    noisy = layers.RandomContrast(0.9)(layers.RandomFlip()(layers.GaussianNoise(0.9)(x)))
    y = layers.Dropout(0.9)(feature_map(layers.Normalization(mean=0.1, variance=2.0)(noisy)))
    probe = Probe(network_of(keras.Model(x, head(networks.dense_fused(y)))), batch=2)
    first, again = probe.read(model_inputs(2)), probe.read(model_inputs(2))
    np.testing.assert_array_equal(first.outputs, again.outputs)
    assert self_check(probe, model_inputs(2)).passed


@pytest.mark.parametrize("kind", ["list", "dictionary"])
def test_of_several_results_the_first_are_the_logits(kind):
    x = picture()
    y = networks.dense_fused(feature_map(x))
    results = [head(y), layers.Dense(7)(layers.Flatten()(y))]
    results = results if kind == "list" else dict(zip(("a", "b"), results, strict=True))
    probe = Probe(network_of(keras.Model(x, results)), batch=2)
    seen = probe.read(model_inputs(3))
    assert seen.outputs.shape == (3, 3)
    np.testing.assert_array_equal(seen.outputs, probe.bare(model_inputs(3)))


def test_an_input_by_name_is_an_input():
    x = picture()
    model = keras.Model({"image": x}, head(networks.dense_fused(feature_map(x))))
    assert self_check(Probe(network_of(model), batch=2), model_inputs(2)).passed


@pytest.mark.parametrize("policy", ["mixed_float16", "mixed_bfloat16", "float16"])
def test_half_precision_networks_are_read(policy):
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(policy)
    try:
        model = model_of(networks.dense_fused)
    finally:
        keras.config.set_dtype_policy(before)
    probe = Probe(network_of(model), batch=2)
    seen = probe.read(model_inputs(2))
    assert seen.outputs.dtype == seen.gates["SE_1"].dtype == np.float32
    check = self_check(probe, model_inputs(2))
    assert (check.same_outputs, check.failed, list(check.unchecked)) == (True, False, ["SE_1"])


def fixed(shape):
    x = picture(shape)
    return keras.Model(x, layers.Dense(3)(layers.Flatten()(x)))


MISFITS = {
    "another size": (lambda: fixed((24, 32, 3)), "takes pictures of 24 x 32 pixels, but its"),
    "grey": (lambda: fixed((16, 16, 1)), r"takes inputs of shape \(16, 16, 1\), not pictures"),
    "numbers": (lambda: fixed((16,)), r"takes inputs of shape \(16,\), not pictures in RGB"),
    "never built": (lambda: keras.Sequential([layers.Dense(3)]), "not a functional network"),
}


@pytest.mark.parametrize("name", MISFITS)
def test_a_network_that_does_not_fit_is_refused_with_one_sentence(name):
    make, sentence = MISFITS[name]
    with pytest.raises(ValueError, match=sentence) as caught:
        Probe(network_of(make()))
    assert str(caught.value).count("\n") == 0


def test_a_layer_that_fails_on_this_machine_is_one_sentence():
    """Keras 3.15 cannot run this pooling on TensorFlow."""

    class Failing(layers.Layer):
        def call(self, x):
            return ops.reshape(x, (-1, 7, 7, CHANNELS))

        def compute_output_shape(self, shape):
            return shape

    probe = Probe(network_of(model_of(lambda u: networks.dense_fused(Failing()(u)))), batch=2)
    for read in (probe.read, probe.bare, probe.read):
        with pytest.raises(
            ValueError, match=r"here: Input to reshape is a tensor with 1024 values"
        ):
            read(model_inputs(2))


@pytest.mark.parametrize("activation", ["silu", "hard_silu", "gelu", "relu6"])
@pytest.mark.parametrize("head", ["linear", "softmax"])
def test_a_probe_that_is_dropped_lets_go_of_its_network(head, activation):
    """Silu is what TensorFlow keeps whole graphs for."""
    x = picture()
    y = layers.Activation(activation)(networks.nested_block(feature_map(x)))
    y = layers.Conv2D(CHANNELS, 3, groups=2)(y)
    model = keras.Model(x, layers.Activation(head)(layers.Dense(3)(layers.Flatten()(y))))
    probe = Probe(network_of(model), batch=2)
    assert self_check(probe, model_inputs(3)).same_outputs
    probe.inside(model_inputs(1), "SE_1")
    left = [weakref.ref(thing) for thing in (model, probe, model.layers[1].kernel)]
    del model, probe, x, y
    gc.collect()
    assert [ref() for ref in left] == [None, None, None]
