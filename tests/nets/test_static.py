"""A gate that does not look at the picture is a batch norm's factor."""

from __future__ import annotations

from dataclasses import replace

import keras
import numpy as np
import pytest

from se_viz.nets.se_resnet.build import build
from se_viz.nets.se_resnet.layout import SEResNet

STATIC = SEResNet(depth=26, width=1 / 16, classes=5, size=32, excitation="constant")


@pytest.mark.parametrize("gate", ["sigmoid", "tanh", "relu"])
def test_a_learned_constant_folds_into_the_batch_norm_before_it(gate):
    config = replace(STATIC, gate=gate)
    network, plain = build(config), build(replace(config, se_stages=()))
    rng = np.random.default_rng(0)
    for variable in network.variables:
        variable.assign(rng.uniform(0.5, 1.5, variable.shape))
    for layer in plain.layers:
        layer.set_weights(network.get_layer(layer.name).get_weights())
    for layer in network.layers:
        if layer.name.endswith("_constant"):
            stage, index = layer.name.split("_")[1:3]
            s = keras.activations.get(gate)(layer.bias)
            norm = plain.get_layer(f"block_{stage}_{index}_conv3_bn")
            norm.gamma.assign(norm.gamma * s)
            norm.beta.assign(norm.beta * s)
    pictures = rng.normal(size=(4, 32, 32, 3)).astype("f")
    np.testing.assert_allclose(plain(pictures), network(pictures), rtol=1e-4)
