"""SE blocks as other people write them: each takes U (N, 8, 8, 8) and gives X."""

from __future__ import annotations

import keras
import numpy as np
from keras import layers, ops

from tests.probe.networks import CHANNELS, gate, multiply, picture


def pooled(u):
    return layers.GlobalAveragePooling2D(keepdims=True)(u)


def squeezed(u, activation: str = "relu"):
    return layers.Dense(2, activation=activation)(pooled(u))


def excited(bottleneck, activation: str = "linear"):
    return layers.Dense(CHANNELS, activation=activation)(bottleneck)


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
    bottleneck = layers.ReLU()(
        layers.BatchNormalization()(layers.Dense(2, use_bias=False)(pooled(u)))
    )
    s = layers.BatchNormalization(center=False, scale=False)(excited(bottleneck))
    return multiply(u, layers.Activation("sigmoid")(s))


def dropped_out(u):
    bottleneck = layers.Dropout(0.5)(layers.Identity()(squeezed(u)))
    return multiply(layers.Dropout(0.3)(u), layers.Dropout(0.2)(excited(bottleneck, "sigmoid")))


def scaled_between(u):
    bottleneck = layers.Rescaling(2.0, -0.1)(squeezed(u))
    return multiply(u, ops.sigmoid(excited(-bottleneck) * 3.0))


def three_layers(u):
    bottleneck = layers.Dense(4, "elu")(squeezed(u, "gelu"))
    return multiply(u, excited(bottleneck, "sigmoid"))


def no_bottleneck(u):
    return multiply(u, layers.Dense(CHANNELS, "sigmoid")(pooled(u)))


def layers_as_activations(u):
    bottleneck = layers.Dense(2, activation=layers.LeakyReLU(0.1))(pooled(u))
    bottleneck = layers.PReLU()(layers.Dense(4)(bottleneck))
    bottleneck = layers.ELU(0.5)(layers.Dense(2)(bottleneck))
    return multiply(u, excited(bottleneck, ops.sigmoid))


def curved_activations(u):
    bottleneck = squeezed(u, "mish")
    bottleneck = ops.gelu(layers.Dense(4)(bottleneck))
    bottleneck = layers.Activation("hard_silu")(layers.Dense(3)(bottleneck))
    bottleneck = layers.Dense(3, "softplus")(layers.Dense(3, "selu")(bottleneck))
    return multiply(u, excited(bottleneck, "hard_sigmoid"))


def nested_twice(u):
    inside = picture(u.shape[1:])
    block = keras.Model(inside, multiply(inside, gate(inside)), name="block")
    return block(block(u))


def in_a_sequence(u):
    inside = picture(u.shape[1:])
    block = keras.Model(inside, mobilenet_hard_sigmoid(inside), name="block")
    wrapped = keras.Sequential([layers.Dropout(0.1), block], name="wrapped")
    return wrapped(u)


def gated(u, z):
    """Two layers and a product, of a squeeze (N, C) or (N, 1, 1, C)."""
    return multiply(u, excited(layers.Dense(2, "relu")(z), "sigmoid"))


def by_a_sum_over_its_number(u):
    return gated(u, ops.sum(u, (1, 2)) / 64)


def by_a_sum(u):
    """64 times the mean: whether that is a squeeze is a matter of weights."""
    return gated(u, 0.5 * ops.sum(u, (1, 2)))


def by_a_sum_times_a_part(u):
    return gated(u, layers.Rescaling(1 / 64)(ops.sum(u, (1, 2), keepdims=True)))


def by_a_sum_of_parts(u):
    return gated(u, ops.sum(u / 64, axis=[-3, -2]))


def by_sums_one_after_the_other(u):
    return gated(u, ops.sum(0.125 * ops.sum(u, 2), 1) * 0.125)


def by_a_sum_over_counted_positions(u):
    return gated(u, ops.sum(u, (1, 2)) / ops.sum(ops.ones_like(u), (1, 2)))


def by_a_mean_over_rows_and_columns(u):
    return gated(u, ops.mean(ops.mean(u, 1), 1))


def by_a_mean_over_columns_and_rows(u):
    return gated(u, ops.mean(ops.mean(u, 2, keepdims=True), 1, keepdims=True))


def by_an_average(u):
    return gated(u, ops.average(ops.average(u, axis=2), axis=1))


def by_one_row_of_positions(u):
    return gated(u, layers.GlobalAveragePooling1D()(layers.Reshape((64, CHANNELS))(u)))


def by_channels_in_front(u):
    rows = layers.Reshape((CHANNELS, 64))(layers.Permute((3, 1, 2))(u))
    return gated(u, ops.mean(rows, -1))


def by_a_pool_with_channels_in_front(u):
    return gated(u, layers.GlobalAveragePooling2D("channels_first")(layers.Permute((3, 2, 1))(u)))


def by_swapping_and_moving(u):
    moved = ops.moveaxis(ops.swapaxes(ops.transpose(u, (0, 3, 1, 2)), 1, 3), 3, 1)
    return gated(u, ops.mean(moved, (2, 3)))


def by_pools_of_rows_and_columns(u):
    halfway = layers.AveragePooling2D((8, 1))(u)
    return gated(u, layers.Flatten()(layers.AveragePooling2D((1, 8))(halfway)))


def by_an_operation_that_pools(u):
    return gated(u, ops.average_pool(u, (8, 8)))


def by_an_einsum(u):
    return gated(u, ops.einsum("nhwc->nc", u) / 64)


def by_a_column_of_ones(u):
    rows = layers.Reshape((CHANNELS, 64))(layers.Permute((3, 1, 2))(u))
    return gated(u, ops.squeeze(ops.matmul(rows, np.full((64, 1), 1 / 64, "float32")), -1))


