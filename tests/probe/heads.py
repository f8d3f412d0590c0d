"""Ways in which networks end, by what their outputs are."""

from __future__ import annotations

import keras
from keras import layers, ops

from tests.probe.networks import feature_map, multiply, picture


def network(head) -> keras.Model:
    """A feature map with an SE block, and a head on its mean."""
    x = picture()
    u = feature_map(x)
    z = layers.GlobalAveragePooling2D(keepdims=True)(u)
    s = layers.Dense(8, "sigmoid")(layers.Dense(2, "relu")(z))
    return keras.Model(x, head(layers.GlobalAveragePooling2D()(multiply(u, s))))


def soft(x, classes: int = 3):
    return layers.Dense(classes, "softmax", kernel_initializer="he_normal")(x)


def sigmoid(x, classes: int = 3):
    return layers.Dense(classes, "sigmoid", kernel_initializer="he_normal")(x)


def linear(x, classes: int = 3):
    return layers.Dense(classes)(x)


def nested(x):
    inside = picture((8,))
    return keras.Model(inside, layers.Softmax()(linear(inside)))(x)


def member(classes: int = 3):
    """A network of its own, to be called more than once."""
    x = picture((8,))
    return keras.Model(x, soft(x, classes))


def seen_twice(x):
    one = member()
    return layers.Average()([one(x), one(x[:, ::-1])])


def in_one_batch(x):
    both = ops.split(soft(ops.concatenate([x, x[:, ::-1]], axis=0)), 2, axis=0)
    return (both[0] + both[1]) / 2


def by_places(x):
    maps = ops.reshape(x, (-1, 2, 2, 2))
    shares = layers.Conv2D(3, 1, activation="softmax")(maps)
    return layers.GlobalAveragePooling2D()(shares)


def by_hand(x):
    z = linear(x)
    e = ops.exp(z - ops.max(z, axis=-1, keepdims=True))
    return e / (ops.sum(e, axis=-1, keepdims=True) + 1e-7)


def product(x):
    p = soft(x) * soft(x)
    return p / ops.sum(p, axis=1, keepdims=True)


def geometric_mean(x):
    p = ops.exp((ops.log(soft(x)) + ops.log(soft(x))) / 2)
    return p / ops.expand_dims(ops.sum(p, axis=-1), -1)


def mixture(x):
    shares, experts = soft(x, 2), ops.stack([soft(x), soft(x)], axis=1)
    return ops.sum(ops.expand_dims(shares, -1) * experts, axis=1)


def both_of_two(x):
    p = sigmoid(x, 1)
    return ops.concatenate([1 - p, p], axis=-1)


def with_what_is_left(x):
    p = sigmoid(x)
    return ops.concatenate([1 - p, p], axis=-1)


SOFTMAX = {
    "dense": soft,
    "activation": lambda x: layers.Activation("softmax")(linear(x)),
    "layer": lambda x: layers.Softmax()(linear(x)),
    "operation": lambda x: ops.softmax(linear(x)),
    "nested": nested,
    "cast": lambda x: layers.Activation("linear", dtype="float32")(soft(x)),
    "temperature": lambda x: ops.softmax(linear(x) / 2.5),
    "temperature layer": lambda x: layers.Softmax()(layers.Rescaling(0.5)(linear(x))),
    "convolution": lambda x: layers.Flatten()(
        layers.Conv2D(3, 1, activation="softmax")(layers.Reshape((1, 1, 8))(x))
    ),
    "not flattened": lambda x: layers.Conv2D(3, 1, activation="softmax")(
        layers.Reshape((1, 1, 8))(x)
    ),
    "average": lambda x: layers.Average()([soft(x), soft(x)]),
    "sum over two": lambda x: (soft(x) + soft(x)) / 2,
    "weighted": lambda x: 0.3 * soft(x) + soft(x) * 0.7,
    "stacked": lambda x: ops.mean(ops.stack([soft(x), soft(x)], axis=1), axis=1),
    "stacked first": lambda x: ops.mean(ops.stack([soft(x)] * 3, axis=0), axis=0),
    "stacked last": lambda x: ops.average(ops.stack([soft(x), soft(x)], axis=-1), axis=-1),
    "seen twice": seen_twice,
    "in one batch": in_one_batch,
    "by places": by_places,
    "by hand": by_hand,
    "product": product,
    "geometric mean": geometric_mean,
    "normalised": lambda x: ops.normalize(soft(x) * soft(x), order=1),
    "both of two": both_of_two,
    "part": lambda x: soft(x, 4)[:, 1:],
    "mixture": mixture,
    "clipped": lambda x: ops.clip(soft(x), 1e-7, 1),
}
SIGMOID = {
    "dense": sigmoid,
    "activation": lambda x: layers.Activation("sigmoid")(linear(x)),
    "operation": lambda x: ops.sigmoid(linear(x) / 2),
    "hard": lambda x: layers.Dense(3, "hard_sigmoid")(x),
    "by tanh": lambda x: layers.Dense(3, "tanh")(x) / 2 + 0.5,
    "mean": lambda x: layers.Average()([sigmoid(x), sigmoid(x)]),
    "highest": lambda x: layers.Maximum()([sigmoid(x), sigmoid(x)]),
    "two of two": lambda x: layers.Concatenate()([soft(x, 2)[:, 1:], soft(x, 2)[:, 1:]]),
    "with what is left": with_what_is_left,
}
BINARY = {
    "dense": lambda x: sigmoid(x, 1),
    "mean": lambda x: (sigmoid(x, 1) + sigmoid(x, 1)) / 2,
    "the other": lambda x: 1 - sigmoid(x, 1),
    "one of a softmax": lambda x: soft(x, 2)[:, 1:],
    "one number": lambda x: soft(x, 2)[:, 1],
}
LOGITS = {
    "log softmax": lambda x: layers.Dense(3, "log_softmax")(x),
    "operation": lambda x: ops.log_softmax(linear(x)),
    "logarithm": lambda x: ops.log(soft(x)),
}
SCORES = {
    "relu": lambda x: layers.Dense(3, "relu")(x),
    "tanh": lambda x: layers.Dense(3, "tanh")(x),
    "stars": lambda x: 5 * sigmoid(x),
    "not averaged": lambda x: soft(x) + soft(x),
    "softmax of one": lambda x: soft(x, 1),
}
MIXED = {
    "side by side": lambda x: layers.Concatenate()([soft(x), soft(x, 2)]),
    "beside labels": lambda x: layers.Concatenate()([sigmoid(x), soft(x, 2)]),
    "three": lambda x: layers.Concatenate()([soft(x, 2), soft(x), sigmoid(x, 1)]),
    "two and one": lambda x: layers.Concatenate()(
        [layers.Concatenate()([soft(x), soft(x)]), sigmoid(x, 1)]
    ),
    "highest": lambda x: layers.Maximum()([soft(x), soft(x)]),
    "lowest": lambda x: layers.Minimum()([soft(x), soft(x)]),
    "highest of places": lambda x: ops.max(ops.stack([soft(x), soft(x)], axis=1), axis=1),
    "mean with labels": lambda x: layers.Average()([soft(x), sigmoid(x)]),
    "what is left": lambda x: 1 - soft(x),
}
"""Between 0 and 1, and neither one class of several nor labels each for itself."""
LINEAR = {
    "dense": linear,
    "normed": lambda x: layers.BatchNormalization()(linear(x)),
    "scaled": lambda x: linear(x) * 2 + 1,
    "averaged": lambda x: layers.Average()([linear(x), linear(x)]),
}
