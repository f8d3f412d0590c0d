"""A small network whose gates are all right, and the same broken in one way after another."""

from __future__ import annotations

from collections.abc import Callable

import keras
import numpy as np
from keras import layers

from se_viz.probe.probe import Probe
from tests.probe.networks import network_of, picture

WIDE, NARROW, SIZE = 64, 16, 16
Weights = dict[str, np.ndarray]


def model_inputs(count: int = 32, size: int = SIZE) -> np.ndarray:
    """uint8 (N, size, size, 3): smooth fields of many colours, as far apart as pictures are."""
    rng = np.random.default_rng(5)
    ends = rng.uniform(0, 255, (count, 2, 1, 1, 3))
    share = np.linspace(0, 1, size)[:, None, None]
    whole = ends[:, 0] * (1 - share) + ends[:, 1] * share
    return np.broadcast_to(whole, (count, size, size, 3)).astype(np.uint8)


def sound() -> Weights:
    """Weights of a block that looks at its pictures, with directions that stand out."""
    rng = np.random.default_rng(1)
    w1 = rng.normal(0, 0.1, (WIDE, NARROW)) + rng.normal(0, 0.3, (WIDE, 1))
    w2 = rng.normal(0, 0.3, (NARROW, WIDE)) + rng.normal(0, 0.3, (1, WIDE))
    return {"w1": w1, "b1": np.tile([-0.5, 0.5], NARROW // 2), "w2": w2, "b2": np.zeros(WIDE)}


def probe_of(weights: Weights, filters: np.ndarray | None = None) -> Probe:
    """The network with a block of these weights, perhaps behind filters (3, 3, 3, WIDE) of one's
    own without an activation."""
    keras.utils.set_random_seed(2)
    x = picture((SIZE, SIZE, 3))
    activation = "relu" if filters is None else None
    conv = layers.Conv2D(WIDE, 3, 2, "same", activation=activation)
    u = conv(x)
    z = layers.GlobalAveragePooling2D(keepdims=True)(u)
    reduce, expand = layers.Dense(NARROW, "relu"), layers.Dense(WIDE, "sigmoid")
    y = layers.GlobalAveragePooling2D()(layers.Multiply()([u, expand(reduce(z))]))
    model = keras.Model(x, layers.Dense(3)(y))
    reduce.set_weights([weights["w1"], weights["b1"]])
    expand.set_weights([weights["w2"], weights["b2"]])
    if filters is not None:
        conv.set_weights([filters, np.zeros(WIDE)])
    return Probe(network_of(model))


def one_value() -> Weights:
    return sound() | {"w2": np.zeros((NARROW, WIDE))}


def constant() -> Weights:
    return one_value() | {"b2": np.linspace(-1, 1, WIDE)}


def _at_the_ends(bias: np.ndarray) -> Weights:
    return sound() | {"w2": sound()["w2"] * 0.22, "b2": bias}


def opened() -> Weights:
    return _at_the_ends(np.full(WIDE, 5.3))


def shut() -> Weights:
    return _at_the_ends(np.full(WIDE, -5.3))


def open_and_shut() -> Weights:
    return _at_the_ends(np.tile([5.3, 5.3, 5.3, -5.3], WIDE // 4))


def dead() -> Weights:
    return sound() | {"b1": np.where(np.arange(NARROW) < 15, -100.0, 0.1)}


def idle() -> Weights:
    """relu never shuts a unit, but then none counts for much."""
    return sound() | {"b1": np.full(NARROW, 10.0), "w2": sound()["w2"] / 10}


def drawn(initializer: str = "he_normal") -> Weights:
    """Of a block that nobody trained; its zeros are biases."""
    draw = keras.initializers.get({"class_name": initializer, "config": {"seed": 3}})
    w1, w2 = (np.array(draw((a, b))) for a, b in ((WIDE, NARROW), (NARROW, WIDE)))
    return {"w1": w1, "b1": np.zeros(NARROW), "w2": w2, "b2": np.zeros(WIDE)}


def not_numbers() -> Weights:
    return sound() | {"b2": np.where(np.arange(WIDE) < 16, np.nan, 0)}


def brightness_alone() -> Probe:
    """Gates that rise with the mean brightness of a picture, and know nothing else of it."""
    filters = np.zeros((3, 3, 3, WIDE))
    filters[1, 1] = 1 / 3
    signs = np.tile([1.0, -1.0], NARROW // 2)
    w1 = np.outer(np.full(WIDE, 1 / WIDE), signs)
    w2 = np.outer(signs, np.linspace(0.2, 0.4, WIDE))
    weights = {"w1": w1, "b1": np.zeros(NARROW), "w2": w2, "b2": np.zeros(WIDE)}
    return probe_of(weights, filters)


BROKEN: dict[str, tuple[Callable[[], Weights], set[str]]] = {
    "sound": (sound, set()),
    "one value": (one_value, {"one-value", "constant", "noise"}),
    "constant": (constant, {"constant", "noise"}),
    "open": (opened, {"saturated-open"}),
    "shut": (shut, {"saturated-shut"}),
    "open and shut": (open_and_shut, {"saturated-open"}),
    "dead": (dead, {"units-never-open"}),
    "idle": (idle, {"units-never-shut"}),
    "drawn": (drawn, {"initial-weights"}),
    "not numbers": (not_numbers, {"not-numbers"}),
}
"""What is wrong -> weights, and the slugs of all checks that hold of them."""
