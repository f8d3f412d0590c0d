"""Random views of the training pictures, cut out and coloured inside the compiled step.

Which view is drawn beforehand (`recipe.plan_epoch`); this layer only carries it out, so that it runs
the same on every Keras backend and device.
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


class RandomViews(keras.layers.Layer):
    """Holds the pictures, uint8 (P, L, L, 3); gives normalised mixed views, (N, size, size, 3)."""

    def __init__(self, pictures, size: int, mean, std, **kwargs):
        super().__init__(**kwargs)
        self.size = size
        self.mean = 255 * ops.convert_to_tensor(mean, "float32")
        self.std = 255 * ops.convert_to_tensor(std, "float32")
        self.pictures = pictures

    def call(self, picks, boxes, colour, mix):
        x = ops.cast(ops.take(self.pictures, picks, axis=0), self.compute_dtype)
        length = self.pictures.shape[1]
        rows = resampling(boxes[:, 0], boxes[:, 1], length, self.size)
        columns = resampling(boxes[:, 2], boxes[:, 3], length, self.size)
        x = ops.einsum("nyh,nhwc->nywc", ops.cast(rows, x.dtype), x)
        x = ops.einsum("nxw,nywc->nyxc", ops.cast(columns, x.dtype), x)
        x = recolour(ops.cast(x, "float32"), colour)
        mix = mix[:, None, None, None]
        x = mix * x + (1 - mix) * ops.roll(x, 1, axis=0)
        return (x - self.mean) / self.std

    def compute_output_shape(self, picks_shape, boxes_shape, colour_shape, mix_shape):
        return (picks_shape[0], self.size, self.size, 3)


def recolour(x, factors):
    """Change brightness, contrast and saturation of (N, H, W, 3) in [0, 255] by (N, 3) factors."""
    brightness, contrast, saturation = (factors[:, i, None, None, None] for i in range(3))
    x = ops.clip(x * brightness, 0, 255)
    grey = ops.sum(x * ops.convert_to_tensor(_GREY, x.dtype), -1, keepdims=True)
    mean = ops.mean(grey, (1, 2, 3), keepdims=True)
    x = ops.clip(mean + (x - mean) * contrast, 0, 255)
    grey = ops.sum(x * ops.convert_to_tensor(_GREY, x.dtype), -1, keepdims=True)
    return ops.clip(grey + (x - grey) * saturation, 0, 255)
