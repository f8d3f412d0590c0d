"""Functions compiled once, for one signature, whose memory comes back when they are dropped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow as tf
from tensorflow.python.framework.ops import gradient_registry


def compile_once(function: Callable, *signature: tf.TensorSpec) -> Callable[..., Any]:
    """The function for inputs of these shapes and types alone; compiles at once."""
    concrete = tf.function(function, input_signature=signature).get_concrete_function()
    _forget_gradients(concrete.graph)
    return concrete


def _forget_gradients(graph: tf.Graph) -> None:
    """Operations such as silu bring a gradient of their own, which TensorFlow (2.21) keeps in a
    table for good, and with it the graph and all weights. A forward pass needs none of them."""
    for operation in graph.get_operations():
        if "_gradient_op_type" in operation.node_def.attr:
            name = operation.get_attr("_gradient_op_type")
            gradient_registry._registry.pop(name.decode(), None)
