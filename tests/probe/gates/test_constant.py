"""Blocks whose gates do not follow the picture are told of, and no others."""

from __future__ import annotations

import math

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import layers

from se_viz.probe.check import self_check
from se_viz.probe.gates import constant
from se_viz.probe.probe import Probe
from tests.probe import spellings
from tests.probe.networks import (
    CHANNELS,
    dense_fused,
    found_in,
    model_inputs,
    model_of,
    multiply,
    network_of,
)

ON = constant.on_pictures(3)


def gates(*rows: list[float]) -> dict[str, np.ndarray]:
    return {"SE_1": np.array(rows, np.float32)}


def test_one_value_for_all_channels_and_pictures():
    assert constant.of_gates(gates([0.5, 0.5], [0.5, 0.5])) == {"SE_1": 0.5}
    assert constant.of_gates(gates([0.25, 0.25])) == {"SE_1": 0.25}
    assert constant.of_gates(gates([-0.5, -0.5])) == {"SE_1": -0.5}
    assert constant.of_gates(gates([2, 2], [2, 2])) == {"SE_1": 2}


def test_a_value_for_each_channel_takes_two_pictures_to_be_known():
    fixed = constant.of_gates(gates([0.5, 0.6], [0.5, 0.6]))
    assert math.isnan(fixed["SE_1"])
    assert constant.of_gates(gates([0.5, 0.6])) == {}


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.lists(st.floats(-1, 4, width=32), min_size=3, max_size=3), min_size=1, max_size=4)
)
def test_a_block_is_told_of_if_and_only_if_its_gates_never_move(rows):
    values = np.array(rows, np.float32)
    found = constant.of_gates({"SE_1": values})
    moves = np.ptp(values, axis=0).max() > constant.ALIKE
    alike = np.ptp(values) <= constant.ALIKE
    assert bool(found) == (not moves and (alike or len(values) > 1))
    if alike:
        assert found["SE_1"] == pytest.approx(values.mean(), abs=1e-6)


def test_sentences_name_blocks_of_a_kind_together():
    found = {"SE_1": 0.5, "SE_2": 1.0, "SE_3": 0.5, "SE_4": math.nan}
    assert constant.told(found, 5, constant.WHATEVER) == [
        "Every gate of SE_1, SE_3 is 0.5 whatever the picture: these blocks have not learned.",
        "Every gate of SE_2 is 1 whatever the picture: all channels are scaled alike.",
        "Each gate of SE_4 is the same whatever the picture: it is a fixed scale, and adapts to "
        "nothing.",
    ]
    every = dict.fromkeys((f"SE_{i}" for i in range(1, 8)), 0.5)
    assert "gate of this network is 0.5 on all 3 pictures" in constant.told(every, 7, ON)[0]
    assert "SE_1, SE_2, SE_3, SE_4 and 3 more" in constant.told(every, 8, ON)[0]


def probe_of(block) -> Probe:
    return Probe(network_of(model_of(block)), batch=3)


def unlearned(u):
    """As blocks begin whose last layer starts at 0."""
    z = layers.GlobalAveragePooling2D(keepdims=True)(u)
    last = layers.Dense(CHANNELS, "sigmoid", kernel_initializer="zeros")
    return multiply(u, last(layers.Dense(2, "relu")(z)))


def shut(u):
    z = layers.GlobalAveragePooling2D(keepdims=True)(u)
    bias = keras.initializers.Constant(-1e3)
    return multiply(u, layers.Dense(CHANNELS, "hard_sigmoid", bias_initializer=bias)(z))


def test_a_network_that_has_not_learned_is_told_so_by_the_self_check():
    found = self_check(probe_of(lambda u: unlearned(unlearned(u))), model_inputs(3))
    assert found.passed
    assert found.describe().endswith(
        "Every gate of this network is 0.5 whatever the picture: these blocks have not learned."
    )


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (unlearned, "0.5 whatever the picture: this block has not learned."),
        (shut, "0 on all 3 pictures: all channels are scaled alike."),
    ],
)
def test_one_block_of_two_is_named(block, said):
    keras.utils.set_random_seed(2)
    found = self_check(probe_of(lambda u: block(dense_fused(u))), model_inputs(3))
    assert found.constant == (f"Every gate of SE_2 is {said}",)


def test_a_bottleneck_that_answers_to_nothing_is_not_called_unlearned():
    def silent(u):
        z = layers.GlobalAveragePooling2D(keepdims=True)(u)
        bottleneck = layers.Dense(2, "relu", bias_initializer=keras.initializers.Constant(-50.0))(z)
        return multiply(u, layers.Dense(CHANNELS, "sigmoid")(bottleneck))

    (said,) = self_check(probe_of(silent), model_inputs(3)).constant
    assert said == (
        "Every gate of SE_1 is 0.5 on all 3 pictures: this block has not learned, or no unit of "
        "the bottleneck answers to what was seen."
    )


def test_weights_alone_tell_of_blocks_that_have_not_learned():
    for block in (dense_fused, spellings.product_of_two_gates, spellings.by_a_sum):
        assert constant.by_weights(found_in(model_of(block)).sites) == {}
    assert constant.by_weights(found_in(model_of(unlearned)).sites) == {"SE_1": 0.5}
    model = model_of(spellings.one_gate_after_the_other)
    model.set_weights([np.zeros_like(weight) for weight in model.get_weights()])
    assert constant.by_weights(found_in(model).sites) == {"SE_1": 0.25}


def test_what_cannot_be_recomputed_is_not_called_constant():
    def unknown(u):
        z = layers.GlobalAveragePooling2D(keepdims=True)(u)
        return multiply(u, layers.Dense(CHANNELS, "sigmoid")(layers.Dense(2, "squareplus")(z)))

    assert constant.by_weights(found_in(model_of(unknown)).sites) == {}
