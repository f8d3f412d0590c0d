"""What is relied on of TensorFlow's private parts is there."""

from __future__ import annotations

import tensorflow as tf

from se_viz.compat import tensorflow as private


def test_gradients_of_a_graph_can_be_forgotten():
    @tf.custom_gradient
    def doubled(x):
        return 2 * x, lambda dy: 2 * dy

    known = private.gradient_registry._registry
    before = len(known)
    graph = tf.function(doubled).get_concrete_function(tf.TensorSpec((), tf.float32)).graph
    assert len(known) > before, "Gradients of functions are not kept in this table any more."
    private.forget_gradients(graph)
    assert len(known) == before, "A graph's gradients cannot be taken out of this table any more."
