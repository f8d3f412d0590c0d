"""Gates that are no textbook ones: of other functions, squeezes and rungs of the ladder.

Each takes U (N, 8, 8, 8).
"""

from __future__ import annotations

import math

from keras import layers, ops

from se_viz.nets.se_resnet.se_block import ChannelConstant, squeeze_excite
from tests.probe.near_misses import excited, pooled
from tests.probe.networks import CHANNELS, gate, multiply


def product_of_two_gates_twice_over(u):
    return u * (2 * gate(u) * gate(u))


def product_of_a_gate_and_what_may_be_below_0(u):
    return u * (gate(u) * gate(u, activation="tanh"))


def difference_of_two_gates(u):
    return u * (gate(u) - gate(u))


def softmax_attention(u):
    return multiply(u, gate(u, activation="softmax"))


def tanh_gate(u):
    return multiply(u, gate(u, activation="tanh"))


def gate_without_dense(u):
    return multiply(u, layers.Activation("sigmoid")(pooled(u)))


def max_pool_gate(u):
    z = layers.GlobalMaxPooling2D(keepdims=True)(u)
    return multiply(u, layers.Dense(CHANNELS, "sigmoid")(layers.Dense(2, "relu")(z)))


def doubled_gate(u):
    return multiply(u, 2 * gate(u))


def raised_gate(u):
    return multiply(u, 1 + gate(u))


def relu_gate(u):
    return multiply(u, gate(u, activation="relu"))


def reciprocal_gate(u):
    return multiply(u, 1 / (1 + gate(u, activation="tanh")))


def sum_of_two_gates(u):
    return multiply(u, layers.Add(name="both")([gate(u), gate(u)]))


def maximum_over_rows_and_columns(u):
    return multiply(u, excited(ops.max(ops.max(u, 2), 1)))


def softmax_of_the_squeeze(u):
    return multiply(u, ops.softmax(pooled(u), axis=-1))


def constant_beside_nothing(u):
    """0 times the squeeze tells nothing of it."""
    z = pooled(u)
    return multiply(u, ops.sigmoid(ChannelConstant()(z) + 0 * z))


def constant_beside_the_squeeze(u):
    z = pooled(u)
    return multiply(u, ops.sigmoid(ChannelConstant()(z) + z))


def two_matrices_side_by_side(u):
    z = pooled(u)
    return multiply(u, ops.sigmoid(layers.Dense(CHANNELS)(z) + layers.Dense(CHANNELS)(z)))


def ours(**settings):
    def block(u):
        return squeeze_excite(u, 4, data_format="channels_last", **settings)

    block.__name__ = " ".join(settings.values()) or "standard"
    return block


SE = "SE block"
SHARE, BOTH, ENDLESS = (0, 1), (-1, 1), (0, math.inf)
KNOWN = {
    softmax_attention: (f"{SE}, softmax", SHARE),
    tanh_gate: (f"{SE}, tanh", BOTH),
    relu_gate: (f"{SE}, relu", ENDLESS),
    max_pool_gate: (f"{SE}, of the maximum", SHARE),
    maximum_over_rows_and_columns: (f"{SE}, of the maximum", SHARE),
    doubled_gate: (f"{SE}, from 0 to 2", (0, 2)),
    raised_gate: (f"{SE}, from 1 to 2", (1, 2)),
    reciprocal_gate: (f"{SE}, from 0.5 to inf", (0.5, math.inf)),
    sum_of_two_gates: (f"{SE}, from 0 to 2", (0, 2)),
    difference_of_two_gates: (f"{SE}, from -1 to 1", BOTH),
    product_of_two_gates_twice_over: (f"{SE}, from 0 to 2", (0, 2)),
    product_of_a_gate_and_what_may_be_below_0: (f"{SE}, from -1 to 1", BOTH),
    gate_without_dense: ("the squeeze itself, without weights", SHARE),
    softmax_of_the_squeeze: ("the squeeze itself, without weights, softmax", SHARE),
    constant_beside_nothing: ("a learned constant for each channel", SHARE),
    constant_beside_the_squeeze: ("one weight for each channel", SHARE),
    two_matrices_side_by_side: ("one full matrix", SHARE),
    ours(): (SE, SHARE),
    ours(excitation="full"): ("one full matrix", SHARE),
    ours(excitation="full", gate="tanh", squeeze="max"): (
        "one full matrix, tanh, of the maximum",
        BOTH,
    ),
    ours(excitation="diagonal"): ("one weight for each channel", SHARE),
    ours(excitation="diagonal", gate="softmax"): ("one weight for each channel, softmax", SHARE),
    ours(excitation="direct", gate="relu"): ("the squeeze itself, without weights, relu", ENDLESS),
    ours(excitation="constant"): ("a learned constant for each channel", SHARE),
    ours(excitation="constant", gate="tanh"): ("a learned constant for each channel, tanh", BOTH),
}
"""What each is called, and between which numbers its gates lie."""
