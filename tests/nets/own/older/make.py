"""Small networks as a Keras of old writes them: `python make.py FOLDER/VERSION [--own]`, with it.

Runs with every Keras from 2.3 on: TensorFlow's, or with --own the one that came by itself. Writes a
file for each network and ending, and into `results.json` what that Keras computes.
"""

import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np

OWN = "--own" in sys.argv
if OWN:
    import keras
else:
    import tensorflow as tf
    from tensorflow import keras

L = keras.layers
VERSION = os.path.basename(sys.argv[1])
ENDINGS = [".h5"] + [".keras"] * (tuple(map(int, VERSION.split("-")[0].split("."))) > (2, 12))
SIZE = 12


def layer(name):
    """A layer of preprocessing, wherever it stood."""
    experimental = getattr(L, "experimental", None)
    places = (L, getattr(experimental, "preprocessing", None))
    return next(getattr(place, name) for place in places if hasattr(place, name))


def body(activation="sigmoid", slash="_"):
    """A convolution, an SE block and what else backbones have."""
    pictures = L.Input((SIZE, SIZE, 3), name="in")
    x = L.Conv2D(4, 3, padding="same", use_bias=False, name="conv")(pictures)
    x = L.BatchNormalization(name="conv" + slash + "bn")(x)
    x = u = L.ReLU(6.0, name="conv" + slash + "relu")(x)
    x = L.GlobalAveragePooling2D(name="pool")(x)
    x = L.Reshape((1, 1, 4), name="wide")(x)
    x = L.Dense(2, activation="relu", name="reduce")(x)
    x = L.Dense(4, activation=activation, name="expand")(x)
    x = L.Multiply(name="scale")([u, x])
    x = L.DepthwiseConv2D(3, name="depthwise")(x)
    x = L.SeparableConv2D(6, 3, name="separable")(x)
    x = L.LeakyReLU(0.1, name="leaky")(x)
    return keras.Model(pictures, L.Add(name="twice")([x, x]), name="body")


def headed(x, *inputs):
    return keras.Model(inputs[0], L.Dense(3, name="logits")(L.GlobalAveragePooling2D()(x)))


def plain():
    """A functional network that was trained a little."""
    inner = body()
    model = headed(inner.output, inner.input)
    model.compile("adam", "mse")
    model.fit(np.zeros((2, SIZE, SIZE, 3)), np.zeros((2, 3)), verbose=0)
    return model


def slashes():
    """Names with a slash, which Keras 3 no longer takes."""
    inner = body(slash="/")
    return headed(inner.output, inner.input)


def hard():
    """Hard sigmoids, whose slope is another in Keras 3."""
    inner = body("hard_sigmoid")
    return headed(L.Activation("hard_sigmoid")(inner.output), inner.input)


def around():
    """A `Sequential` around a functional backbone."""
    layers = [body(), L.GlobalAveragePooling2D(), L.Dropout(0.2), L.Dense(3)]
    model = keras.Sequential(layers)
    model.build((None, SIZE, SIZE, 3))
    return model


def row():
    """A `Sequential` whose first layer tells the input."""
    first = L.Conv2D(4, 3, activation="relu", input_shape=(SIZE, SIZE, 3))
    return keras.Sequential(
        [first, L.BatchNormalization(), L.MaxPooling2D(), L.Flatten(), L.Dense(3)]
    )


def ends():
    """Networks at both ends of a network."""
    pictures = L.Input((SIZE, SIZE, 3))
    features = L.Input((8, 8, 6))
    head = keras.Model(features, L.Dense(3)(L.GlobalAveragePooling2D()(features)), name="head")
    start = keras.Sequential([L.Conv2D(3, 3, padding="same", name="first")], name="start")
    return keras.Model(pictures, head(body()(start(pictures))))


def shared():
    """Layers and networks that are called more than once."""
    pictures = L.Input((SIZE, SIZE, 3))
    conv = L.Conv2D(3, 3, padding="same")
    inner = L.Input((None, None, 3))
    twice = keras.Model(inner, L.Conv2D(3, 3, activation="relu")(inner), name="twice")
    return headed(twice(twice(conv(conv(pictures)))), pictures)


def branches():
    """Branches that are alike but for their weights."""
    pictures = L.Input((SIZE, SIZE, 3))
    names = ("zeta", "alpha", "middle")
    maps = [L.Conv2D(4, 3, name=name)(pictures) for name in names]
    vectors = [L.GlobalAveragePooling2D()(x) for x in maps[::-1]]
    heads = [L.Dense(3, name=name)(x) for name, x in zip("qbk", vectors)]  # noqa: B905
    return keras.Model(pictures, L.Add()([heads[1], heads[0], heads[2]]))


def tutorial():
    """As Keras's guide to transfer learning has it: augmentation, scaling, a frozen backbone."""
    pictures = L.Input((SIZE, SIZE, 3))
    steps = [layer("RandomFlip")("horizontal"), layer("RandomRotation")(0.2)]
    x = keras.Sequential([*steps, layer("RandomZoom")(0.1), layer("RandomContrast")(0.1)])(pictures)
    backbone = body()
    backbone.trainable = False
    x = backbone(x / 127.5 - 1, training=False)
    return headed(L.Dropout(0.2)(x), pictures)


