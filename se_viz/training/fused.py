"""Batch norm as one fused operation, which nearly doubles the speed of training on a processor.

Keras composes batch norm from elementary operations that each pass over the whole feature map; on
TensorFlow one kernel does it all. Other backends fuse by themselves and keep Keras's own layer.
"""

from __future__ import annotations

import keras


class FusedBatchNormalization(keras.layers.BatchNormalization):
    """`keras.layers.BatchNormalization` over the last axis of (N, H, W, C), TensorFlow only."""

    def call(self, inputs, training=None, mask=None):
        import tensorflow as tf

        settings = {"epsilon": self.epsilon, "data_format": "NHWC"}
        gamma, beta = tf.convert_to_tensor(self.gamma), tf.convert_to_tensor(self.beta)
        if not (training and self.trainable):
            return tf.raw_ops.FusedBatchNormV3(
                x=inputs,
                scale=gamma,
                offset=beta,
                mean=tf.convert_to_tensor(self.moving_mean),
                variance=tf.convert_to_tensor(self.moving_variance),
                is_training=False,
                **settings,
            )[0]
        nothing = tf.zeros([0])
        result = tf.raw_ops.FusedBatchNormV3(
            x=inputs, scale=gamma, offset=beta, mean=nothing, variance=nothing, **settings
        )
        self._follow(self.moving_mean, result[1])
        self._follow(self.moving_variance, result[2])
        return result[0]

    def _follow(self, moving, batch):
        moving.assign(moving * self.momentum + batch * (1 - self.momentum))


def fuse(network: keras.Model) -> keras.Model:
    """A copy of an untrained network, initialised anew, with fused batch norms where they help."""
    if keras.backend.backend() != "tensorflow":
        return network
    return keras.models.clone_model(network, clone_function=_fused)


def _fused(layer):
    config = layer.get_config()
    plain = type(layer) is keras.layers.BatchNormalization
    return (FusedBatchNormalization if plain else type(layer)).from_config(config)
