"""The probe reads without a trace: same outputs, nothing added, compiled once, safe for threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import keras
import numpy as np
import pytest
from keras import layers

from se_viz.nets.se_resnet.build import build
from se_viz.nets.se_resnet.layout import SEResNet
from se_viz.pictures.preprocessing import normalise
from se_viz.probe.probe import Probe, _batch_of
from tests.probe import networks
from tests.probe.networks import CHANNELS, model_inputs, model_of, multiply, network_of

SIZE = 32


@pytest.fixture(scope="module")
def probe() -> Probe:
    keras.utils.set_random_seed(0)
    model = build(SEResNet(depth=18, width=0.25, classes=3, ratio=4, size=SIZE))
    return Probe(network_of(model, SIZE), batch=4)


class Counting(layers.Layer):
    """Hands on what it gets and counts how often Python comes by."""

    calls = 0

    def call(self, x):
        self.calls += 1
        return x


def traces(model: keras.Model) -> list[tuple]:
    """All that could grow on a network: its layers, their nodes, its weights, its attributes."""
    return [
        (layer.name, len(layer._inbound_nodes), len(layer._outbound_nodes), len(layer.weights))
        for layer in model._flatten_layers()
        if layer is not model
    ] + [tuple(sorted(vars(model)))]


def test_it_finds_the_blocks_of_the_network(probe):
    names = [f"SE_{stage}_{index}" for stage in (2, 3, 4, 5) for index in (1, 2)]
    assert [block.name for block in probe.blocks] == names
    assert [block.channels for block in probe.blocks] == [16, 16, 32, 32, 64, 64, 128, 128]
    assert [site.block for site in probe.sites] == list(probe.blocks)


@pytest.mark.parametrize("count", [1, 3, 4, 5, 8, 11])
def test_logits_with_and_without_are_identical(probe, count):
    pictures = model_inputs(count, SIZE)
    seen = probe.read(pictures)
    assert seen.outputs.shape == (count, 3)
    np.testing.assert_array_equal(seen.outputs, probe.bare(pictures))


def test_logits_are_those_of_the_network_on_normalised_pictures(probe):
    pictures = model_inputs(4, SIZE)
    given = normalise(pictures, probe.network.preprocessing)
    expected = probe.network.model(given, training=False).numpy()
    np.testing.assert_allclose(probe.read(pictures).outputs, expected, atol=1e-4)


def test_pictures_do_not_depend_on_their_neighbours(probe):
    pictures = model_inputs(11, SIZE)
    together = probe.read(pictures)
    for row in (0, 3, 4, 10):
        alone = probe.read(pictures[row : row + 1])
        np.testing.assert_allclose(alone.outputs[0], together.outputs[row], atol=1e-4)
        for name, gates in alone.gates.items():
            np.testing.assert_allclose(gates[0], together.gates[name][row], atol=1e-5)


def test_every_block_has_gates_between_0_and_1_and_squeezes_of_their_shape(probe):
    seen = probe.read(model_inputs(5, SIZE))
    assert list(seen.gates) == list(seen.squeezes) == [block.name for block in probe.blocks]
    for block in probe.blocks:
        gates, squeezes = seen.gates[block.name], seen.squeezes[block.name]
        assert gates.shape == squeezes.shape == (5, block.channels)
        assert gates.dtype == squeezes.dtype == np.float32
        assert gates.min() >= 0
        assert gates.max() <= 1
        assert gates.std() > 0


def test_gates_and_squeezes_are_the_layers_own_outputs(probe):
    pictures, model = model_inputs(2, SIZE), probe.network.model
    seen = probe.read(pictures)
    given = normalise(pictures, probe.network.preprocessing)
    for read, layer in ((seen.gates, "gate"), (seen.squeezes, "squeeze")):
        inner = keras.Model(model.input, model.get_layer(f"SE_4_2_{layer}").output)
        expected = inner(given, training=False).numpy().reshape(2, -1)
        np.testing.assert_allclose(read["SE_4_2"], expected, atol=1e-5)


@pytest.mark.parametrize("block", networks.SE_BLOCKS, ids=lambda block: block.__name__)
def test_blocks_written_in_any_way_are_read(block):
    probe = Probe(network_of(model_of(block)), batch=2)
    seen = probe.read(model_inputs(3))
    np.testing.assert_array_equal(seen.outputs, probe.bare(model_inputs(3)))
    assert seen.gates["SE_1"].shape == (3, CHANNELS)


def test_nothing_is_compiled_twice_whatever_the_number_of_pictures():
    counting = Counting()
    probe = Probe(network_of(model_of(lambda u: networks.dense_fused(counting(u)))), batch=4)
    probe.read(model_inputs(1))
    probe.bare(model_inputs(1))
    before = counting.calls
    for count in (4, 5, 9, 2):
        probe.read(model_inputs(count))
        probe.bare(model_inputs(count))
    assert counting.calls == before


def test_reading_leaves_the_network_as_it_was():
    model = model_of(networks.nested_block)
    weights, before = model.get_weights(), traces(model)
    probe = Probe(network_of(model), batch=2)
    probe.read(model_inputs(3))
    probe.bare(model_inputs(3))
    assert traces(model) == before
    for old, new in zip(weights, model.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)


WRONG = {
    "too large": model_inputs(2, SIZE + 1),
    "one picture without N": model_inputs(1, SIZE)[0],
    "none": model_inputs(0, SIZE),
    "grey": model_inputs(2, SIZE)[..., :1],
    "normalised": model_inputs(2, SIZE).astype(np.float32),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_model_inputs_that_do_not_fit_are_refused_and_stop_nobody_else(probe, wrong):
    expected = probe.read(model_inputs(2, SIZE)).outputs
    for read in (probe.read, probe.bare):
        with pytest.raises(ValueError, match=r"takes uint8 model inputs \(N, 32, 32, 3\)"):
            read(WRONG[wrong])
    with ThreadPoolExecutor(1) as pool:
        logits = pool.submit(probe.read, model_inputs(2, SIZE)).result(timeout=60).outputs
    np.testing.assert_array_equal(logits, expected)


def test_threads_get_their_own_results(probe):
    inputs = [model_inputs(count, SIZE, seed=count) for count in (1, 2, 3, 5, 6, 7) * 3]
    alone = [probe.read(pictures) for pictures in inputs]
    with ThreadPoolExecutor(6) as pool:
        at_once = list(pool.map(probe.read, inputs))
    for one, other in zip(alone, at_once, strict=True):
        np.testing.assert_array_equal(one.outputs, other.outputs)
        for name in one.gates:
            np.testing.assert_array_equal(one.gates[name], other.gates[name])


def test_weights_are_those_of_the_first_pass_and_new_ones_take_a_new_probe():
    model = model_of(networks.dense_fused)
    probe = Probe(network_of(model), batch=2)
    seen = probe.read(model_inputs(2)).gates["SE_1"]
    model.set_weights([np.zeros_like(w) for w in model.get_weights()])
    np.testing.assert_array_equal(probe.read(model_inputs(2)).gates["SE_1"], seen)
    again = Probe(network_of(model), batch=2).read(model_inputs(2))
    assert (again.gates["SE_1"] == 0.5).all()


def test_half_precision_comes_out_as_single():
    def half(u):
        z = layers.GlobalAveragePooling2D(keepdims=True, dtype="float16")(u)
        bottleneck = layers.Dense(2, "relu", dtype="float16")(z)
        return multiply(u, layers.Dense(CHANNELS, "sigmoid", dtype="float16")(bottleneck))

    seen = Probe(network_of(model_of(half)), batch=2).read(model_inputs(2))
    assert {seen.gates["SE_1"].dtype, seen.squeezes["SE_1"].dtype} == {np.dtype("float32")}


def test_a_network_without_se_gives_logits_alone():
    probe = Probe(network_of(model_of(lambda u: u)), batch=2)
    seen = probe.read(model_inputs(3))
    assert (seen.gates, seen.squeezes) == ({}, {})
    np.testing.assert_array_equal(seen.outputs, probe.bare(model_inputs(3)))


def test_a_network_whose_graph_cannot_be_read_is_refused():
    class OwnClass(keras.Model):
        def call(self, x):
            return x

    with pytest.raises(ValueError, match="not a functional network"):
        Probe(network_of(OwnClass()))


@pytest.mark.parametrize(("size", "batch"), [(32, 16), (320, 16), (384, 11), (600, 4), (5000, 1)])
def test_large_model_inputs_pass_in_smaller_batches(size, batch):
    assert _batch_of(size) == batch