def by_conv1d(u):
    z = layers.Reshape((1, CHANNELS))(layers.GlobalAveragePooling2D()(u))
    s = layers.Conv1D(CHANNELS, 1, activation="sigmoid")(layers.Conv1D(2, 1, activation="relu")(z))
    return multiply(u, layers.Reshape((1, 1, CHANNELS))(s))


def by_conv1d_with_channels_in_front(u):
    z = layers.Reshape((CHANNELS, 1))(layers.GlobalAveragePooling2D()(u))
    first = {"data_format": "channels_first"}
    bottleneck = layers.Conv1D(2, 1, activation="relu", **first)(z)
    s = layers.Conv1D(CHANNELS, 1, activation="sigmoid", **first)(bottleneck)
    return multiply(u, layers.Reshape((1, 1, CHANNELS))(s))


def by_einsum_dense(u):
    bottleneck = layers.EinsumDense("abcd,de->abce", (1, 1, 2), "relu", "e")(pooled(u))
    return multiply(u, layers.EinsumDense("abcd,de->abce", (1, 1, CHANNELS), "sigmoid")(bottleneck))


def spread_by_upsampling(u):
    return multiply(u, layers.UpSampling2D(8, interpolation="bilinear")(gate(u)))


def spread_and_then_bounded(u):
    s = layers.UpSampling2D(8)(excited(squeezed(u)))
    return multiply(u, layers.Activation("sigmoid")(s))


def spread_and_then_mixed(u):
    bottleneck = layers.UpSampling2D(8)(squeezed(u))
    return multiply(u, layers.Conv2D(CHANNELS, 1, activation="sigmoid")(bottleneck))


def spread_by_resizing(u):
    return multiply(u, layers.Resizing(8, 8)(gate(u)))


def spread_by_an_operation(u):
    return u * ops.image.resize(gate(u), (8, 8), "nearest")


def spread_by_tiles(u):
    return u * ops.tile(gate(u), (1, 8, 8, 1))


def spread_by_repeating(u):
    return u * ops.repeat(ops.repeat(gate(u), 8, 1), 8, 2)


def spread_by_a_row_of_copies(u):
    s = excited(layers.Dense(2, "relu")(layers.GlobalAveragePooling2D()(u)), "sigmoid")
    return multiply(u, layers.Reshape((8, 8, CHANNELS))(layers.RepeatVector(64)(s)))


def spread_by_ones(u):
    return u * (ops.ones_like(u) * gate(u))


def spread_by_zeros(u):
    return u * (gate(u) + ops.zeros_like(u))


def spread_by_constant_ones(u):
    return u * (gate(u) * np.ones((1, 8, 8, 1), "float32"))


def spread_along_one_axis(u):
    return u * layers.UpSampling2D((8, 1))(gate(u))


def product_of_two_gates(u):
    return multiply(u, multiply(gate(u), gate(u, activation="hard_sigmoid")))


def product_of_two_gates_of_one_pool(u):
    z = pooled(u)
    narrow, wide = (excited(layers.Dense(n, "relu")(z), "sigmoid") for n in (2, 4))
    return u * (narrow * wide)


def one_gate_after_the_other(u):
    return multiply(multiply(u, gate(u)), gate(u))


def three_gates_after_one_another(u):
    return gate(u) * layers.Dropout(0.1)(gate(u) * (u * gate(u)))


def three_factors(u):
    return layers.Multiply()([gate(u), u, gate(u)])


def mean_of_two_gates(u):
    return multiply(u, layers.Average()([gate(u), gate(u)]))


def larger_of_two_gates(u):
    return multiply(u, layers.Maximum()([gate(u), gate(u)]))


def sum_of_two_branches(u):
    z = pooled(u)
    return multiply(u, ops.sigmoid(excited(layers.Dense(2, "relu")(z)) + excited(z)))


SEVERAL_BRANCHES = (
    product_of_two_gates,
    product_of_two_gates_of_one_pool,
    one_gate_after_the_other,
    three_gates_after_one_another,
    three_factors,
    mean_of_two_gates,
    larger_of_two_gates,
    sum_of_two_branches,
)
"""Of these no single row of layers leads from the squeeze to the gates."""
SQUEEZES_AND_SPREADS = (
    by_a_sum,
    by_a_sum_over_its_number,
    by_a_sum_times_a_part,
    by_a_sum_of_parts,
    by_sums_one_after_the_other,
    by_a_sum_over_counted_positions,
    by_a_mean_over_rows_and_columns,
    by_a_mean_over_columns_and_rows,
    by_an_average,
    by_one_row_of_positions,
    by_channels_in_front,
    by_a_pool_with_channels_in_front,
    by_swapping_and_moving,
    by_pools_of_rows_and_columns,
    by_an_operation_that_pools,
    by_an_einsum,
    by_a_column_of_ones,
    by_conv1d,
    by_conv1d_with_channels_in_front,
    by_einsum_dense,
    spread_by_upsampling,
    spread_and_then_bounded,
    spread_and_then_mixed,
    spread_by_resizing,
    spread_by_an_operation,
    spread_by_tiles,
    spread_by_repeating,
    spread_by_a_row_of_copies,
    spread_by_ones,
    spread_by_zeros,
    spread_by_constant_ones,
    spread_along_one_axis,
)
"""The squeeze and the way back to the map, written otherwise."""
OF_EACH_KIND = (
    by_a_sum,
    spread_by_upsampling,
    spread_and_then_bounded,
    product_of_two_gates,
    one_gate_after_the_other,
)
"""Some that are read and taken in hand in ways of their own."""
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
EVERY_ONE = (*ONE_BLOCK, *SQUEEZES_AND_SPREADS, *SEVERAL_BRANCHES)
