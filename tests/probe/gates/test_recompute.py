"""The excitation in NumPy: by hand, and equal to what Keras computes."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from keras import layers, ops

from se_viz.probe.frontends.keras.unroll import unroll
from se_viz.probe.gates.find import find
from se_viz.probe.gates.recompute import bottleneck, branches, excite
from se_viz.probe.gates.sites import Site
from se_viz.probe.operations import nodes
from se_viz.probe.runtimes.tensorflow.tensors import excited, squeezed
from tests.probe import networks, spellings
from tests.probe.networks import CHANNELS, found_in, model_of, multiply, picture


def only_site(block) -> Site:
    (site,) = found_in(model_of(block)).sites
    return site


def by_hand(z):
    """W1 = [[1], [-0.25]], W2 = [[0.5, -2]] with biases -1 and (1, 1)."""
    first, last = layers.Dense(1, "relu"), layers.Dense(2, "sigmoid")
    s = last(first(z))
    first.set_weights([np.array([[1], [-0.25]]), np.array([-1])])
    last.set_weights([np.array([[0.5, -2]]), np.array([1, 1])])
    return s


def test_gates_by_hand():
    x = picture((4, 4, 2))
    s = by_hand(layers.GlobalAveragePooling2D(keepdims=True)(x))
    (site,) = found_in(keras.Model(x, multiply(x, s))).sites
    squeezes = np.array([[2, 2], [0, 0]], "float32")
    assert bottleneck(site, squeezes).tolist() == [[0.5], [0]]
    expected = 1 / (1 + np.exp([[-1.25, 0], [-1, -1]]))
    np.testing.assert_allclose(excite(site, squeezes), expected, atol=1e-15)


@pytest.mark.parametrize(
    "block", [*networks.SE_BLOCKS, *spellings.EVERY_ONE], ids=lambda block: block.__name__
)
def test_gates_are_what_the_network_computes(block):
    program = unroll(model_of(block))
    (site,) = find(program.graph).sites
    pictures = np.random.default_rng(0).normal(size=(4, 16, 16, 3)).astype("float32")
    values = program.run(pictures)
    z, s = squeezed(values, site).numpy(), excited(values, site).numpy()
    gates = excite(site, z)
    assert gates.dtype == np.float64
    np.testing.assert_allclose(gates, s, atol=1e-6)


@pytest.mark.parametrize("block", spellings.SEVERAL_BRANCHES, ids=lambda block: block.__name__)
def test_several_branches_have_no_bottleneck_in_common(block):
    site = only_site(block)
    assert branches(site)
    with pytest.raises(ValueError, match="Several branches make the gates"):
        bottleneck(site, np.ones((1, CHANNELS)))


@pytest.mark.parametrize("number", [1, 32])
def test_a_sum_over_another_number_than_its_own_is_a_multiple_of_the_squeeze(number):
    site = only_site(lambda u: multiply(u, gate_of(ops.sum(u, (1, 2)) / number)))
    assert site.scale == 64
    assert " (64 times the mean) > " in site.describe()
    z = np.random.default_rng(0).normal(size=(2, CHANNELS))
    (w1, b1), (w2, b2) = (nodes.matrix(node) for node in site.path if nodes.is_dense(node))
    expected = 1 / (1 + np.exp(-(np.maximum(64 / number * z @ w1 + b1, 0) @ w2 + b2)))
    np.testing.assert_allclose(excite(site, z), expected, atol=1e-12)


def gate_of(z):
    return layers.Dense(CHANNELS, "sigmoid")(layers.Dense(2, "relu")(z))


def test_without_a_bottleneck_its_place_is_taken_by_the_only_layer():
    def single(u):
        z = layers.GlobalAveragePooling2D(keepdims=True)(u)
        return multiply(u, layers.Dense(CHANNELS, "sigmoid")(z))

    site, z = only_site(single), np.ones((1, CHANNELS))
    np.testing.assert_array_equal(bottleneck(site, z), excite(site, z))


def test_an_unknown_activation_is_named():
    def unknown(u):
        z = layers.GlobalAveragePooling2D(keepdims=True)(u)
        return multiply(u, layers.Dense(8, "sigmoid")(layers.Dense(2, "squareplus", name="d")(z)))

    site = only_site(unknown)
    for what in (excite, bottleneck):
        with pytest.raises(ValueError, match="d applies squareplus, which the self-check"):
            what(site, np.ones((1, CHANNELS)))
