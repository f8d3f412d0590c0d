"""Elementwise functions in NumPy: Keras's own, and within the bounds that they promise."""

from __future__ import annotations

import math

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import layers, ops

from se_viz.probe.frontends.keras.unroll import unroll
from se_viz.probe.graph import Node
from se_viz.probe.operations.formulas import ACTIVATIONS, Formula, celu, elu, gelu, relu, sigmoid
from se_viz.probe.operations.nodes import formula_of

NUMBERS = np.linspace(-8, 8, 33).astype("float32")
FORMULAS = [
    *ACTIVATIONS.values(),
    *(relu(0.3), relu(top=4.0), relu(0.1, 3.0, 1.0), relu(threshold=-1.0), relu(slope=-0.2)),
    *(elu(2.0), celu(0.5), gelu(approximate=True)),
    Formula("reciprocal", np.reciprocal, 0),
]


def node_of(operation) -> Node:
    x = keras.Input((4,))
    (node,) = unroll(keras.Model(x, operation(x))).graph.nodes
    return node


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activations_are_keras_own(name):
    expected = ops.convert_to_numpy(keras.activations.get(name)(NUMBERS))
    np.testing.assert_allclose(ACTIVATIONS[name].apply(NUMBERS), expected, rtol=1e-5, atol=1e-6)


OPERATIONS = {
    "relu with settings": layers.ReLU(max_value=5, negative_slope=0.2, threshold=1),
    "relu to 1": layers.ReLU(max_value=1),
    "leaky": layers.LeakyReLU(0.4),
    "leaky operation": lambda x: ops.leaky_relu(x, 0.4),
    "elu": layers.ELU(0.7),
    "elu operation": lambda x: ops.elu(x, 0.7),
    "celu": lambda x: ops.celu(x, 0.7),
    "gelu": lambda x: ops.gelu(x, approximate=False),
    "gelu approximate": lambda x: ops.gelu(x),
    "prelu": layers.PReLU("random_normal"),
    "operation as activation": layers.Activation(ops.gelu),
    "hard swish": layers.Activation("hard_swish"),
    "rescaling": layers.Rescaling(3.0, -1.0),
    "batch norm": layers.BatchNormalization(
        *(-1, 0.99, 0.01, True, True, "random_normal", "random_normal"),
        moving_mean_initializer="random_normal",
    ),
    "clip": lambda x: ops.clip(x, -1.0, 2.0),
    "negative": lambda x: -x,
    "constant first": lambda x: 2 - x,
    "constant last": lambda x: x - 2,
    "quotient": lambda x: x / 4.0,
    "quotient of a constant": lambda x: 4.0 / x,
    "reciprocal": lambda x: ops.reciprocal(x),
    "keyword": lambda x: ops.maximum(x1=x, x2=0.5),
    "constants for channels": lambda x: x * np.array([1, -2, 3, 0.5], "float32"),
    "exponential": lambda x: ops.exp(x),
    "dropout": layers.Dropout(0.5),
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_operations_are_read_with_their_settings(name):
    given = keras.Input((4,))
    program = unroll(keras.Model(given, OPERATIONS[name](given)))
    (node,) = program.graph.nodes
    x = np.random.default_rng(0).normal(size=(5, 4)).astype("float32") * 3
    expected = ops.convert_to_numpy(*program.calls[node].run({node.inputs[0]: x}))
    np.testing.assert_allclose(formula_of(node).apply(x), expected, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("operation", [layers.LayerNormalization(), ops.cumsum])
def test_what_is_not_elementwise_has_no_formula(operation):
    assert formula_of(node_of(operation)) is None


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(FORMULAS), st.lists(st.floats(-50, 50), min_size=3, max_size=3))
def test_results_lie_within_the_bounds(formula, numbers):
    low, between, high = sorted(numbers)
    bounds = formula.bounds(low, high)
    value = formula.apply(np.array([between]))[0]
    assert bounds[0] - 1e-9 <= value <= bounds[1] + 1e-9


@pytest.mark.parametrize(
    ("name", "bounds"),
    [("sigmoid", (0, 1)), ("hard_sigmoid", (0, 1)), ("tanh", (-1, 1)), ("relu6", (0, 6))],
)
def test_bounds_by_hand(name, bounds):
    assert ACTIVATIONS[name].bounds(-math.inf, math.inf) == bounds


def test_what_turns_or_is_not_known_promises_nothing():
    for formula in (ACTIVATIONS["silu"], Formula("unknown"), Formula("pole", np.reciprocal, 0)):
        assert formula.bounds(-1, 1) == (-math.inf, math.inf)


@settings(max_examples=30, deadline=None)
@given(st.floats(-1e6, 1e6))
def test_the_sigmoid_stays_within_0_and_1_and_mirrors(x):
    with np.errstate(over="raise"):
        value = sigmoid(np.array(x))
        assert 0 <= value <= 1
        np.testing.assert_allclose(value + sigmoid(np.array(-x)), 1, atol=1e-15)
