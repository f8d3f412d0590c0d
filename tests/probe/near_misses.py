"""What looks like an SE block and is none: each takes U (N, 8, 8, 8)."""

from __future__ import annotations

from keras import layers, ops

from tests.probe.networks import CHANNELS, gate, multiply


def pooled(u):
    return layers.GlobalAveragePooling2D(keepdims=True)(u)


def cbam_spatial_gate(u):
    both = layers.Concatenate()([ops.mean(u, -1, keepdims=True), ops.max(u, -1, keepdims=True)])
    return multiply(u, layers.Conv2D(1, 7, padding="same", activation="sigmoid")(both))


def softmax_attention(u):
    return multiply(u, gate(u, activation="softmax"))


def residual_product(u):
    return multiply(u, layers.Conv2D(CHANNELS, 3, padding="same", activation="sigmoid")(u))


def pool_of_another_tensor(u):
    return multiply(layers.Conv2D(CHANNELS, 3, padding="same")(u), gate(u))


def tanh_gate(u):
    return multiply(u, gate(u, activation="tanh"))


def gate_without_dense(u):
    return multiply(u, layers.Activation("sigmoid")(pooled(u)))


def no_sigmoid_at_all(u):
    return multiply(u, layers.Reshape((1, 1, CHANNELS))(layers.GlobalAveragePooling2D()(u)))


def max_pool_gate(u):
    z = layers.GlobalMaxPooling2D(keepdims=True)(u)
    return multiply(u, layers.Dense(CHANNELS, "sigmoid")(layers.Dense(2, "relu")(z)))


def mean_over_rows_alone(u):
    z = ops.mean(u, axis=1, keepdims=True)
    return u * layers.Dense(CHANNELS, "sigmoid")(layers.Dense(2, "relu")(z))


def local_pool(u):
    z = layers.AveragePooling2D(2)(u)
    s = layers.UpSampling2D(2)(layers.Conv2D(CHANNELS, 1, activation="sigmoid")(z))
    return multiply(u, s)


def layer_norm_in_between(u):
    hidden = layers.LayerNormalization(name="norm")(layers.Dense(2)(pooled(u)))
    return multiply(u, layers.Dense(CHANNELS, "sigmoid")(hidden))


def doubled_gate(u):
    return multiply(u, 2 * gate(u))


def raised_gate(u):
    return multiply(u, 1 + gate(u))


def relu_gate(u):
    return multiply(u, gate(u, activation="relu"))


def norm_after_the_gate(u):
    return multiply(u, layers.BatchNormalization()(gate(u)))


def reciprocal_gate(u):
    return multiply(u, 1 / (1 + gate(u, activation="tanh")))


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
    hidden = layers.Conv2D(2, 3, padding="same", activation="relu", name="wide")(pooled(u))
    return multiply(u, layers.Conv2D(CHANNELS, 1, activation="sigmoid")(hidden))


def grouped_convolution(u):
    s = layers.Conv2D(CHANNELS, 1, groups=2, activation="sigmoid", name="grouped")(pooled(u))
    return multiply(u, s)


def one_gate_for_all_channels(u):
    return multiply(u, layers.Dense(1, "sigmoid")(layers.Dense(2, "relu")(pooled(u))))


def sum_of_two_gates(u):
    return multiply(u, layers.Add(name="both")([gate(u), gate(u)]))


def square(u):
    return u * u


REASONS = {
    cbam_spatial_gate: "neither factor is one number per channel",
    residual_product: "neither factor is one number per channel",
    local_pool: "neither factor is one number per channel",
    one_gate_for_all_channels: "neither factor is one number per channel",
    mean_over_rows_alone: "neither factor is one number per channel",
    square: "neither factor is one number per channel",
    softmax_attention: "not from a sigmoid",
    tanh_gate: "not from a sigmoid",
    no_sigmoid_at_all: "no sigmoid stands between",
    pool_of_another_tensor: "averages another tensor than the one that is scaled",
    gate_without_dense: "no dense layer",
    max_pool_gate: "stands between the factor and a global average pool",
    layer_norm_in_between: "norm stands between",
    doubled_gate: "not from a sigmoid; it lies between 0 and 2",
    raised_gate: "not from a sigmoid; it lies between 1 and 2",
    relu_gate: "relu), not from a sigmoid",
    norm_after_the_gate: "batch norm), not from a sigmoid",
    reciprocal_gate: "not from a sigmoid",
    own_sigmoid: "sigmoid of its own), not from a sigmoid",
    channels_shuffled: "stands between",
    channels_reversed: "get_item",
    neighbours_alone: "eca stands between",
    each_channel_by_itself: "alone stands between",
    pool_of_a_part: "stands between",
    pool_along_other_axes: "averages another tensor",
    swish_written_out: "neither factor is one number per channel",
    gated_linear_unit: "neither factor is one number per channel",
    products_of_three: "a product of 3 factors",
    hidden_in_a_class: "a layer of a class of its own",
    wide_convolution: "wide stands between",
    grouped_convolution: "grouped stands between",
    sum_of_two_gates: "both stands between",
}
"""Each near miss, and part of the reason that must be given."""
