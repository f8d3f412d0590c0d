"""Which pixels a network expects, told by what it does to them, however that is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import layers, ops

from se_viz.nets import zoo
from se_viz.nets.network import PUBLISHED, USUAL, Grounds
from se_viz.nets.pixel_options import PIXELS, PixelOptions, with_pixels
from se_viz.pictures import Preprocessing
from se_viz.probe.frontends.keras.unroll import unroll
from se_viz.probe.inputs.expects import expected, settled
from se_viz.probe.inputs.scaling import Scaling, UnclearError, read
from se_viz.probe.probe import Probe
from tests.probe.networks import dense_fused, model_inputs, network_of, picture

MEAN, VARIANCE = [120.0, 115.0, 100.0], [3600.0, 3500.0, 4000.0]
IMAGENET = [np.array(numbers, "float32") for numbers in PIXELS["imagenet"]]
CAFFE = np.array([103.939, 116.779, 123.68], "float32")


def body(x):
    """A convolution, an SE block and three classes."""
    u = layers.Conv2D(8, 3, 2, "same", activation="relu", name="conv")(x)
    return layers.Dense(3)(layers.GlobalAveragePooling2D()(dense_fused(u)))


def model_with(entry) -> keras.Model:
    x = picture()
    return keras.Model(x, body(entry(x)))


def parts(model: keras.Model):
    """Its graph, and what runs its first steps."""
    program = unroll(model)
    return program.graph, program.values


def looked_at(model: keras.Model, grounds: Grounds = USUAL):
    return settled(replace(network_of(model), grounds=grounds), *parts(model))


def nested(x):
    inner = keras.Sequential([picture(), layers.Rescaling(1 / 127.5), layers.Rescaling(1, -1)])
    return keras.Sequential([picture(), inner, layers.Dropout(0.2)])(x)


def augmented(x):
    for layer in (
        layers.RandomFlip(),
        layers.RandomRotation(0.1),
        layers.RandomContrast(0.2),
        layers.Rescaling(1 / 255),
        layers.RandomZoom(0.1),
        layers.ZeroPadding2D(1),
    ):
        x = layer(x)
    return x


def by_hand(x):
    """To blue, green, red by slices, minus a mean for each, as ResNet has it."""
    return ops.concatenate([x[..., 2:], x[..., 1:2], x[..., :1]], -1) - CAFFE


def keras_layers(x):
    mean, std = (ops.convert_to_tensor(np.broadcast_to(n, (1, 16, 16, 3))) for n in IMAGENET)
    return layers.Multiply()([layers.Subtract()([x, mean]), 1 / std])


def preprocess(mode):
    def entry(x):
        return keras.applications.imagenet_utils.preprocess_input(x, mode=mode)

    entry.__name__ = mode
    return entry


SCALED = {
    "0..255": (
        lambda x: layers.Rescaling(1 / 255)(x),
        lambda x: layers.Rescaling(1 / 127.5, offset=-1)(x),
        lambda x: x / 127.5 - 1,
        lambda x: x / 255,
        lambda x: (x - 127.5) / 128,
        lambda x: 1 - x / 255,
        lambda x: x / 255 - 0.5,
        lambda x: layers.Normalization(mean=MEAN, variance=VARIANCE)(x),
        lambda x: (x / 255 - IMAGENET[0]) / IMAGENET[1],
        lambda x: ops.clip(x / 255, 0, 1),
        lambda x: ops.flip(x, -1) - CAFFE,
        lambda x: layers.Resizing(8, 8)(x / 255),
        lambda x: layers.MaxPooling2D()(layers.Rescaling(1 / 255)(x)),
        lambda x: ops.cast(x, "float32") * (1 / 256),
        lambda x: layers.BatchNormalization()(layers.Rescaling(1 / 255)(x)),
        nested,
        augmented,
        by_hand,
        preprocess("caffe"),
        preprocess("tf"),
        preprocess("torch"),
    ),
    "0..1": (
        lambda x: x * 2 - 1,
        lambda x: (x - 0.5) * 2,
        lambda x: (x - IMAGENET[0]) / IMAGENET[1],
        lambda x: layers.Normalization(mean=IMAGENET[0], variance=IMAGENET[1] ** 2)(x),
        lambda x: layers.Rescaling(255)(x),
        lambda x: x * 255 - CAFFE,
        lambda x: x - 0.45,
        keras_layers,
    ),
    "-1..1": (
        lambda x: (x + 1) / 2,
        lambda x: (x + 1) * 127.5,
        lambda x: ((x + 1) / 2 - IMAGENET[0]) / IMAGENET[1],
        lambda x: (x + 1) * 127.5 - CAFFE,
    ),
    "imagenet": (
        lambda x: x * IMAGENET[1] + IMAGENET[0],
        lambda x: (x * IMAGENET[1] + IMAGENET[0]) * 2 - 1,
    ),
}


@pytest.mark.parametrize(
    ("pixels", "entry"), [(pixels, entry) for pixels in SCALED for entry in SCALED[pixels]]
)
def test_what_is_scaled_inside_is_not_scaled_before(pixels, entry):
    network = looked_at(model_with(entry))
    assert network.preprocessing == with_pixels(Preprocessing(size=16), pixels)
    assert network.grounds.kind == "read"
    assert network.grounds.text.startswith(f"It gets {pixels}, because")


def test_the_reason_names_the_steps_and_what_they_make():
    model = keras.Sequential(
        [picture(), layers.Rescaling(1 / 127.5, -1, name="tf_scale"), layers.Conv2D(3, 16)]
    )
    assert looked_at(model).grounds.text == (
        "It gets 0..255, because its first steps (tf_scale) turn that into -1 to 1."
    )


def efficientnet(imagenet: bool) -> keras.Model:
    from keras.src.applications import efficientnet as module

    blocks = module.DEFAULT_BLOCKS_ARGS[:1]
    model = module.EfficientNet(
        1.0, 1.0, 32, blocks_args=blocks, weights=None, classes=3, input_shape=(32, 32, 3)
    )
    if imagenet:
        mean, std = PIXELS["imagenet"]
        (norm,) = (x for x in model.layers if isinstance(x, layers.Normalization))
        norm.set_weights([np.array(mean), np.square(std), np.array(1)])
    return model


def applications() -> Iterator[keras.Model]:
    """The stems of Keras Applications that scale pixels themselves."""
    from keras.src.applications import convnext, efficientnet_v2, mobilenet_v3

    yield from (efficientnet(False), efficientnet(True))
    given = {"weights": None, "classes": 3, "input_shape": (32, 32, 3)}
    blocks = efficientnet_v2.DEFAULT_BLOCKS_ARGS["efficientnetv2-b0"][:1]
    yield efficientnet_v2.EfficientNetV2(1.0, 1.0, 32, blocks_args=blocks, **given)
    yield mobilenet_v3.MobileNetV3(lambda x, *_: x, 8, **given)
    yield convnext.ConvNeXt((1, 1, 1, 1), (4, 4, 4, 4), **given)


def test_the_structure_of_keras_applications_agrees_with_what_is_known_of_them():
    known = zoo.entries()["efficientnet_b0"].preprocessing
    for model in applications():
        network = settled(replace(network_of(model, 32), grounds=USUAL), *parts(model))
        assert network.grounds.kind == "read"
        assert (network.preprocessing.mean, network.preprocessing.std) == (known.mean, known.std)


def two_ranges(x):
    scaled = layers.Rescaling(1 / 255)(x)
    return layers.Concatenate()([layers.Conv2D(2, 3)(x), layers.Conv2D(2, 3)(scaled)])


UNCLEAR = (
    ("it hands its pixels to conv as they come", lambda x: x),
    ("it hands its pixels to conv as they come", lambda x: layers.RandomFlip()(x) * 1.0),
    ("bn normalises its pixels", lambda x: layers.BatchNormalization(name="bn")(x)),
    ("ln normalises its pixels", lambda x: layers.LayerNormalization(name="ln")(x)),
    ("in different ranges", two_ranges),
    ("do not simply scale and shift", lambda x: x**2),
    ("do not simply scale and shift", lambda x: x - ops.mean(x, (1, 2), keepdims=True)),
    ("do not simply scale and shift", lambda x: layers.UnitNormalization()(x + 1)),
    ("mix red, green and blue", lambda x: x - ops.mean(x, (1, 2, 3), keepdims=True)),
    ("mix red, green and blue", lambda x: ops.matmul(x, np.full((3, 3), 1 / 765, "float32"))),
    ("leave out a colour", lambda x: x[..., :2] / 255),
    ("of 0..255 into 0 to 1275 and of 0..1 into 0 to 5, and neither is usual", lambda x: x * 5),
    ("into 7 to 517 and of 0..1 into 7 to 9, and neither is usual", lambda x: x * 2 + 7),
)


@pytest.mark.parametrize(("why", "entry"), UNCLEAR)
def test_what_tells_nothing_is_a_guess_with_its_reason(why, entry):
    network = looked_at(model_with(entry))
    assert network.preprocessing == Preprocessing(size=16)
    assert network.grounds.kind == "guess"
    assert network.grounds.text.startswith("A GUESS: it gets ImageNet's mean and standard")
    assert why in network.grounds.text


def test_a_skip_that_takes_other_pixels_leaves_it_open():
    x = picture()
    scaled = layers.Rescaling(1 / 255)(x)
    mixed = layers.Add()([layers.Conv2D(3, 3, padding="same")(scaled), x])
    assert looked_at(keras.Model(x, body(mixed))).grounds.kind == "guess"


def test_a_network_without_weights_is_a_guess():
    x = picture()
    model = keras.Model(x, layers.GlobalAveragePooling2D()(layers.Rescaling(1 / 255)(x)))
    assert "nothing with weights" in looked_at(model).grounds.text


def test_channels_that_come_first_are_told_apart():
    x = picture((3, 16, 16))
    moved = layers.Permute((2, 3, 1))((x - CAFFE.reshape(3, 1, 1)) / 1.0)
    found = read(*parts(keras.Model(x, body(moved))), 16)
    np.testing.assert_allclose(found.offset, -CAFFE, rtol=1e-5)
    assert expected(found) == "0..255"


def test_the_map_is_the_one_that_was_written():
    found = read(*parts(model_with(by_hand)), 16)
    np.testing.assert_allclose(found.scale, 1, rtol=1e-4)
    np.testing.assert_allclose(found.offset, -CAFFE[::-1], rtol=1e-5)
    assert [step.path for step in found.takers] == ["conv"]


def test_flattened_pixels_keep_their_colours():
    x = picture()
    found = read(*parts(keras.Model(x, layers.Dense(2)(layers.Flatten()(x / 127.5 - 1)))), 16)
    np.testing.assert_allclose([found.scale, found.offset], [[1 / 127.5] * 3, [-1] * 3], rtol=1e-4)


def test_a_mean_picture_is_read_in_its_middle_only_where_places_agree():
    x, places = picture(), np.linspace(0, 90, 16 * 16 * 3).reshape(16, 16, 3).astype("float32")
    model = keras.Model(x, layers.Dense(2)(layers.Flatten()(x - places)))
    with pytest.raises(UnclearError, match="differently from place to place"):
        read(*parts(model), 16)


def test_what_was_published_stays():
    model = model_with(lambda x: x / 255)
    network = network_of(model)
    assert looked_at(model, PUBLISHED).grounds is PUBLISHED
    seen = Probe(network).network
    assert (seen.preprocessing, seen.grounds) == (network.preprocessing, network.grounds)


def test_what_was_said_stays_and_a_doubt_is_told():
    model = model_with(lambda x: x / 127.5 - 1)
    for pixels in PIXELS:
        wanted = PixelOptions(pixels)
        given = replace(
            network_of(model),
            preprocessing=wanted.upon(Preprocessing(size=16)),
            grounds=wanted.grounds(USUAL),
        )
        network = settled(given, *parts(model))
        assert network.preprocessing == given.preprocessing
        doubt = "" if pixels == "0..255" else " Its first steps look made for 0..255, though."
        assert network.grounds == Grounds(
            "said", f"It gets {pixels} because that was chosen.{doubt}"
        )


def test_a_probe_feeds_what_the_structure_tells():
    """The network of the transfer-learning tutorial gets its pixels as they are."""
    model = model_with(lambda x: x / 127.5 - 1)
    probe = Probe(replace(network_of(model), grounds=USUAL))
    seen = model_inputs(2)
    np.testing.assert_array_equal(probe.runtime.home.normalise(seen), seen.astype("float32"))
    np.testing.assert_allclose(probe.read(seen).outputs, model(seen.astype("float32")), atol=1e-5)


# All that stands together


def scaling_of(scale, offset) -> Scaling:
    return Scaling(np.array(scale, float), np.array(offset, float), (), ())


def through(pixels: str, low, high) -> Scaling:
    """The scaling that brings a range of pixels to [low, high]."""
    mean, std = map(np.array, PIXELS[pixels])
    black, white = -mean / std, (1 - mean) / std
    scale = (np.array(high) - low) / (white - black)
    return scaling_of(scale, low - scale * black)


@settings(deadline=None)
@given(
    st.sampled_from(["0..255", "0..1"]),
    st.tuples(*[st.floats(0.12, 0.88)] * 3),
    st.tuples(*[st.floats(0.1, 0.38)] * 3),
)
def test_any_standardisation_is_recognised(pixels, mean, std):
    mean, std = np.array(mean), np.array(std)
    assert expected(through(pixels, -mean / std, (1 - mean) / std)) == pixels


@settings(deadline=None)
@given(st.sampled_from(sorted(PIXELS)), st.sampled_from([(0, 1), (-1, 1), (0, 255)]))
def test_any_range_to_any_used_range_is_recognised_unless_it_is_the_same(pixels, used):
    found = through(pixels, np.full(3, used[0]), np.full(3, used[1]))
    assert expected(found) == (None if found.changes_nothing else pixels)


SCALES = st.floats(1e-6, 300) | st.floats(-300, -1e-6)


@settings(deadline=None)
@given(st.tuples(*[SCALES] * 3), st.tuples(*[st.floats(-300, 300)] * 3))
def test_any_map_gives_a_range_or_none(scale, offset):
    assert expected(scaling_of(scale, offset)) in (None, *PIXELS)
