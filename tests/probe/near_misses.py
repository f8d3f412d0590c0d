"""What looks like an SE block and is none: each takes U (N, 8, 8, 8)."""

from __future__ import annotations

import numpy as np
from keras import layers, ops

from se_viz.nets.se_resnet.se_block import ChannelWeight
from tests.probe.networks import CHANNELS, gate, multiply


def pooled(u):
    return layers.GlobalAveragePooling2D(keepdims=True)(u)


def cbam_spatial_gate(u):
    both = layers.Concatenate()([ops.mean(u, -1, keepdims=True), ops.max(u, -1, keepdims=True)])
    return multiply(u, layers.Conv2D(1, 7, padding="same", activation="sigmoid")(both))


def residual_product(u):
    return multiply(u, layers.Conv2D(CHANNELS, 3, padding="same", activation="sigmoid")(u))


def pool_of_another_tensor(u):
    return multiply(layers.Conv2D(CHANNELS, 3, padding="same")(u), gate(u))


def no_sigmoid_at_all(u):
    return multiply(u, layers.Reshape((1, 1, CHANNELS))(layers.GlobalAveragePooling2D()(u)))


def mean_over_rows_alone(u):
    z = ops.mean(u, axis=1, keepdims=True)
    return u * layers.Dense(CHANNELS, "sigmoid")(layers.Dense(2, "relu")(z))


def local_pool(u):
    z = layers.AveragePooling2D(2)(u)
    s = layers.UpSampling2D(2)(layers.Conv2D(CHANNELS, 1, activation="sigmoid")(z))
    return multiply(u, s)


def layer_norm_in_between(u):
    bottleneck = layers.LayerNormalization(name="norm")(layers.Dense(2)(pooled(u)))
    return multiply(u, layers.Dense(CHANNELS, "sigmoid")(bottleneck))


def norm_after_the_gate(u):
    return multiply(u, layers.BatchNormalization()(gate(u)))


def own_sigmoid(u):
    def sigmoid(x):
        return 2 * ops.sigmoid(x)

    return multiply(u, gate(u, activation=sigmoid))


