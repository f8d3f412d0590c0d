"""Logits of networks that give probabilities: the softmax taken away, or its logarithm."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from keras import layers, ops

from se_viz.analysis.predictions import probabilities
from se_viz.probe.graph import unroll
from se_viz.probe.head import ends_in_softmax, logarithm, without_softmax
from se_viz.probe.probe import Probe
from tests.probe.networks import network_of, picture, views


def network(head) -> keras.Model:
    x = picture()
    return keras.Model(x, head(layers.GlobalAveragePooling2D()(x)))


def nested(x):
    inside = picture((3,))
    return keras.Model(inside, layers.Softmax()(layers.Dense(3)(inside)))(x)


SEPARATE = {
    "activation": lambda x: layers.Activation("softmax")(layers.Dense(3, name="logits")(x)),
    "layer": lambda x: layers.Softmax()(layers.Dense(3, name="logits")(x)),
    "operation": lambda x: ops.softmax(layers.Dense(3, name="logits")(x)),
}
FUSED = {
    "dense": lambda x: layers.Dense(3, "softmax")(x),
    "nested": nested,
    "cast": lambda x: layers.Activation("linear")(layers.Dense(3, "softmax")(x)),
}
OTHERS = {
    "logits": lambda x: layers.Dense(3)(x),
    "sigmoid": lambda x: layers.Dense(3, "sigmoid")(x),
    "log softmax": lambda x: layers.Dense(3, "log_softmax")(x),
    "other axis": lambda x: layers.Softmax(axis=0)(layers.Dense(3)(x)),
}


@pytest.mark.parametrize("head", [*SEPARATE.values(), *FUSED.values()], ids=[*SEPARATE, *FUSED])
def test_softmax_of_the_logits_are_the_networks_probabilities(head):
    model = network(head)
    assert ends_in_softmax(unroll(model))
    probe = Probe(network_of(model), batch=2)
    logits = probe.read(views(3)).logits
    np.testing.assert_array_equal(logits, probe.bare(views(3)))
    given = ops.convert_to_numpy(probe.normalise(views(3)))
    expected = ops.convert_to_numpy(model(given))
    np.testing.assert_allclose(expected.sum(1), 1, atol=1e-6)
    np.testing.assert_allclose(probabilities(logits), expected, atol=1e-6)


@pytest.mark.parametrize("head", SEPARATE.values(), ids=SEPARATE)
def test_a_softmax_of_its_own_is_taken_away_and_the_network_left_as_it_was(head):
    model = network(head)
    config, nodes = model.get_config(), [len(layer._outbound_nodes) for layer in model.layers]
    bare = without_softmax(model)
    assert bare.output is model.get_layer("logits").output
    assert model.get_config() == config
    assert [len(layer._outbound_nodes) for layer in model.layers] == nodes


@pytest.mark.parametrize("head", [*FUSED.values(), *OTHERS.values()], ids=[*FUSED, *OTHERS])
def test_other_networks_are_left_whole(head):
    model = network(head)
    assert without_softmax(model) is model


@pytest.mark.parametrize("head", OTHERS.values(), ids=OTHERS)
def test_other_results_are_the_logits(head):
    model = network(head)
    assert not ends_in_softmax(unroll(model))
    probe = Probe(network_of(model), batch=2)
    expected = ops.convert_to_numpy(model(probe.normalise(views(2))))
    np.testing.assert_allclose(probe.read(views(2)).logits, expected, rtol=1e-5, atol=1e-6)


def test_the_logarithm_of_nothing_is_finite():
    logs = ops.convert_to_numpy(logarithm(np.array([[0, 1]], "float32")))
    assert np.isfinite(logs).all()
    np.testing.assert_allclose(probabilities(logs), [[0, 1]], atol=1e-30)
