"""SE blocks as other people write them: each takes U (N, 8, 8, 8) and gives X."""

from __future__ import annotations

import keras
from keras import layers, ops

from tests.probe.networks import CHANNELS, gate, multiply, picture


def pooled(u):
    return layers.GlobalAveragePooling2D(keepdims=True)(u)


def squeezed(u, activation: str = "relu"):
    return layers.Dense(2, activation=activation)(pooled(u))


def excited(hidden, activation: str = "linear"):
    return layers.Dense(CHANNELS, activation=activation)(hidden)


def by_pooling_the_whole_map(u):
    z = layers.AveragePooling2D(u.shape[1:3])(u)
    return multiply(u, excited(layers.Dense(2, "relu")(z), "sigmoid"))


def by_adaptive_pooling(u):
    z = layers.AdaptiveAveragePooling2D(1)(u)
    return multiply(u, excited(layers.Dense(2, "relu")(z), "sigmoid"))


def by_a_flat_mean(u):
    z = ops.mean(u, (-2, -3))
    return multiply(u, excited(layers.Dense(2, "relu")(z), "sigmoid"))  # Multiply adds the axes


def by_indexing(u):
    s = excited(layers.Dense(2, "relu")(ops.mean(u, (1, 2))), "sigmoid")
    return u * s[:, None, None, :]


def by_permuting(u):
    z = layers.Reshape((CHANNELS, 1, 1))(pooled(u))
    s = excited(layers.Dense(2, "relu")(layers.Flatten()(z)), "sigmoid")
    return multiply(layers.Permute((2, 3, 1))(layers.Reshape((CHANNELS, 1, 1))(s)), u)


def mobilenet_hard_sigmoid(u):
    return multiply(u, layers.ReLU(6.0)(excited(squeezed(u)) + 3.0) * (1 / 6))


def clipped_hard_sigmoid(u):
    return u * ops.clip(0.2 * excited(squeezed(u)) + 0.5, 0.0, 1.0)


def hard_sigmoid_of_two_limits(u):
    return u * ops.minimum(1.0, ops.maximum(0.0, excited(squeezed(u)) / 6 + 0.5))


def sigmoid_written_out(u):
    return u * (1 / (1 + ops.exp(-excited(squeezed(u)))))


def sigmoid_by_tanh(u):
    return u * ((ops.tanh(excited(squeezed(u)) / 2) + 1) / 2)


def turned_round(u):
    return u * (1 - gate(u))


def never_below_a_half(u):
    return u * (0.5 + 0.5 * gate(u))


def normalised_between(u):
    hidden = layers.ReLU()(layers.BatchNormalization()(layers.Dense(2, use_bias=False)(pooled(u))))
    s = layers.BatchNormalization(center=False, scale=False)(excited(hidden))
    return multiply(u, layers.Activation("sigmoid")(s))


def dropped_out(u):
    hidden = layers.Dropout(0.5)(layers.Identity()(squeezed(u)))
    return multiply(layers.Dropout(0.3)(u), layers.Dropout(0.2)(excited(hidden, "sigmoid")))


def scaled_between(u):
    hidden = layers.Rescaling(2.0, -0.1)(squeezed(u))
    return multiply(u, ops.sigmoid(excited(-hidden) * 3.0))


def three_layers(u):
    hidden = layers.Dense(4, "elu")(squeezed(u, "gelu"))
    return multiply(u, excited(hidden, "sigmoid"))


def no_bottleneck(u):
    return multiply(u, layers.Dense(CHANNELS, "sigmoid")(pooled(u)))


def layers_as_activations(u):
    hidden = layers.Dense(2, activation=layers.LeakyReLU(0.1))(pooled(u))
    hidden = layers.PReLU()(layers.Dense(4)(hidden))
    hidden = layers.ELU(0.5)(layers.Dense(2)(hidden))
    return multiply(u, excited(hidden, ops.sigmoid))


def curved_activations(u):
    hidden = squeezed(u, "mish")
    hidden = ops.gelu(layers.Dense(4)(hidden))
    hidden = layers.Activation("hard_silu")(layers.Dense(3)(hidden))
    hidden = layers.Dense(3, "softplus")(layers.Dense(3, "selu")(hidden))
    return multiply(u, excited(hidden, "hard_sigmoid"))


def nested_twice(u):
    inside = picture(u.shape[1:])
    block = keras.Model(inside, multiply(inside, gate(inside)), name="block")
    return block(block(u))


def in_a_sequence(u):
    inside = picture(u.shape[1:])
    block = keras.Model(inside, mobilenet_hard_sigmoid(inside), name="block")
    wrapped = keras.Sequential([layers.Dropout(0.1), block], name="wrapped")
    return wrapped(u)


ONE_BLOCK = (
    by_pooling_the_whole_map,
    by_a_flat_mean,
    by_indexing,
    by_permuting,
    mobilenet_hard_sigmoid,
    clipped_hard_sigmoid,
    hard_sigmoid_of_two_limits,
    sigmoid_written_out,
    sigmoid_by_tanh,
    turned_round,
    never_below_a_half,
    normalised_between,
    dropped_out,
    scaled_between,
    three_layers,
    no_bottleneck,
    layers_as_activations,
    curved_activations,
    in_a_sequence,
)
