"""Convolution as a matrix product over patches.

JAX makes one grouped convolution of several networks' convolutions, which a GPU is slow at, and one
batched product of their products, which it is fast at.
"""

from __future__ import annotations

import keras
from keras import ops


class ProductConv2D(keras.layers.Conv2D):
    """`keras.layers.Conv2D`, channels last, without groups or dilation, as a matrix product."""

    def convolution_op(self, inputs, kernel):
        """U (N, H, W, C) and kernel (k, k, C, F) -> (N, H', W', F)."""
        (height, width), (down, right) = self.kernel_size, self.strides
        if self.padding == "same":
            sides = [((n - 1) // 2, n // 2) for n in (height, width)]
            inputs = ops.pad(inputs, [(0, 0), *sides, (0, 0)])
        rows, columns = inputs.shape[1] - height + 1, inputs.shape[2] - width + 1
        patches = [
            inputs[:, y : y + rows : down, x : x + columns : right]
            for y in range(height)
            for x in range(width)
        ]
        flat = ops.reshape(kernel, (-1, kernel.shape[-1]))
        return ops.matmul(ops.concatenate(patches, -1), flat)


def with_products(network: keras.Model) -> keras.Model:
    """A copy of a network, initialised anew, whose convolutions are matrix products."""
    return keras.models.clone_model(network, clone_function=_as_product)


def _as_product(layer):
    plain = type(layer) is keras.layers.Conv2D
    return (ProductConv2D if plain else type(layer)).from_config(layer.get_config())
