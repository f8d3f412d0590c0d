"""Random crops of the training pictures, cut out and coloured inside the compiled step.

Which crop is drawn beforehand (`recipe.plan_epoch`); this layer only carries it out, so that
it runs the same on every Keras backend and device.
"""

from __future__ import annotations

import keras
from keras import ops

_GREY = (0.299, 0.587, 0.114)


def resampling(start, stop, length: int, size: int):
    """Matrices that cut out and resize one axis with an antialiased triangle filter.

    Args:
        start, stop: (N,) borders of the cut as shares of the axis; start > stop mirrors.
        length: pixels before.
        size: pixels after.

    Returns:
        (N, size, length) weights; each row sums to 1.
    """
    span = (stop - start) * length
    reach = ops.maximum(ops.abs(span) / size, 1.0)[:, None, None]
    steps = (ops.arange(size, dtype="float32") + 0.5) / size
    centres = (start * length)[:, None] + span[:, None] * steps[None]
    pixels = ops.arange(length, dtype="float32") + 0.5
    weights = ops.relu(1 - ops.abs(centres[:, :, None] - pixels) / reach)
    return weights / ops.sum(weights, -1, keepdims=True)


def cut_out(pictures, boxes, size: int):
    """Cut boxes out of float32 (N, L, L, 3), resized and mirrored: (N, size, size, 3).

    Both axes are one matrix product each, over flat rows: much faster than an einsum.
    """
    length = pictures.shape[1]
    rows = resampling(boxes[:, 0], boxes[:, 1], length, size)
    columns = resampling(boxes[:, 2], boxes[:, 3], length, size)
    x = ops.matmul(rows, ops.reshape(pictures, (-1, length, length * 3)))
    x = ops.transpose(ops.reshape(x, (-1, size, length, 3)), (0, 1, 3, 2))
    x = ops.reshape(x, (-1, size * 3, length))
    x = ops.matmul(x, ops.transpose(columns, (0, 2, 1)))
    return ops.transpose(ops.reshape(x, (-1, size, 3, size)), (0, 1, 3, 2))


class RandomCrops(keras.layers.Layer):
    """Holds the pictures, uint8 (P, L, L, 3); gives normalised mixed crops, (N, size, size, 3)."""

    def __init__(self, pictures, size: int, mean, std, **kwargs):
        super().__init__(dtype="float32", **kwargs)
        self.size = size
        self.mean = 255 * ops.convert_to_tensor(mean, "float32")
        self.std = 255 * ops.convert_to_tensor(std, "float32")
        self.pictures = pictures

    def call(self, picks, boxes, colour, mix):
        x = cut_out(ops.cast(ops.take(self.pictures, picks, axis=0), "float32"), boxes, self.size)
        x = recolour(x, colour)
        mix = mix[:, None, None, None]
        x = mix * x + (1 - mix) * ops.roll(x, 1, axis=0)
        return (x - self.mean) / self.std

    def compute_output_shape(self, picks_shape, boxes_shape, colour_shape, mix_shape):
        return (picks_shape[0], self.size, self.size, 3)


def recolour(x, factors):
    """Change brightness, contrast and saturation of (N, H, W, 3) in [0, 255] by (N, 3) factors."""
    brightness, contrast, saturation = (factors[:, i, None, None, None] for i in range(3))
    x = ops.clip(x * brightness, 0, 255)
    grey = _grey(x)
    mean = ops.mean(grey, (1, 2, 3), keepdims=True)
    x = ops.clip(mean + (x - mean) * contrast, 0, 255)
    grey = _grey(x)
    return ops.clip(grey + (x - grey) * saturation, 0, 255)


def _grey(x):
    red, green, blue = (x[..., i : i + 1] * share for i, share in enumerate(_GREY))
    return red + green + blue