def partly():
    """A backbone of which some layers are frozen: old files keep those apart."""
    backbone = body()
    for inner in backbone.layers[:4]:
        inner.trainable = False
    pictures = L.Input((SIZE, SIZE, 3))
    x = layer("Rescaling")(1 / 127.5, offset=-1.0)(pictures)
    return headed(backbone(x), pictures)


def scaled():
    """Layers of preprocessing, and settings that came and went."""
    pictures = L.Input((SIZE, SIZE, 3))
    x = layer("CenterCrop")(SIZE, SIZE)(layer("Resizing")(16, 16)(pictures))
    x = layer("RandomCrop")(10, 10)(x)
    normalization = layer("Normalization")()
    normalization.adapt(np.random.RandomState(2).uniform(0, 255, (8, 8, 8, 3)).astype("float32"))
    x = L.Conv2DTranspose(4, 3, strides=2, padding="same")(normalization(x))
    x = L.PReLU(shared_axes=[1, 2])(L.UpSampling2D(2, interpolation="bilinear")(x))
    x = L.LayerNormalization()(L.ZeroPadding2D(1)(x))
    x = L.Softmax()(L.Permute((2, 1, 3))(L.AveragePooling2D(3, 2, "same")(x)))
    return headed(L.SpatialDropout2D(0.2)(L.ELU(0.5)(x)), pictures)


def mixed():
    """Half precision."""
    policies = keras.mixed_precision
    use = getattr(policies, "set_global_policy", None) or policies.experimental.set_policy
    use("mixed_float16")
    inner = body()
    use("float32")
    pool = L.GlobalAveragePooling2D(dtype="float32")(inner.output)
    return keras.Model(inner.input, L.Dense(3, dtype="float32")(pool))


def attention():
    pictures = L.Input((SIZE, SIZE, 3))
    x = L.Reshape((9, 8))(L.Conv2D(8, 4, strides=4)(pictures))
    x = L.MultiHeadAttention(2, 4)(x, x)
    x = L.MultiHeadAttention(2, 4)(L.LayerNormalization()(x), value=x)
    return keras.Model(pictures, L.Dense(3)(L.GlobalAveragePooling1D()(x)))


def functions():
    """TensorFlow's functions between layers, an SE block among them."""
    pictures = L.Input((SIZE, SIZE, 3))
    x = keras.applications.resnet50.preprocess_input(pictures)
    x = (tf.cast(x, "float32") - [1.0, 2.0, 3.0]) / tf.constant([40.0, 50.0, 60.0])
    x = L.Conv2D(4, 3)(x)
    z = tf.reduce_mean(x, axis=[1, 2], keepdims=True)
    x = x * tf.sigmoid(L.Conv2D(4, 1)(tf.nn.relu(L.Conv2D(2, 1)(z))))
    x = 1.0 - tf.nn.relu6(x + 3.0) / 6.0
    x = tf.concat([x, tf.square(x)], axis=-1)[:, ::2, 1:, :]
    x = tf.clip_by_value(tf.transpose(x, [0, 2, 1, 3]), 0.1, 0.9)
    first, second = tf.split(x, 2, axis=-1)
    x = tf.maximum(tf.stack([first, -second], axis=-1), -0.5)
    x = tf.reshape(tf.pad(x, [[0, 0], [1, 0], [0, 1], [0, 0], [0, 0]]), [-1, 60, 8])
    x = tf.nn.softmax(tf.exp(x)) + tf.sqrt(tf.abs(tf.tanh(x)))
    x = tf.reduce_sum(x, 1) - tf.squeeze(tf.expand_dims(tf.reduce_max(x, axis=1), 1), 1)
    return keras.Model(pictures, L.Dense(3)(tf.pow(x, 2.0)))


CASES = (plain, slashes, hard, around, row, ends, shared, branches, tutorial, partly, scaled, mixed)
CASES += (attention, functions)


def settle(model, rng):
    """Give weights that tell them apart."""
    for inner in model.layers:
        if hasattr(inner, "layers"):
            settle(inner, rng)
        elif type(inner).__name__ != "Normalization":
            pairs = zip(inner.weights, inner.get_weights())  # noqa: B905
            inner.set_weights([drawn(rng, variable.name, value) for variable, value in pairs])


def drawn(rng, name, value):
    positive = "variance" in name or "gamma" in name
    low, high = (0.5, 1.5) if positive else (-0.5, 0.5)
    return rng.uniform(low, high, value.shape).astype(value.dtype)


def pictures():
    """Two pictures, the same for everybody."""
    return np.random.RandomState(1).uniform(0, 255, (2, SIZE, SIZE, 3)).astype("float32")


def main(folder):
    os.makedirs(folder, exist_ok=True)
    results = {}
    for case in CASES:
        keras.backend.clear_session()
        try:
            model = case()
        except Exception as error:  # this Keras has no such network
            print(VERSION, case.__name__, "is left out:", repr(error)[:120])
            continue
        settle(model, np.random.RandomState(0))
        results[case.__name__] = np.asarray(model.predict(pictures())).tolist()
        for ending in ENDINGS:
            save(model, os.path.join(folder, case.__name__ + ending))
    with open(os.path.join(folder, "results.json"), "w") as file:
        json.dump(results, file)


def save(model, path):
    """A file that could not be written whole is taken away again."""
    try:
        model.save(path)
    except Exception as error:
        print(VERSION, path, "is left out:", repr(error)[:120])
        if os.path.exists(path):
            os.remove(path)


if __name__ == "__main__":
    main(sys.argv[1])