def channels_shuffled(u):
    pairs = layers.Reshape((2, CHANNELS // 2))(gate(u))
    shuffled = layers.Permute((2, 1), name="shuffle")(pairs)
    return multiply(u, layers.Reshape((1, 1, CHANNELS))(shuffled))


def channels_reversed(u):
    return u * gate(u)[..., ::-1]


def neighbours_alone(u):
    """As ECA does (Wang et al., arXiv 1910.03151)."""
    z = layers.Reshape((CHANNELS, 1))(pooled(u))
    s = layers.Conv1D(1, 3, padding="same", activation="sigmoid", name="eca")(z)
    return multiply(u, layers.Reshape((1, 1, CHANNELS))(s))


def each_channel_by_itself(u):
    z = layers.Reshape((CHANNELS, 1))(pooled(u))
    s = layers.Dense(1, "sigmoid", name="alone")(z)
    return multiply(u, layers.Reshape((1, 1, CHANNELS))(s))


def pool_of_a_part(u):
    return multiply(u, excited(layers.AveragePooling2D(4, 8)(u)))


def excited(z):
    return layers.Dense(CHANNELS, "sigmoid")(layers.Dense(2, "relu")(z))


def pool_along_other_axes(u):
    """U is (N, 8, 8, 8), so that only the axes tell."""
    return multiply(u, excited(layers.GlobalAveragePooling2D("channels_first")(u)))


def swish_written_out(u):
    return u * ops.sigmoid(u)


def gated_linear_unit(u):
    a, b = ops.split(u, 2, axis=-1)
    return a * ops.sigmoid(b)


def products_of_three(u):
    return layers.Multiply()([u, u, gate(u)])


class OwnSE(layers.Layer):
    """A layer of its own that hides an SE block."""

    def __init__(self, **settings):
        super().__init__(**settings)
        self.reduce, self.expand = layers.Dense(2, "relu"), layers.Dense(CHANNELS, "sigmoid")

    def call(self, u):
        return u * self.expand(self.reduce(ops.mean(u, (1, 2), keepdims=True)))


def hidden_in_a_class(u):
    return OwnSE()(u)


def wide_convolution(u):
    bottleneck = layers.Conv2D(2, 3, padding="same", activation="relu", name="wide")(pooled(u))
    return multiply(u, layers.Conv2D(CHANNELS, 1, activation="sigmoid")(bottleneck))


def grouped_convolution(u):
    s = layers.Conv2D(CHANNELS, 1, groups=2, activation="sigmoid", name="grouped")(pooled(u))
    return multiply(u, s)


def one_gate_for_all_channels(u):
    return multiply(u, layers.Dense(1, "sigmoid")(layers.Dense(2, "relu")(pooled(u))))


def square(u):
    return u * u


def max_over_rows_mean_over_columns(u):
    return multiply(u, excited(ops.mean(ops.max(u, 1), 1)))


def mean_over_rows_max_over_columns(u):
    return multiply(u, excited(ops.max(ops.mean(u, 1), 1)))


def mean_over_columns_and_channels(u):
    """U is (N, 8, 8, 8), so that only the axes tell."""
    return multiply(u, excited(ops.mean(ops.mean(u, 2), 2)))


def mean_of_squares(u):
    return multiply(u, excited(ops.mean(u * u, (1, 2))))


def mean_of_the_upper_half(u):
    return multiply(u, excited(ops.mean(u[:, :4], (1, 2))))


def mean_of_one_row(u):
    return multiply(u, excited(ops.mean(u[:, 0], 1)))


def mean_with_weights(u):
    """A window that counts the middle for more."""
    rows = layers.Reshape((CHANNELS, 64))(layers.Permute((3, 1, 2))(u))
    column = np.hanning(64).astype("float32")[:, None]
    return multiply(u, excited(ops.squeeze(ops.matmul(rows, column), -1)))


def sum_over_what_is_counted_above_0(u):
    count = ops.sum(ops.cast(u > 0, "float32"), (1, 2))
    return multiply(u, excited(ops.sum(u, (1, 2)) / count))


def spread_with_a_border(u):
    return multiply(u, layers.Resizing(8, 8, pad_to_aspect_ratio=True)(tall_gate(u)))


def tall_gate(u):
    return layers.UpSampling2D((4, 1))(gate(u))


def spread_along_channels(u):
    """One gate for four channels, as it is for a group."""
    s = layers.Dense(2, "sigmoid")(layers.Dense(2, "relu")(pooled(u)))
    return u * ops.tile(s, (1, 8, 8, 4))


def spread_and_then_weighted(u):
    """What comes of a gate at a position depends on the position."""
    fade = np.linspace(0, 1, 8, dtype="float32")[None, :, None, None]
    return u * (layers.UpSampling2D(8)(gate(u)) * fade)


def product_with_a_gate_for_each_position(u):
    place = layers.Conv2D(1, 7, padding="same", activation="sigmoid")(u)
    return multiply(u, multiply(gate(u), place))


def product_with_a_gate_of_the_maximum(u):
    return u * (gate(u) * excited(layers.GlobalMaxPooling2D(keepdims=True)(u)))


def average_weighted_by_another(u):
    z = layers.GlobalAveragePooling2D()(u)
    return multiply(u, excited(ops.average(z[:, None], axis=1, weights=z[:, None])))


def maximum_of_numbers_made_larger(u):
    return multiply(u, excited(ops.max(2 * u, (1, 2))))


def maximum_along_channels(u):
    """U is (N, 8, 8, 8), so that only the axes tell."""
    return multiply(u, excited(ops.max(u, (2, 3))))


def not_squeezed(u):
    """As section 6.2 of the paper does without a squeeze."""
    bottleneck = layers.Conv2D(2, 1, activation="relu")(u)
    return multiply(u, layers.Conv2D(CHANNELS, 1, activation="sigmoid")(bottleneck))


def leaky_gate(u):
    return multiply(u, layers.LeakyReLU(0.1)(gate(u, activation="linear")))


def softmax_along_positions(u):
    """What is 1 wide has a softmax of 1 everywhere."""
    return multiply(u, ops.softmax(gate(u, activation="linear"), axis=1))


def gelu_written_out(u):
    return u * (0.5 * (1 + ops.erf(u / np.sqrt(2))))


def squeeze_times_its_gate(u):
    return multiply(u, pooled(u) * gate(u))


def masked_out(u):
    """As dropout does, by numbers of the map itself."""
    return u * ops.cast(u > 0.5, "float32")


def attention_of_positions(u):
    """Each position by a softmax over all (Bahdanau et al., arXiv 1409.0473)."""
    rows = layers.Reshape((64, CHANNELS))(u)
    weights = ops.softmax(layers.Dense(1)(rows), axis=1)
    return multiply(u, layers.Reshape((8, 8, 1))(weights))


def linear_for_each_channel(u):
    """A weight for each channel of the squeeze, and nothing that bounds it."""
    return multiply(u, ChannelWeight()(layers.GlobalAveragePooling2D()(u))[:, None, None])


REASONS = {
    maximum_of_numbers_made_larger: "the maximum of numbers that were changed before",
    maximum_along_channels: "does not take each channel over all positions",
    not_squeezed: "nothing is squeezed, so no gate is one number per channel",
    leaky_gate: "not from a sigmoid",
    softmax_along_positions: "softmax stands between",
    gelu_written_out: "neither factor is one number per channel",
    masked_out: "neither factor is one number per channel",
    attention_of_positions: "neither factor is one number per channel",
    linear_for_each_channel: "not from a sigmoid",
    average_weighted_by_another: "average",
    max_over_rows_mean_over_columns: "takes the maximum along one axis, the mean along another",
    mean_over_rows_max_over_columns: "takes the maximum along one axis, the mean along another",
    mean_over_columns_and_channels: "does not take each channel over all positions",
    mean_of_squares: "of another tensor",
    mean_of_the_upper_half: "of another tensor",
    mean_of_one_row: "does not take each channel over all positions",
    mean_with_weights: "matmul",
    sum_over_what_is_counted_above_0: "stands between",
    spread_with_a_border: "neither factor is one number per channel",
    spread_along_channels: "neither factor is one number per channel",
    spread_and_then_weighted: "neither factor is one number per channel",
    product_with_a_gate_for_each_position: "neither factor is one number per channel",
    product_with_a_gate_of_the_maximum: "of means and of maxima",
    cbam_spatial_gate: "neither factor is one number per channel",
    residual_product: "neither factor is one number per channel",
    local_pool: "neither factor is one number per channel",
    squeeze_times_its_gate: "not from a sigmoid",
    one_gate_for_all_channels: "neither factor is one number per channel",
    mean_over_rows_alone: "neither factor is one number per channel",
    square: "neither factor is one number per channel",
    no_sigmoid_at_all: "no sigmoid stands between",
    pool_of_another_tensor: "of another tensor than the one that is scaled",
    layer_norm_in_between: "norm stands between",
    norm_after_the_gate: "batch norm), not from a sigmoid",
    own_sigmoid: "sigmoid of its own), not from a sigmoid",
    channels_shuffled: "stands between",
    channels_reversed: "get_item",
    neighbours_alone: "eca stands between",
    each_channel_by_itself: "alone stands between",
    pool_of_a_part: "stands between",
    pool_along_other_axes: "does not take each channel over all positions",
    swish_written_out: "neither factor is one number per channel",
    gated_linear_unit: "neither factor is one number per channel",
    products_of_three: "a product of 3 factors",
    hidden_in_a_class: "a layer of a class of its own",
    wide_convolution: "wide stands between",
    grouped_convolution: "grouped stands between",
}
"""Each near miss, and part of the reason that must be given."""
WITH_INNER = (
    mean_of_squares,
    product_with_a_gate_for_each_position,
    product_with_a_gate_of_the_maximum,
    squeeze_times_its_gate,
)
"""Those in which another product is looked at first."""
