"""Small networks made by hand, with SE blocks written in many ways."""

from __future__ import annotations

from collections.abc import Callable

import keras
import numpy as np
from keras import layers, ops

from se_viz.nets.network import Network
from se_viz.pictures import Preprocessing
from se_viz.probe.frontends.keras.unroll import unroll
from se_viz.probe.gates.find import find
from se_viz.probe.gates.sites import Found

CHANNELS = 8


def picture(shape: tuple = (16, 16, 3)):
    return keras.Input(shape)


def feature_map(x, name: str | None = None):
    """U: channels last, half the resolution."""
    return layers.Conv2D(CHANNELS, 3, 2, "same", activation="relu", name=name)(x)


def gate(u, of=None, activation: str = "sigmoid"):
    """The textbook gate (N, 1, 1, C) of `of`, by default of U itself."""
    z = layers.GlobalAveragePooling2D(keepdims=True)(u if of is None else of)
    bottleneck = layers.Dense(2, activation="relu")(z)
    return layers.Dense(CHANNELS, activation=activation)(bottleneck)


def multiply(u, s):
    return layers.Multiply()([u, s])


def model_of(block: Callable) -> keras.Model:
    """A network with one feature map, and whatever `block` makes of it."""
    x = picture()
    y = block(feature_map(x))
    return keras.Model(x, layers.Dense(3)(layers.GlobalAveragePooling2D()(y)))


def found_in(model: keras.Model) -> Found:
    return find(unroll(model).graph)


def network_of(model: keras.Model, size: int = 16, classes: int = 3) -> Network:
    names = tuple(f"class {i}" for i in range(classes))
    return Network("tiny", "Tiny", model, Preprocessing(size=size), names, "f" * 64)


def model_inputs(count: int, size: int = 16, seed: int = 0) -> np.ndarray:
    shape = (count, size, size, 3)
    return np.random.default_rng(seed).integers(0, 256, shape, np.uint8)


def dense_fused(u):
    z = layers.GlobalAveragePooling2D()(u)
    s = layers.Dense(CHANNELS, "sigmoid")(layers.Dense(2, "relu")(z))
    return multiply(u, layers.Reshape((1, 1, CHANNELS))(s))


def dense_separate(u):
    z = layers.GlobalAveragePooling2D()(u)
    bottleneck = layers.ReLU()(layers.Dense(2)(z))
    s = layers.Activation("sigmoid")(layers.Dense(CHANNELS)(bottleneck))
    return multiply(layers.Reshape((1, 1, CHANNELS))(s), u)


def conv_fused(u):
    z = layers.GlobalAveragePooling2D(keepdims=True)(u)
    bottleneck = layers.Conv2D(2, 1, activation="silu")(z)
    return multiply(u, layers.Conv2D(CHANNELS, 1, activation="sigmoid")(bottleneck))


def conv_separate_hard(u):
    z = layers.Reshape((1, 1, CHANNELS))(layers.GlobalAveragePooling2D()(u))
    bottleneck = layers.Activation("relu6")(layers.Conv2D(2, 1, use_bias=False)(z))
    s = layers.Activation("hard_sigmoid")(layers.Conv2D(CHANNELS, 1, use_bias=False)(bottleneck))
    return multiply(s, u)


def plain_operations(u):
    z = ops.mean(u, axis=(1, 2), keepdims=True)
    s = ops.sigmoid(layers.Dense(CHANNELS)(ops.relu(layers.Dense(2)(z))))
    return u * s


def expanded_dimensions(u):
    z = ops.mean(u, axis=[-3, -2])
    s = layers.Dense(CHANNELS, "hard_sigmoid")(layers.Dense(2, "relu")(z))
    return ops.expand_dims(ops.expand_dims(s, 1), 1) * u


def nested_gate(u):
    z = picture((CHANNELS,))
    inner = keras.Model(z, layers.Dense(CHANNELS, "sigmoid")(layers.Dense(2, "relu")(z)))
    s = inner(layers.GlobalAveragePooling2D()(u))
    return multiply(u, layers.Reshape((1, 1, CHANNELS))(s))


def sequential_gate(u):
    steps = [layers.GlobalAveragePooling2D(keepdims=True), layers.Dense(2, "relu")]
    inner = keras.Sequential([*steps, layers.Dense(CHANNELS, "sigmoid")])
    return multiply(u, inner(u))


def nested_block(u):
    inside = picture(u.shape[1:])
    return keras.Model(inside, dense_separate(inside))(u)


def misleading_names(u):
    z = layers.GlobalAveragePooling2D(name="max_pool")(u)
    bottleneck = layers.Dense(2, "relu", name="spatial_attention")(z)
    s = layers.Dense(CHANNELS, "sigmoid", name="softmax")(bottleneck)
    s = layers.Reshape((1, 1, CHANNELS), name="dropout")(s)
    return layers.Multiply(name="add")([u, s])


SE_BLOCKS = (
    dense_fused,
    dense_separate,
    conv_fused,
    conv_separate_hard,
    plain_operations,
    expanded_dimensions,
    nested_gate,
    sequential_gate,
    nested_block,
    misleading_names,
)
