"""Which of Keras's own classes something is, and its constants as arrays."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from se_viz.nets.se_resnet.se_block import ChannelConstant, ChannelWeight


def class_of(operation: Any) -> str:
    """Class of Keras's own operations, "" for classes of others."""
    cls = type(operation)
    return cls.__name__ if cls.__module__.startswith("keras.") else ""


def ours(operation: Any) -> str:
    """Class of layers of ours that do something to each channel, "" for others."""
    return (
        type(operation).__name__ if isinstance(operation, (ChannelWeight, ChannelConstant)) else ""
    )


def is_layer(operation: Any) -> bool:
    """A layer, not one of `keras.ops`."""
    return isinstance(operation, keras.layers.Layer)


def array(tensor: Any) -> np.ndarray:
    """A constant, or a layer's weights, as they are now, float64."""
    return np.asarray(keras.ops.convert_to_numpy(tensor), np.float64)


def flat(tensor: Any) -> np.ndarray:
    """One number for all channels, or one for each."""
    return array(tensor).ravel()
