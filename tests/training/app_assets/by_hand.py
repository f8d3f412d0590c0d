"""The built-in network with other gates, layer by layer with Keras alone: nothing of the probe, of
shifts or of gate sources is used."""

from __future__ import annotations

from collections.abc import Mapping

import keras
import numpy as np
import tensorflow as tf
from keras import tree

BATCH = 64
Gates = Mapping[str, np.ndarray]


def run(model: keras.Model, pictures: np.ndarray, given: Gates | None = None) -> tuple:
    """Logits (N, K), and gates (N, C) by block, of normalised pictures.

    Args:
        given: gates (N, C) by block that stand in place of those that adapt.
    """
    step = tf.function(lambda x, other: _layer_by_layer(model, x, other))
    logits, gates = [], []
    for first in range(0, len(pictures), BATCH):
        rows = slice(first, first + BATCH)
        other = {name: values[rows, None, None] for name, values in (given or {}).items()}
        found, applied = step(tf.constant(pictures[rows]), other)
        logits.append(found.numpy())
        gates.append({name: value.numpy()[:, 0, 0] for name, value in applied.items()})
    return np.concatenate(logits), {
        name: np.concatenate([some[name] for some in gates]) for name in gates[0]
    }


def _layer_by_layer(model: keras.Model, pictures: tf.Tensor, given: Mapping) -> tuple:
    values, gates = {id(model.inputs[0]): pictures}, {}
    for layer in model.layers[1:]:
        taken = [values[id(tensor)] for tensor in tree.flatten(layer.input)]
        if layer.name.endswith("_scale"):
            block = layer.name.removesuffix("_scale")
            taken[1] = gates[block] = given.get(block, taken[1])
        values[id(layer.output)] = layer(taken if len(taken) > 1 else taken[0])
    return values[id(model.outputs[0])], gates


def normalised(pictures: np.ndarray) -> np.ndarray:
    """uint8 RGB as the network was trained on: ImageNet's mean and standard deviation."""
    mean, std = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
    return ((pictures / 255 - mean) / std).astype(np.float32)


def paled(pictures: np.ndarray, factor: float) -> np.ndarray:
    """Every channel of each picture drawn towards its mean."""
    mean = pictures.mean((1, 2), keepdims=True)
    return np.rint(mean + factor * (pictures - mean)).astype(np.uint8)


def darkened(pictures: np.ndarray, factor: float) -> np.ndarray:
    return np.rint(factor * pictures.astype(float)).astype(np.uint8)


def frozen(gates: Gates, classes: np.ndarray) -> Gates:
    """For each picture the mean gates of the other half of the pictures, classes of one weight;
    halves alternate within a class."""
    halves = np.empty(len(classes), int)
    for kind in np.unique(classes):
        members = np.flatnonzero(classes == kind)
        halves[members[::2]], halves[members[1::2]] = 0, 1
    return {name: _frozen(values, classes, halves) for name, values in gates.items()}


def _frozen(values: np.ndarray, classes: np.ndarray, halves: np.ndarray) -> np.ndarray:
    found = np.empty_like(values)
    for half in (0, 1):
        there = halves != half
        means = [values[there & (classes == kind)].mean(0) for kind in np.unique(classes)]
        found[halves == half] = np.mean(means, axis=0)
    return found
