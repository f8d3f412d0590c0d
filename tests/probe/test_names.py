"""Names of layers play no part: whatever Keras takes is run, and stays as it is."""

from __future__ import annotations

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import layers

from se_viz.nets import own
from se_viz.probe import edit
from se_viz.probe.check import identity, self_check
from se_viz.probe.intervene import sweep
from se_viz.probe.probe import Probe
from se_viz.probe.runtimes.tensorflow.compiled import plain_names
from tests.nets.own.files import saved
from tests.probe.networks import CHANNELS, model_inputs, multiply, network_of, picture

NAMES = ("my conv", "größe", "猫", "a:b", "-x", "_u", "a\\b", "a#b", " ", "Слой 1", "a\nb", "x'y\"")


def named(first: str, gate: str, around: str) -> keras.Model:
    """A block in a nested network, with names for a convolution, the gate's layer and the rest."""
    inside = picture((8, 8, CHANNELS))
    bottleneck = layers.Dense(2, "relu")(layers.GlobalAveragePooling2D(keepdims=True)(inside))
    block = multiply(inside, layers.Dense(CHANNELS, "sigmoid", name=gate)(bottleneck))
    nested = keras.Model(inside, block, name=around)
    x = picture()
    u = layers.Conv2D(CHANNELS, 3, 2, "same", activation="relu", name=first)(x)
    y = layers.Dense(3)(layers.GlobalAveragePooling2D()(nested(u)))
    return keras.Model(x, y, name=first)


@pytest.mark.parametrize("name", NAMES)
def test_a_network_with_such_a_name_is_read_like_any_other(name):
    keras.utils.set_random_seed(0)
    model = named(name, f"{name} too", f"all {name}")
    names = [layer.name for layer in model._flatten_layers()]
    seen = Probe(network_of(model), batch=2).read(model_inputs(2))
    keras.utils.set_random_seed(0)
    plain = Probe(network_of(named("conv", "gate", "nested")), batch=2).read(model_inputs(2))
    np.testing.assert_array_equal(seen.outputs, plain.outputs)
    np.testing.assert_array_equal(seen.gates["SE_1"], plain.gates["SE_1"])
    assert [layer.name for layer in model._flatten_layers()] == names


def test_it_can_be_checked_taken_in_hand_and_looked_into_and_keeps_its_names():
    model = named("größe", "the gate", "Ein Block")
    probe = Probe(network_of(model), batch=2)
    assert self_check(probe, model_inputs(2)).passed
    assert identity(probe, model_inputs(2)).same
    found = sweep(
        probe, model_inputs(2), edit.fixed(probe.blocks, {"SE_1": np.arange(CHANNELS)}, 1.0)
    )
    assert found.shape == (2, 2, 3)
    assert probe.inside(model_inputs(1), "SE_1").u.shape == (1, 8, 8, CHANNELS)
    assert "Ein Block/the gate (2 to 8, sigmoid)" in probe.sites[0].describe()
    assert "größe" in [layer.name for layer in model.layers]


def test_a_file_with_such_names_is_opened_and_read():
    data = saved(named("größe", "the gate", "Ein Block"))
    probe = Probe(own.open_file(data, "mine.keras"))
    assert probe.read(model_inputs(2)).gates["SE_1"].shape == (2, CHANNELS)
    assert probe.sites[0].layer.startswith("Ein Block/")


class Named:
    def __init__(self, name: str) -> None:
        self.name = name


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=6)))
def test_names_are_such_that_a_graph_takes_them_and_come_back(names):
    operations = [Named(name) for name in names]
    with plain_names(operations), tf.Graph().as_default():
        for operation in operations:
            with tf.name_scope(operation.name):
                tf.constant(1)
    assert [operation.name for operation in operations] == names


def test_names_come_back_where_compiling_fails():
    operation = Named("größe")
    with pytest.raises(KeyError), plain_names([operation]):
        raise KeyError
    assert operation.name == "größe"
