"""Very different networks with SE blocks, and what must be found in each.

Compiling a network takes most of the time, and takes the longer the more layers it has: variants
have one block a stage, and of families with many blocks, a shallow member stands for the whole one,
which is marked `long`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import keras
import numpy as np
import pytest
from keras import layers
from keras.src.applications.efficientnet import EfficientNet

from se_viz.nets.se_resnet.build import build
from se_viz.nets.se_resnet.layout import SEResNet
from tests.nets.shallow import blocks_a_stage
from tests.probe import networks, spellings
from tests.scale import ALL

SIZE = 64


@dataclass(frozen=True)
class Case:
    """A network and what must be found in it.

    Attributes:
        title: for people.
        build: makes it, for pictures of SIZE pixels.
        blocks: how many SE blocks it has.
        known: (channels, ratio) of some of them by name, the first and the last included.
        rejected: how many places are no SE block, for a reason.
    """

    title: str
    build: Callable[[], keras.Model]
    blocks: int
    known: Mapping[str, tuple[int, float]] = field(default_factory=dict)
    rejected: int = 0


def draw(model: keras.Model, pictures: np.ndarray, seed: int = 0) -> keras.Model:
    """Give every weight a value, so that gates differ; then let batch norms, which would take any
    statistics for true, measure these pictures once, so that no activation explodes."""
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    for weight in model.weights:
        if "float" in weight.dtype:
            weight.assign(_value(rng, weight.path.rsplit("/", 1)[-1], tuple(weight.shape)))
    norms = [n for n in model._flatten_layers() if isinstance(n, layers.BatchNormalization)]
    momenta = [norm.momentum for norm in norms]
    for norm in norms:
        norm.momentum = 0.0
    model(pictures, training=True)
    for norm, momentum in zip(norms, momenta, strict=True):
        norm.momentum = momentum
    return model


def _value(rng: np.random.Generator, name: str, shape: tuple[int, ...]) -> np.ndarray:
    noise = rng.normal(size=shape)
    if len(shape) > 1:
        depthwise = name == "kernel" and len(shape) == 4 and shape[-1] == 1
        return noise * np.sqrt(2 / np.prod(shape[:2] if depthwise else shape[:-1]))
    if name in ("gamma", "moving_variance", "variance"):
        return 1 + 0.3 * np.abs(noise)
    return 0.3 * noise


def ours(**settings) -> Callable[[], keras.Model]:
    chosen = {"depth": 18, "width": 0.25, "classes": 4, "ratio": 4, "size": SIZE} | settings
    return lambda: build(SEResNet(**chosen))


def shallow(**settings) -> Callable[[], keras.Model]:
    """Ours, with one block a stage."""

    def make() -> keras.Model:
        with blocks_a_stage(1, 1, 1, 1):
            return ours(**settings)()

    return make


def written(block: Callable) -> Callable[[], keras.Model]:
    """A network of one hand-made block."""

    def make() -> keras.Model:
        x = networks.picture((SIZE, SIZE, 3))
        y = block(layers.Conv2D(networks.CHANNELS, 3, 8, "same", activation="relu")(x))
        return keras.Model(x, layers.Dense(4)(layers.GlobalAveragePooling2D()(y)))

    return make


def channels_first() -> keras.Model:
    """12 channels, as Keras 3.15 adds a bias along the wrong axis where a map has a width of C."""
    x = keras.Input((3, SIZE, SIZE))
    y = layers.Conv2D(12, 3, 4, "same", data_format="channels_first")(x)
    for _ in range(2):
        u = layers.BatchNormalization(axis=1)(y)
        z = layers.GlobalAveragePooling2D("channels_first", keepdims=True)(u)
        bottleneck = layers.Conv2D(3, 1, activation="silu", data_format="channels_first")(z)
        s = layers.Conv2D(12, 1, activation="sigmoid", data_format="channels_first")(bottleneck)
        y = layers.ReLU()(layers.Add()([layers.Multiply()([s, u]), y]))
        y = layers.Conv2D(12, 3, 2, "same", data_format="channels_first")(y)
    return keras.Model(x, layers.Dense(4)(layers.GlobalAveragePooling2D("channels_first")(y)))


def nested() -> keras.Model:
    """A backbone that knows no size, in a sequence, behind layers that act in training."""
    backbone = shallow(size=None)()
    features = keras.Model(backbone.input, backbone.get_layer("pool").output, name="backbone")
    training = [layers.RandomFlip(), layers.RandomRotation(0.1), layers.Rescaling(0.5)]
    head = [layers.Dropout(0.5), layers.Dense(4, "softmax")]
    return keras.Sequential([keras.Input((SIZE, SIZE, 3)), *training, features, *head])


def shallow_efficientnet() -> keras.Model:
    """EfficientNet-B0 with one block where it has up to four."""
    shape = (SIZE, SIZE, 3)
    return EfficientNet(1.0, 0.25, SIZE, weights=None, input_shape=shape, classes=4, name="shallow")


def application(name: str, **settings) -> Callable[[], keras.Model]:
    function = getattr(keras.applications, name)
    return lambda: function(weights=None, input_shape=(SIZE, SIZE, 3), classes=4, **settings)


def zero(family: str, name: str, **settings) -> Callable[[], keras.Model]:
    """A network of the library zeromodels, with random weights; skips where that is not here."""

    def make() -> keras.Model:
        module = pytest.importorskip(f"zeromodels.models.{family}")
        return getattr(module, name)(image_size=SIZE, num_classes=4, **settings)

    return make


RESNET_18 = {"SE_2_1": (16, 4), "SE_3_2": (32, 4), "SE_5_2": (128, 4)}
SHALLOW = {"SE_2_1": (16, 4), "SE_3_1": (32, 4), "SE_5_1": (128, 4)}

SMALL = (
    Case("ours", ours(), 8, RESNET_18),
    Case("ours, biases and rounded pool", shallow(se_bias=True, stem_pool="ceil"), 4, SHALLOW),
    Case("ours, any size", shallow(size=None), 4, SHALLOW),
    Case(
        "ours, bottlenecks",
        ours(depth=26, width=0.125, stride_in="1x1"),
        8,
        {"SE_2_1": (32, 4), "SE_4_2": (128, 4), "SE_5_2": (256, 4)},
    ),
    Case("ours, stage 4", ours(se_stages=(4,)), 2, {"SE_4_1": (64, 4), "SE_4_2": (64, 4)}),
    Case(
        "ours, stages 2 and 5",
        shallow(se_stages=(2, 5), ratio=16),
        2,
        {"SE_2_1": (16, 16), "SE_5_1": (128, 16)},
    ),
    Case("ours, tanh of the maximum", shallow(gate="tanh", squeeze="max"), 4, SHALLOW),
    Case("ours without SE", shallow(se_stages=()), 0),
    Case("channels first", channels_first, 2, {"SE_2_1": (12, 4), "SE_3_1": (12, 4)}),
    Case("nested", nested, 4, SHALLOW),
    Case("used twice", written(spellings.nested_twice), 2, {"SE_1": (8, 4), "SE_2": (8, 4)}),
    *(
        Case(block.__name__, written(block), 1)
        for block in (
            *networks.SE_BLOCKS,
            *(spellings.EVERY_ONE if ALL else (*spellings.ONE_BLOCK, *spellings.OF_EACH_KIND)),
        )
    ),
    Case(
        "MobileNetV3Small",
        application("MobileNetV3Small"),
        9,
        {"SE_1": (16, 2), "SE_2": (96, 4), "SE_9": (576, 4)},
    ),
    Case(
        "EfficientNet, shallow",
        shallow_efficientnet,
        7,
        {"SE_1": (32, 4), "SE_2": (96, 24), "SE_7": (1152, 24)},
    ),
    Case(
        "zeromodels SE-ResNet",
        zero("senet", "SENetImageClassify", depths=(1, 1, 2, 1), filters=(16, 32, 64, 128)),
        5,
        {"SE_2_1": (64, 16), "SE_4_2": (256, 16), "SE_5_1": (512, 16)},
    ),
    Case(
        "zeromodels SE-ResNeXt",
        zero("senet", "SENetImageClassify", depths=(1, 1, 1, 1), block_fn_name="resnext_block"),
        4,
        {"SE_2_1": (256, 16), "SE_5_1": (2048, 16)},
    ),
    Case(
        "zeromodels MobileNetV3, shallow",
        zero("mobilenetv3", "MobileNetV3ImageClassify", block_count_multiplier=0.5),
        5,
        {"SE_1": (72, 3), "SE_5": (960, 4)},
    ),
)
LARGE = (
    Case(
        "EfficientNetB0",
        application("EfficientNetB0"),
        16,
        {"SE_1": (32, 4), "SE_2": (96, 24), "SE_16": (1152, 24)},
    ),
    Case(
        "zeromodels MobileNetV3",
        zero("mobilenetv3", "MobileNetV3ImageClassify"),
        8,
        {"SE_1": (72, 3), "SE_8": (960, 4)},
    ),
    Case(
        "MobileNetV3Large",
        application("MobileNetV3Large", include_preprocessing=False),
        8,
        {"SE_1": (72, 3), "SE_2": (120, 3.75), "SE_8": (960, 4)},
    ),
    Case(
        "EfficientNetV2B0",
        application("EfficientNetV2B0", classifier_activation=None),
        16,
        {"SE_1": (192, 16), "SE_6": (672, 24), "SE_16": (1152, 24)},
    ),
)
CASES = (*SMALL, *(pytest.param(case, marks=pytest.mark.long) for case in LARGE))
