"""Which of Keras's own classes something is, and its constants as arrays."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np


def class_of(operation: Any) -> str:
    """Class of Keras's own operations, "" for classes of others."""
    cls = type(operation)
    return cls.__name__ if cls.__module__.startswith("keras.") else ""


def is_layer(operation: Any) -> bool:
    """A layer, not one of `keras.ops`."""
    return isinstance(operation, keras.layers.Layer)


def array(tensor: Any) -> np.ndarray:
    """A constant, or a layer's weights, as they are now, float64."""
    return np.asarray(keras.ops.convert_to_numpy(tensor), np.float64)


def flat(tensor: Any) -> np.ndarray:
    """One number for all channels, or one for each."""
    return array(tensor).ravel()
