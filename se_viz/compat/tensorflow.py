"""Private parts of TensorFlow, of which nobody promised that they stay: checked with 2.18 to 2.21.

`tests/compat/test_tensorflow.py` tells what is gone.
"""

from __future__ import annotations

import tensorflow as tf
from tensorflow.python.framework.ops import gradient_registry


def forget_gradients(graph: tf.Graph) -> None:
    """Operations such as silu bring a gradient of their own, which TensorFlow keeps in a table for
    good, and with it the graph and all weights. A forward pass needs none of them."""
    for operation in graph.get_operations():
        if "_gradient_op_type" in operation.node_def.attr:
            name = operation.get_attr("_gradient_op_type")
            gradient_registry._registry.pop(name.decode(), None)
