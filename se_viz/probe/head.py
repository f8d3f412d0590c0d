"""Logits of a network that ends in softmax.

Many classifiers give probabilities p instead of logits. What comes before the softmax are their
logits; where softmax is part of the last dense layer, log p stands for them: its softmax is p.
A network that ends in a sigmoid for each class is left as it is: its results are no logits of one
choice among classes.
"""

from __future__ import annotations

from typing import Any

import keras
import tensorflow as tf

from se_viz.probe import operations
from se_viz.probe.graph import Program, Step, unroll

SMALLEST = 1.2e-38  # about the least normal float32, so that log p is finite


def ends_in_softmax(program: Program) -> bool:
    """Whether the result of a program are probabilities that add up to 1."""
    step = program.producers.get(program.result)
    while step is not None and operations.is_identity(step):
        step = program.producers.get(step.sources[0])
    return step is not None and _is_softmax(step)


def without_softmax(model: keras.Model) -> keras.Model:
    """The network up to a softmax that is its last layer; itself where there is none such.

    Shares all layers with the network and changes nothing in it.

    Raises:
        ValueError: where the network's graph cannot be read.
    """
    program = unroll(model)
    step = program.producers.get(program.result)
    outermost = program.result[0] == 0
    if step is None or not outermost or operations.is_dense(step) or not _is_softmax(step):
        return model
    return keras.Model(model.inputs, step.arguments.keras_tensors[0], name=model.name)


def logarithm(probabilities: Any) -> Any:
    """Log p, float32, with 0 taken for the smallest number above it."""
    return tf.math.log(tf.maximum(tf.cast(probabilities, tf.float32), SMALLEST))


def _is_softmax(step: Step) -> bool:
    return operations.formula_of(step) is operations.SOFTMAX
